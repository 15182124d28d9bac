import {join} from 'node:path'
import {Ajv} from 'ajv'
import fc from 'fast-check'
import {format, resolveConfig} from 'prettier'
import {describe, expect, test} from 'vitest'
import {readSetupAnswers, setupAnswersSchema, setupIds} from '../../../../src/domain/sonataflow/setup/answers.js'

const FILE = join(import.meta.dirname, '../../../docs/schemas/setup-answers.schema.json')

const nowhere = {line: 1, column: 1}
const faultsOf = (answers: Readonly<Record<string, unknown>>): string[] =>
  readSetupAnswers(Object.entries(answers).map(([key, value]) => ({key, value, at: nowhere, valueAt: nowhere}))).faults

describe('the answers of a set-up', () => {
  test('have a JSON Schema among the pages, for editors and checks', async () => {
    const options = {...(await resolveConfig(FILE)), parser: 'json'}
    await expect(await format(JSON.stringify(setupAnswersSchema()), options)).toMatchFileSnapshot(FILE)
  })

  test('are right by the schema exactly where they are right by the program', () => {
    const valid = new Ajv({allowUnionTypes: true}).compile(setupAnswersSchema())
    const words = [
      'all',
      'none',
      'yes',
      'no',
      'service',
      'job',
      'direct',
      'kafka',
      'new',
      'PLAIN',
      'postgresql',
      'platform',
    ]
    const values = fc.oneof(
      fc.constantFrom(...words, '', '0', '1', '007', '12', '1e3', ' 3', '1234567890'),
      fc.constantFrom(0, 1, -1, 2.5, 12, 999_999_999, 1_000_000_000),
      fc.constantFrom(true, false, null, [], {}, ['all']),
      fc.string(),
    )
    const keys = fc.oneof(
      {weight: 8, arbitrary: fc.constantFrom<string>(...setupIds)},
      fc.constantFrom('servcies', 'x', ''),
    )
    fc.assert(
      fc.property(fc.dictionary(keys, values, {noNullPrototype: true}), (answers) => {
        expect(valid(answers), JSON.stringify(answers)).toBe(faultsOf(answers).length === 0)
      }),
      {numRuns: 2000},
    )
  })

  test.each([
    ['servcies', 'all', 'there is no answer "servcies", did you mean "services"?'],
    ['partitions', 0, 'partitions is a whole number from 1 on, not "0"'],
    ['services', true, 'services is one of all, data-index, job-service, none, not "yes"'],
    ['name', null, 'name has to be a text'],
  ])('%s: %j is explained', (key, value, fault) => {
    expect(faultsOf({[key]: value})).toEqual([`line 1, column 1: ${fault}`])
  })
})
