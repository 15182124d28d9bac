import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {pathToFileURL} from 'node:url'
import {Script} from 'node:vm'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {chromium, startBrowser, type Browser, type Look, type Page} from '../../support/browser.js'
import {aHealthyBroker, aHealthyCluster, aHealthyTrigger, destination} from '../../support/healthy.js'
import {aSandbox, run} from '../../support/run.js'
import {aShop, SHOP} from '../../support/shop.js'

const HOSTILE = '</script><img src=x onerror="hacked=1"><!--'

/** Names, classes and messages are written by anyone. */
const hostile = aHealthyTrigger('mail', 'orders', SHOP, {
  spec: {filter: {attributes: {type: HOSTILE}}, subscriber: destination('gone')},
  status: {conditions: [{type: 'Ready', status: 'False', reason: 'NotFound', message: HOSTILE}]},
})

/** Some 30 objects. */
const small = async (): Promise<string> => {
  const sandbox = aSandbox()
  sandbox.load([
    ...aShop(),
    hostile,
    {
      ...aHealthyBroker('slow', SHOP),
      metadata: {name: 'slow', namespace: SHOP, annotations: {'eventing.knative.dev/broker.class': HOSTILE}},
    },
  ])
  return (await run(`topology -n ${SHOP} -o html`, {sandbox})).out
}

/** More than 300 objects in six namespaces, some of them broken. */
const large = async (): Promise<string> => {
  const sandbox = aSandbox()
  sandbox.load([...aHealthyCluster(50), ...aShop()])
  return (await run('topology -A -o html', {sandbox})).out
}

