import {layOut, type Placed} from '../domain/check/topology-layout.js'
import {type Topology, type TopologyEdge, type TopologyNode} from '../domain/check/topology.js'
import {cut, edgeText, kindWord, nodeTitle, stateText} from './topology-words.js'

/** Pixels at the size at which it is read. */
const WIDTH = 210
const HEIGHT = 44
const GAP_X = 150
const GAP_Y = 16
const MARGIN = 16
/** Letters that fit into a box, and beside an arrow. */
const TITLE_LETTERS = 30
const EDGE_LETTERS = 22

const escapes: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;'}

export const markup = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one]!)

const px = (value: number): string => String(Math.round(value * 10) / 10)

interface Box {
  x: number
  y: number
}

/** Colours by class, so that a page can have them light or dark; by itself a picture is light. */
export const svgStyle = `
svg{--ink:#1f2328;--paper:#ffffff;--line:#57606a;--good:#1a7f37;--wait:#9a6700;--bad:#cf222e;--quiet:#6e7781;background:var(--paper);font:13px system-ui,sans-serif}
@media (prefers-color-scheme:dark){svg{--ink:#e6edf3;--paper:#0d1117;--line:#8b949e;--good:#3fb950;--wait:#d29922;--bad:#f85149;--quiet:#8b949e}}
text{fill:var(--ink)}.sub{font-size:11px;fill:var(--quiet)}
.node rect{fill:var(--paper);stroke:var(--good);stroke-width:1.5}
.node.pending rect{stroke:var(--wait)}.node.failed rect{stroke:var(--bad);stroke-width:2.5}
.node.absent rect{stroke:var(--bad);stroke-dasharray:5 3}.node.unknown rect{stroke:var(--quiet);stroke-dasharray:5 3}
.node.outside rect{stroke:var(--quiet)}.node.failed .sub,.node.absent .sub{fill:var(--bad)}
.edge path{fill:none;stroke:var(--line);stroke-width:1.2}.edge.broken path{stroke:var(--bad);stroke-dasharray:5 3}
.edge text{font-size:11px;fill:var(--quiet);paint-order:stroke;stroke:var(--paper);stroke-width:3px}.tip{fill:var(--line)}
`

const boxOf = ({layer, row}: Placed): Box => ({
  x: MARGIN + layer * (WIDTH + GAP_X),
  y: MARGIN + row * (HEIGHT + GAP_Y),
})

const nodeMarkup = (node: TopologyNode, {x, y}: Box, index: number, home: string | undefined): string => {
  const state = stateText(node)
  const [kind, title] =
    node.kind === 'URI' ? ['address', node.name] : [kindWord(node), nodeTitle({...node, kind: 'URI'}, home)]
  const under = state === '' ? kind : `${kind} · ${state}`
  const label = `${nodeTitle(node, home)}${state === '' ? '' : `, ${state}`}`
  return (
    `<g class="node ${node.state}" id="node-${index}" data-node="${index}" transform="translate(${px(x)} ${px(y)})">` +
    `<title>${markup(label)}</title><rect width="${WIDTH}" height="${HEIGHT}" rx="6"/>` +
    `<text x="10" y="18">${markup(cut(title, TITLE_LETTERS))}</text>` +
    `<text class="sub" x="10" y="35">${markup(cut(under, TITLE_LETTERS + 6))}</text></g>`
  )
}

/** A curve to the right; back edges go round below their boxes. */
const pathOf = (from: Box, to: Box): {path: string; middle: Box} => {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2]
  if (x2 > x1) {
    const bend = Math.min(GAP_X * 0.6, (x2 - x1) / 2)
    return {
      path: `M${px(x1)} ${px(y1)}C${px(x1 + bend)} ${px(y1)} ${px(x2 - bend)} ${px(y2)} ${px(x2 - 7)} ${px(y2)}`,
      // Beside the target: edges of one source would cover each other at their beginning.
      middle: {x: x2 - GAP_X / 2, y: y1 + (y2 - y1) * 0.8 - 4},
    }
  }
  const low = Math.max(from.y, to.y) + HEIGHT + GAP_Y * 0.6
  return {
    path: `M${px(x1)} ${px(y1)}C${px(x1 + 50)} ${px(low)} ${px(x2 - 50)} ${px(low)} ${px(x2 - 7)} ${px(y2)}`,
    middle: {x: (x1 + x2) / 2, y: low},
  }
}

/** What an arrow says anyway is not written beside it. */
const isPlain = ({role, label}: TopologyEdge): boolean =>
  label === undefined && ['delivers', 'offers', 'sends'].includes(role)

/** The line, and what it says: words lie above all lines. */
const edgeMarkup = (
  edge: TopologyEdge,
  from: Box,
  to: Box,
  numbers: readonly [number, number],
): {line: string; words: string} => {
  const {path, middle} = pathOf(from, to)
  const text = edgeText(edge)
  const told = edge.broken === undefined ? text : `${text}: ${edge.broken}`
  const open = `<g class="edge${edge.broken === undefined ? '' : ' broken'}" data-from="${numbers[0]}" data-to="${numbers[1]}">`
  return {
    line: `${open}<title>${markup(told)}</title><path d="${path}" marker-end="url(#tip)"/></g>`,
    words: isPlain(edge)
      ? ''
      : `${open}<text x="${px(middle.x)}" y="${px(middle.y)}" text-anchor="middle">${markup(cut(text, EDGE_LETTERS))}</text></g>`,
  }
}

/** The picture alone; `style` is left out where a page has it. */
export const topologySvg = (topology: Topology, {style = true}: {style?: boolean} = {}): string => {
  const {nodes, namespace} = topology
  const {placed, edges, layers, rows} = layOut(topology)
  const boxes = new Map(placed.map((one) => [one.node.id, boxOf(one)]))
  const numbers = new Map(nodes.map(({id}, index) => [id, index]))
  const width = 2 * MARGIN + Math.max(1, layers) * WIDTH + Math.max(0, layers - 1) * GAP_X
  const height = 2 * MARGIN + Math.round(Math.max(1, rows) * (HEIGHT + GAP_Y)) + GAP_Y
  const lines = edges.map((edge) =>
    edgeMarkup(edge, boxes.get(edge.from)!, boxes.get(edge.to)!, [numbers.get(edge.from)!, numbers.get(edge.to)!]),
  )
  const shapes = placed.map(({node}, index) => nodeMarkup(node, boxes.get(node.id)!, index, namespace))
  const title = `Where events go in ${namespace === undefined ? 'all namespaces' : `namespace ${namespace}`}`
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${markup(title)}">\n` +
    `<title>${markup(title)}</title>\n${style ? `<style>${svgStyle}</style>\n` : ''}` +
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>\n` +
    `${[...lines.map(({line}) => line), ...lines.flatMap(({words}) => (words === '' ? [] : [words])), ...shapes].map((line) => `${line}\n`).join('')}</svg>\n`
  )
}
