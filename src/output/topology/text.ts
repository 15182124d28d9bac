import {type Topology, type TopologyEdge, type TopologyNode} from '../../domain/check/topology/topology.js'
import {brokenText, edgeText, nodeTitle, shortIds, stateText} from './words.js'

const colours: Readonly<Record<TopologyNode['state'], string>> = {
  ready: 'darkgreen',
  pending: 'darkorange',
  failed: 'red',
  absent: 'red',
  unknown: 'gray',
  outside: 'black',
}

/** A namespace with its nodes; without a name what belongs to none, or everything when one namespace is shown. */
interface Group {
  name?: string
  nodes: readonly TopologyNode[]
}

/** Of several namespaces each is drawn as a frame. */
const groupsOf = ({nodes, namespace}: Topology): Group[] => {
  const groups = new Map<string | undefined, TopologyNode[]>()
  for (const node of nodes) {
    const name = namespace === undefined ? node.namespace : undefined
    const known = groups.get(name)
    if (known === undefined) groups.set(name, [node])
    else known.push(node)
  }
  return [...groups].map(([name, own]) => (name === undefined ? {nodes: own} : {name, nodes: own}))
}

const labelOf = (node: TopologyNode, home: string | undefined): string[] => {
  const state = stateText(node)
  return [nodeTitle(node, home), ...(state === '' ? [] : [state])]
}

const edgeLabel = (edge: TopologyEdge): string[] => [
  edgeText(edge),
  ...(edge.broken === undefined ? [] : [`✗ ${brokenText(edge)}`]),
]

/** Names in DOT end at quotes; a backslash begins an escape. */
const quoted = (lines: readonly string[]): string =>
  `"${lines.map((text) => text.replace(/[\\"]/g, '\\$&')).join('\\n')}"`

const edgeStyles: Partial<Record<TopologyEdge['role'], string>> = {'dead letters': 'dotted', replies: 'dashed'}

/** For Graphviz: `| dot -Tsvg`. */
export const topologyDot = (topology: Topology): string => {
  const ids = shortIds(topology.nodes)
  const nodeLine = (node: TopologyNode, home: string | undefined): string => {
    const dashed = node.state === 'absent' || node.state === 'unknown' ? ', style=dashed' : ''
    return `${ids.get(node.id)} [label=${quoted(labelOf(node, home))}, color=${colours[node.state]}${dashed}];`
  }
  const nodeLines = groupsOf(topology).flatMap(({name, nodes}, index) => {
    const lines = nodes.map((node) => nodeLine(node, name ?? topology.namespace))
    return name === undefined
      ? lines
      : [`subgraph cluster_${index} {`, `  label=${quoted([name])};`, ...lines.map((line) => `  ${line}`), '}']
  })
  const edgeLines = topology.edges.map((edge) => {
    const style = edgeStyles[edge.role]
    const look = edge.broken !== undefined ? ', color=red, style=dashed' : style === undefined ? '' : `, style=${style}`
    return `${ids.get(edge.from)} -> ${ids.get(edge.to)} [label=${quoted(edgeLabel(edge))}${look}];`
  })
  const head = ['rankdir=LR;', 'node [shape=box, fontname="sans-serif"];', 'edge [fontname="sans-serif", fontsize=10];']
  return `digraph topology {\n${[...head, ...nodeLines, ...edgeLines].map((line) => `  ${line}\n`).join('')}}\n`
}

/** Mermaid takes HTML entities inside quotes, and nothing else that could end them. */
const entities = (text: string): string => text.replace(/[&"<>#;`]/g, (one) => `#${one.charCodeAt(0)};`)

const mermaidText = (lines: readonly string[]): string => `"${lines.map(entities).join('<br/>')}"`

/** For Markdown that draws Mermaid. */
export const topologyMermaid = (topology: Topology): string => {
  const ids = shortIds(topology.nodes)
  const classOf = ({state}: TopologyNode): string => (state === 'outside' ? '' : `:::${state}`)
  const nodeLines = groupsOf(topology).flatMap(({name, nodes}, index) => {
    const lines = nodes.map(
      (node) => `${ids.get(node.id)}[${mermaidText(labelOf(node, name ?? topology.namespace))}]${classOf(node)}`,
    )
    return name === undefined
      ? lines
      : [`subgraph s${index} [${mermaidText([name])}]`, ...lines.map((line) => `  ${line}`), 'end']
  })
  const edgeLines = topology.edges.map((edge) => {
    const arrow = edge.broken === undefined ? '-->' : '-.->'
    return `${ids.get(edge.from)} ${arrow}|${mermaidText(edgeLabel(edge))}| ${ids.get(edge.to)}`
  })
  const styles = [
    'classDef ready stroke:#1a7f37',
    'classDef pending stroke:#bf8700',
    'classDef failed stroke:#cf222e,stroke-width:2px',
    'classDef absent stroke:#cf222e,stroke-dasharray:4',
    'classDef unknown stroke:#6e7781,stroke-dasharray:4',
  ]
  return `flowchart LR\n${[...nodeLines, ...edgeLines, ...styles].map((line) => `  ${line}\n`).join('')}`
}
