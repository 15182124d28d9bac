import * as Args from '@oclif/core/args'
import {SflCommand} from '../cli/command.js'
import {listFlags, outputFlag} from '../cli/flags/output.js'
import {snapshotOf} from '../domain/check/snapshot/snapshot.js'
import {checkNamespaceIsThere} from '../domain/check/snapshot/looked-at.js'
import {around, nearby, readAsked} from '../domain/check/topology/around.js'
import {viewTopology, type Topology} from '../domain/check/topology/topology.js'
import {printCommand, sfl, type Command} from '../domain/core/commands.js'
import {ExitCode, invalid, SflError} from '../domain/core/errors.js'
import {loadYamlParser, readClusterState} from '../facts/check.js'
import {formatJson} from '../output/json.js'
import type {Palette} from '../output/palette.js'

const FORMATS = ['tree', 'dot', 'mermaid', 'svg', 'html', 'json', 'yaml'] as const
type TopologyFormat = (typeof FORMATS)[number]

const readFormat = (text = 'tree'): TopologyFormat => {
  const found = FORMATS.find((one) => one === text.toLowerCase())
  if (found !== undefined) return found
  const allowed = [...FORMATS].sort().join(',')
  throw invalid(`unable to match a printer suitable for the output format "${text}", allowed formats are: ${allowed}`)
}

const drawn = async (topology: Topology, format: TopologyFormat, palette: Palette): Promise<string> => {
  switch (format) {
    case 'tree':
      return (await import('../output/topology/tree.js')).topologyTree(topology, palette)
    case 'dot':
      return (await import('../output/topology/text.js')).topologyDot(topology)
    case 'mermaid':
      return (await import('../output/topology/text.js')).topologyMermaid(topology)
    case 'svg':
      return (await import('../output/topology/svg.js')).topologySvg(topology)
    case 'html':
      return await (await import('../output/topology/html.js')).topologyHtml(topology)
    case 'json':
      return `${formatJson(topology)}\n`
    case 'yaml':
      return (await import('../output/yaml.js')).formatYaml(topology)
  }
}

export default class TopologyCommand extends SflCommand {
  static override summary = 'Draw where events come from and where they go.'
  static override description =
    'Sources, brokers and channels, triggers and subscriptions with their filters, subscribers, replies and dead letter sinks; platforms with their services, and workflows. What is broken is marked with the reason. With a NAME, only what is connected with it. The page of -o html is one file that needs no network: it can be searched, enlarged and used with the keyboard.'
  static override usage = 'topology [NAME] [flags]'
  static override examples = [
    {description: 'A namespace as a tree', command: '<%= config.bin %> topology -n demo'},
    {description: 'Around one broker', command: '<%= config.bin %> topology broker/orders -n demo'},
    {
      description: 'A page to look around in, for one namespace or for all',
      command:
        '<%= config.bin %> topology -n demo -o html > topology.html\n<%= config.bin %> topology -A -o html > topology.html',
    },
    {
      description: 'For a Markdown page or Graphviz',
      command: '<%= config.bin %> topology -o mermaid\n<%= config.bin %> topology -o dot | dot -Tpdf',
    },
  ]
  static override args = {
    name: Args.string({required: false, ignoreStdin: true, description: 'Name of an object, or KIND/NAME.'}),
  }
  static override flags = {
    'all-namespaces': {...listFlags['all-namespaces'], summary: 'All namespaces together.'},
    output: outputFlag(FORMATS),
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TopologyCommand)
    const format = readFormat(flags.output)
    const asked = args.name === undefined ? undefined : readAsked(args.name)
    if (asked?.name === '' || asked?.kind === '')
      throw invalid(`"${args.name}" names nothing: it takes NAME, or KIND/NAME such as broker/orders`)
    const {client, namespace} = await this.connect(flags)
    const scope = flags['all-namespaces'] ? {} : {namespace}
    const [state, parse] = await Promise.all([readClusterState(client, scope), loadYamlParser()])
    const known = snapshotOf(state, parse, this.runtime.now().getTime())
    checkNamespaceIsThere(known, this.runtime.caller)
    const whole = viewTopology(known)
    const topology = asked === undefined ? whole : around(whole, asked)
    const where = flags['all-namespaces'] ? 'in any namespace' : `in namespace ${namespace}`
    const everything = sfl('topology', ...(flags['all-namespaces'] ? ['-A'] : ['-n', namespace]))
    if (topology === undefined)
      throw this.unknown(args.name ?? '', nearby(whole, readAsked(args.name ?? '')), where, everything)
    const {out, err, outPalette} = this.runtime.streams
    for (const text of topology.notVerified) err(`warning: not verified: ${text}\n`)
    if (topology.nodes.length === 0)
      err(
        `Nothing found that sends or gets events ${where}${topology.notVerified.length > 0 ? ' and that you may look at' : ''}.\n`,
      )
    if (topology.nodes.length > 0 || format !== 'tree') out(await drawn(topology, format, outPalette))
  }

  private unknown(name: string, near: readonly string[], where: string, everything: Command): SflError {
    const meant = near.length === 0 ? '' : ` - did you mean ${near.map((one) => `"${one}"`).join(' or ')}?`
    return new SflError(
      'NotFound',
      `nothing named "${name}" sends or gets events ${where}${meant}`,
      ExitCode.NotFound,
      {
        hint: `'${printCommand(everything, this.runtime.caller)}' shows everything.`,
      },
    )
  }
}
