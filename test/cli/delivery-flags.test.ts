import {describe, expect, test} from 'vitest'
import {readDeliveryFlags, type DeliveryFlagValues} from '../../src/cli/flags/delivery.js'

const note = (timeout: string): string =>
  `--timeout ${timeout} is how long to wait; --delivery-timeout sets the time-out of a delivery`

describe('--timeout means two things, and each is found', () => {
  test.each<[string, DeliveryFlagValues, ReturnType<typeof readDeliveryFlags>]>([
    ['nothing given', {}, {delivery: {}}],
    ['ISO 8601 is the delivery`s', {timeout: 'PT10S'}, {delivery: {timeout: 'PT10S'}}],
    ['ISO 8601 stays the delivery`s with --wait', {timeout: 'PT10S', wait: true}, {delivery: {timeout: 'PT10S'}}],
    ['without --wait, 2m is the delivery`s too', {timeout: '2m'}, {delivery: {timeout: '2m'}}],
    ['with --no-wait as well', {timeout: '2m', wait: false}, {delivery: {timeout: '2m'}}],
    [
      'with --wait, 2m is how long to wait',
      {timeout: '2m', wait: true},
      {delivery: {}, waitMs: 120_000, note: note('2m')},
    ],
    ["kn's bare seconds as well", {timeout: '90', wait: true}, {delivery: {}, waitMs: 90_000, note: note('90')}],
    [
      '--wait-timeout leaves --timeout to the delivery',
      {timeout: 'PT10S', wait: true, 'wait-timeout': 5000},
      {delivery: {timeout: 'PT10S'}, waitMs: 5000},
    ],
    [
      '--delivery-timeout is never anything else',
      {timeout: '2m', 'delivery-timeout': 'PT1S', wait: true},
      {delivery: {timeout: 'PT1S'}, waitMs: 120_000, note: note('2m')},
    ],
    [
      'the other flags go through as they are',
      {
        'dl-sink': 'ksvc:x',
        retry: '5',
        'backoff-policy': 'linear',
        'backoff-delay': 'PT1S',
        'retry-after-max': 'PT1M',
        'delivery-format': 'json',
      },
      {
        delivery: {
          dlSink: 'ksvc:x',
          retry: '5',
          backoffPolicy: 'linear',
          backoffDelay: 'PT1S',
          retryAfterMax: 'PT1M',
          deliveryFormat: 'json',
        },
      },
    ],
  ])('%s', (_what, flags, expected) => {
    expect(readDeliveryFlags(flags)).toEqual(expected)
  })

  test('two times to wait contradict each other', () => {
    expect(() => readDeliveryFlags({timeout: '2m', wait: true, 'wait-timeout': 1000})).toThrow(
      '--timeout and --wait-timeout both say how long to wait',
    )
  })
})
