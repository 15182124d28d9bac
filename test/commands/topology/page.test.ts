import {execFile} from 'node:child_process'
import {access, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import {promisify} from 'node:util'
import {Script} from 'node:vm'
import {describe, expect, test} from 'vitest'
import {aHealthyCluster, aHealthyTrigger, destination} from '../../support/healthy.js'
import {aSandbox, run} from '../../support/run.js'

/** Some 300 objects, one of them broken. */
const page = async (): Promise<string> => {
  const sandbox = aSandbox()
  sandbox.load([
    ...aHealthyCluster(44),
    aHealthyTrigger('orders-0-0', 'orders-0', 'team-0', {
      spec: {subscriber: destination('gone')},
      status: {conditions: [{type: 'Ready', status: 'False', reason: 'NotFound', message: '</script><b>gone</b>'}]},
    }),
  ])
  return (await run('topology -A -o html', {sandbox})).out
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const findBrowser = async (): Promise<string | undefined> => {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter))
    for (const name of names) {
      const path = join(folder, name)
      if (
        await access(path).then(
          () => true,
          () => false,
        )
      )
        return path
    }
  return undefined
}

const browser = await findBrowser()

describe('the page of a topology', () => {
  test('has a script that can be read, and data that cannot end it', async () => {
    const html = await page()
    const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, type = '', text = '']) => ({
      type,
      text,
    }))
    expect(scripts.map(({type}) => type)).toEqual([' id="data" type="application/json"', ''])
    const data = JSON.parse(scripts[0]!.text) as {nodes: unknown[]; edges: unknown[]; summary: string}
    expect(data.nodes.length).toBeGreaterThan(270)
    expect(data.summary).toMatch(/2 not ready or missing, 2 ways broken$/)
    expect(() => new Script(scripts[1]!.text)).not.toThrow()
  })

  /** What a person does with the keyboard; what the page shows then is written where --dump-dom finds it. */
  const person = `<script>{
const press = (key, on = document.activeElement) => on.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}))
const told = {tabs: document.querySelectorAll('.node[tabindex="0"]').length, start: document.querySelector('aside h2').textContent}
document.querySelector('.node').focus(); press('ArrowRight'); told.moved = document.activeElement.dataset.node !== '0'
press('Enter'); told.chosen = document.querySelector('aside h2').textContent; told.pressed = document.activeElement.getAttribute('aria-pressed')
press('Escape', document.body); told.free = document.querySelector('svg').classList.contains('chosen')
press('n', document.body); told.broken = document.querySelector('aside .bad').textContent
const search = document.getElementById('search'); search.value = 'team-3/orders-2-4'; search.dispatchEvent(new Event('input')); press('Enter', search)
told.found = document.querySelector('aside h2').textContent
press('Escape', document.body)
const output = document.createElement('output'); output.id = 'told'; output.textContent = JSON.stringify(told); document.body.append(output)
}</script></body>`

  test.skipIf(browser === undefined)(
    'can be used with the keyboard alone in a real browser (skipped where there is no Chromium)',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'sfl-topology-'))
      try {
        const file = join(folder, 'page.html')
        await writeFile(file, (await page()).replace('</body>', person))
        const flags = [
          '--headless',
          '--no-sandbox',
          '--disable-gpu',
          `--user-data-dir=${join(folder, 'profile')}`,
          '--window-size=1400,900',
        ]
        const {stdout} = await promisify(execFile)(browser!, [...flags, '--dump-dom', `file://${file}`], {
          maxBuffer: 2 ** 26,
        })
        const [, told = '{}'] = /<output id="told">(.*?)<\/output>/.exec(stdout) ?? []
        expect(JSON.parse(told)).toMatchObject({
          start: 'Where events go in all namespaces',
          moved: true,
          pressed: 'true',
          free: false,
          broken: expect.stringMatching(/^(not ready|missing)$/) as string,
          found: 'Trigger team-3/orders-2-4',
        })
        const picture = process.env['SFL_TEST_SCREENSHOT'] ?? join(folder, 'page.png')
        await promisify(execFile)(browser!, [...flags, `--screenshot=${picture}`, `file://${file}`])
        expect((await readFile(picture)).length).toBeGreaterThan(20_000)
      } finally {
        await rm(folder, {recursive: true, force: true})
      }
    },
    120_000,
  )
})