describe('the file of the page', () => {
  test('its policy allows its own style and script and nothing else, and no data can end a script', async () => {
    const html = await small()
    expect(html).toMatch(
      /content="default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'"/,
    )
    expect(html.match(/<[a-z]+\b[^<>]*\s(src|href|style|on[a-z]+)=/g)).toBeNull()
    const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, type = '', text = '']) => ({
      type,
      text,
    }))
    expect(scripts.map(({type}) => type)).toEqual([' id="data" type="application/json"', ''])
    expect(JSON.parse(scripts[0]!.text)).toHaveProperty('nodes')
    expect(() => new Script(scripts[1]!.text)).not.toThrow()
    expect([...html.matchAll(/https?:\/\/([^/"'<\s]+)/g)].map(([, host]) => host).toSorted()).toEqual(
      expect.arrayContaining(['lost.example.com', 'www.w3.org']),
    )
  })
})

if (chromium === undefined)
  console.warn('No Chromium on PATH: nobody looks at the page of a topology. `apt-get install chromium` brings one.')

/** What every page is asked; it runs there. */
const tools = `
const rect = (e) => { const {left, top, right, bottom, width, height} = e.getBoundingClientRect(); return {left, top, right, bottom, width, height}; };
const all = (selector) => [...document.querySelectorAll(selector)];
const seen = (e) => e.checkVisibility?.({checkOpacity: true, checkVisibilityCSS: true}) !== false && e.getClientRects().length > 0;
const colour = (text) => { const [r, g, b, a = 1] = text.match(/[\\d.]+/g).map(Number); return {rgb: [r, g, b], a}; };
const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
const contrast = (one, other) => { const [a, b] = [light(one), light(other)].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
const ground = (e) => { for (let at = e; at; at = at.parentElement) {
  const box = at.matches?.('.node') ? at.querySelector('rect') : undefined;
  const c = colour(box ? getComputedStyle(box).fill : getComputedStyle(at).backgroundColor);
  if (c.a === 1) return c.rgb;
} return [255, 255, 255]; };
const overlaps = (list) => { const found = []; const sorted = list.map((e) => ({e, r: rect(e)})).sort((a, b) => a.r.top - b.r.top);
  sorted.forEach((one, at) => { for (let next = at + 1; next < sorted.length && sorted[next].r.top < one.r.bottom - 0.5; next++) { const two = sorted[next];
    if (two.e !== one.e && !one.e.contains(two.e) && one.r.left < two.r.right - 0.5 && two.r.left < one.r.right - 0.5) found.push(one.e.textContent.trim().slice(0, 60) + ' | ' + two.e.textContent.trim().slice(0, 60)); } }); return found; };
`
const asked = (expression: string): string => `(() => {${tools} return ${expression}})()`

const wide: Look = {width: 1600, height: 1000, scheme: 'light', reducedMotion: true}
const looks: readonly Look[] = [
  wide,
  {width: 1600, height: 1000, scheme: 'dark', reducedMotion: true},
  {width: 800, height: 900, scheme: 'light', reducedMotion: true},
  {width: 800, height: 900, scheme: 'dark', reducedMotion: true},
  {width: 360, height: 640, scheme: 'light', reducedMotion: true},
]

/** Not in the repository: for a look at what the tests have seen. */
const PICTURES = join(import.meta.dirname, '../../pictures')

describe.skipIf(chromium === undefined)(
  'the page in a real browser (skipped where there is no Chromium on PATH)',
  () => {
    let browser: Browser
    let folder: string
    const urls = new Map<string, string>()

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sfl-topology-'))
      await mkdir(PICTURES, {recursive: true})
      for (const [name, html] of [
        ['small', await small()],
        ['large', await large()],
      ] as const) {
        const file = join(folder, `${name}.html`)
        await writeFile(file, html)
        urls.set(name, pathToFileURL(file).href)
      }
      browser = await startBrowser()
    }, 120_000)

    afterAll(async () => {
      await browser?.close()
      await rm(folder, {recursive: true, force: true})
    })

    const open = (name: 'small' | 'large', look: Look = wide): Promise<Page> => browser.open(urls.get(name)!, look)
    const heading = (page: Page): Promise<string> => page.ask(asked(`document.querySelector('aside h2').textContent`))
    const focused = (page: Page): Promise<string> =>
      page.ask(asked(`document.activeElement.getAttribute('aria-label') || document.activeElement.textContent`))
    /** Of the object that has the focus, in its middle. */
    const spot = (page: Page): Promise<{left: number; top: number}> => page.ask(asked(`rect(document.activeElement)`))

    test.each(['small', 'large'] as const)(
      'the %s page asks nothing of any network, runs no script of others and shows their words as they are',
      async (name) => {
        const page = await open(name)
        await page.press('n', 'Escape', '/', 'o', 'Enter', 'f', '0')
        expect(page.requests).toEqual([urls.get(name)])
        expect(page.complaints).toEqual([])
        expect(await page.ask(`[typeof hacked, document.images.length, document.scripts.length]`)).toEqual([
          'undefined',
          0,
          2,
        ])
        if (name === 'large') return
        await page.press('Escape', 'Escape')
        expect(await page.ask(`document.querySelector('aside').textContent`)).toContain(HOSTILE)
      },
    )

    describe.each(looks)('$width pixels wide, $scheme', (look) => {
      test.each(['small', 'large'] as const)('everything of the %s page can be seen or scrolled to', async (name) => {
        const page = await open(name, look)
        await writeFile(join(PICTURES, `${name}-${look.width}-${look.scheme}.png`), await page.picture())
        const outside = await page.ask(
          asked(`all('header, header *, main, aside').filter((e) => seen(e)).filter((e) => { const r = rect(e);
          return r.left < -0.5 || r.top < -0.5 || r.right > innerWidth + 0.5 || r.bottom > innerHeight + 0.5; }).map((e) => e.outerHTML.slice(0, 80))`),
        )
        expect(outside).toEqual([])
        expect(
          await page.ask(
            asked(
              `[document.documentElement.scrollWidth <= innerWidth, document.documentElement.scrollHeight <= innerHeight]`,
            ),
          ),
        ).toEqual([true, true])
        const hidden = await page.ask(
          asked(`(() => { const main = document.querySelector('main'), home = rect(main);
          const [x, y] = [home.left - main.scrollLeft, home.top - main.scrollTop];
          return all('.node, .words, .heading, .edge path').filter((e) => { const r = rect(e);
            return r.left < x || r.top < y || r.right > x + main.scrollWidth + 0.5 || r.bottom > y + main.scrollHeight + 0.5; }).map((e) => e.textContent); })()`),
        )
        expect(hidden).toEqual([])
        const clipped = await page.ask(
          asked(
            `(() => { const aside = document.querySelector('aside'); return aside.scrollWidth - aside.clientWidth; })()`,
          ),
        )
        expect(clipped).toBeLessThanOrEqual(0)
      })

      test('all words stand out from what is behind them, and so do lines that carry meaning', async () => {
        const page = await open('small', look)
        const pale = asked(`[
        ...all('header *, aside *').filter((e) => seen(e) && [...e.childNodes].some((c) => c.nodeType === 3 && c.textContent.trim())).map((e) => ({e, ink: colour(getComputedStyle(e).color).rgb, least: 4.5})),
        ...all('svg text, svg tspan').filter((e) => e.children.length === 0).map((e) => ({e, ink: colour(getComputedStyle(e).fill).rgb, least: 4.5})),
        ...all('.node rect, .edge path').map((e) => ({e, ink: colour(getComputedStyle(e).stroke).rgb, least: 3, on: ground(document.querySelector('main'))})),
        ...all('.mark').map((e) => ({e, ink: colour(getComputedStyle(e).stroke).rgb, least: 3})),
      ].map(({e, ink, least, on}) => ({what: e.outerHTML.slice(0, 90), ratio: contrast(ink, on ?? ground(e)), least})).filter(({ratio, least}) => ratio < least)`)
        expect(await page.ask(pale)).toEqual([])
        await page.press('n')
        expect(
          await page.ask(
            asked(
              `contrast(colour(getComputedStyle(document.querySelector('.node.chosen rect')).stroke).rgb, ground(document.querySelector('main')))`,
            ),
          ),
        ).toBeGreaterThan(3)
        await page.press('Escape', '/', 'o', 'r')
        expect(await page.ask(pale)).toEqual([])
      })

      test('no two objects, no two labels, and no label and object cover each other, and words stay in their boxes', async () => {
        const page = await open('large', look)
        expect(await page.ask(asked(`new Set(all('.node').map((e) => e.dataset.node)).size`))).toBeGreaterThan(300)
        expect(await page.ask(asked(`overlaps(all('.node rect, .words, .heading'))`))).toEqual([])
        const wider = asked(
          `all('.node text').filter((e) => rect(e).right > rect(e.parentElement.querySelector('rect')).right - 4 || rect(e).bottom > rect(e.parentElement.querySelector('rect')).bottom).map((e) => e.textContent)`,
        )
        expect(await page.ask(wider)).toEqual([])
        expect(
          await page.ask(asked(`Math.min(...all('.node text, .words').map((e) => rect(e).height))`)),
        ).toBeGreaterThan(9)
      })
    })

    test('with the keyboard alone: Tab to the picture, arrows from object to object, Enter for details, Tab to its ways, Escape back', async () => {
      const page = await open('small')
      const stops: string[] = []
      for (let count = 0; count < 7; count++) {
        await page.press('Tab')
        stops.push(await focused(page))
      }
      expect(stops.slice(0, 6)).toEqual(['Find an object', 'Next broken', 'Smaller', 'As it is read', 'Larger', 'Fit'])
      while (!(await page.ask<boolean>(`document.activeElement.matches('.node')`))) await page.press('Tab')
      const start = {name: await focused(page), ...(await spot(page))}
      expect(await page.ask(asked(`getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth`))).toBe(
        '3px',
      )
      await page.press('ArrowRight')
      expect((await spot(page)).left).toBeGreaterThan(start.left)
      await page.press('ArrowLeft')
      expect((await spot(page)).left).toBe(start.left)
      await page.press('ArrowDown')
      expect((await spot(page)).top).toBeGreaterThan(start.top)
      await page.press('ArrowUp')
      expect(await focused(page)).toBe(start.name)
      await page.press('Enter')
      expect(await heading(page)).toBe(start.name)
      expect(await page.ask(`document.activeElement.getAttribute('aria-pressed')`)).toBe('true')
      await page.press('Tab')
      expect(await page.ask(`document.activeElement.closest('aside') !== null`)).toBe(true)
      const way = await focused(page)
      await page.press('Enter')
      expect(await heading(page)).toBe(way)
      expect(await focused(page)).toBe(way)
      await page.press('Escape')
      expect(await heading(page)).toBe(`Where events go in namespace ${SHOP}`)
      expect(await focused(page)).toBe(way)
      await page.press('Shift+Tab')
      expect(await focused(page)).not.toBe(way)
    })

    test('every object can be reached by arrow keys', async () => {
      const page = await open('small')
      await page.ask(`document.querySelector('.node').focus()`)
      const reached = new Set<string>()
      const size = await page.ask<number>(asked(`new Set(all('.node').map((e) => e.getAttribute('aria-label'))).size`))
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp'])
        await page.ask(
          asked(
            `(() => { for (const box of all('.node')) { box.focus(); document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '${key}', bubbles: true})); (window.reached ??= new Set()).add(document.activeElement.getAttribute('aria-label')); } })()`,
          ),
        )
      for (const name of await page.ask<string[]>('[...window.reached]')) reached.add(name)
      expect(reached.size).toBe(size)
    })

    test('what is broken is found with n, one after the other, with the reason as text', async () => {
      const page = await open('small')
      const found = new Set<string>()
      for (let count = 0; count < 12; count++) {
        await page.press('n')
        const {reason, ...one} = await page.ask<{title: string; reason: string; inside: boolean}>(
          asked(`({title: document.querySelector('aside h2').textContent, reason: all('aside p').map((e) => e.textContent).join('; '),
          inside: rect(document.activeElement).left >= rect(document.querySelector('main')).left - 1 && rect(document.activeElement).right <= rect(document.querySelector('main')).right + 1})`),
        )
        found.add(`${one.title}: ${reason}`)
        expect(one.inside).toBe(true)
      }
      expect([...found]).toEqual(
        expect.arrayContaining([
          'Broker order: missing; it does not exist',
          'Robot arm: missing; the cluster has no kind Robot of machines.example.com/v1',
          'Trigger lost: not ready; BrokerDoesNotExist',
        ]),
      )
      const told = await page.ask<string[]>(
        asked(`all('.edge.broken').map((e) => e.querySelector('title').textContent)`),
      )
      expect(told.length).toBeGreaterThan(4)
      for (const text of told) expect(text).toMatch(/: \S/)
      const words = await page.ask<string[]>(asked(`all('.words.broken .why').map((e) => e.textContent)`))
      expect(words.length).toBe(told.length)
      for (const text of words) expect(text).toMatch(/✗ \S/)
    })

    test('/ finds by name, kind and state, Enter goes from one to the next', async () => {
      const page = await open('large')
      await page.press('/', ...'trigger orders-2-4')
      expect(await page.ask(`document.getElementById('found').textContent`)).toBe('5 found')
      await page.press('Enter')
      expect(await heading(page)).toBe('Trigger team-0/orders-2-4')
      await page.press('Enter')
      expect(await heading(page)).toBe('Trigger team-1/orders-2-4')
      expect(await page.ask(`document.activeElement.id`)).toBe('search')
      await page.press('Escape')
      expect(await page.ask(`document.getElementById('search').value`)).toBe('')
    })

    test('keys, buttons and the wheel make it larger and smaller, all of it fits, and the words of the middle stay there', async () => {
      const page = await open('large')
      const width = (): Promise<number> =>
        page.ask(asked(`Math.round(rect(document.querySelector('.node rect')).width)`))
      const read = await width()
      await page.press('+')
      expect(await width()).toBeGreaterThan(read)
      await page.press('0')
      expect(await width()).toBe(read)
      const before = await page.ask<{left: number; top: number}>(
        asked(`rect(document.elementFromPoint(100, 300) && all('.node')[3])`),
      )
      await page.wheel(before.left, before.top, -200, 'Control')
      const after = await page.ask<{left: number; top: number; width: number}>(asked(`rect(all('.node')[3])`))
      expect(after.width).toBeGreaterThan(read)
      await page.press('f')
      const whole = asked(
        `(() => { const main = document.querySelector('main'); return [main.scrollWidth - main.clientWidth, main.scrollHeight - main.clientHeight]; })()`,
      )
      for (const rest of await page.ask<number[]>(whole)) expect(rest).toBeLessThanOrEqual(1)
      await writeFile(join(PICTURES, 'large-whole.png'), await page.picture())
      expect(await page.ask(asked(`all('.words').filter((e) => seen(e)).length`))).toBe(0)
    })

    test('the mouse: a click chooses, dragging moves and does not choose, a click beside lets go', async () => {
      const page = await open('large')
      const at = await page.ask<{left: number; top: number}>(asked(`rect(all('.node')[0])`))
      await page.click(at.left + 30, at.top + 20)
      expect(await page.ask(asked(`all('.node.chosen').length > 0`))).toBe(true)
      await page.click(at.left + 30, at.top - 12)
      expect(await page.ask(asked(`all('.node.chosen').length`))).toBe(0)
      await page.drag({x: at.left + 30, y: at.top + 20}, {x: at.left - 170, y: at.top - 30})
      expect(await page.ask(`document.querySelector('main').scrollLeft`)).toBe(200)
      expect(await page.ask(asked(`all('.node.chosen').length`))).toBe(0)
    })

    test('a screen reader is told the kind, the name and the state of every object, and the name of every tool', async () => {
      const page = await open('small')
      const buttons = await page.names('button')
      expect(buttons).toEqual(
        expect.arrayContaining([
          'Broker orders (Kafka)',
          'Broker order, missing',
          'Trigger lost, not ready: BrokerDoesNotExist',
          'Next broken',
          'Larger',
          'Smaller',
        ]),
      )
      expect(buttons.filter((name) => name.trim() === '')).toEqual([])
      expect(await page.names('searchbox')).toEqual(['Find an object'])
      expect(await page.names('complementary')).toEqual(['Details'])
      expect(await page.names('main')).toEqual([`Where events go in namespace ${SHOP}`])
    })

    test('nothing moves by itself for those who want no motion', async () => {
      const durations = (page: Page): Promise<string> =>
        page.ask(`getComputedStyle(document.querySelector('.node')).transitionDuration`)
      expect(await durations(await open('small'))).toBe('0s')
      expect(await durations(await open('small', {...wide, reducedMotion: false}))).toBe('0.15s')
      const page = await open('large')
      await page.press('n')
      const scrolled = `[document.querySelector('main').scrollLeft, document.querySelector('main').scrollTop]`
      const first = await page.ask(scrolled)
      await page.ask('new Promise((done) => setTimeout(done, 300))')
      expect(await page.ask(scrolled)).toEqual(first)
    })

    test('an address that ends with an object opens the page there', async () => {
      const page = await browser.open(`${urls.get('large')!}#eventing.knative.dev%2FBroker%2Fteam-3%2Forders-4`, wide)
      expect(await heading(page)).toBe('Broker team-3/orders-4 (Kafka)')
    })
  },
)
