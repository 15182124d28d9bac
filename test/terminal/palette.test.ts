import {describe, expect, test} from 'vitest'
import {forStream} from '../../src/terminal/own-codes.js'
import {colourPalette, plainPalette, wantsColour} from '../../src/terminal/palette.js'

describe('colour', () => {
  test.each([
    ['a terminal', true, {}, 'auto', true],
    ['no terminal', false, {}, 'auto', false],
    ['NO_COLOR at a terminal', true, {NO_COLOR: '1'}, 'auto', false],
    ['an empty NO_COLOR', true, {NO_COLOR: ''}, 'auto', true],
    ['FORCE_COLOR in a pipe', false, {FORCE_COLOR: '1'}, 'auto', true],
    ['an empty FORCE_COLOR in a pipe', false, {FORCE_COLOR: ''}, 'auto', false],
    ['FORCE_COLOR=0', false, {FORCE_COLOR: '0'}, 'auto', false],
    ['FORCE_COLOR=0 at a terminal', true, {FORCE_COLOR: '0'}, 'auto', false],
    ['FORCE_COLOR=false at a terminal', true, {FORCE_COLOR: 'false'}, 'auto', false],
    ['CLICOLOR_FORCE in a pipe', false, {CLICOLOR_FORCE: '1'}, 'auto', true],
    ['an empty CLICOLOR_FORCE in a pipe', false, {CLICOLOR_FORCE: ''}, 'auto', false],
    ['CLICOLOR_FORCE=0 in a pipe', false, {CLICOLOR_FORCE: '0'}, 'auto', false],
    ['CLICOLOR_FORCE=0 at a terminal', true, {CLICOLOR_FORCE: '0'}, 'auto', true],
    ['NO_COLOR before CLICOLOR_FORCE', true, {NO_COLOR: '1', CLICOLOR_FORCE: '1'}, 'auto', false],
    ['FORCE_COLOR=0 before CLICOLOR_FORCE', false, {FORCE_COLOR: '0', CLICOLOR_FORCE: '1'}, 'auto', false],
    ['NO_COLOR before FORCE_COLOR', false, {NO_COLOR: '1', FORCE_COLOR: '1'}, 'auto', false],
    ['a dumb terminal', true, {TERM: 'dumb'}, 'auto', false],
    ['FORCE_COLOR on a dumb terminal', true, {TERM: 'dumb', FORCE_COLOR: '1'}, 'auto', true],
    ['--color always in a pipe', false, {NO_COLOR: '1', TERM: 'dumb'}, 'always', true],
    ['--color never at a terminal', true, {FORCE_COLOR: '1'}, 'never', false],
  ] as const)('%s', (_what, isTerminal, env, choice, expected) => {
    expect(wantsColour(isTerminal, env, choice)).toBe(expected)
  })

  test('paints with the eight colours that every terminal has, and takes them off again', () => {
    const {red, green, yellow, cyan, bold, dim} = colourPalette()
    expect([red, green, yellow, cyan, bold, dim].map((paint) => forStream(paint('x')))).toEqual([
      '\u001B[31mx\u001B[39m',
      '\u001B[32mx\u001B[39m',
      '\u001B[33mx\u001B[39m',
      '\u001B[36mx\u001B[39m',
      '\u001B[1mx\u001B[22m',
      '\u001B[2mx\u001B[22m',
    ])
  })

  test('leaves texts alone where there is none', () => {
    expect(Object.values(plainPalette).map((paint) => paint('x'))).toEqual(['x', 'x', 'x', 'x', 'x', 'x'])
  })
})
