import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {triggerFaults} from '../../../../src/domain/eventing/admission.js'
import {defaultFeatures} from '../../../../src/domain/eventing/features.js'
import {cesqlFault} from '../../../../src/domain/eventing/trigger/cesql.js'
import {
  noFilterChanges,
  readFilterFlags,
  readFilterTree,
  type FilterOptions,
} from '../../../../src/domain/eventing/trigger/filter-flags.js'
import {changedFilters, filterSpec, filterText} from '../../../../src/domain/eventing/trigger/filter-spec.js'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {filterNodes} from '../../../../src/output/eventing/trigger-describe.js'
import {formatDescription} from '../../../../src/output/describe.js'
import {aTrigger} from '../cluster.js'

const trigger = (spec: object): KubeObject => aTrigger('billing', {spec}).object

describe('CloudEvents SQL', () => {
  test.each([
    'TRUE',
    'true and FALSE',
    "type = 'dev.example'",
    'type = "dev ""quoted"""',
    "source LIKE '/orders/%' AND NOT EXISTS subject",
    "subject NOT LIKE '%.png'",
    "type IN ('a', 'b', other)",
    'x NOT IN (1, 2)',
    '-sequence + 3 * (2 - 1) % 2 <> 4',
    'a >= 1 OR b <= 2 XOR c != 3',
    "LEFT(type, 3) = 'dev'",
    'IS_BOOL(ABS(-1))',
    'NOW()',
    '1abc = 2',
    'NOT NOT TRUE',
    "'it\\'s' = x",
  ])('%s is understood', (expression) => {
    expect(cesqlFault(expression)).toBeUndefined()
  })

  test.each([
    ['', 'it is empty'],
    ['  ', 'it is empty'],
    ['type =', 'it ends where a value is expected'],
    ["type == 'a'", 'a value is expected in column 7, not ='],
    ['type LIKE a', 'a text in quotes is expected in column 11, not a'],
    ['x IN ()', 'a value is expected in column 7, not )'],
    ['x IN 1', '"(" is expected in column 6, not 1'],
    ['EXISTS', 'it ends where the name of an attribute is expected'],
    ["EXISTS 'a'", "the name of an attribute is expected in column 8, not 'a'"],
    ['a b', 'an operator is expected in column 3, not b'],
    ['(a', 'it ends where ")" is expected'],
    ["type = 'a", 'the text that begins in column 8 does not end'],
    ['a & b', 'unexpected "&" in column 3'],
    ['a NOT b', 'LIKE or IN is expected in column 7, not b'],
    ['my_attribute = 1', 'the name of an attribute is expected in column 1, not my_attribute'],
    ['F1(x)', 'the name of a function is expected in column 1, not F1'],
    ['f(x,)', 'a value is expected in column 5, not )'],
  ])('%j is refused: %s', (expression, fault) => {
    expect(cesqlFault(expression)).toBe(fault)
  })

  test('no text makes the reader fail in another way', () => {
    const piece = fc.constantFrom(
      'a',
      '1',
      "'x'",
      '(',
      ')',
      ',',
      'NOT',
      'LIKE',
      'IN',
      'EXISTS',
      '=',
      '-',
      'AND',
      'f(',
      '"',
      '#',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((parts) => parts.join(' ')),
        ),
        (text) => {
          const fault = cesqlFault(text)
          expect(fault === undefined || fault.length > 0).toBe(true)
        },
      ),
    )
  })
})

