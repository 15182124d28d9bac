import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {applyFlags, nameArg, writing} from '../../cli/flags/change.js'
import {platformFlags, platformOptions} from '../../cli/flags/platform.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {newName} from '../../cli/prompts/required-input.js'
import {readPlatform} from '../../domain/sonataflow/model.js'
import {planPlatformApply, schemaOf} from '../../domain/sonataflow/platform/create.js'
import {platformManifest, readPlatformOptions} from '../../domain/sonataflow/platform/options.js'
import {platformCreateFacts} from '../../facts/platform-edit.js'
import {explainPlatform} from '../../facts/platform-explain.js'

export default class PlatformApply extends SflCommand {
  static override summary = 'Make a platform be as the flags say, whether it exists or not.'
  static override description =
    'Server-side apply: what the flags set is owned by this program, what they no longer set is removed, what the operator and others set is left alone. Running it twice changes nothing.'
  static override usage = 'platform apply NAME [flags]'
  static override examples = [
    {
      description: 'Create it, or give the one that is there this database and this broker',
      command:
        '<%= config.bin %> platform apply sonataflow-platform --service postgres --secret postgres-login --broker orders',
    },
    {
      description: 'See first what would change',
      command: '<%= config.bin %> platform apply sonataflow-platform --broker orders --dry-run=server --diff',
    },
  ]
  static override args = nameArg('platform')
  static override flags = {...platformFlags, ...applyFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlatformApply)
    const {name: asked} = await needed(this, flags, 'platform apply', {name: newName('platform', args.name)})
    const options = writing(flags)
    await changeEach(this, flags, {
      names: [asked],
      read: (name, namespace) => readPlatformOptions(platformOptions(name, namespace, flags)),
      plan: async (request, {client}) => {
        const {name, namespace} = request
        const facts = await platformCreateFacts(client, namespace, (found) =>
          readPlatform(platformManifest(request, schemaOf(found))),
        )
        return {
          plan: planPlatformApply(request, options, facts),
          explainTimeout: () => explainPlatform(client, {namespace, name}, this.runtime.now().getTime()),
        }
      },
    })
  }
}
