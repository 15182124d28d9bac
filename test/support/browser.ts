import {spawn, type ChildProcess} from 'node:child_process'
import {existsSync} from 'node:fs'
import {mkdtemp, rm} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {delimiter, join} from 'node:path'
import type {Readable, Writable} from 'node:stream'
import {isRecord, textAt} from '../../src/domain/core/read.js'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** Chromium, or `undefined` where there is none; `$SFL_TEST_CHROMIUM` names one beside PATH. */
export const chromium =
  process.env['SFL_TEST_CHROMIUM'] ||
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path))

/** The modifiers of DevTools' Input domain. */
const modifiers: Readonly<Record<string, number>> = {Alt: 1, Control: 2, Meta: 4, Shift: 8}

export interface Look {
  width: number
  height: number
  scheme: 'light' | 'dark'
  /** Whether the person wants things to move; default `false`. */
  reducedMotion?: boolean
}

/** Pixels from the left above corner of the page. */
export interface Spot {
  x: number
  y: number
}

/** A page in a real browser, used as a person would. */
export interface Page {
  /** Evaluates an expression in the page; what comes back went through JSON. */
  ask<T>(expression: string): Promise<T>
  look(look: Look): Promise<void>
  /** Presses keys one after the other: `Tab`, `Shift+Tab`, `Enter`, `a`. */
  press(...keys: readonly string[]): Promise<void>
  click(x: number, y: number): Promise<void>
  drag(from: Spot, to: Spot): Promise<void>
  wheel(x: number, y: number, deltaY: number, modifier?: string): Promise<void>
  /** A PNG of what can be seen. */
  picture(): Promise<Buffer>
  /** The accessible names of everything with this role, as a screen reader is told them. */
  names(role: string): Promise<string[]>
  /** Addresses that were asked for, and what the console and the content security policy complained about. */
  requests: readonly string[]
  complaints: readonly string[]
}

export interface Browser {
  open(url: string, look: Look): Promise<Page>
  close(): Promise<void>
}

type Answer = {resolve(value: unknown): void; reject(error: Error): void}
type Listener = (method: string, params: unknown, session: string) => void

/** DevTools' protocol over a pipe: JSON, ended by NUL. */
const connection = (input: Writable, output: Readable) => {
  let last = 0
  let rest = ''
  const waiting = new Map<number, Answer>()
  const listeners = new Set<Listener>()
  const hear = (text: string): void => {
    const message: unknown = JSON.parse(text)
    if (!isRecord(message)) return
    const {id, error, result, method, params} = message
    const answer = typeof id === 'number' ? waiting.get(id) : undefined
    if (typeof id === 'number') waiting.delete(id)
    if (error !== undefined) answer?.reject(new Error(textAt(error, 'message') ?? 'refused'))
    else answer?.resolve(result)
    if (typeof method === 'string')
      for (const listener of listeners) listener(method, params, textAt(message, 'sessionId') ?? '')
  }
  output.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\0')
    rest = parts.pop() ?? ''
    parts.forEach(hear)
  })
  return {
    listeners,
    send: (method: string, params: object = {}, sessionId?: string): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = ++last
        waiting.set(id, {resolve, reject})
        input.write(`${JSON.stringify({id, method, params, ...(sessionId === undefined ? {} : {sessionId})})}\0`)
      }),
    fail: (error: Error): void => waiting.forEach(({reject}) => reject(error)),
  }
}

type Connection = ReturnType<typeof connection>

const virtualKeys: Readonly<Record<string, number>> = {
  Tab: 9,
  Enter: 13,
  Escape: 27,
  ' ': 32,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
}

