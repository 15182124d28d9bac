import {needed} from '../../../cli/prompts/ask-missing.js'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform, targetOf} from '../../../cli/edit-platform.js'
import {editFlags, platformWideFlag, servicesArg, waitMsOf} from '../../../cli/flags/platform.js'
import {databaseTargetNeed} from '../../../cli/prompts/platform.js'
import {planPersistenceUnset} from '../../../domain/sonataflow/persistence/edit.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

export default class PersistenceUnset extends SflCommand {
  static override summary = 'Take the PostgreSQL of services, or of the whole platform, away.'
  static override description =
    'A service without a connection of its own uses that of the platform; without either it gets an embedded database, which is lost at every restart. What is in PostgreSQL stays there.'
  static override usage = 'platform persistence unset SERVICE...|--platform-wide [flags]'
  static override examples = [
    {
      description: 'Back to the connection of the platform',
      command: '<%= config.bin %> platform persistence unset data-index',
    },
    {
      description: 'See first what becomes of the services',
      command: '<%= config.bin %> platform persistence unset --platform-wide --dry-run=server --diff',
    },
  ]
  static override args = servicesArg
  static override flags = {'platform-wide': platformWideFlag, ...editFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(PersistenceUnset)
    const {target} = await needed(this, flags, 'platform persistence unset', {
      target: databaseTargetNeed(
        flags['platform-wide'],
        {words: args.services, platform: flags.platform},
        'What loses its PostgreSQL?',
      ),
    })
    await editPlatform(this, flags, {
      read: () => targetOf(target, flags['platform-wide']),
      plan: (wanted, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planPersistenceUnset(wanted, {force: flags.force}, facts),
          waitMsOf(flags),
        ),
      explain: explainPlatform,
    })
  }
}
