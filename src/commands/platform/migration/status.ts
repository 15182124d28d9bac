import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../../cli/command.js'
import {outputFlag} from '../../../cli/flags/output.js'
import {platformFlag} from '../../../cli/flags/platform.js'
import {checkName} from '../../../cli/names.js'
import {viewMigration} from '../../../domain/sonataflow/migration/view.js'
import {migrationLogs, platformDescribeFacts} from '../../../facts/platform-describe.js'
import {parseFormat} from '../../../output/format.js'
import {spokenView} from '../../../output/report/spoken.js'
import {formatJson} from '../../../output/json.js'
import {migrationText} from '../../../output/sonataflow/platform-migration.js'

const FORMATS = ['json', 'yaml'] as const

export default class MigrationStatus extends SflCommand {
  static override summary = 'Show who migrates the databases of the services, and how far the migration Job has come.'
  static override description =
    'The operator writes only success into the status of a platform, so this looks at the Job, its pods and the end of its log.'
  static override usage = 'platform migration status [flags]'
  static override examples = [
    {description: 'Why the services do not come up', command: '<%= config.bin %> platform migration status -n shop'},
    {description: 'With more of the log', command: '<%= config.bin %> platform migration status --tail 100'},
    {
      description: 'For scripts',
      command: '<%= config.bin %> platform migration status -o json',
    },
  ]
  static override flags = {
    platform: platformFlag,
    tail: Flags.integer({
      helpValue: 'N',
      min: 0,
      default: 10,
      summary: 'Lines of the log of each pod; 0 leaves it out.',
    }),
    output: outputFlag(FORMATS),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(MigrationStatus)
    const format = parseFormat(flags.output, {allowed: [...FORMATS]})
    if (flags.platform !== undefined) checkName(flags.platform)
    const {client, namespace} = await this.connect(flags)
    const facts = await platformDescribeFacts(client, {namespace, name: flags.platform}, {events: false})
    const logs = flags.tail === 0 ? [] : await migrationLogs(client, facts, flags.tail)
    const view = viewMigration(facts, logs, this.runtime.now().getTime())
    const {out, outPalette: palette} = this.runtime.streams
    if (format.name === 'json') out(`${formatJson(spokenView(view, this.runtime.caller))}\n`)
    else if (format.name === 'yaml')
      out((await import('../../../output/yaml.js')).formatYaml(spokenView(view, this.runtime.caller)))
    else out(migrationText(view, {caller: this.runtime.caller, palette}))
  }
}
