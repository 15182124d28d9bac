import {type Topology, type TopologyNode} from '../domain/check/topology.js'
import {edgeText, nodeTitle, shortIds, stateText} from './topology-words.js'

const colours: Readonly<Record<TopologyNode['state'], string>> = {
  ready: 'darkgreen',
  pending: 'darkorange',
  failed: 'red',
  absent: 'red',
  unknown: 'gray',
  outside: 'black',
}

const quoted = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`

/** For Graphviz: `| dot -Tsvg`. */
export const topologyDot = ({nodes, edges, namespace}: Topology): string => {
  const ids = shortIds(nodes)
  const nodeLines = nodes.map((node) => {
    const state = stateText(node)
    const label = [nodeTitle(node, namespace), ...(state === '' ? [] : [state])].join('\n')
    const dashed = node.state === 'absent' || node.state === 'unknown' ? ', style=dashed' : ''
    return `  ${ids.get(node.id)} [label=${quoted(label).replaceAll('\n', '\\n')}, color=${colours[node.state]}${dashed}];`
  })
  const edgeLines = edges.map((edge) => {
    const broken = edge.broken === undefined ? '' : ', color=red, style=dashed'
    return `  ${ids.get(edge.from)} -> ${ids.get(edge.to)} [label=${quoted(edgeText(edge))}${broken}];`
  })
  return `digraph topology {\n  rankdir=LR;\n  node [shape=box, fontname="sans-serif"];\n  edge [fontname="sans-serif", fontsize=10];\n${[...nodeLines, ...edgeLines].map((line) => `${line}\n`).join('')}}\n`
}

/** Mermaid takes HTML entities inside quotes, and nothing else that could end them. */
const entities = (text: string): string => text.replace(/[&"<>#;]/g, (one) => `#${one.charCodeAt(0)};`)

/** For Markdown that draws Mermaid. */
export const topologyMermaid = ({nodes, edges, namespace}: Topology): string => {
  const ids = shortIds(nodes)
  const classOf = ({state}: TopologyNode): string => (state === 'outside' ? '' : `:::${state}`)
  const nodeLines = nodes.map((node) => {
    const state = stateText(node)
    const label = [nodeTitle(node, namespace), ...(state === '' ? [] : [state])].map(entities).join('<br/>')
    return `  ${ids.get(node.id)}["${label}"]${classOf(node)}`
  })
  const edgeLines = edges.map((edge) => {
    const arrow = edge.broken === undefined ? '-->' : '-.->'
    return `  ${ids.get(edge.from)} ${arrow}|"${entities(edgeText(edge))}"| ${ids.get(edge.to)}`
  })
  const styles = [
    'classDef ready stroke:#1a7f37',
    'classDef pending stroke:#bf8700',
    'classDef failed stroke:#cf222e,stroke-width:2px',
    'classDef absent stroke:#cf222e,stroke-dasharray:4',
    'classDef unknown stroke:#6e7781,stroke-dasharray:4',
  ].map((line) => `  ${line}`)
  return `flowchart LR\n${[...nodeLines, ...edgeLines, ...styles].map((line) => `${line}\n`).join('')}`
}
