import {type Layout, type Placed, type Way} from '../../domain/check/topology/layout.js'
import {type Place} from '../../domain/check/topology/layers.js'
import {fitted, widthOf} from './measure.js'
import {brokenText, edgeWords} from './words.js'

/** Pixels at the size at which it is read. */
export const BOX_WIDTH = 232
export const ROW = 60
export const GAP_X = 150
const GAP_Y = 16
export const MARGIN = 20
const LAYER = BOX_WIDTH + GAP_X

export interface Box {
  x: number
  y: number
  height: number
}

export const boxOf = ({layer, row, rows}: Placed): Box => ({
  x: MARGIN + layer * LAYER,
  y: MARGIN + (row - rows / 2) * ROW + GAP_Y / 2,
  height: rows * ROW - GAP_Y,
})

/** Pixels from the left to the boxes of a layer. */
export const leftOf = ({layer}: Place): number => MARGIN + layer * LAYER
const rightOf = (place: Place): number => leftOf(place) + BOX_WIDTH
/** Pixels from above to the middle of a row. */
export const middleOf = ({row}: Place): number => MARGIN + row * ROW

/** Size of everything, in pixels. */
export const sizeOf = ({layers, rows}: Layout): {width: number; height: number} => ({
  width: Math.ceil(2 * MARGIN + Math.max(1, layers) * LAYER - GAP_X),
  height: Math.ceil(2 * MARGIN + Math.max(1, rows) * ROW),
})

export const px = (value: number): string => String(Math.round(value * 10) / 10)

const TIP = 7

const curve = (x1: number, y1: number, x2: number, y2: number): string => {
  const bend = (x2 - x1) / 2
  return `C${px(x1 + bend)} ${px(y1)} ${px(x2 - bend)} ${px(y2)} ${px(x2)} ${px(y2)}`
}

/** How far a line that leads back goes round the side of a box. */
const ROUND = 45

/** The line of a way: to the right through its lanes, or around and back to the left. */
export const lineOf = ({lanes}: Way, from: Placed, to: Placed): string => {
  const [start, end] = [
    {x: rightOf(from), y: middleOf(from)},
    {x: leftOf(to), y: middleOf(to)},
  ]
  if (to.layer > from.layer) {
    let {x, y} = start
    let path = `M${px(x)} ${px(y)}`
    for (const lane of lanes) {
      path += `${curve(x, y, leftOf(lane), middleOf(lane))}H${px(rightOf(lane))}`
      x = rightOf(lane)
      y = middleOf(lane)
    }
    return `${path}${curve(x, y, end.x - TIP, end.y)}`
  }
  const [first, last] = [lanes[0], lanes.at(-1)]
  if (first === undefined || last === undefined) return ''
  let path = `M${px(start.x)} ${px(start.y)}C${px(start.x + ROUND)} ${px(start.y)} ${px(start.x + ROUND)} ${px(middleOf(first))} ${px(start.x)} ${px(middleOf(first))}`
  let y = middleOf(first)
  let x = start.x
  for (const lane of lanes) {
    if (lane !== first) path += curve(x, y, rightOf(lane), middleOf(lane))
    path += `H${px(leftOf(lane))}`
    x = leftOf(lane)
    y = middleOf(lane)
  }
  return `${path}C${px(end.x - ROUND)} ${px(y)} ${px(end.x - ROUND)} ${px(end.y)} ${px(end.x - TIP)} ${px(end.y)}`
}

/** Words beside a line. */
export interface Words {
  lines: readonly string[]
  /** The middle of the first line's foot. */
  x: number
  y: number
}

/** Pixels of the letters beside lines. */
export const WORDS_SIZE = 12
export const WORDS_LINE = 14
const ROOM = GAP_X - 16
/** How far words may be from where they belong, in steps of three pixels. */
const FURTHER = [0, 3, -3, 6, -6, 9, -9, 12, -12, 15, -15, 18, -18, 21, -21, 24, -24]

interface Area {
  top: number
  bottom: number
  left: number
  right: number
}

