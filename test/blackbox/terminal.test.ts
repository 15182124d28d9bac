import {stripVTControlCharacters} from 'node:util'
import {describe, expect, test} from 'vitest'
import {aKafkaBroker} from './support/objects.js'
import {hasScript, theatre} from './support/stage.js'
import {atTerminal} from './support/terminal.js'

const {stage} = theatre({kubectl: true})

const DELETE = 'kubectl sfl broker delete orders'
const COLOUR = /\u001B\[3\dm/

describe.skipIf(!hasScript)('at a terminal', () => {
  test.each([
    ['y', 'y\r', 0, {}],
    ['n', 'n\r', 130, {kept: true}],
    ['Enter', '\r', 130, {kept: true}],
    ['Ctrl-C', '\u0003', 130, {kept: true}],
  ])('a deletion asks first; %s decides', async (_name, keys, expected, {kept = false}: {kept?: boolean}) => {
    const scene = await stage()
    await scene.given(aKafkaBroker(scene, 'orders'))
    const {screen, code} = await atTerminal(scene, DELETE, [{to: /Delete broker.*\(y\/N\)/, keys}])
    await scene.settle()
    expect(code).toBe(expected)
    expect(Object.keys(await scene.state())).toEqual(kept ? ['Broker orders'] : [])
    if (kept) expect(screen).toMatch(/error: (cancelled, nothing was changed|interrupted)\n$/)
    else expect(screen).toMatch(/broker\.eventing\.knative\.dev\/orders deleted\n/)
  })

  test('--yes, a dry run, CI and --no-input ask nothing', async () => {
    const scene = await stage()
    await scene.given(aKafkaBroker(scene, 'orders'))
    const codes = [
      (await atTerminal(scene, `${DELETE} --dry-run=server`)).code,
      (await atTerminal(scene, `${DELETE} --no-input`)).code,
      (await atTerminal(scene, DELETE, [], {CI: 'true'})).code,
      (await atTerminal(scene, `${DELETE} --yes`)).code,
    ]
    expect(codes).toEqual([0, 2, 2, 0])
  })

  test('colour is for terminals: not in a pipe, not with NO_COLOR, not with --color=never', async () => {
    const scene = await stage()
    const missing = {apiVersion: 'v1', kind: 'ConfigMap', name: 'nowhere', namespace: scene.namespace}
    await scene.given(aKafkaBroker(scene, 'broken', {spec: {config: missing}}))
    const line = 'kubectl sfl broker describe broken'
    const coloured = async (words: string, env = {}): Promise<boolean> =>
      COLOUR.test((await atTerminal(scene, words, [], env)).raw)
    expect({
      terminal: await coloured(line),
      pipe: await coloured(`${line} | cat`),
      noColor: await coloured(line, {NO_COLOR: '1'}),
      never: await coloured(`${line} --color=never`),
      dumb: await coloured(line, {TERM: 'dumb'}),
      json: await coloured(`${line} -o json`),
    }).toEqual({terminal: true, pipe: false, noColor: false, never: false, dumb: false, json: false})
    const always = await scene.start(`${line} --color=always`).ended
    expect(COLOUR.test(always.out)).toBe(true)
    // The text is the same with and without.
    const plain = await scene.start(line).ended
    expect(scene.normal(stripVTControlCharacters(always.out))).toBe(scene.normal(plain.out))
  })
})
