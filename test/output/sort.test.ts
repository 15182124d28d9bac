import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {ExitCode, SflError} from '../../src/domain/core/errors.js'
import type {KubeObject} from '../../src/domain/core/object.js'
import {compareQuantities, parseQuantity} from '../../src/output/quantity.js'
import {compileSort, sortBy} from '../../src/output/sort.js'

const objectsOf = (...values: unknown[]): KubeObject[] =>
  values.map((value, index) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: `p${index}`},
    ...(value !== undefined && {value}),
  }))

const sorted = (...values: unknown[]): unknown[] =>
  sortBy(objectsOf(...values), '.value').map((object) => object['value'])

describe('--sort-by sorts as kubectl does', () => {
  test.each<[string, unknown[], unknown[]]>([
    ['numbers by value', [10, 9, 2.5, -1], [-1, 2.5, 9, 10]],
    ['texts by their bytes', ['b', 'a', 'B', 'a10', 'a2'], ['B', 'a', 'a10', 'a2', 'b']],
    ['quantities by amount', ['1Ti', '1Ki', '1Gi', '0.5', '10m', '2'], ['10m', '0.5', '2', '1Ki', '1Gi', '1Ti']],
    [
      'times by time',
      ['2026-01-02T00:00:00Z', '2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z'],
      ['2025-12-31T23:59:59Z', '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
    ],
    ['missing fields and null first', ['b', undefined, null, 'a'], [undefined, null, 'a', 'b']],
    ['lists element by element', [[1, 2], [1], [0, 9]], [[0, 9], [1], [1, 2]]],
    ['false before true', [true, false], [false, true]],
  ])('%s', (_, values, result) => expect(sorted(...values)).toEqual(result))

  test('equals stay in their order, and all forms of an expression mean the same', () => {
    const objects = objectsOf(1, 0, 1, 0)
    for (const expression of ['value', '.value', '{value}', '{.value}']) {
      expect(sortBy(objects, expression).map(({metadata}) => metadata.name)).toEqual(['p1', 'p3', 'p0', 'p2'])
    }
  })

  test('nothing is lost and the order is total for names', () => {
    fc.assert(
      fc.property(fc.array(fc.string({unit: fc.constantFrom('x', 'y', '-', '.')})), (names) => {
        const result = names.length === 0 ? [] : sorted(...names)
        expect(result).toEqual([...names].sort())
      }),
    )
  })
})

describe('--sort-by fails', () => {
  const failure = (run: () => unknown): [string, string, number] | undefined => {
    try {
      run()
    } catch (error) {
      if (error instanceof SflError) return [error.reason, error.message, error.exitCode]
      throw error
    }
    return undefined
  }

  test('when no object has the field', () =>
    expect(failure(() => sortBy(objectsOf(1, 2), '.nothing'))).toEqual([
      'FieldNotFound',
      `couldn't find any field with path "{.nothing}" in the list of objects`,
      ExitCode.Failed,
    ]))

  test('but not for an empty list', () => expect(sortBy([], '.nothing')).toEqual([]))

  test('when the field is an object', () =>
    expect(failure(() => sorted({a: 1}, {a: 2}))).toEqual([
      'UnsortableField',
      'field {.value} is an unsortable type: object',
      ExitCode.Failed,
    ]))

  test.each([
    ['{.a}{.b}', /^unexpected path string/],
    ['.a[', /^error parsing jsonpath \{\.a\[\}, unterminated array$/],
    ['', /^--sort-by needs a field/],
  ])('before the first request when the expression is %j', (expression, message) => {
    const [reason, text, exitCode] = failure(() => compileSort(expression)) ?? []
    expect([reason, exitCode]).toEqual(['InvalidArgument', ExitCode.Usage])
    expect(text).toMatch(message)
  })
})

describe('quantities', () => {
  test.each([
    ['1', '1000m', 0],
    ['0.5', '500m', 0],
    ['.5', '5e-1', 0],
    ['1Ki', '1024', 0],
    ['1k', '1Ki', -1],
    ['1E', '1e18', 0],
    ['-1', '1', -1],
    ['5.', '5', 0],
    ['1.5Gi', '1Gi', 1],
    ['100n', '1u', -1],
  ])('%s and %s compare to %i', (a, b, result) =>
    expect(compareQuantities(parseQuantity(a)!, parseQuantity(b)!)).toBe(result),
  )

  test.each(['', '-', '.', '1x', 'K', '1 Gi', '2026-01-01', '1.2.3'])('%j is not one', (text) =>
    expect(parseQuantity(text)).toBeUndefined(),
  )
})
