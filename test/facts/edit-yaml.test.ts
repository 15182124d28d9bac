import {describe, expect, test} from 'vitest'
import type {DocumentEdit} from '../../src/domain/core/document-edits.js'
import {editYaml} from '../../src/facts/edit-yaml.js'

const set = (path: string, value: unknown): DocumentEdit => ({path: path.split('.'), value})
const remove = (path: string): DocumentEdit => ({path: path.split('.'), remove: true})

describe('YAML is edited, and what was not meant stays as it is written', () => {
  test.each<[string, string, DocumentEdit[], string]>([
    ['a value and its comment', 'a: 1 # one\nb: 2\n', [set('a', 3)], 'a: 3 # one\nb: 2\n'],
    ['comments in front', '# top\na:\n  # inner\n  b: 1\n', [set('a.b', 'x')], '# top\na:\n  # inner\n  b: x\n'],
    ['a new map below a new key', 'a: 1\n', [set('b.c.d', 'x')], 'a: 1\nb:\n  c:\n    d: x\n'],
    ['maps in braces stay in braces', 'a: {b: 1}\n', [set('a.c', 2)], 'a: {b: 1, c: 2}\n'],
    ['with blanks in them, where there were some', 'a: { b: 1 }\n', [set('a.c', 2)], 'a: { b: 1, c: 2 }\n'],
    ['the depth of indentation', 'a:\n    b: 1\n', [set('a.c.d', 2)], 'a:\n    b: 1\n    c:\n        d: 2\n'],
    [
      'words that YAML takes for something else are quoted',
      'a: x\n',
      [set('a', 'on'), set('b', '1')],
      'a: "on"\nb: "1"\n',
    ],
    ['a key goes', 'a: 1\nb: 2\n', [remove('a')], 'b: 2\n'],
    ['a key that is not there', '# x\na:   1\n', [remove('b.c')], '# x\na:   1\n'],
    ['nothing to change: not a blank is touched', "a:   'x'\n", [set('a', 'x')], "a:   'x'\n"],
    ['an empty text', '', [set('a.b', 1)], 'a:\n  b: 1\n'],
    ['a value in the way of a map', 'a: 1\n', [set('a.b', 1)], 'a:\n  b: 1\n'],
    ['no value in the way of a map', 'a:\nb: 1\n', [set('a.b', 1)], 'a:\n  b: 1\nb: 1\n'],
    [
      'an alias becomes a copy when what it stands for changes',
      'a: &x\n  k: 1\nb: *x\n',
      [set('a.k', 2)],
      'a:\n  k: 2\nb:\n  k: 1\n',
    ],
    ['what an alias stands for goes', 'a: &x\n  k: 1\nb: *x\n', [remove('a')], 'b:\n  k: 1\n'],
    [
      'a merged key is taken out by writing anew',
      'x: &x {k: 1, l: 2}\na:\n  <<: *x\n',
      [remove('a.k')],
      'x:\n  k: 1\n  l: 2\na:\n  l: 2\n',
    ],
  ])('%s', (_, text, edits, expected) => {
    expect(editYaml(text, edits)).toEqual({text: expected})
  })

  test('what cannot be parsed is a fault, and not overwritten', () => {
    expect(editYaml('a: {b', [set('a', 1)])).toHaveProperty('fault')
    expect(editYaml('a: 1\na: 2\n', [set('a', 1)])).toHaveProperty('fault')
  })
})
