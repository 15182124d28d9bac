import {type Topology, type TopologyEdge, type TopologyNode} from './topology.js'

/** Where a node is drawn: its layer from the left, and its place in it from above, a row or more from its neighbours. */
export interface Placed {
  node: TopologyNode
  layer: number
  row: number
}

export interface Layout {
  placed: readonly Placed[]
  edges: readonly TopologyEdge[]
  layers: number
  /** Rows of the whole picture, perhaps not a whole number. */
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

/** Orders each layer in place. */
const ordered = (layers: string[][], before: Neighbours, after: Neighbours): void => {
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
}

/**
 * The places nearest to the wanted ones in which neighbours are a row or more apart: the pool of adjacent violators, in one
 * pass.
 */
const apart = (wanted: readonly number[]): number[] => {
  const pools: Array<{sum: number; count: number}> = []
  wanted.forEach((value, index) => {
    let pool = {sum: value - index, count: 1}
    for (
      let last = pools.at(-1);
      last !== undefined && last.sum / last.count > pool.sum / pool.count;
      last = pools.at(-1)
    ) {
      pool = {sum: last.sum + pool.sum, count: last.count + pool.count}
      pools.pop()
    }
    pools.push(pool)
  })
  return pools
    .flatMap(({sum, count}) => Array.from({length: count}, () => sum / count))
    .map((value, index) => value + index)
}

/** One that lies far off does not pull the others along. */
const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return sorted.length === 0 ? undefined : (sorted[Math.floor(half - 0.5)]! + sorted[Math.floor(half)]!) / 2
}

/** Moves every node as near to its neighbours as its layer allows; the order stays. */
const aligned = (layers: readonly string[][], near: readonly Neighbours[]): ReadonlyMap<string, number> => {
  const rows = new Map<string, number>()
  for (const layer of layers) layer.forEach((id, row) => rows.set(id, row))
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const layer of sweep % 2 === 0 ? layers : layers.toReversed()) {
      const wanted = layer.map((id) => {
        const around = near.flatMap((ways) => ways.get(id) ?? []).flatMap((one) => rows.get(one) ?? [])
        return median(around) ?? rows.get(id) ?? 0
      })
      apart(wanted).forEach((row, index) => rows.set(layer[index]!, row))
    }
  const first = [...rows.values()].reduce((least, row) => Math.min(least, row), Infinity)
  return new Map([...rows].map(([id, row]) => [id, row - first]))
}

/** What hangs together, in the order of the nodes. */
const components = (nodes: readonly TopologyNode[], near: readonly Neighbours[]): TopologyNode[][] => {
  const parts = new Map<string, number>()
  const found: TopologyNode[][] = []
  for (const {id} of nodes) {
    if (parts.has(id)) continue
    parts.set(id, found.length)
    const reached = [id]
    for (let index = 0; index < reached.length; index++)
      for (const one of near.flatMap((ways) => ways.get(reached[index]!) ?? []))
        if (!parts.has(one)) {
          parts.set(one, found.length)
          reached.push(one)
        }
    found.push([])
  }
  for (const node of nodes) found[parts.get(node.id)!]!.push(node)
  return found
}

/** Layers from the left to the right, as events go, with few crossings; what does not hang together stands below. The same
 * topology is always drawn alike. */
export const layOut = ({nodes, edges}: Pick<Topology, 'nodes' | 'edges'>): Layout => {
  const layerOf = layersOf(nodes, edges)
  const [before, after] = [neighbours(edges, 'to', 'from'), neighbours(edges, 'from', 'to')]
  const rows = new Map<string, number>()
  let below = 0
  for (const part of components(nodes, [before, after])) {
    const byLayer = new Map<number, string[]>()
    for (const {id} of part) {
      const layer = layerOf.get(id) ?? 0
      const others = byLayer.get(layer)
      if (others === undefined) byLayer.set(layer, [id])
      else others.push(id)
    }
    const layers = [...byLayer].sort(([a], [b]) => a - b).map(([, ids]) => ids)
    ordered(layers, before, after)
    const own = aligned(layers, [before, after])
    let height = 0
    for (const [id, row] of own) {
      rows.set(id, below + row)
      height = Math.max(height, row)
    }
    below += height + 1.5
  }
  const placed = nodes.map((node) => ({node, layer: layerOf.get(node.id) ?? 0, row: rows.get(node.id) ?? 0}))
  return {
    placed,
    edges,
    layers: placed.reduce((most, {layer}) => Math.max(most, layer + 1), 0),
    rows: placed.reduce((most, {row}) => Math.max(most, row + 1), 0),
  }
}
