import {type Topology} from '../domain/check/topology.js'
import {formatJson} from './json.js'
import {markup, svgStyle, topologySvg} from './topology-svg.js'
import {edgeText, nodeTitle, stateText} from './topology-words.js'

const style = `
:root{color-scheme:light dark;--ink:#1f2328;--paper:#ffffff;--side:#f6f8fa;--rule:#d0d7de;--focus:#0969da;--bad:#cf222e}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--side:#161b22;--rule:#30363d;--focus:#58a6ff;--bad:#f85149}}
*{box-sizing:border-box}body{margin:0;height:100vh;display:grid;grid-template:auto 1fr/1fr 22rem;font:14px system-ui,sans-serif;color:var(--ink);background:var(--paper)}
header{grid-column:1/3;display:flex;flex-wrap:wrap;gap:.8rem;align-items:center;padding:.6rem 1rem;border-bottom:1px solid var(--rule)}
h1{font-size:1rem;margin:0}header input,header button{font:inherit;color:inherit;background:var(--side);border:1px solid var(--rule);border-radius:6px;padding:.3rem .6rem}
#hint{margin-left:auto;opacity:.75}main{overflow:auto}aside{overflow:auto;padding:1rem;background:var(--side);border-left:1px solid var(--rule)}
aside h2{font-size:1rem;margin:0 0 .3rem;overflow-wrap:anywhere}aside ul{padding-left:1.1rem;margin:.3rem 0 1rem}aside li{overflow-wrap:anywhere}
aside button{font:inherit;color:var(--focus);background:none;border:0;padding:0;text-align:left;cursor:pointer;overflow-wrap:anywhere}
.bad{color:var(--bad)}.node{cursor:pointer}.node:focus{outline:none}.node:focus rect,.node.chosen rect{stroke:var(--focus);stroke-width:3}
svg.chosen .node:not(.near),svg.chosen .edge:not(.near){opacity:.18}.node.hit rect{stroke-width:3}
:focus-visible{outline:2px solid var(--focus);outline-offset:1px}@media (max-width:60rem){body{grid-template:auto 1fr 40vh/1fr}header{grid-column:1}aside{border-left:0;border-top:1px solid var(--rule)}}
`

