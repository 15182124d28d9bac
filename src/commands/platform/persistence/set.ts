import {askMissing, needed} from '../../../cli/prompts/ask-missing.js'
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
import {connectionNeeds, databaseTargetNeed, withConnection} from '../../../cli/prompts/platform.js'
import {readConnection} from '../../../domain/sonataflow/persistence/connection-options.js'
import {planPersistenceSet} from '../../../domain/sonataflow/persistence/edit.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

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
    const words = {words: args.services, platform: flags.platform}
    const wide = flags['platform-wide']
    const target = databaseTargetNeed(wide, words, 'What is connected with a PostgreSQL?')
    if (target.given !== undefined) targetOf(target.given, wide)
    // With what is missing of the connection, all is said that is wrong with it.
    const ask = target.given === undefined ? needed : askMissing
    const found = await ask(this, flags, 'platform persistence set', {target, ...connectionNeeds(flags)})
    const typed = withConnection(flags, found)
    await editPlatform(this, flags, {
      read: () => {
        const parts = targetOf(found.target ?? [], wide)
        return {parts, connection: readConnection(connectionOf(typed), parts === 'platform' ? [] : parts)}
      },
      plan: ({parts, connection}, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planPersistenceSet(parts, connection, {force: flags.force}, facts),
          waitMsOf(flags),
        ),
      explain: explainPlatform,
    })
  }
}
