import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../cli/command.js'
import {duration} from '../cli/flags/duration.js'
import {listFlags, outputFlag} from '../cli/flags/output.js'
import {liveScreen} from '../cli/live-screen.js'
import {checkNamespaceIsThere} from '../domain/check/snapshot/looked-at.js'
import {snapshotOf} from '../domain/check/snapshot/snapshot.js'
import {viewStatus, type StatusView} from '../domain/check/status.js'
import {ExitCode, invalid, SflError} from '../domain/core/errors.js'
import {loadYamlParser, readClusterState} from '../facts/check.js'
import {parseFormat} from '../output/format.js'
import {formatJson} from '../output/json.js'
import {spokenStatus} from '../output/report/spoken.js'
import {statusText} from '../output/report/status.js'

const FORMATS = ['json', 'yaml'] as const

export default class Status extends SflCommand {
  static override summary = 'Show on one screen what there is, what is not ready, and why.'
  static override description =
    'Platforms with their services, workflows, brokers, triggers, channels, subscriptions, sources and the Secrets that they need. A trigger that fails because its broker fails because its Secret is missing is one cause, told once. The exit code is 0 whatever was found, unless --exit-code is given.'
  static override usage = 'status [flags]'
  static override examples = [
    {
      description: 'A namespace, or everything',
      command: '<%= config.bin %> status -n demo\n<%= config.bin %> status -A',
    },
    {description: 'Look on while it recovers', command: '<%= config.bin %> status -n demo --watch'},
    {description: 'For scripts', command: '<%= config.bin %> status -A -o json\n<%= config.bin %> status --exit-code'},
  ]
  static override flags = {
    'all-namespaces': {...listFlags['all-namespaces'], summary: 'All namespaces together.'},
    watch: {...listFlags.watch, summary: 'Look again and again: at a terminal in place, else print what has changed.'},
    interval: duration({summary: 'With --watch, how long to rest between two looks (default 2s).'}),
    'exit-code': Flags.boolean({summary: 'Exit with 5 when something is not ready.'}),
    output: outputFlag(FORMATS),
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(Status)
    const {runtime} = this
    const {streams, caller} = runtime
    const format = parseFormat(flags.output, {allowed: [...FORMATS]})
    const intervalMs = flags.interval ?? 2000
    if (flags.interval !== undefined && !flags.watch) throw invalid('--interval goes with --watch')
    if (flags.watch && format.name !== 'table') throw invalid('--watch draws a screen, and -o is for programs')
    if (flags.watch && flags['exit-code'])
      throw invalid('--watch does not end by itself, so --exit-code has no meaning')
    if (intervalMs <= 0) throw invalid('--interval must be longer than zero')
    const {client, namespace} = await this.connect(flags)
    const parse = await loadYamlParser()
    const look = async (): Promise<StatusView> => {
      const state = await readClusterState(client, flags['all-namespaces'] ? {} : {namespace})
      const known = snapshotOf(state, parse, runtime.now().getTime())
      checkNamespaceIsThere(known, caller)
      return viewStatus(known)
    }
    const screen = (view: StatusView, columns = streams.screen?.columns): string =>
      statusText(view, {caller, palette: streams.outPalette, columns})
    if (flags.watch) return liveScreen(runtime, {screen: async (columns) => screen(await look(), columns), intervalMs})
    const view = await look()
    const own = spokenStatus(view, caller)
    if (format.name === 'json') streams.out(`${formatJson(own)}\n`)
    else if (format.name === 'yaml') streams.out((await import('../output/yaml.js')).formatYaml(own))
    else streams.out(screen(view))
    if (flags['exit-code'] && !view.healthy)
      throw new SflError(
        'Unhealthy',
        view.causes.length > 0 || view.rows.some(({notReady}) => notReady.length > 0)
          ? 'not everything is ready'
          : 'not everything may be looked at',
        ExitCode.Unhealthy,
        {
          hint: `'${this.program} check' looks closer.`,
        },
      )
  }
}