/** Runs in the page: no network, no storage; everything by mouse and by keyboard. */
const script = `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const svg = document.querySelector('svg'), main = document.querySelector('main'), side = document.querySelector('aside');
const nodes = [...svg.querySelectorAll('.node')], edges = [...svg.querySelectorAll('.edge')];
const box = (i) => { const m = nodes[i].transform.baseVal.consolidate().matrix; return {x: m.e, y: m.f}; };
let current = -1, zoom = 1;
const text = (tag, words, name) => { const e = document.createElement(tag); e.textContent = words; if (name) e.className = name; return e; };
const links = (title, list) => {
  if (list.length === 0) return;
  side.append(text('h3', title));
  const ul = document.createElement('ul');
  for (const {node, edge} of list) {
    const li = document.createElement('li'), button = text('button', data.nodes[node].title);
    button.type = 'button'; button.onclick = () => choose(node, true);
    li.append(text('span', edge.text + ': '), button);
    if (edge.broken) li.append(text('span', ' (' + edge.broken + ')', 'bad'));
    ul.append(li);
  }
  side.append(ul);
};
const choose = (i, focus) => {
  current = i; svg.classList.toggle('chosen', i >= 0);
  nodes.forEach((n, j) => { n.classList.toggle('chosen', j === i); n.classList.toggle('near', j === i); n.setAttribute('aria-pressed', String(j === i)); });
  edges.forEach((e) => {
    const [from, to] = [Number(e.dataset.from), Number(e.dataset.to)], near = from === i || to === i;
    e.classList.toggle('near', near);
    if (near) { nodes[from].classList.add('near'); nodes[to].classList.add('near'); }
  });
  side.replaceChildren();
  if (i < 0) { side.append(text('h2', data.title), text('p', data.summary)); links('Broken', data.edges.filter((e) => e.broken).map((e) => ({node: e.to, edge: e}))); return; }
  const one = data.nodes[i];
  side.append(text('h2', one.title), text('p', one.state || 'ready', one.bad ? 'bad' : ''));
  if (one.reason) side.append(text('p', one.reason));
  links('From', data.edges.filter((e) => e.to === i).map((e) => ({node: e.from, edge: e})));
  links('To', data.edges.filter((e) => e.from === i).map((e) => ({node: e.to, edge: e})));
  if (focus) { nodes[i].focus({preventScroll: true}); nodes[i].scrollIntoView({block: 'center', inline: 'center'}); }
};
const nearest = (i, dx, dy) => {
  const from = box(i); let best = -1, least = Infinity;
  for (let j = 0; j < nodes.length; j++) {
    if (j === i) continue;
    const to = box(j), along = (to.x - from.x) * dx + (to.y - from.y) * dy, off = Math.abs((to.x - from.x) * dy) + Math.abs((to.y - from.y) * dx);
    if (along > 0 && along + 3 * off < least) { least = along + 3 * off; best = j; }
  }
  return best;
};
nodes.forEach((n, i) => { n.setAttribute('tabindex', '0'); n.setAttribute('role', 'button'); n.setAttribute('aria-pressed', 'false'); n.addEventListener('click', () => choose(i, true)); });
const moves = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]};
const size = () => { svg.style.width = data.width * zoom + 'px'; svg.style.height = data.height * zoom + 'px'; };
const scale = (by) => { zoom = Math.min(4, Math.max(0.1, by === 0 ? 1 : zoom * by)); size(); };
svg.addEventListener('keydown', (e) => {
  const i = nodes.indexOf(document.activeElement);
  if (i >= 0 && moves[e.key]) { const j = nearest(i, ...moves[e.key]); if (j >= 0) { nodes[j].focus({preventScroll: true}); nodes[j].scrollIntoView({block: 'nearest', inline: 'nearest'}); } e.preventDefault(); }
  if (i >= 0 && (e.key === 'Enter' || e.key === ' ')) { choose(i, false); e.preventDefault(); }
});
const search = document.getElementById('search');
search.addEventListener('input', () => {
  const words = search.value.trim().toLowerCase();
  nodes.forEach((n, i) => n.classList.toggle('hit', words !== '' && data.nodes[i].title.toLowerCase().includes(words)));
});
search.addEventListener('keydown', (e) => { if (e.key === 'Enter') { const i = nodes.findIndex((n) => n.classList.contains('hit')); if (i >= 0) choose(i, true); } });
document.addEventListener('keydown', (e) => {
  if (e.key === 'Escape') choose(-1, false);
  if (document.activeElement === search) return;
  if (e.key === '/') { search.focus(); e.preventDefault(); }
  if (e.key === '+' || e.key === '=') scale(1.25);
  if (e.key === '-') scale(0.8);
  if (e.key === '0') scale(0);
  if (e.key === 'n') { const bad = data.nodes.flatMap((n, i) => (n.bad ? [i] : [])); if (bad.length > 0) choose(bad[(bad.indexOf(current) + 1) % bad.length], true); }
});
document.getElementById('in').onclick = () => scale(1.25);
document.getElementById('out').onclick = () => scale(0.8);
document.getElementById('fit').onclick = () => { zoom = Math.min(main.clientWidth / data.width, main.clientHeight / data.height); size(); };
size(); choose(-1, false);
`

const sizeOf = (svg: string): {width: number; height: number} => {
  const [, width = '0', height = '0'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? []
  return {width: Number(width), height: Number(height)}
}

/** One page without network access: the picture, and beside it what is chosen by mouse or keyboard. */
export const topologyHtml = (topology: Topology): string => {
  const {nodes, edges, namespace} = topology
  const svg = topologySvg(topology, {style: false})
  const numbers = new Map(nodes.map(({id}, index) => [id, index]))
  const bad = nodes.filter(({state}) => state === 'failed' || state === 'absent').length
  const broken = edges.filter((edge) => edge.broken !== undefined).length
  const title = `Where events go in ${namespace === undefined ? 'all namespaces' : `namespace ${namespace}`}`
  const data = {
    title,
    summary: `${nodes.length} objects, ${edges.length} ways; ${bad} not ready or missing, ${broken} ways broken`,
    ...sizeOf(svg),
    nodes: nodes.map((node) => ({
      title: nodeTitle(node, namespace),
      state: stateText(node).split(':')[0]!,
      bad: node.state === 'failed' || node.state === 'absent',
      ...(node.reason === undefined ? {} : {reason: node.reason}),
    })),
    edges: edges.map((edge) => ({
      from: numbers.get(edge.from),
      to: numbers.get(edge.to),
      text: edgeText(edge),
      ...(edge.broken === undefined ? {} : {broken: edge.broken}),
    })),
  }
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>${markup(title)}</title>
<style>${svgStyle}${style}</style>
</head>
<body>
<header><h1>${markup(title)}</h1><input id="search" type="search" placeholder="Find (/)" aria-label="Find an object"><button id="out" type="button" aria-label="Smaller">-</button><button id="in" type="button" aria-label="Larger">+</button><button id="fit" type="button">Fit</button><span id="hint">Tab and arrows move, Enter chooses, Esc lets go, n next that is broken</span></header>
<main>${svg}</main>
<aside aria-live="polite"></aside>
<script id="data" type="application/json">${formatJson(data)}</script>
<script>${script}</script>
</body>
</html>
`
}
