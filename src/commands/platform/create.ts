import {changeEach} from '../../cli/change.js'
import {SflCommand} from '../../cli/command.js'
import {createFlags, nameArg, writing} from '../../cli/flags/change.js'
import {platformFlags, platformOptions} from '../../cli/flags/platform.js'
import {needed} from '../../cli/prompts/ask-missing.js'
import {newName} from '../../cli/prompts/required-input.js'
import {readPlatform} from '../../domain/sonataflow/model.js'
import {planPlatformCreate, schemaOf} from '../../domain/sonataflow/platform/create.js'
import {platformManifest, readPlatformOptions} from '../../domain/sonataflow/platform/options.js'
import {platformCreateFacts} from '../../facts/platform-edit.js'
import {explainPlatform} from '../../facts/platform-explain.js'

export default class PlatformCreate extends SflCommand {
  static override summary = 'Create a platform: Data Index and Job Service for the workflows of a namespace.'
  static override description =
    'What the operator will make of it is worked out first: a second platform of the namespace, a database, Secret or broker that is missing, or a migration that can never succeed is refused with the reason and the command that repairs it.'
  static override usage = 'platform create NAME [flags]'
  static override examples = [
    {
      description: 'Both services, with embedded databases: for development',
      command: '<%= config.bin %> platform create sonataflow-platform',
    },
    {
      description: 'For production: PostgreSQL, migrated by a Job, and a Kafka broker',
      command:
        '<%= config.bin %> platform create sonataflow-platform --service postgres --database sonataflow --secret postgres-login --migration job --broker orders --wait',
    },
    {
      description: 'A database in another namespace, with a connection for each service',
      command:
        '<%= config.bin %> platform create sonataflow-platform --per-service --service postgres.databases:5432 --secret postgres-login --schema data-index=di --schema job-service=js',
    },
    {
      description: 'Without services of its own: those of the cluster serve the namespace',
      command: '<%= config.bin %> platform create sonataflow-platform --services none',
    },
    {
      description: 'The manifest for GitOps',
      command: '<%= config.bin %> platform create sonataflow-platform --broker orders --dry-run=client -o yaml',
    },
  ]
  static override args = nameArg('platform')
  static override flags = {...platformFlags, ...createFlags('platform')}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PlatformCreate)
    const {name: asked} = await needed(this, flags, 'platform create', {name: newName('platform', args.name)})
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
          plan: planPlatformCreate(request, options, facts),
          explainTimeout: () => explainPlatform(client, {namespace, name}, this.runtime.now().getTime()),
        }
      },
    })
  }
}