describe('filter flags', () => {
  test.each<[string, FilterOptions, unknown]>([
    ['none', {}, {}],
    [
      'exact ones as kn writes them',
      {filter: ['type=a', 'source=b=c']},
      {filter: {attributes: {source: 'b=c', type: 'a'}}},
    ],
    ["kn's commas", {filter: ['type=a,source=/b,c']}, {filter: {attributes: {source: '/b,c', type: 'a'}}}],
    ['kn`s quotes around a comma', {filter: ['"type=a,b=""c"""']}, {filter: {attributes: {type: 'a,b="c"'}}}],
    ['any value', {filter: ['type=']}, {filter: {attributes: {type: ''}}}],
    [
      'one attribute an element',
      {filterPrefix: ['type=a', 'source=/b']},
      {filters: [{prefix: {source: '/b'}}, {prefix: {type: 'a'}}]},
    ],
    [
      'all dialects together must match',
      {filter: ['type=a'], filterPrefix: ['source=/b'], filterSuffix: ['subject=c'], filterCesql: ['TRUE', 'TRUE']},
      {filters: [{exact: {type: 'a'}}, {prefix: {source: '/b'}}, {suffix: {subject: 'c'}}, {cesql: 'TRUE'}]},
    ],
    [
      'any value beside another dialect',
      {filter: ['type='], filterCesql: ['TRUE']},
      {filters: [{cesql: 'EXISTS type'}, {cesql: 'TRUE'}]},
    ],
    ['a tree', {filterTree: [{not: {exact: {type: 'a'}}}]}, {filters: [{not: {exact: {type: 'a'}}}]}],
    ['a tree in a trigger', {filterTree: {spec: {filters: [{cesql: 'TRUE'}]}}}, {filters: [{cesql: 'TRUE'}]}],
  ])('%s', (_title, options, spec) => {
    expect(filterSpec(readFilterFlags(options))).toEqual(spec)
  })

  test('what the flags make is never refused by the webhook', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/)
    const pairs = fc
      .dictionary(
        name,
        fc.string({minLength: 1}).filter((text) => !/[,"]/.test(text)),
        {maxKeys: 3},
      )
      .map((map) => Object.entries(map).map(([key, value]) => `${key}=${value}`))
    fc.assert(
      fc.property(pairs, pairs, pairs, (filter, filterPrefix, filterSuffix) => {
        const spec = filterSpec(readFilterFlags({filter, filterPrefix, filterSuffix}))
        const made = trigger({broker: 'b', subscriber: {uri: 'http://x'}, ...spec})
        expect(triggerFaults(made, undefined, defaultFeatures)).toEqual([])
      }),
    )
  })

  test('a file that the program takes, the webhook takes', () => {
    const attributes = fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/), fc.string({minLength: 1}), {
      minKeys: 1,
      maxKeys: 2,
      noNullPrototype: true,
    })
    const {tree} = fc.letrec((tie) => ({
      tree: fc.oneof(
        {maxDepth: 3},
        fc.record({exact: attributes}),
        fc.record({prefix: attributes}),
        fc.record({suffix: attributes}),
        fc.record({cesql: fc.constantFrom('TRUE', 'EXISTS a')}),
        fc.record({not: tie('tree')}),
        fc.record({all: fc.array(tie('tree'), {minLength: 1, maxLength: 2})}),
        fc.record({any: fc.array(tie('tree'), {minLength: 1, maxLength: 2})}),
      ),
    }))
    fc.assert(
      fc.property(fc.array(tree, {maxLength: 3}), (filters) => {
        expect(readFilterTree(filters)).toEqual(filters)
        const made = trigger({broker: 'b', subscriber: {uri: 'http://x'}, filters})
        expect(triggerFaults(made, undefined, defaultFeatures)).toEqual([])
      }),
    )
  })
})

