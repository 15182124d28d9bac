import * as Args from '@oclif/core/args'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform} from '../../../cli/edit-platform.js'
import {completing} from '../../../cli/flags/completing.js'
import {editFlags, waitMsOf} from '../../../cli/flags/platform.js'
import {migrationNeeds} from '../../../cli/prompts/platform.js'
import {parseServices, migrationStrategies} from '../../../domain/sonataflow/names.js'
import {planMigrationSet} from '../../../domain/sonataflow/persistence/edit.js'
import {parseStrategy} from '../../../domain/sonataflow/platform/options.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

const KNOWN = ['data-index', 'job-service', ...migrationStrategies]

export default class MigrationSet extends SflCommand {
  static override summary = 'Say who migrates the database of services: the service itself, a Job, or nobody.'
  static override description =
    'service: each service at its start. job: one Job before the services start; what would take running services down, for good or until the Job is done, is refused. none: an administrator, by hand.'
  static override usage = 'platform migration set SERVICE... service|job|none [flags]'
  static override examples = [
    {
      description: 'A Job for both, before the platform is in use',
      command: '<%= config.bin %> platform migration set data-index job-service job --wait',
    },
    {
      description: 'By hand',
      command: '<%= config.bin %> platform migration set data-index none',
    },
    {
      description: 'A Job on a running platform, in a maintenance window: both services go down for it',
      command: '<%= config.bin %> platform migration set data-index job --force --wait',
    },
  ]
  static override args = {
    words: completing(
      KNOWN,
      Args.string({
        multiple: true,
        required: false,
        ignoreStdin: true,
        description: 'Services (data-index, job-service), then the strategy: service, job or none.',
      }),
    ),
  }
  static override flags = editFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(MigrationSet)
    const needs = migrationNeeds(args.words, flags.platform)
    const found = await needed(this, flags, 'platform migration set', needs)
    await editPlatform(this, flags, {
      read: () => ({keys: parseServices(found.services), strategy: parseStrategy(found.strategy)}),
      plan: ({keys, strategy}, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planMigrationSet(keys, strategy, {force: flags.force}, facts),
          waitMsOf(flags),
        ),
      explain: explainPlatform,
    })
  }
}
