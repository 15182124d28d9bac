import {present, SflCommand} from '../../../cli/command.js'
import {editPlatform} from '../../../cli/edit-platform.js'
import {editFlags, waitMsOf} from '../../../cli/flags/platform.js'
import {planMigrationRetry} from '../../../domain/sonataflow/migration/retry.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

export default class MigrationRetry extends SflCommand {
  static override summary = 'Run the migration Job of a platform again.'
  static override description =
    'The operator creates its Job once, so the one that is there is deleted, after a question. With it the operator deletes Data Index and Job Service until the new Job has succeeded. What made the last one fail, as far as that can be seen, has to be repaired first.'
  static override usage = 'platform migration retry [flags]'
  static override examples = [
    {
      description: 'After the Secret or the connection was corrected',
      command: '<%= config.bin %> platform migration retry --wait',
    },
    {
      description: 'In a runbook',
      command: '<%= config.bin %> platform migration retry --yes --wait --wait-timeout 15m',
    },
  ]
  static override flags = editFlags

  async run(): Promise<void> {
    const {flags} = await this.parse(MigrationRetry)
    const waitMs = waitMsOf(flags)
    await editPlatform(this, flags, {
      read: () => undefined,
      plan: (_request, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planMigrationRetry({force: flags.force, ...present({waitMs})}, facts),
          waitMs,
        ),
      explain: explainPlatform,
    })
  }
}
