import {copied, type Copied, type Copy} from './copies.js'
import {layered, neighbours, type Layered, type Place} from './layers.js'
import {ABSENT, type Topology, type TopologyEdge, type TopologyNode} from './topology.js'

/** Where a node is drawn: the middle of its box, in layers from the left and rows from above. */
export interface Placed extends Place {
  node: TopologyNode
  /** Rows that it takes, the room to its neighbours included. */
  rows: number
  /** How often this node is drawn. */
  copies: number
  /** The namespace whose heading it stands under. */
  home?: string
}

/** An edge between two of the places, by their indexes, and the lanes in which it passes other layers. */
export interface Way {
  edge: TopologyEdge
  from: number
  to: number
  lanes: readonly Place[]
}

/** A namespace above its parts. */
export interface Heading extends Place {
  text: string
}

export interface Layout {
  placed: readonly Placed[]
  ways: readonly Way[]
  headings: readonly Heading[]
  /** Size of the whole picture, perhaps no whole numbers. */
  layers: number
  rows: number
}

/** A reason needs a line of its own; that something is missing says all. */
export const hasReasonLine = ({reason, state}: TopologyNode): boolean =>
  reason !== undefined && reason !== ABSENT && ['failed', 'pending', 'absent'].includes(state)

const rowsOf = (node: TopologyNode): number => (hasReasonLine(node) ? 1.3 : 1)

/** Rows between parts, and for a heading. */
const PART_GAP = 0.5
const HEADING = 0.8
/** A layer is so many times as wide as a row is high; and the whole picture should be as wide as screens are. */
const LAYER_TO_ROW = 6
const SCREEN = 1.4

interface Part {
  copies: readonly Copy[]
  links: Copied['links']
  picture: Layered
  /** The namespaces in it. */
  heading: string
  home?: string
}

/** What hangs together, in the order of the nodes. */
const partsOf = ({copies, links}: Copied): Array<Pick<Part, 'copies' | 'links'>> => {
  const near = [neighbours(links, 'from', 'to'), neighbours(links, 'to', 'from')]
  const partOf = new Map<string, number>()
  let count = 0
  for (const {key} of copies) {
    if (partOf.has(key)) continue
    partOf.set(key, count)
    const reached = [key]
    for (let index = 0; index < reached.length; index++)
      for (const one of near.flatMap((ways) => ways.get(reached[index]!) ?? []))
        if (!partOf.has(one)) {
          partOf.set(one, count)
          reached.push(one)
        }
    count += 1
  }
  const parts = Array.from({length: count}, () => ({copies: new Array<Copy>(), links: new Array<Copied['links'][0]>()}))
  for (const copy of copies) parts[partOf.get(copy.key)!]!.copies.push(copy)
  for (const link of links) parts[partOf.get(link.from)!]!.links.push(link)
  return parts
}

const NAMESPACES_NAMED = 3

/** `team-0`, or all that events go between. */
const headingOf = (copies: readonly Copy[]): Pick<Part, 'heading' | 'home'> => {
  const all = [...new Set(copies.flatMap(({node}) => node.namespace ?? []))].sort()
  const more = all.length > NAMESPACES_NAMED ? [`${all.length - NAMESPACES_NAMED} more`] : []
  return {
    heading: [...all.slice(0, NAMESPACES_NAMED), ...more].join(', '),
    ...(all.length === 1 ? {home: all[0]!} : {}),
  }
}

const pictured = ({copies, links}: Pick<Part, 'copies' | 'links'>): Part => ({
  copies,
  links,
  picture: layered(
    copies.map(({key, node}) => ({key, rows: rowsOf(node)})),
    links,
  ),
  ...headingOf(copies),
})

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** How high columns may be so that the picture is about as wide as a screen. */
const columnHeight = (parts: readonly Part[], headings: boolean): number => {
  const rows = parts.reduce((sum, {picture}) => sum + picture.rows + PART_GAP, 0)
  const tallest = parts.reduce((most, {picture}) => Math.max(most, picture.rows), 0)
  const widest = parts.reduce((most, {picture}) => Math.max(most, picture.layers), 0)
  const columns = Math.max(1, Math.round(Math.sqrt((SCREEN * rows) / (LAYER_TO_ROW * Math.max(1, widest)))))
  return Math.max(tallest, rows / columns) + (headings ? HEADING : 0)
}

/**
 * Layers from the left to the right, as events go, with few crossings. What does not hang together stands below, and from
 * some size on in columns, like a newspaper; of several namespaces each has its heading. The same topology is always drawn
 * alike.
 */
export const layOut = (topology: Pick<Topology, 'nodes' | 'edges' | 'namespace'>): Layout => {
  const drawn = partsOf(copied(topology)).map(pictured)
  const withHeadings = topology.namespace === undefined && new Set(drawn.map(({heading}) => heading)).size > 1
  const parts = withHeadings ? drawn.toSorted((one, other) => compare(one.heading, other.heading)) : drawn
  const height = columnHeight(parts, withHeadings)
  const placed: Placed[] = []
  const ways: Way[] = []
  const headings: Heading[] = []
  let [left, right, top, bottom] = [0, 0, 0, 0]
  let above: string | undefined
  for (const {copies, links, picture, heading, home} of parts) {
    if (top > 0 && top + picture.rows > height + 0.001) {
      left = right
      top = 0
      above = undefined
    }
    if (withHeadings && heading !== above) {
      headings.push({text: heading, layer: left, row: top + HEADING / 2})
      top += HEADING
      above = heading
    }
    const moved = ({layer, row}: Place): Place => ({layer: left + layer, row: top + row})
    const indexes = new Map(copies.map(({key}, index) => [key, placed.length + index]))
    for (const {key, node, copies: count} of copies)
      placed.push({
        node,
        rows: rowsOf(node),
        copies: count,
        ...moved(picture.places.get(key)!),
        ...(withHeadings && home !== undefined ? {home} : {}),
      })
    links.forEach(({edge, from, to}, index) =>
      ways.push({edge, from: indexes.get(from)!, to: indexes.get(to)!, lanes: picture.lanes[index]!.map(moved)}),
    )
    right = Math.max(right, left + picture.layers)
    bottom = Math.max(bottom, top + picture.rows)
    top += picture.rows + PART_GAP
  }
  return {placed, ways, headings, layers: right, rows: bottom}
}
