import {
  hasReasonLine,
  layOut,
  type Heading,
  type Layout,
  type Placed,
  type Way,
} from '../../domain/check/topology/layout.js'
import {type Topology} from '../../domain/check/topology/topology.js'
import {
  BOX_WIDTH,
  boxOf,
  leftOf,
  lineOf,
  middleOf,
  placeWords,
  px,
  sizeOf,
  WORDS_LINE,
  WORDS_SIZE,
  type Words,
} from './lines.js'
import {printable} from '../../domain/core/printable.js'
import {fitted} from './measure.js'
import {brokenText, edgeText, family, kindWord, nodeTitle, plainTitle, stateText, stateWord} from './words.js'

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'}

export const markup = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one]!)

/** Colours by class, so that a page can have them light or dark; a picture alone follows its viewer as well. */
export const svgStyle = `
:root,svg{--ink:#1f2328;--paper:#fff;--box:#fff;--edge:#8c959f;--line:#57606a;--good:#1a7f37;--wait:#9a6700;--bad:#cf222e;--quiet:#59636e;--source:#8250df;--hub:#0969da;--way:#1b7c83;--place:#6e7781;--flow:#bc4c00}
svg{background:var(--paper);font:14px system-ui,-apple-system,"Segoe UI",sans-serif}
@media (prefers-color-scheme:dark){:root,svg{--ink:#e6edf3;--paper:#0d1117;--box:#161b22;--edge:#6e7681;--line:#9198a1;--good:#3fb950;--wait:#d29922;--bad:#ff7b72;--quiet:#9198a1;--source:#bc8cff;--hub:#58a6ff;--way:#39c5cf;--place:#9198a1;--flow:#f0883e}}
text{fill:var(--ink)}.title{font-weight:600}.sub,.words{font-size:${WORDS_SIZE}px;fill:var(--quiet)}
.heading{font-size:16px;font-weight:600}
.node rect{fill:var(--box);stroke:var(--edge)}.node .mark{fill:none;stroke:var(--good);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.node.pending rect{stroke:var(--wait);stroke-width:2}.node.pending .mark{stroke:var(--wait)}
.node.failed rect,.node.absent rect{stroke:var(--bad);stroke-width:2}.node.failed .mark,.node.absent .mark{stroke:var(--bad)}
.node.absent rect,.node.unknown rect{stroke-dasharray:5 4}.node.unknown .mark,.node.outside .mark{stroke:var(--quiet)}
.node.failed .reason,.node.absent .reason{fill:var(--bad)}.node.pending .reason{fill:var(--wait)}
.source .band{fill:var(--source)}.hub .band{fill:var(--hub)}.way .band{fill:var(--way)}.place .band{fill:var(--place)}.flow .band{fill:var(--flow)}
.edge path{fill:none;stroke:var(--line);stroke-width:1.25}.edge.dead path{stroke-dasharray:1.5 4;stroke-linecap:round;stroke-width:2}.edge.replies path{stroke-dasharray:8 4}.edge.has path{stroke-width:.8}
.edge.broken path{stroke:var(--bad);stroke-width:1.75;stroke-dasharray:5 4}.words{paint-order:stroke;stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}.words.broken .why{fill:var(--bad)}
.tip{fill:var(--line)}.tip.broken{fill:var(--bad)}
`

/** What says the state without colour: a tick, a cross, dots, a question mark, an arrow outwards. */
const marks: Readonly<Record<Placed['node']['state'], string>> = {
  ready: 'M-4 0.5L-1.2 3.5L4.2 -3',
  failed: 'M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5',
  absent: 'M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5',
  pending: 'M-4.5 0h.01M0 0h.01M4.5 0h.01',
  unknown: 'M-2.6 -2.4A2.7 2.7 0 1 1 0 0.6V1.4M0 4.4h.01',
  outside: 'M-3.5 3.5L3.5 -3.5M-1.5 -3.5H3.5V1.5',
}

const TITLE_SIZE = 14
/** From the left side of a box to its words, and from them to its right side. */
const INDENT = 17
const ROOM = BOX_WIDTH - INDENT - 10
const MARK = 22

