import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {kubectl, printCommand, printCommands, sfl} from '../../../src/domain/core/commands.js'
import {
  applyForce,
  catalogue,
  finding,
  isFinal,
  isFindingCode,
  type FindingCode,
} from '../../../src/domain/findings/catalogue.js'
import {type Level} from '../../../src/domain/findings/finding.js'
import {explanations} from '../../../src/domain/findings/stories.js'

test('every entry of the catalogue tells its whole story', () => {
  for (const {code, source, ...entry} of explanations()) {
    expect(code).toMatch(/^SFL-[A-Z]{1,2}\d\d$/)
    expect(['error', 'warning', 'note']).toContain(entry.level)
    for (const text of [
      entry.title,
      entry.means,
      entry.behaviour,
      entry.repair,
      entry.documented,
      ...source.map(({title}) => title),
    ])
      expect(text).not.toBe('')
    expect(entry.title).not.toMatch(/\.$/)
  }
  expect(Object.keys(catalogue)).toHaveLength(new Set(Object.values(catalogue).map(({title}) => title)).size)
})

test('every code of the catalogue is given by some rule', () => {
  const folder = join(import.meta.dirname, '../../../src/domain')
  const rules = readdirSync(folder, {recursive: true, encoding: 'utf8'})
    .filter((file) => file.endsWith('.ts') && !/^findings.(stories|codes)/.test(file))
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
  expect(error).toMatchObject({level: 'error', repair: [sfl('check')]})
  expect([isFindingCode('SFL-B01'), isFindingCode('SFL-Z99')]).toEqual([true, false])
})

describe('--force', () => {
  const one = (code: FindingCode, more: {final?: boolean; level?: Level} = {}) => finding(code, {message: 'm', ...more})
  test.each([
    ['passes over an error', one('SFL-B02'), 'warning'],
    ['leaves a warning', one('SFL-B14'), 'warning'],
    ['leaves a note', one('SFL-B04'), 'note'],
    ['does not pass over what the server itself would refuse', one('SFL-B09'), 'error'],
    ['lets a change of what is being deleted through', one('SFL-P09'), 'warning'],
    ['does not create what is still being deleted', one('SFL-P09', {final: true}), 'error'],
    ['leaves a warning of a final code a warning', one('SFL-A14', {level: 'warning'}), 'warning'],
  ])('%s', (_what, found, level) => {
    expect(applyForce([found], true).map((left) => left.level)).toEqual([level])
    expect(applyForce([found], false)).toEqual([found])
    expect(applyForce([found], undefined)).toEqual([found])
    expect(isFinal(found)).toBe(found.level === 'error' && level === 'error')
  })
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