/** The fields of a coarse grid that an area touches. */
const fieldsOf = (area: Area): string[] => {
  const columns = new Set([Math.floor(area.left / LAYER), Math.floor(area.right / LAYER)])
  const rows = new Set([Math.floor(area.top / ROW), Math.floor(area.bottom / ROW)])
  return [...columns].flatMap((column) => [...rows].map((row) => `${column} ${row}`))
}

const overlap = (one: Area, other: Area): boolean =>
  one.top < other.bottom && other.top < one.bottom && one.left < other.right && other.left < one.right

interface Wanted {
  way: number
  lines: readonly string[]
  x: number
  y: number
  width: number
  broken: boolean
}

const wantedOf = (layout: Layout, ends: ReadonlyMap<string, number>): Wanted[] =>
  layout.ways.flatMap(({edge, from, to, lanes}, way): Wanted[] => {
    const [start, end] = [layout.placed[from]!, layout.placed[to]!]
    const broken = edge.broken !== undefined
    const lane = lanes[Math.floor(lanes.length / 2)]
    if (lane !== undefined) {
      const text = [edgeWords(edge), ...(broken ? [`✗ ${brokenText(edge)}`] : [])].filter(Boolean).join('  ')
      const line = fitted(text, BOX_WIDTH - 12, WORDS_SIZE)
      return text === ''
        ? []
        : [
            {
              way,
              lines: [line],
              x: (leftOf(lane) + rightOf(lane)) / 2,
              y: middleOf(lane) - 3,
              width: widthOf(line, WORDS_SIZE),
              broken,
            },
          ]
    }
    const lines = [edgeWords(edge), ...(broken ? [`✗ ${brokenText(edge)}`] : [])]
      .filter(Boolean)
      .map((text) => fitted(text, ROOM, WORDS_SIZE))
    if (lines.length === 0) return []
    // Where lines part or meet they are close together: the words stand at the other end.
    const meet = (ends.get(`to ${to}`) ?? 0) > (ends.get(`from ${from}`) ?? 0)
    const along = meet ? 0.2 : 0.8
    const height = middleOf(start) + (middleOf(end) - middleOf(start)) * along
    return [
      {
        way,
        lines,
        x: rightOf(start) + GAP_X / 2,
        y: height - 4 - (lines.length - 1) * (WORDS_LINE / 2),
        width: Math.max(...lines.map((line) => widthOf(line, WORDS_SIZE))),
        broken,
      },
    ]
  })

/**
 * What stands beside the lines, by the index of the way: nothing covers anything else. Where there is no room, words are left
 * out, those of unbroken ways first; they remain with what is shown on request.
 */
export const placeWords = (layout: Layout): ReadonlyMap<number, Words> => {
  const ends = new Map<string, number>()
  for (const {from, to} of layout.ways)
    for (const end of [`from ${from}`, `to ${to}`]) ends.set(end, (ends.get(end) ?? 0) + 1)
  const found = new Map<number, Words>()
  /** What is taken, by column and row of a coarse grid: few have to be looked at, however large the picture is. */
  const taken = new Map<string, Area[]>()
  const wanted = wantedOf(layout, ends).toSorted((one, other) => Number(other.broken) - Number(one.broken))
  for (const {way, lines, x, y, width} of wanted) {
    const areaAt = (by: number): Area => ({
      left: x - width / 2 - 2,
      right: x + width / 2 + 2,
      top: y + by - WORDS_LINE,
      bottom: y + by + (lines.length - 1) * WORDS_LINE + 2,
    })
    const shift = FURTHER.find((by) => {
      const area = areaAt(by)
      return !fieldsOf(area).some((field) => taken.get(field)?.some((one) => overlap(one, area)))
    })
    if (shift === undefined) continue
    const area = areaAt(shift)
    for (const field of fieldsOf(area)) {
      const known = taken.get(field)
      if (known === undefined) taken.set(field, [area])
      else known.push(area)
    }
    found.set(way, {lines, x, y: y + shift})
  }
  return found
}