const nodeMarkup = (placed: Placed, number: number, scope: string | undefined): string => {
  const {node, copies, home = scope} = placed
  const {x, y, height} = boxOf(placed)
  const state = stateText(node)
  const label = `${nodeTitle(node, scope)}${state === '' ? '' : `, ${state}`}`
  const [word, reason] = [stateWord(node), hasReasonLine(node) ? printable(node.reason ?? '') : '']
  const under = [node.kind === 'URI' ? 'address' : kindWord(node), printable(node.note ?? ''), word]
    .filter(Boolean)
    .join(' · ')
  const repeated = copies > 1 ? ` · drawn ${copies}×` : ''
  const text = (words: string, name: string, line: number, room: number, size: number): string =>
    `<text class="${name}" x="${INDENT}" y="${line}">${markup(fitted(words, room, size))}</text>`
  const inner = [
    `<title>${markup(label)}</title>`,
    `<rect width="${BOX_WIDTH}" height="${px(height)}" rx="8"/>`,
    `<path class="band" d="M8 .5A7.5 7.5 0 0 0 .5 8V${px(height - 8)}A7.5 7.5 0 0 0 8 ${px(height - 0.5)}Z"/>`,
    text(plainTitle(node, home), 'title', 19, ROOM - MARK, TITLE_SIZE),
    text(`${under}${repeated}`, 'sub', 37, ROOM, WORDS_SIZE),
    ...(reason === '' ? [] : [text(reason, 'sub reason', 54, ROOM, WORDS_SIZE)]),
    `<path class="mark" transform="translate(${BOX_WIDTH - 16} 15)" d="${marks[node.state]}"/>`,
  ]
  return `<g class="node ${node.state} ${family(node)}" data-node="${number}" transform="translate(${px(x)} ${px(y)})">${inner.join('')}</g>`
}

const roleClass = {
  sends: '',
  offers: '',
  delivers: '',
  replies: ' replies',
  'dead letters': ' dead',
  has: ' has',
} as const

const wayMarkup = (
  way: Way,
  {placed}: Layout,
  words: Words | undefined,
  numbers: readonly [number, number],
): {line: string; words: string} => {
  const {edge, from, to} = way
  const broken = edge.broken === undefined ? '' : ' broken'
  const told = edge.broken === undefined ? edgeText(edge) : `${edgeText(edge)}: ${brokenText(edge)}`
  const data = `data-from="${numbers[0]}" data-to="${numbers[1]}"`
  const why = (index: number): string =>
    broken !== '' && index === (words?.lines.length ?? 0) - 1 ? ' class="why"' : ''
  return {
    line: `<g class="edge${roleClass[edge.role]}${broken}" ${data}><title>${markup(told)}</title><path d="${lineOf(way, placed[from]!, placed[to]!)}" marker-end="url(#tip${broken === '' ? '' : '-broken'})"/></g>`,
    words:
      words === undefined
        ? ''
        : `<text class="words${broken}" ${data} text-anchor="middle">${words.lines
            .map(
              (line, index) =>
                `<tspan x="${px(words.x)}" y="${px(words.y + index * WORDS_LINE)}"${why(index)}>${markup(line)}</tspan>`,
            )
            .join('')}</text>`,
  }
}

const headingMarkup = (heading: Heading): string =>
  `<text class="heading" x="${px(leftOf(heading))}" y="${px(middleOf(heading) + 6)}">${markup(heading.text)}</text>`

/** `Where events go in namespace demo` */
export const topologyTitle = ({namespace}: Topology): string =>
  `Where events go in ${namespace === undefined ? 'all namespaces' : `namespace ${namespace}`}`

const tip = (id: string, name: string): string =>
  `<marker id="${id}" viewBox="0 0 8 8" refX="1" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="${name}" d="M0 0L8 4L0 8z"/></marker>`

/** The picture alone; `page` for one that stands in a page, which has the style and makes it answer. */
export const topologySvg = (topology: Topology, {page = false}: {page?: boolean} = {}): string => {
  const {nodes, namespace} = topology
  const layout = layOut(topology)
  const {width, height} = sizeOf(layout)
  const numbers = new Map(nodes.map(({id}, index) => [id, index]))
  const number = (index: number): number => numbers.get(layout.placed[index]!.node.id)!
  const words = placeWords(layout)
  const ways = layout.ways.map((way, index) =>
    wayMarkup(way, layout, words.get(index), [number(way.from), number(way.to)]),
  )
  const shapes = layout.placed.map((placed, index) => nodeMarkup(placed, number(index), namespace))
  const title = markup(topologyTitle(topology))
  const parts = [
    ...layout.headings.map(headingMarkup),
    ...ways.map(({line}) => line),
    ...shapes,
    // Words lie above all lines.
    ...ways.flatMap((way) => (way.words === '' ? [] : [way.words])),
  ]
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="${page ? 'group' : 'img'}" aria-label="${title}">\n` +
    (page ? '' : `<title>${title}</title>\n<style>${svgStyle}</style>\n`) +
    `<defs>${tip('tip', 'tip')}${tip('tip-broken', 'tip broken')}</defs>\n` +
    `${parts.map((line) => `${line}\n`).join('')}</svg>\n`
  )
}
