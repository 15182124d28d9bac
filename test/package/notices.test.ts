import {existsSync, readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {bundle} from '../../scripts/bundle.js'
import {notices, packagesIn} from '../../scripts/package/notices.js'

const folder = join(import.meta.dirname, '../../scripts/package')
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

/** The text of a licence, and not only its name. */
const LICENCE_TEXT = /Permission is hereby granted|Permission to use, copy|Redistribution and use|Apache License/i

describe.each([
  ['executables', 'src/entry/standalone.ts', true],
  ['the npm package', 'src/entry/start.ts', false],
] as const)('the notices of %s', async (_what, entry, bun) => {
  const {metafile} = await bundle(entry)
  const packages = packagesIn(metafile)
  const text = notices(metafile, {bun})

  test('hold the whole licence of every package in the bundle', () => {
    expect(packages.length).toBeGreaterThan(40)
    expect(new Set(packages).size).toBe(packages.length)
    for (const one of packages) {
      expect(existsSync(join(one, 'package.json')), one).toBe(true)
      const licences = readdirSync(one).filter((name) => /^licen[cs]e(\.|-|$)/i.test(name))
      expect(licences, one).not.toEqual([])
      for (const name of licences) {
        const licence = readFileSync(join(one, name), 'utf8').trim()
        expect(licence, one).toMatch(LICENCE_TEXT)
        expect(text, one).toContain(licence)
      }
    }
  })

  test(`${bun ? 'name' : 'do not name'} Bun, which is ${bun ? '' : 'not '}inside`, () => {
    expect(text.includes('JavaScriptCore')).toBe(bun)
    expect(text.includes('GNU LIBRARY GENERAL PUBLIC LICENSE')).toBe(bun)
    expect(text.includes('GNU LESSER GENERAL PUBLIC LICENSE')).toBe(bun)
  })
})

test('every library that Bun is linked with has its copyright above the text of its licence', () => {
  const [, ...rows] = [...read('bun-licence.md').matchAll(/^\| (?!-)([^|]*) \|/gm)].map(([, cell = '']) => cell)
  const libraries = rows
    .filter((cell) => !cell.startsWith('---'))
    .map((cell) =>
      /__cxa_thread_atexit/.test(cell)
        ? 'libc++abi'
        : (/github\.com\/[^/)]+\/([^/)]+)/.exec(cell)?.[1] ?? cell.split(' ')[0] ?? ''),
    )
  expect(libraries).toHaveLength(27)
  const texts = read('bun-licence-texts.md').toLowerCase()
  const called: Readonly<Record<string, string>> = {picohttpparser: 'picohttp', icu: 'libicu', base64: 'libbase64'}
  const missing = libraries.filter((name) => !texts.includes((called[name] ?? name).toLowerCase()))
  expect(missing).toEqual([])
})
