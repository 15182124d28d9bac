import type {Metafile} from 'esbuild'
import {beforeAll, describe, expect, test} from 'vitest'
import {bundle} from '../../scripts/bundle.js'

/** Sources and packages, by the bytes that they have in what is loaded before anything is asked for with import(). */
const loaded = ({outputs}: Metafile, ...sources: readonly string[]): ReadonlyMap<string, number> => {
  const seen = new Set<string>()
  const found = new Map<string, number>()
  const follow = (name: string): void => {
    const output = outputs[name]
    if (seen.has(name) || output === undefined) return
    seen.add(name)
    for (const [path, {bytesInOutput}] of Object.entries(output.inputs)) found.set(path, bytesInOutput)
    for (const {path, kind} of output.imports) if (kind === 'import-statement') follow(path)
  }
  for (const name of outputsOf(outputs, sources)) follow(name)
  return found
}

/** The modules of Node that are imported on the way. */
const builtins = ({outputs}: Metafile, ...sources: readonly string[]): string[] => {
  const seen = new Set<string>()
  const found = new Set<string>()
  const follow = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    for (const {path, kind, external} of outputs[name]?.imports ?? []) {
      if (kind !== 'import-statement') continue
      if (external) found.add(path)
      else follow(path)
    }
  }
  outputsOf(outputs, sources).forEach(follow)
  return [...found].sort()
}

/** The files of the bundle that begin with these sources. */
const outputsOf = (outputs: Metafile['outputs'], sources: readonly string[]): string[] =>
  sources.map((source) => {
    const found = Object.entries(outputs).find(([, {entryPoint}]) => entryPoint === source)
    if (found === undefined) throw new Error(`no file of the bundle begins with ${source}`)
    return found[0]
  })

const START = ['src/entry/start.ts', 'src/app/app.ts']

describe('the program on Node', () => {
  let metafile: Metafile
  beforeAll(async () => {
    ;({metafile} = await bundle('src/entry/start.ts'))
  })

  const of = (...names: readonly string[]): ReadonlyMap<string, number> =>
    loaded(metafile, ...START, ...names.map((name) => `src/commands/${name}.ts`))

  test('is made of what has the same name wherever the checkout is, so that its files have the same names', () => {
    expect(Object.keys(metafile.inputs).filter((path) => /(^|:)([A-Z]:)?[\\/]/.test(path))).toEqual([])
  })

  test('loads 300 KB to create a broker', () => {
    const sizes = [...of('broker/index')].filter(([path]) => !path.startsWith('src/domain/findings/'))
    expect(sizes.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(300_000)
  })

  test.each([
    'broker/index',
    'broker/list',
    'broker/describe',
    'broker/class/index',
    'broker/backing-channel/index',
    'broker/injection/index',
    'trigger/index',
    'trigger/describe',
    'channel/index',
    'subscription/index',
    'source/index',
    'kafka/index',
    'kafka/config/index',
    'explain',
  ])('knows nothing of SonataFlow where it has to do with eventing alone: %s', (name) => {
    expect([...of(name).keys()].filter((path) => path.includes('/sonataflow/'))).toEqual([])
  })

  test.each(['broker/index', 'trigger/index', 'channel/index', 'subscription/index', 'platform/index'])(
    'draws no tables where something is changed: %s',
    (name) => {
      expect([...of(name).keys()].filter((path) => /cli-table3|string-width/.test(path))).toEqual([])
    },
  )

  test.each(['broker/list', 'broker/describe', 'kafka/index', 'check'])(
    'has no WebSockets before a port is forwarded: %s',
    (name) => {
      const paths = [...of(name).keys(), ...loaded(metafile, 'src/kube/http/node-http.ts').keys()]
      expect(paths.filter((path) => path.includes('node_modules/ws/'))).toEqual([])
    },
  )
})

test('of what the executable evaluates to list brokers, nothing takes Bun long', async () => {
  const {metafile} = await bundle('src/entry/standalone.ts')
  const start = ['src/entry/standalone.ts', 'src/app/app.ts', 'src/commands/broker/list.ts']
  // On Bun node:tty takes 8 ms, node:https and what it needs 15 ms, node:util and node:events 2 ms each.
  expect(builtins(metafile, ...start)).toEqual(['node:fs', 'node:path'])
})
