import {SflCommand} from '../../../cli/command.js'
import {editPlatform, targetOf} from '../../../cli/edit-platform.js'
import {
  connectionOf,
  databaseFlags,
  editFlags,
  platformWideFlag,
  servicesArg,
  waitMsOf,
} from '../../../cli/flags/platform.js'
import {readConnection} from '../../../domain/sonataflow/connection-options.js'
import {planPersistenceSet} from '../../../domain/sonataflow/persistence-edit.js'
import {explainPlatform, planOnPlatform} from '../../../facts/platform-edit.js'

export default class PersistenceSet extends SflCommand {
  static override summary = 'Connect services, or the whole platform, with a PostgreSQL.'
  static override description =
    'The connection is stated whole: what is not given goes back to its default. A connection of a service goes before that of the platform. A Secret or database that is missing is refused; a schema is made by the migration, the database has to exist.'
  static override usage = 'platform persistence set SERVICE...|--platform-wide [flags]'
  static override examples = [
    {
      description: 'One database for the platform and its workflows; each service has a schema of its own',
      command:
        '<%= config.bin %> platform persistence set --platform-wide --service postgres.databases --database sonataflow --secret postgres-login',
    },
    {
      description: 'For one service, with its schema',
      command:
        '<%= config.bin %> platform persistence set data-index --service postgres:5433 --schema di --secret postgres-login --wait',
    },
    {
      description: 'Outside the cluster',
      command:
        "<%= config.bin %> platform persistence set job-service --jdbc-url 'jdbc:postgresql://db.example.com:5432/sonataflow?currentSchema=js' --secret postgres-login",
    },
  ]
  static override args = servicesArg
  static override flags = {'platform-wide': platformWideFlag, ...databaseFlags, ...editFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PersistenceSet)
    await editPlatform(this, flags, {
      read: () => {
        const target = targetOf('platform persistence set', args.services, flags['platform-wide'], this.program)
        return {target, connection: readConnection(connectionOf(flags), target === 'platform' ? [] : target)}
      },
      plan: ({target, connection}, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planPersistenceSet(target, connection, {force: flags.force}, facts),
          waitMsOf(flags),
        ),
      explain: explainPlatform,
    })
  }
}
