/** Something that takes room in a layer: an object, or the lane of a line that only passes. */
export interface Item {
  key: string
  /** Rows that it takes, the room to its neighbours included. */
  rows: number
}

export interface Link {
  from: string
  to: string
}

/** Where something is: its layer from the left, and the row of its middle. */
export interface Place {
  layer: number
  row: number
}

/** One part in which everything hangs together, drawn from the left to the right as events go. */
export interface Layered {
  places: ReadonlyMap<string, Place>
  /** The lanes of each link, in its order, where it passes by layers; empty for a link to the next layer. */
  lanes: ReadonlyArray<readonly Place[]>
  layers: number
  rows: number
}

type Neighbours = ReadonlyMap<string, readonly string[]>

/** Who comes after whom, or with the ends exchanged, before. */
export const neighbours = (links: readonly Link[], from: 'from' | 'to', to: 'from' | 'to'): Neighbours => {
  const found = new Map<string, string[]>()
  for (const link of links) {
    const known = found.get(link[from])
    if (known === undefined) found.set(link[from], [link[to]])
    else known.push(link[to])
  }
  return found
}

/** Links that lead back to where a walk came from; without them there is a first and a last. */
const backLinks = (items: readonly Item[], next: Neighbours): ReadonlySet<string> => {
  const back = new Set<string>()
  const state = new Map<string, 'open' | 'done'>()
  for (const {key} of items) {
    if (state.has(key)) continue
    const path: Array<{key: string; at: number}> = [{key, at: 0}]
    state.set(key, 'open')
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const to = next.get(top.key)?.[top.at]
      top.at += 1
      if (to === undefined) {
        state.set(top.key, 'done')
        path.pop()
      } else if (state.get(to) === 'open') back.add(`${top.key} ${to}`)
      else if (!state.has(to)) {
        state.set(to, 'open')
        path.push({key: to, at: 0})
      }
    }
  }
  return back
}

/** Each one layer behind the last of those that lead to it; what nothing leads to stands right before what it leads to. */
const layersOf = (items: readonly Item[], links: readonly Link[]): ReadonlyMap<string, number> => {
  const back = backLinks(items, neighbours(links, 'from', 'to'))
  const forward = links.filter(({from, to}) => from !== to && !back.has(`${from} ${to}`))
  const next = neighbours(forward, 'from', 'to')
  const open = new Map<string, number>(items.map(({key}) => [key, 0]))
  for (const {to} of forward) open.set(to, (open.get(to) ?? 0) + 1)
  const layers = new Map<string, number>(items.map(({key}) => [key, 0]))
  const first = items.filter(({key}) => open.get(key) === 0).map(({key}) => key)
  const queue = [...first]
  for (let index = 0; index < queue.length; index++) {
    const key = queue[index]!
    for (const to of next.get(key) ?? []) {
      layers.set(to, Math.max(layers.get(to) ?? 0, (layers.get(key) ?? 0) + 1))
      const left = (open.get(to) ?? 1) - 1
      open.set(to, left)
      if (left === 0) queue.push(to)
    }
  }
  for (const key of first) {
    const after = (next.get(key) ?? []).map((to) => layers.get(to) ?? 1)
    if (after.length > 0) layers.set(key, after.reduce((least, layer) => Math.min(least, layer)) - 1)
  }
  return layers
}

/** Sweeps to and fro in which each layer is ordered by the middle of its neighbours; more bring little. */
const SWEEPS = 6

/** Orders each layer in place. */
const ordered = (layers: string[][], before: Neighbours, after: Neighbours): void => {
  const rows = new Map<string, number>()
  const number = (layer: readonly string[]): void => layer.forEach((key, row) => rows.set(key, row))
  layers.forEach(number)
  const middle = (key: string, near: Neighbours): number => {
    const around = (near.get(key) ?? []).flatMap((one) => rows.get(one) ?? [])
    return around.length === 0 ? (rows.get(key) ?? 0) : around.reduce((sum, row) => sum + row, 0) / around.length
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forth = sweep % 2 === 0
    const near = forth ? before : after
    for (const index of forth ? layers.keys() : [...layers.keys()].reverse()) {
      const keyed = layers[index]!.map((key) => ({key, middle: middle(key, near)}))
      layers[index] = keyed.sort((a, b) => a.middle - b.middle).map(({key}) => key)
      number(layers[index])
    }
  }
}

