import {platformFlags, platformOptions} from '../../cli/flags/platform.js'
import {createCommand} from '../../cli/verbs/change.js'
import {readPlatform} from '../../domain/sonataflow/model.js'
import {PLATFORM} from '../../domain/sonataflow/names.js'
import {planPlatformCreate, schemaOf} from '../../domain/sonataflow/platform/create.js'
import {platformManifest, readPlatformOptions} from '../../domain/sonataflow/platform/options.js'
import {platformCreateFacts} from '../../facts/platform-edit.js'
import {explainPlatform} from '../../facts/platform-explain.js'

export default createCommand({
  kind: PLATFORM,
  flags: platformFlags,
  summary: 'Create a platform: Data Index and Job Service for the workflows of a namespace.',
  description:
    'What the operator will make of it is worked out first: a second platform of the namespace, a database, Secret or broker that is missing, or a migration that can never succeed is refused with the reason and the command that repairs it.',
  examples: [
    {
      description: 'Both services, with embedded databases: for development',
      command: 'platform create sonataflow-platform',
    },
    {
      description: 'For production: PostgreSQL, migrated by a Job, and a Kafka broker',
      command:
        'platform create sonataflow-platform --service postgres --database sonataflow --secret postgres-login --migration job --broker orders --wait',
    },
    {
      description: 'A database in another namespace, with a connection for each service',
      command:
        'platform create sonataflow-platform --per-service --service postgres.databases:5432 --secret postgres-login --schema data-index=di --schema job-service=js',
    },
    {
      description: 'Without services of its own: those of the cluster serve the namespace',
      command: 'platform create sonataflow-platform --services none',
    },
    {
      description: 'The manifest for GitOps',
      command: 'platform create sonataflow-platform --broker orders --dry-run=client -o yaml',
    },
  ],
  request: (flags) => ({read: ({name, namespace}) => readPlatformOptions(platformOptions(name, namespace, flags))}),
  async plan(client, request, options, {runtime}) {
    const {name, namespace} = request
    const facts = await platformCreateFacts(client, namespace, (found) =>
      readPlatform(platformManifest(request, schemaOf(found))),
    )
    return {
      plan: planPlatformCreate(request, options, facts),
      explainTimeout: () => explainPlatform(client, {namespace, name}, runtime.now().getTime()),
    }
  },
})
