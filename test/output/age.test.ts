import {describe, expect, test} from 'vitest'
import {ageOf, humanDuration, shortAgeOf, shortHumanDuration} from '../../src/output/age.js'

const S = 1000
const M = 60 * S
const H = 60 * M
const D = 24 * H
const Y = 365 * D

describe('the age in a list is that of kubectl', () => {
  test.each([
    [-1999, '0s'],
    [-2 * S, '<invalid>'],
    [-1 * S, '0s'],
    [0, '0s'],
    [999, '0s'],
    [95 * S, '95s'],
    [2 * M - 1, '119s'],
    [2 * M, '2m'],
    [3 * M + 20 * S, '3m20s'],
    [10 * M - S, '9m59s'],
    [10 * M, '10m'],
    [125 * M, '125m'],
    [3 * H - 1, '179m'],
    [3 * H, '3h'],
    [5 * H + 12 * M, '5h12m'],
    [8 * H - M, '7h59m'],
    [8 * H, '8h'],
    [48 * H - 1, '47h'],
    [48 * H, '2d'],
    [3 * D + 4 * H, '3d4h'],
    [8 * D - H, '7d23h'],
    [8 * D, '8d'],
    [400 * D, '400d'],
    [2 * Y - 1, '729d'],
    [2 * Y, '2y'],
    [3 * Y + 40 * D, '3y40d'],
    [8 * Y - D, '7y364d'],
    [8 * Y + 5 * D, '8y'],
  ])('%i ms are %s', (ms, text) => expect(humanDuration(ms)).toBe(text))
})

describe('the age in a description has one unit', () => {
  test.each([
    [-2 * S, '<invalid>'],
    [-1 * S, '0s'],
    [59 * S, '59s'],
    [60 * S, '1m'],
    [H - 1, '59m'],
    [H, '1h'],
    [D - 1, '23h'],
    [D, '1d'],
    [Y - 1, '364d'],
    [3 * Y, '3y'],
  ])('%i ms are %s', (ms, text) => expect(shortHumanDuration(ms)).toBe(text))
})

const now = new Date('2026-01-01T00:01:00Z')

test('an age is counted from an RFC 3339 time', () => {
  expect(ageOf('2026-01-01T00:00:15Z', now)).toBe('45s')
  expect(shortAgeOf('2025-12-31T23:00:00+00:00', now)).toBe('1h')
})

test('a list says <unknown> and a description nothing where there is no time', () => {
  expect([undefined, '', 'soon'].map((text) => ageOf(text, now))).toEqual(['<unknown>', '<unknown>', '<unknown>'])
  expect([undefined, '', 'soon'].map((text) => shortAgeOf(text, now))).toEqual(['', '', ''])
})