/**
 * The places nearest to the wanted ones in which nobody takes the room of another: the pool of adjacent violators, in one
 * pass. `offsets` is where each would be if all stood close together.
 */
const apart = (wanted: readonly number[], offsets: readonly number[]): number[] => {
  const pools: Array<{sum: number; count: number}> = []
  wanted.forEach((value, index) => {
    let pool = {sum: value - offsets[index]!, count: 1}
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
    .map((value, index) => value + offsets[index]!)
}

/** One that lies far off does not pull the others along. */
const median = (values: readonly number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return sorted.length === 0 ? undefined : (sorted[Math.floor(half - 0.5)]! + sorted[Math.floor(half)]!) / 2
}

/** Moves everything as near to its neighbours as its layer allows; the order stays. The rows of the middles. */
const aligned = (
  layers: ReadonlyArray<readonly string[]>,
  near: readonly Neighbours[],
  rowsOf: (key: string) => number,
): Map<string, number> => {
  const rows = new Map<string, number>()
  const offsets = layers.map((layer) => {
    let end = 0
    return layer.map((key) => {
      const middle = end + rowsOf(key) / 2
      end += rowsOf(key)
      rows.set(key, middle)
      return middle
    })
  })
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const index of sweep % 2 === 0 ? layers.keys() : [...layers.keys()].reverse()) {
      const layer = layers[index]!
      const wanted = layer.map((key) => {
        const around = near.flatMap((ways) => ways.get(key) ?? []).flatMap((one) => rows.get(one) ?? [])
        return median(around) ?? rows.get(key) ?? 0
      })
      apart(wanted, offsets[index]!).forEach((row, at) => rows.set(layer[at]!, row))
    }
  return rows
}

/** Room for a line that passes, and what it says. */
const LANE = 0.32

/**
 * Puts a part into layers with few crossings. A link that skips layers gets a lane of its own through them, so that no
 * line runs behind an object; one that leads back gets its lane below or above the objects that it goes around.
 */
export const layered = (items: readonly Item[], links: readonly Link[]): Layered => {
  const raw = layersOf(items, links)
  const least = [...raw.values()].reduce((min, layer) => Math.min(min, layer), Infinity)
  const layerOf = (key: string): number => (raw.get(key) ?? 0) - least
  const byLayer: string[][] = []
  const put = (key: string, layer: number): void => void (byLayer[layer] ??= []).push(key)
  for (const {key} of items) put(key, layerOf(key))
  const sizes = new Map(items.map(({key, rows}) => [key, rows]))
  const steps: Link[] = []
  const laneKeys = links.map(({from, to}, index) => {
    const [start, end] = [layerOf(from), layerOf(to)]
    const passed =
      end > start
        ? Array.from({length: end - start - 1}, (_, step) => start + 1 + step)
        : Array.from({length: start - end + 1}, (_, step) => start - step)
    const lanes = passed.map((layer) => {
      const key = `lane ${index} ${layer}`
      put(key, layer)
      return {key, layer}
    })
    const chain = [...(end > start ? [from] : []), ...lanes.map(({key}) => key), ...(end > start ? [to] : [])]
    const forth = end > start ? chain : chain.reverse()
    for (let at = 1; at < forth.length; at++) steps.push({from: forth[at - 1]!, to: forth[at]!})
    return lanes
  })
  const [before, after] = [neighbours(steps, 'to', 'from'), neighbours(steps, 'from', 'to')]
  const layers = Array.from(byLayer, (layer) => layer ?? [])
  ordered(layers, before, after)
  const rowsOf = (key: string): number => sizes.get(key) ?? LANE
  const middles = aligned(layers, [before, after], rowsOf)
  let [top, bottom] = [Infinity, -Infinity]
  for (const [key, middle] of middles) {
    top = Math.min(top, middle - rowsOf(key) / 2)
    bottom = Math.max(bottom, middle + rowsOf(key) / 2)
  }
  const placeOf = (key: string, layer: number): Place => ({layer, row: (middles.get(key) ?? 0) - top})
  return {
    places: new Map(items.map(({key}) => [key, placeOf(key, layerOf(key))])),
    lanes: laneKeys.map((lanes) => lanes.map(({key, layer}) => placeOf(key, layer))),
    layers: layers.length,
    rows: bottom - top,
  }
}
