import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {decodeSet, encodeSet, fieldsOf, membersOf, pathText} from '../../../src/sandbox/store/field-set.js'
import {jsonPatch, mergePatch, strategicMerge} from '../../../src/sandbox/store/patches.js'
import {listBy, mapOf, object, text} from '../../../src/sandbox/kinds/schema.js'

describe('a merge patch does what RFC 7386 says', () => {
  // The table of the RFC's appendix A.
  test.each<[unknown, unknown, unknown]>([
    [{a: 'b'}, {a: 'c'}, {a: 'c'}],
    [{a: 'b'}, {b: 'c'}, {a: 'b', b: 'c'}],
    [{a: 'b'}, {a: null}, {}],
    [{a: 'b', b: 'c'}, {a: null}, {b: 'c'}],
    [{a: ['b']}, {a: 'c'}, {a: 'c'}],
    [{a: 'c'}, {a: ['b']}, {a: ['b']}],
    [{a: {b: 'c'}}, {a: {b: 'd', c: null}}, {a: {b: 'd'}}],
    [{a: [{b: 'c'}]}, {a: [1]}, {a: [1]}],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{a: 'b'}, ['c'], ['c']],
    [{a: 'foo'}, null, null],
    [{a: 'foo'}, 'bar', 'bar'],
    [{e: null}, {a: 1}, {e: null, a: 1}],
    [[1, 2], {a: 'b', c: null}, {a: 'b'}],
    [{}, {a: {bb: {ccc: null}}}, {a: {bb: {}}}],
  ])('%j patched with %j is %j', (target, patch, result) => {
    expect(mergePatch(target, patch)).toEqual(result)
  })
})

describe('a JSON patch does what RFC 6902 says', () => {
  test.each<[unknown, unknown[], unknown]>([
    [{foo: 'bar'}, [{op: 'add', path: '/baz', value: 'qux'}], {foo: 'bar', baz: 'qux'}],
    [{foo: ['bar', 'baz']}, [{op: 'add', path: '/foo/1', value: 'qux'}], {foo: ['bar', 'qux', 'baz']}],
    [{foo: ['bar']}, [{op: 'add', path: '/foo/-', value: 'qux'}], {foo: ['bar', 'qux']}],
    [{foo: ['bar', 'qux', 'baz']}, [{op: 'remove', path: '/foo/1'}], {foo: ['bar', 'baz']}],
    [{a: 1}, [{op: 'replace', path: '/a', value: 2}], {a: 2}],
    [
      {foo: {bar: 'baz', waldo: 'fred'}, qux: {}},
      [{op: 'move', from: '/foo/waldo', path: '/qux/thud'}],
      {foo: {bar: 'baz'}, qux: {thud: 'fred'}},
    ],
    [{a: 1}, [{op: 'copy', from: '/a', path: '/b'}], {a: 1, b: 1}],
    [
      {'a/b': 1, 'm~n': 2},
      [
        {op: 'test', path: '/a~1b', value: 1},
        {op: 'remove', path: '/m~0n'},
      ],
      {'a/b': 1},
    ],
  ])('%j patched with %j is %j', (target, patch, result) => {
    expect(jsonPatch(target, patch)).toEqual(result)
  })

  test.each<[unknown[]]>([
    [[{op: 'test', path: '/a', value: 2}]],
    [[{op: 'remove', path: '/none'}]],
    [[{op: 'replace', path: '/none', value: 1}]],
    [[{op: 'add', path: '/list/7', value: 1}]],
    [[{op: 'twist', path: '/a'}]],
    [[{op: 'add', path: 'a', value: 1}]],
  ])('%j does not fit and is rejected', (patch) => {
    expect(() => jsonPatch({a: 1, list: [1]}, patch)).toThrow(
      'the server rejected our request due to an error in our request',
    )
  })
})

describe('a strategic merge patch goes into lists that have a key', () => {
  const schema = object({ports: listBy(['port'], object({port: text, name: text})), map: mapOf(text)})
  const target = {
    ports: [
      {port: '1', name: 'a'},
      {port: '2', name: 'b'},
    ],
    map: {x: '1'},
  }

  test.each<[string, unknown, unknown]>([
    [
      'changes one item',
      {ports: [{port: '2', name: 'c'}]},
      [
        {port: '1', name: 'a'},
        {port: '2', name: 'c'},
      ],
    ],
    ['puts a new item first', {ports: [{port: '3'}]}, [{port: '3'}, {port: '1', name: 'a'}, {port: '2', name: 'b'}]],
    ['deletes one item', {ports: [{port: '1', $patch: 'delete'}]}, [{port: '2', name: 'b'}]],
    ['replaces the list', {ports: [{$patch: 'replace'}, {port: '9'}]}, [{port: '9'}]],
  ])('%s', (_, patch, ports) => {
    expect(strategicMerge(target, patch, schema)).toEqual({...target, ports})
  })

  test('replaces a whole map when told to', () => {
    expect(strategicMerge(target, {map: {$patch: 'replace', y: '2'}}, schema)).toEqual({...target, map: {y: '2'}})
  })
})

describe('field sets', () => {
  test('survive being written to fieldsV1 and read again', () => {
    const value = fc.letrec<{node: unknown}>((tie) => ({
      node: fc.oneof(
        {depthSize: 'small'},
        fc.string(),
        fc.integer(),
        fc.dictionary(fc.string({minLength: 1}), tie('node'), {maxKeys: 4}),
      ),
    })).node
    fc.assert(
      fc.property(fc.dictionary(fc.string({minLength: 1}), value, {minKeys: 1, maxKeys: 4}), (manifest) => {
        const set = fieldsOf(manifest, undefined)
        expect(membersOf(decodeSet(encodeSet(set)))).toEqual(membersOf(set))
      }),
    )
  })

  test('name a field the way conflicts do', () => {
    expect(pathText(['f:spec', 'f:ports', 'k:{"port":80,"protocol":"TCP"}', 'f:name'])).toBe(
      '.spec.ports[port=80,protocol="TCP"].name',
    )
    expect(pathText(['f:metadata', 'f:finalizers', 'v:"x.y/z"'])).toBe('.metadata.finalizers[="x.y/z"]')
  })
})
