import {type Topology, type TopologyEdge} from '../../domain/check/topology/topology.js'
import {formatJson} from '../json.js'
import {BOX_WIDTH} from './lines.js'
import {pageScript} from './page-script.js'
import {pageStyle} from './page-style.js'
import {markup, svgStyle, topologySvg, topologyTitle} from './svg.js'
import {brokenText, edgeText, nodeTitle, stateWord} from './words.js'
import {printable} from '../../domain/core/printable.js'

/** `sha256-…` of a script or style, so that the page allows these two and nothing else. */
const digest = async (text: string): Promise<string> => {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return `'sha256-${btoa(String.fromCharCode(...bytes))}'`
}

const sizeOf = (svg: string): {width: number; height: number} => {
  const [, width = '0', height = '0'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? []
  return {width: Number(width), height: Number(height)}
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

const summaryOf = ({nodes, edges}: Topology): string => {
  const bad = nodes.filter(({state}) => state === 'failed' || state === 'absent').length
  const waiting = nodes.filter(({state}) => state === 'pending').length
  const broken = edges.filter((edge) => edge.broken !== undefined).length
  return [
    `${counted(nodes.length, 'object', 'objects')}, ${counted(edges.length, 'way', 'ways')}`,
    ...(bad === 0 && waiting === 0 ? ['everything is ready'] : []),
    ...(bad > 0 ? [`${bad} not ready or missing`] : []),
    ...(waiting > 0 ? [`${waiting} pending`] : []),
    ...(broken > 0 ? [counted(broken, 'way broken', 'ways broken')] : []),
  ].join('; ')
}

/** For the script; as JSON it has no `<` that could end the element, since `formatJson` escapes it. */
const dataOf = (topology: Topology, svg: string): unknown => {
  const {nodes, edges, namespace} = topology
  const numbers = new Map(nodes.map(({id}, index) => [id, index]))
  return {
    ...sizeOf(svg),
    box: BOX_WIDTH,
    nodes: nodes.map((node) => ({
      id: node.id,
      title: nodeTitle(node, namespace),
      name: node.state,
      state: stateWord(node),
      bad: node.state === 'failed' || node.state === 'absent',
      ...(node.reason === undefined ? {} : {reason: printable(node.reason)}),
    })),
    edges: edges.map((edge: TopologyEdge) => ({
      from: numbers.get(edge.from),
      to: numbers.get(edge.to),
      text: edgeText(edge),
      ...(edge.broken === undefined ? {} : {broken: brokenText(edge)}),
    })),
  }
}

const keys: ReadonlyArray<readonly [keys: string, meaning: string]> = [
  ['Tab', 'into the picture, and on to what is beside it'],
  ['← ↑ → ↓', 'from object to object'],
  ['Enter', 'what an object gets and where it leads'],
  ['Esc', 'back to everything'],
  ['/', 'find; Enter for the next'],
  ['n', 'next that is not ready or missing'],
  ['+ - 0 f', 'larger, smaller, as it is read, all of it'],
]

const legend = `<h3>What it shows</h3><dl>
<dt><span class="swatch source"></span></dt><dd>source</dd><dt><span class="swatch hub"></span></dt><dd>broker, channel</dd>
<dt><span class="swatch way"></span></dt><dd>trigger, subscription</dd><dt><span class="swatch flow"></span></dt><dd>platform, workflow</dd>
<dt><span class="swatch place"></span></dt><dd>service, address, anything else</dd>
<dt><span class="stroke"></span></dt><dd>events go this way</dd><dt><span class="stroke replies"></span></dt><dd>replies</dd>
<dt><span class="stroke dead"></span></dt><dd>dead letters</dd><dt><span class="stroke broken"></span></dt><dd>broken, with ✗ and the reason</dd></dl>`

/**
 * One page without network access: the picture, and beside it what is chosen by mouse or keyboard. Its content security
 * policy allows its own style and script, by their digests, and nothing else.
 */
export const topologyHtml = async (topology: Topology): Promise<string> => {
  const svg = topologySvg(topology, {page: true})
  const style = `${svgStyle}${pageStyle}`
  const title = markup(topologyTitle(topology))
  const summary = summaryOf(topology)
  const policy = `default-src 'none'; base-uri 'none'; form-action 'none'; style-src ${await digest(style)}; script-src ${await digest(pageScript)}`
  const keyList = keys.map(([key, meaning]) => `<dt><kbd>${markup(key)}</kbd></dt><dd>${markup(meaning)}</dd>`).join('')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>${title}</h1>
<div class="tools" role="toolbar" aria-label="Tools">
<span id="found" role="status"></span><input id="search" type="search" placeholder="Find ( / )" aria-label="Find an object" autocomplete="off" spellcheck="false">
<button id="next" type="button" title="Key n">Next broken</button>
<span class="group"><button id="smaller" type="button" aria-label="Smaller" title="Key -">−</button><button id="size" type="button" title="Key 0: as it is read" aria-label="As it is read">100%</button><button id="larger" type="button" aria-label="Larger" title="Key +">+</button><button id="fit" type="button" title="Key f: all of it">Fit</button></span>
</div>
</header>
<main aria-label="${title}">${svg}</main>
<aside aria-live="polite" aria-label="Details"><noscript><p>${markup(summary)}. Without scripts this is a picture only.</p></noscript></aside>
<template id="overview"><h2>${title}</h2><p class="summary">${markup(summary)}</p>${legend}<h3>Keys</h3><dl>${keyList}</dl></template>
<script id="data" type="application/json">${formatJson(dataOf(topology, svg))}</script>
<script>${pageScript}</script>
</body>
</html>
`
}
