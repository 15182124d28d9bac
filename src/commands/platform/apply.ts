import {platformFlags, platformOptions} from '../../cli/flags/platform.js'
import {applyCommand} from '../../cli/verbs/change.js'
import {readPlatform} from '../../domain/sonataflow/model.js'
import {PLATFORM} from '../../domain/sonataflow/names.js'
import {planPlatformApply, schemaOf} from '../../domain/sonataflow/platform/create.js'
import {platformManifest, readPlatformOptions} from '../../domain/sonataflow/platform/options.js'
import {platformCreateFacts} from '../../facts/platform-edit.js'
import {explainPlatform} from '../../facts/platform-explain.js'

export default applyCommand({
  kind: PLATFORM,
  flags: platformFlags,

  description:
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed, what the operator and others set is left alone. Running it twice changes nothing.',
  examples: [
    {
      description: 'Create it, or give the one that is there this database and this broker',
      command: 'platform apply sonataflow-platform --service postgres --secret postgres-login --broker orders',
    },
    {
      description: 'See first what would change',
      command: 'platform apply sonataflow-platform --broker orders --dry-run=server --diff',
    },
  ],
  request: (flags) => ({read: ({name, namespace}) => readPlatformOptions(platformOptions(name, namespace, flags))}),
  async plan(client, request, options, {runtime}) {
    const {name, namespace} = request
    const facts = await platformCreateFacts(client, namespace, (found) =>
      readPlatform(platformManifest(request, schemaOf(found))),
    )
    return {
      plan: planPlatformApply(request, options, facts),
      explainTimeout: () => explainPlatform(client, {namespace, name}, runtime.now().getTime()),
    }
  },
})