const openPage = async (devtools: Connection, url: string, first: Look): Promise<Page> => {
  const target = textAt(await devtools.send('Target.createTarget', {url: 'about:blank'}), 'targetId')
  const session = textAt(await devtools.send('Target.attachToTarget', {targetId: target, flatten: true}), 'sessionId')
  const send = (method: string, params: object = {}): Promise<unknown> => devtools.send(method, params, session)
  const requests: string[] = []
  const complaints: string[] = []
  let loaded = (): void => {}
  const atHome = new Promise<void>((resolve) => (loaded = resolve))
  devtools.listeners.add((method, params, from) => {
    if (from !== session) return
    if (method === 'Network.requestWillBeSent') requests.push(textAt(params, 'request', 'url') ?? '')
    if (method === 'Log.entryAdded') complaints.push(textAt(params, 'entry', 'text') ?? '')
    if (method === 'Runtime.exceptionThrown')
      complaints.push(
        textAt(params, 'exceptionDetails', 'exception', 'description') ??
          textAt(params, 'exceptionDetails', 'text') ??
          '',
      )
    if (method === 'Page.loadEventFired') loaded()
  })
  const ask = async <T>(expression: string): Promise<T> => {
    const answer = await send('Runtime.evaluate', {expression, returnByValue: true, awaitPromise: true})
    const fault = textAt(answer, 'exceptionDetails', 'exception', 'description')
    if (fault !== undefined) throw new Error(fault)
    // A test states what it asks for.
    return (answer as {result: {value: T}}).result.value
  }
  const frame = (): Promise<unknown> =>
    ask('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  const look: Page['look'] = async ({width, height, scheme, reducedMotion = false}) => {
    await send('Emulation.setDeviceMetricsOverride', {width, height, deviceScaleFactor: 1, mobile: false})
    await send('Emulation.setEmulatedMedia', {
      features: [
        {name: 'prefers-color-scheme', value: scheme},
        {name: 'prefers-reduced-motion', value: reducedMotion ? 'reduce' : 'no-preference'},
      ],
    })
  }
  const press = async (text: string): Promise<void> => {
    const parts = text === '+' ? ['+'] : text.split('+')
    const key = parts.at(-1)!
    const printed = key.length === 1 ? {text: key} : key === 'Enter' ? {text: '\r'} : {}
    const params = {
      key,
      code: key === ' ' ? 'Space' : key,
      windowsVirtualKeyCode: virtualKeys[key] ?? key.toUpperCase().charCodeAt(0),
      modifiers: parts.slice(0, -1).reduce((sum, name) => sum + (modifiers[name] ?? 0), 0),
    }
    await send('Input.dispatchKeyEvent', {type: 'text' in printed ? 'keyDown' : 'rawKeyDown', ...params, ...printed})
    await send('Input.dispatchKeyEvent', {type: 'keyUp', ...params})
  }
  for (const domain of ['Page', 'Network', 'Log', 'Runtime', 'Accessibility']) await send(`${domain}.enable`)
  await look(first)
  await send('Page.navigate', {url})
  await atHome
  return {
    requests,
    complaints,
    ask,
    look: async (wanted) => {
      await look(wanted)
      await frame()
    },
    press: async (...keys) => {
      for (const key of keys) await press(key)
      await frame()
    },
    click: async (x, y) => {
      for (const type of ['mousePressed', 'mouseReleased'])
        await send('Input.dispatchMouseEvent', {type, x, y, button: 'left', clickCount: 1})
      await frame()
    },
    drag: async (from, to) => {
      const half = {x: (from.x + to.x) / 2, y: (from.y + to.y) / 2}
      const mouse = (type: string, where: Spot): Promise<unknown> =>
        send('Input.dispatchMouseEvent', {type, ...where, button: 'left', buttons: 1, clickCount: 1})
      await mouse('mousePressed', from)
      for (const where of [half, to]) await mouse('mouseMoved', where)
      await mouse('mouseReleased', to)
      await frame()
    },
    wheel: async (x, y, deltaY, modifier = '') => {
      const held = modifiers[modifier] ?? 0
      await send('Input.dispatchMouseEvent', {type: 'mouseWheel', x, y, deltaX: 0, deltaY, modifiers: held})
      await frame()
    },
    picture: async () =>
      Buffer.from(textAt(await send('Page.captureScreenshot', {format: 'png'}), 'data') ?? '', 'base64'),
    names: async (role) => {
      const {nodes} = (await send('Accessibility.getFullAXTree')) as {nodes: unknown[]}
      return nodes
        .filter((node) => textAt(node, 'role', 'value') === role && isRecord(node) && node['ignored'] !== true)
        .map((node) => textAt(node, 'name', 'value') ?? '')
    },
  }
}

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once('close', () => resolve()))

/** Starts Chromium without a window and with a profile of its own, so that nothing of the machine's user is touched. */
export const startBrowser = async (): Promise<Browser> => {
  if (chromium === undefined) throw new Error('there is no Chromium on PATH')
  const profile = await mkdtemp(join(tmpdir(), 'sfl-browser-'))
  const flags = [
    '--headless',
    // In containers there is nobody to sandbox for: the only pages are our own.
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--disable-background-networking',
    '--hide-scrollbars=false',
    '--force-color-profile=srgb',
    '--remote-debugging-pipe',
    `--user-data-dir=${profile}`,
  ]
  const child = spawn(chromium, flags, {stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe']})
  const gone = ended(child)
  let said = ''
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (said += text))
  const [, , , input, output] = child.stdio
  const devtools = connection(input as Writable, output as Readable)
  // Whoever still waits for an answer learns that none comes.
  ;(input as Writable).on('error', () => {})
  void gone.then(() => devtools.fail(new Error(`Chromium ended: ${said}`)))
  return {
    open: (url, look) => openPage(devtools, url, look),
    close: async () => {
      await devtools.send('Browser.close').catch(() => {})
      await gone
      await rm(profile, {recursive: true, force: true})
    },
  }
}
