import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect, test} from 'vitest'
import {kubectl, printCommand, printCommands, sfl} from '../../../src/domain/core/commands.js'
import {catalogue, finding, forced, isFindingCode} from '../../../src/domain/findings/catalogue.js'

test('every entry of the catalogue tells its whole story', () => {
  for (const [code, entry] of Object.entries(catalogue)) {
    expect(code).toMatch(/^SFL-[A-Z]{1,2}\d\d$/)
    expect(['error', 'warning', 'note']).toContain(entry.level)
    for (const text of [entry.title, entry.means, entry.behaviour, entry.repair, entry.documented])
      expect(text).not.toBe('')
    expect(entry.title).not.toMatch(/\.$/)
  }
  expect(Object.keys(catalogue)).toHaveLength(new Set(Object.values(catalogue).map(({title}) => title)).size)
})

test('every code of the catalogue is given by some rule', () => {
  const folder = join(import.meta.dirname, '../../../src/domain')
  const rules = readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts') && !file.startsWith('findings/catalogue'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  expect(Object.keys(catalogue).filter((code) => !rules.includes(`'${code}'`))).toEqual([])
})

test('a finding has the level of the catalogue unless told otherwise', () => {
  expect(finding('SFL-B04', {message: 'm'})).toEqual({code: 'SFL-B04', level: 'note', message: 'm'})
  const error = finding('SFL-B01', {
    message: 'm',
    repair: sfl('check'),
    object: {apiVersion: 'v1', kind: 'X', name: 'x'},
  })
  expect(forced([error, finding('SFL-B04', {message: 'm'})]).map(({level}) => level)).toEqual(['warning', 'note'])
  expect([isFindingCode('SFL-B01'), isFindingCode('SFL-Z99')]).toEqual([true, false])
})

test('commands are quoted for a shell and printed under the name by which the program was called', () => {
  expect(printCommand(sfl('broker create', 'x', '--annotation', "a=it's"))).toBe(
    `kubectl sfl broker create x --annotation 'a=it'\\''s'`,
  )
  expect(printCommand(kubectl('get', 'pods', '-l', 'app in (a, b)'))).toBe("kubectl get pods -l 'app in (a, b)'")
  expect(printCommands([sfl('broker delete', 'x'), kubectl('get', 'brokers')], {name: 'kn sfl', connection: []})).toBe(
    'kn sfl broker delete x\nkubectl get brokers',
  )
})
