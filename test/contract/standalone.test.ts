import type {Metafile} from 'esbuild'
import {expect, test} from 'vitest'
import {bundle} from '../../scripts/bundle.js'

/** The modules of Node that our sources, and packages of ES modules, import before anything is asked for with import(). */
const builtins = ({outputs}: Metafile, ...starts: readonly string[]): string[] => {
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
  starts.forEach(follow)
  return [...found].sort()
}

test('of what the executable evaluates to list brokers, nothing takes Bun long', async () => {
  const {metafile} = await bundle('src/entry/standalone.ts')
  const outputOf = (source: string): string =>
    Object.entries(metafile.outputs).find(([, {entryPoint}]) => entryPoint === source)?.[0] ?? `no output of ${source}`
  const start = ['src/entry/standalone.ts', 'src/app/app.ts', 'src/commands/broker/list.ts'].map(outputOf)
  // On Bun node:tty takes 8 ms, node:https and what it needs 15 ms, node:util and node:events 2 ms each.
  expect(builtins(metafile, ...start)).toEqual(['node:fs', 'node:path'])
})
