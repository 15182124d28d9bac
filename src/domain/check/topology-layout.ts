import {type Topology, type TopologyEdge, type TopologyNode} from './topology.js'

/** Where a node is drawn: its layer from the left, and its place in it from above. */
export interface Placed {
  node: TopologyNode
  layer: number
  row: number
}

export interface Layout {
  placed: readonly Placed[]
  edges: readonly TopologyEdge[]
  layers: number
  /** Rows of the fullest layer. */
  rows: number
}

type Neighbours = ReadonlyMap<string, readonly string[]>

const neighbours = (edges: readonly TopologyEdge[], from: 'from' | 'to', to: 'from' | 'to'): Neighbours => {
  const found = new Map<string, string[]>()
  for (const edge of edges) {
    const known = found.get(edge[from])
    if (known === undefined) found.set(edge[from], [edge[to]])
    else known.push(edge[to])
  }
  return found
}

/** Edges that lead back to where a walk came from; without them there is a first and a last. */
const backEdges = (nodes: readonly TopologyNode[], next: Neighbours): ReadonlySet<string> => {
  const back = new Set<string>()
  const state = new Map<string, 'open' | 'done'>()
  for (const {id} of nodes) {
    if (state.has(id)) continue
    const path: Array<{id: string; at: number}> = [{id, at: 0}]
    state.set(id, 'open')
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = next.get(top.id)?.[top.at]
      top.at += 1
      if (to === undefined) {
        state.set(top.id, 'done')
        path.pop()
      } else if (state.get(to) === 'open') back.add(`${top.id} ${to}`)
      else if (!state.has(to)) {
        state.set(to, 'open')
        path.push({id: to, at: 0})
      }
    }
  }
  return back
}

/** Each node one layer behind the last of those that lead to it. */
const layersOf = (nodes: readonly TopologyNode[], edges: readonly TopologyEdge[]): ReadonlyMap<string, number> => {
  const back = backEdges(nodes, neighbours(edges, 'from', 'to'))
  const forward = edges.filter(({from, to}) => from !== to && !back.has(`${from} ${to}`))
  const next = neighbours(forward, 'from', 'to')
  const open = new Map<string, number>(nodes.map(({id}) => [id, 0]))
  for (const {to} of forward) open.set(to, (open.get(to) ?? 0) + 1)
  const layers = new Map<string, number>(nodes.map(({id}) => [id, 0]))
  const queue = nodes.filter(({id}) => open.get(id) === 0).map(({id}) => id)
  for (let index = 0; index < queue.length; index++) {
    const id = queue[index]!
    for (const to of next.get(id) ?? []) {
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(id) ?? 0) + 1))
      const left = (open.get(to) ?? 1) - 1
      open.set(to, left)
      if (left === 0) queue.push(to)
    }
  }
  return layers
}

/** Sweeps to and fro in which each layer is ordered by the middle of its neighbours; more bring little. */
const SWEEPS = 6

const ordered = (layers: string[][], before: Neighbours, after: Neighbours): ReadonlyMap<string, number> => {
  const rows = new Map<string, number>()
  const number = (layer: readonly string[]): void => layer.forEach((id, row) => rows.set(id, row))
  layers.forEach(number)
  const middle = (id: string, near: Neighbours): number => {
    const around = (near.get(id) ?? []).flatMap((one) => rows.get(one) ?? [])
    return around.length === 0 ? (rows.get(id) ?? 0) : around.reduce((sum, row) => sum + row, 0) / around.length
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forth = sweep % 2 === 0
    const near = forth ? before : after
    for (const index of forth ? layers.keys() : [...layers.keys()].reverse()) {
      const keyed = layers[index]!.map((id) => ({id, key: middle(id, near)}))
      layers[index] = keyed.sort((a, b) => a.key - b.key).map(({id}) => id)
      number(layers[index])
    }
  }
  return rows
}

/** Layers from the left to the right, as events go, with few crossings. The same topology is always drawn alike. */
export const layOut = ({nodes, edges}: Pick<Topology, 'nodes' | 'edges'>): Layout => {
  const layerOf = layersOf(nodes, edges)
  const layers: string[][] = []
  for (const {id} of nodes) (layers[layerOf.get(id) ?? 0] ??= []).push(id)
  const rows = ordered(layers, neighbours(edges, 'to', 'from'), neighbours(edges, 'from', 'to'))
  return {
    placed: nodes.map((node) => ({node, layer: layerOf.get(node.id) ?? 0, row: rows.get(node.id) ?? 0})),
    edges,
    layers: layers.length,
    rows: Math.max(0, ...layers.map((layer) => layer.length)),
  }
}
