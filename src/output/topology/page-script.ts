/**
 * Runs in the page: no network, no storage; everything by mouse, by touch and by keyboard. One node may be drawn in several
 * places; the picture is one stop of the Tab key, and arrow keys move in it.
 */
export const pageScript = `
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const byId = (id) => document.getElementById(id);
const svg = document.querySelector('svg'), main = document.querySelector('main'), side = document.querySelector('aside');
const boxes = [...svg.querySelectorAll('.node')], ways = [...svg.querySelectorAll('.edge,.words')];
const nodeOf = (box) => Number(box.dataset.node);
const boxesOf = data.nodes.map(() => []);
const middles = boxes.map((box) => {
  const {e, f} = box.transform.baseVal.consolidate().matrix;
  return {x: e + data.box / 2, y: f + Number(box.querySelector('rect').getAttribute('height')) / 2};
});
boxes.forEach((box, at) => boxesOf[nodeOf(box)].push(at));
const still = matchMedia('(prefers-reduced-motion: reduce)');
let current = -1, stop = 0, zoom = 1;

const make = (tag, words, name) => {
  const one = document.createElement(tag);
  if (words !== undefined) one.textContent = words;
  if (name) one.className = name;
  return one;
};
const button = (words, act) => { const one = make('button', words); one.type = 'button'; one.addEventListener('click', act); return one; };

/* What is shown beside the picture. */
const section = (title, list) => {
  if (list.length === 0) return;
  side.append(make('h3', title + ' (' + list.length + ')'));
  const ul = make('ul');
  for (const {node, edge} of list) {
    const li = make('li');
    li.append(make('span', edge.text + ' ', 'quiet'), button(data.nodes[node].title, () => choose(node, true)));
    if (edge.broken) li.append(make('div', '✗ ' + edge.broken, 'why'));
    ul.append(li);
  }
  side.append(ul);
};
const overview = byId('overview');
const show = (node) => {
  if (node < 0) return side.replaceChildren(overview.content.cloneNode(true)), listBroken();
  const one = data.nodes[node];
  side.replaceChildren(make('h2', one.title));
  const state = make('p', one.state || 'ready', one.name);
  if (one.name === 'outside') state.textContent = 'an address: nobody can tell whether it answers';
  side.append(state);
  if (one.reason) side.append(make('p', one.reason));
  if (boxesOf[node].length > 1) side.append(make('p', 'Drawn ' + boxesOf[node].length + ' times, beside each that sends to it.', 'quiet'));
  section('Gets from', data.edges.filter((e) => e.to === node).map((edge) => ({node: edge.from, edge})));
  section('Leads to', data.edges.filter((e) => e.from === node).map((edge) => ({node: edge.to, edge})));
  side.scrollTop = 0;
};
const listBroken = () => {
  const bad = data.nodes.flatMap((one, node) => (one.bad ? [node] : []));
  if (bad.length === 0) return;
  const ul = make('ul');
  for (const node of bad) {
    const one = data.nodes[node], li = make('li');
    li.append(button(one.title, () => choose(node, true)), make('div', '✗ ' + (one.reason || one.state), 'why'));
    ul.append(li);
  }
  const title = make('h3', 'Not ready or missing (' + bad.length + ')');
  side.querySelector('.summary').after(title, ul);
};

/* Choosing, and moving the stop of the Tab key. */
const into = (box, where) => box.scrollIntoView({block: where, inline: where, behavior: still.matches ? 'instant' : 'smooth'});
const stopAt = (at) => { boxes[stop]?.setAttribute('tabindex', '-1'); stop = at; boxes[at]?.setAttribute('tabindex', '0'); };
const goTo = (at, where) => { stopAt(at); boxes[at].focus({preventScroll: true}); into(boxes[at], where); };
const choose = (node, move) => {
  current = node;
  svg.classList.toggle('chosen', node >= 0);
  const near = new Set([node]);
  for (const way of ways) {
    const from = Number(way.dataset.from), to = Number(way.dataset.to), mine = from === node || to === node;
    way.classList.toggle('near', mine);
    if (mine) near.add(from).add(to);
  }
  boxes.forEach((box) => {
    const own = nodeOf(box);
    box.classList.toggle('chosen', own === node);
    box.classList.toggle('near', near.has(own));
    box.setAttribute('aria-pressed', String(own === node));
  });
  show(node);
  try { history.replaceState(null, '', node < 0 ? '#' : '#' + encodeURIComponent(data.nodes[node].id)); } catch {}
  if (node >= 0) {
    const at = boxesOf[node].includes(stop) ? stop : boxesOf[node][0];
    if (move) goTo(at, 'center'); else stopAt(at);
  }
};
const nearest = (at, dx, dy) => {
  let best = -1, least = Infinity;
  middles.forEach((to, other) => {
    const x = to.x - middles[at].x, y = to.y - middles[at].y;
    const along = x * dx + y * dy, off = Math.abs(x * dy) + Math.abs(y * dx), far = along + (dx === 0 ? 6 : 1.5) * off;
    if (other !== at && along > 1 && far < least) { least = far; best = other; }
  });
  return best;
};
const arrows = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1]};
boxes.forEach((box, at) => {
  box.setAttribute('tabindex', at === 0 ? '0' : '-1');
  box.setAttribute('role', 'button');
  box.setAttribute('aria-pressed', 'false');
  box.setAttribute('aria-label', box.querySelector('title').textContent);
  box.addEventListener('focus', () => { if (at !== stop) stopAt(at); });
});
svg.addEventListener('keydown', (event) => {
  const at = boxes.indexOf(document.activeElement);
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const way = arrows[event.key];
  if (way) { const to = nearest(at, ...way); if (to >= 0) goTo(to, 'nearest'); event.preventDefault(); }
  if (event.key === 'Home' || event.key === 'End') { goTo(event.key === 'Home' ? 0 : boxes.length - 1, 'nearest'); event.preventDefault(); }
  if (event.key === 'Enter' || event.key === ' ') { choose(nodeOf(boxes[at]), false); event.preventDefault(); }
});

/* Size: the point under the pointer, or the middle, stays where it is. */
const resize = (wanted, at) => {
  const frame = main.getBoundingClientRect();
  const point = at ? {x: at.clientX - frame.left, y: at.clientY - frame.top} : {x: main.clientWidth / 2, y: main.clientHeight / 2};
  const kept = {x: (main.scrollLeft + point.x) / zoom, y: (main.scrollTop + point.y) / zoom};
  zoom = Math.min(3, Math.max(0.02, wanted));
  svg.style.width = data.width * zoom + 'px';
  svg.style.height = data.height * zoom + 'px';
  svg.classList.toggle('far', zoom < 0.5);
  main.scrollTo({left: kept.x * zoom - point.x, top: kept.y * zoom - point.y, behavior: 'instant'});
  byId('size').textContent = Math.round(zoom * 100) + '%';
  main.classList.toggle('grab', main.scrollWidth > main.clientWidth + 1 || main.scrollHeight > main.clientHeight + 1);
};
const fit = () => Math.min(main.clientWidth / data.width, main.clientHeight / data.height, 1.5);
byId('larger').addEventListener('click', () => resize(zoom * 1.25));
byId('smaller').addEventListener('click', () => resize(zoom / 1.25));
byId('size').addEventListener('click', () => resize(1));
byId('fit').addEventListener('click', () => resize(fit()));
main.addEventListener('wheel', (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  resize(zoom * Math.exp(-event.deltaY / 400), event);
}, {passive: false});

/* Dragging moves the picture; a click that has not dragged chooses. */
let held;
main.addEventListener('pointerdown', (event) => {
  if (event.pointerType !== 'mouse' || event.button !== 0) return;
  held = {x: event.clientX, y: event.clientY, left: main.scrollLeft, top: main.scrollTop, moved: false};
});
addEventListener('pointermove', (event) => {
  if (!held) return;
  if (Math.hypot(event.clientX - held.x, event.clientY - held.y) > 4) held.moved = true;
  if (held.moved) { main.classList.add('held'); main.scrollTo({left: held.left + held.x - event.clientX, top: held.top + held.y - event.clientY, behavior: 'instant'}); event.preventDefault(); }
});
addEventListener('pointerup', () => { main.classList.remove('held'); setTimeout(() => { held = undefined; }); });
main.addEventListener('click', (event) => {
  if (held?.moved) return;
  const box = event.target.closest('.node');
  if (box) { const at = boxes.indexOf(box); stopAt(at); choose(nodeOf(box), false); box.focus({preventScroll: true}); }
  else if (current >= 0) choose(-1, false);
});

/* Finding: words that all stand in the name, the kind or the state. */
const search = byId('search'), found = byId('found');
let hits = [];
search.addEventListener('input', () => {
  const words = search.value.trim().toLowerCase().split(/\\s+/).filter(Boolean);
  const is = (one) => words.length > 0 && words.every((word) => (one.title + ' ' + one.state + ' ' + (one.reason || '')).toLowerCase().includes(word));
  hits = data.nodes.flatMap((one, node) => (is(one) ? [node] : []));
  const hit = new Set(hits);
  boxes.forEach((box) => box.classList.toggle('hit', hit.has(nodeOf(box))));
  found.textContent = words.length === 0 ? '' : hits.length === 1 ? '1 found' : hits.length + ' found';
});
search.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || hits.length === 0) return;
  const back = event.shiftKey, at = hits.indexOf(current);
  choose(hits[(at + (back ? hits.length - 1 : 1) + (at < 0 && back ? 1 : 0)) % hits.length], false);
  into(boxes[stop], 'center');
});

const bad = data.nodes.flatMap((one, node) => (one.bad ? [node] : []));
const nextBad = () => { if (bad.length > 0) choose(bad[(bad.indexOf(current) + 1) % bad.length], true); };
byId('next').disabled = bad.length === 0;
byId('next').addEventListener('click', nextBad);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') {
    if (search.value !== '') { search.value = ''; search.dispatchEvent(new Event('input')); }
    if (current >= 0) { choose(-1, false); boxes[stop].focus({preventScroll: true}); }
    else if (document.activeElement === search) search.blur();
    return;
  }
  if (document.activeElement === search || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '/') { search.focus(); search.select(); event.preventDefault(); }
  if (event.key === '+' || event.key === '=') resize(zoom * 1.25);
  if (event.key === '-') resize(zoom / 1.25);
  if (event.key === '0') resize(1);
  if (event.key === 'f') resize(fit());
  if (event.key === 'n') nextBad();
});

/* At first a little smaller where that shows all of its width, and else as large as it is read. */
const wide = main.clientWidth / data.width;
resize(wide < 0.75 ? 1 : Math.min(1, wide));
main.scrollTo(0, 0);
show(-1);
const asked = data.nodes.findIndex((one) => location.hash.length > 1 && one.id === decodeURIComponent(location.hash.slice(1)));
if (asked >= 0) choose(asked, true);
`