describe('filters of a trigger that exists', () => {
  const after = (spec: object, options: FilterOptions): unknown =>
    changedFilters(trigger(spec), readFilterFlags(options, {removals: true}))

  test.each<[string, object, FilterOptions, unknown]>([
    ['no wish, no change', {filter: {attributes: {type: 'a'}}}, {}, {filter: {attributes: {type: 'a'}}}],
    [
      'merged',
      {filter: {attributes: {type: 'a'}}},
      {filter: ['source=b']},
      {filter: {attributes: {source: 'b', type: 'a'}}},
    ],
    [
      'removed',
      {filter: {attributes: {type: 'a', source: 'b'}}},
      {filter: ['source-']},
      {filter: {attributes: {type: 'a'}}},
    ],
    ['the last one removed', {filter: {attributes: {type: 'a'}}}, {filter: ['type-']}, {filter: {}}],
    ['a removal of what is not there', {filter: {}}, {filter: ['type-']}, {filter: {}}],
    [
      'exact ones move along',
      {filter: {attributes: {type: 'a'}}},
      {filterPrefix: ['source=/b']},
      {filter: {}, filters: [{exact: {type: 'a'}}, {prefix: {source: '/b'}}]},
    ],
    [
      'into the element that has the attribute',
      {filters: [{exact: {type: 'a', source: 'b'}}]},
      {filter: ['source=c']},
      {filters: [{exact: {type: 'a', source: 'c'}}]},
    ],
    [
      'out of it',
      {filters: [{exact: {type: 'a', source: 'b'}}, {cesql: 'TRUE'}]},
      {filter: ['source-']},
      {filters: [{exact: {type: 'a'}}, {cesql: 'TRUE'}]},
    ],
    [
      'nested ones are left alone',
      {filters: [{any: [{exact: {type: 'a'}}]}]},
      {filter: ['type=b']},
      {filters: [{any: [{exact: {type: 'a'}}]}, {exact: {type: 'b'}}]},
    ],
    [
      'expressions are replaced',
      {filters: [{cesql: 'TRUE'}, {exact: {type: 'a'}}]},
      {filterCesql: ['FALSE']},
      {filters: [{exact: {type: 'a'}}, {cesql: 'FALSE'}]},
    ],
    [
      'a tree replaces everything',
      {filter: {attributes: {type: 'a'}}, filters: [{cesql: 'TRUE'}]},
      {filterTree: [{exact: {type: 'b'}}]},
      {filter: {}, filters: [{exact: {type: 'b'}}]},
    ],
  ])('%s', (_title, spec, options, changed) => {
    expect(after(spec, options)).toEqual(changed)
  })

  test('a second time changes nothing', () => {
    const options: FilterOptions = {filter: ['type=b', 'owner-'], filterPrefix: ['source=/x'], filterCesql: ['TRUE']}
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('type', 'owner', 'subject'), fc.constantFrom('', 'a', 'b')),
        (attributes) => {
          const once = after({filter: {attributes}}, options)
          expect(after(once as object, options)).toEqual(once)
        },
      ),
    )
  })

  test('nothing asked for is nothing changed', () => {
    const spec = {filter: {attributes: {type: 'a'}}, filters: [{cesql: 'TRUE'}]}
    expect(changedFilters(trigger(spec), noFilterChanges)).toEqual(spec)
  })
})

describe('filters for people', () => {
  test.each<[object, string | undefined]>([
    [{}, undefined],
    [{filter: {attributes: {}}}, undefined],
    [{filter: {attributes: {type: 'a', owner: ''}}}, 'owner,type=a'],
    [{filter: {attributes: {type: 'a'}}, filters: [{prefix: {source: '/x'}}]}, 'source^=/x'],
    [
      {filters: [{suffix: {subject: '.png'}}, {not: {any: [{exact: {type: 'a'}}, {cesql: 'x = 1'}]}}]},
      'subject$=.png,not(any(type=a, x = 1))',
    ],
    [{filters: 'nonsense'}, undefined],
  ])('%j on one line', (spec, text) => {
    expect(filterText(trigger(spec))).toBe(text)
  })

  test("the tree is kn's (knative/client pkg/commands/trigger/describe_test.go), blanks at line ends trimmed", () => {
    const nodes = filterNodes({
      not: {
        not: {suffix: {source: 'foo'}},
        exact: {type: 'foo.bar'},
        prefix: {type: 'bar'},
        cesql: 'select bar',
      },
    })
    expect(formatDescription(nodes)).toBe(`not:
  not:
    suffix:
      source:  foo
  exact:
    type:      foo.bar
  prefix:
    type:      bar
  cesql:       select bar
`)
  })
})
