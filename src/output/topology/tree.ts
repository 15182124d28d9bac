import {type Topology, type TopologyEdge, type TopologyNode} from '../../domain/check/topology/topology.js'
import {plain, type Palette} from '../palette.js'
import {brokenText, edgeText, nodeTitle, stateText} from './words.js'

const paint = ({state}: TopologyNode, palette: Palette): ((text: string) => string) => {
  if (state === 'failed' || state === 'absent') return palette.red
  return state === 'pending' || state === 'unknown' ? palette.yellow : (text) => text
}

/** Why a way is broken, unless what it leads to says it. */
const faultOf = ({state}: TopologyNode, edge: TopologyEdge | undefined): string =>
  edge?.broken === undefined || state === 'failed' || state === 'absent' ? '' : `  [broken: ${brokenText(edge)}]`

/** Each source with everything that its events lead to; what was shown before is only named. */
export const topologyTree = ({nodes, edges, namespace}: Topology, palette: Palette = plain): string => {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const next = new Map<string, TopologyEdge[]>()
  const reached = new Set<string>()
  for (const edge of edges) {
    const others = next.get(edge.from)
    if (others === undefined) next.set(edge.from, [edge])
    else others.push(edge)
    if (edge.from !== edge.to) reached.add(edge.to)
  }
  const shown = new Set<string>()
  const lines: string[] = []
  const line = (node: TopologyNode, before: string, arrow: string, fault: string, repeated: boolean): void => {
    const state = stateText(node)
    const mark = state === '' ? '' : `  [${state}]`
    lines.push(
      `${before}${arrow}${nodeTitle(node, namespace)}${paint(node, palette)(mark)}${palette.red(fault)}${repeated ? palette.dim('  (see above)') : ''}`,
    )
  }
  /** A stack of its own: a chain may be long. */
  const walk = (root: TopologyNode): void => {
    const stack: Array<{node: TopologyNode; edge?: TopologyEdge; before: string; last: boolean}> = [
      {node: root, before: '', last: true},
    ]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const {node, edge, before, last} = top
      const children = next.get(node.id) ?? []
      const repeated = shown.has(node.id) && children.length > 0
      line(
        node,
        before,
        edge === undefined ? '' : `${last ? '└─' : '├─'} ${palette.dim(`${edgeText(edge)} →`)} `,
        faultOf(node, edge),
        repeated,
      )
      if (shown.has(node.id)) continue
      shown.add(node.id)
      const inner = edge === undefined ? '' : `${before}${last ? '   ' : '│  '}`
      children
        .map((child, index) => ({
          node: byId.get(child.to)!,
          edge: child,
          before: inner,
          last: index === children.length - 1,
        }))
        .reverse()
        .forEach((child) => stack.push(child))
    }
  }
  nodes.filter(({id}) => !reached.has(id)).forEach(walk)
  // What is left goes round in circles.
  nodes.filter(({id}) => !shown.has(id)).forEach((node) => (shown.has(node.id) ? undefined : walk(node)))
  return lines.map((text) => `${text}\n`).join('')
}
