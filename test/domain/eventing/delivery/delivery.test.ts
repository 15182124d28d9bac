import {describe, expect, test} from 'vitest'
import {SflError} from '../../../../src/domain/core/errors.js'
import {
  mergeDelivery,
  parseUnset,
  readDelivery,
  sameDelivery,
  unsetDelivery,
  type DeliveryOptions,
} from '../../../../src/domain/eventing/delivery/delivery.js'
import {humanPause, retrySchedule} from '../../../../src/domain/eventing/delivery/retry-schedule.js'

const refusal = (run: () => unknown): string => {
  try {
    return `accepted: ${JSON.stringify(run())}`
  } catch (error) {
    if (!(error instanceof SflError)) throw error
    return error.message
  }
}

describe('delivery flags', () => {
  test('become checked settings, with a note for what was rewritten', () => {
    expect(
      readDelivery(
        {
          dlSink: 'letters',
          retry: '5',
          backoffPolicy: 'exponential',
          backoffDelay: '1s',
          timeout: 'PT3600S',
          retryAfterMax: 'PT0S',
          deliveryFormat: 'json',
        },
        'shop',
      ),
    ).toEqual({
      settings: {
        deadLetterSink: {
          ref: {
            apiVersion: 'serving.knative.dev/v1',
            kind: 'Service',
            resource: 'services',
            name: 'letters',
            namespace: 'shop',
          },
        },
        retry: 5,
        backoffPolicy: 'exponential',
        backoffDelay: 'PT1S',
        timeout: 'PT1H',
        retryAfterMax: 'PT0S',
        format: 'json',
      },
      findings: [
        {
          code: 'SFL-D04',
          level: 'note',
          message: '--backoff-delay 1s is written as PT1S: the API takes ISO 8601 durations',
        },
        {
          code: 'SFL-D04',
          level: 'note',
          message: '--timeout PT3600S is written as PT1H: the Kafka controller refuses a component above 3276',
        },
      ],
    })
  })

  test.each<[DeliveryOptions, string]>([
    [{retry: -1}, 'invalid --retry "-1": it is a count and cannot be negative'],
    [{retry: '2147483648'}, 'invalid --retry "2147483648": expected a whole number from 0 to 2147483647'],
    [{retry: 'abc'}, 'invalid --retry "abc": expected a whole number from 0 to 2147483647'],
    [
      {backoffPolicy: 'Linear'},
      'invalid --backoff-policy "Linear": expected linear or exponential, did you mean "linear"?',
    ],
    [{timeout: 'PT0S'}, 'invalid --timeout "PT0S": it must be longer than zero'],
    [{deliveryFormat: 'xml'}, 'invalid --delivery-format "xml": expected json or binary'],
    [{dlSink: ''}, '--dl-sink is empty'],
    [
      {retry: 'x', backoffPolicy: 'y'},
      'invalid --retry "x": expected a whole number from 0 to 2147483647\ninvalid --backoff-policy "y": expected linear or exponential',
    ],
  ])('%j is refused', (options, message) => {
    expect(refusal(() => readDelivery(options, 'shop'))).toBe(message)
  })

  test('settings are merged over what is there, unknown fields included, and removed by flag', () => {
    const stored = {retry: 3, backoffDelay: 'PT1S', deadLetterSink: {uri: 'http://h'}, futureField: 1}
    expect(mergeDelivery(stored, {retry: 5})).toEqual({...stored, retry: 5})
    expect(unsetDelivery(stored, ['dl-sink', 'backoff-delay'])).toEqual({retry: 3, futureField: 1})
    expect(unsetDelivery(undefined, ['retry'])).toBeUndefined()
    expect(sameDelivery({a: 1, b: {c: [1]}}, {b: {c: [1]}, a: 1})).toBe(true)
    expect(sameDelivery({a: 1}, {a: 2})).toBe(false)
  })

  test.each([
    ['dl-sink', {delivery: 'dl-sink'}],
    ['deadLetterSink', {delivery: 'dl-sink'}],
    ['delivery', {delivery: 'all'}],
    ['label:team', {label: 'team'}],
    ['annotation:a.b/c', {annotation: 'a.b/c'}],
  ])('--unset %s', (text, unset) => {
    expect(parseUnset(text)).toEqual(unset)
  })

  test.each([
    ['retyr', 'invalid --unset "retyr": no such field, did you mean "retry"?'],
    ['class', 'invalid --unset "class": class and config of a broker cannot be changed'],
    ['label:', 'invalid --unset "label:": expected label:KEY'],
  ])('--unset %s is refused', (text, message) => {
    expect(refusal(() => parseUnset(text))).toBe(message)
  })
})

describe('the retry schedule in plain words', () => {
  const letters = {
    ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'dead-letters', namespace: 'shop'},
  }
  test.each([
    [
      {retry: 5, backoffPolicy: 'exponential', backoffDelay: 'PT1S', deadLetterSink: letters},
      'Kafka',
      '5 retries after 2 s, 4 s, 8 s, 16 s, 32 s, then to ksvc:dead-letters',
    ],
    [
      {retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT0.5S'},
      'Kafka',
      '3 retries after 500 ms, 1 s, 1.5 s; events that cannot be delivered are dropped',
    ],
    [{retry: 1}, 'Kafka', '1 retry after 400 ms; events that cannot be delivered are dropped'],
    [{retry: 2}, 'KafkaNamespaced', '2 retries after 2 s, 4 s; events that cannot be delivered are dropped'],
    [
      {retry: 2, backoffDelay: 'PT1S'},
      'MTChannelBasedBroker',
      '2 retries at once, without a pause; events that cannot be delivered are dropped',
    ],
    [
      {retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S'},
      'MTChannelBasedBroker',
      '10 retries after 400 ms, 800 ms, 1.6 s, 3.2 s, … 3 min 25 s (6 min 49 s in all); events that cannot be delivered are dropped',
    ],
    [
      {retry: 100, backoffPolicy: 'exponential', backoffDelay: 'PT1S'},
      'Kafka',
      '100 retries after 2 s, 4 s, 8 s, 16 s, … more than a year; events that cannot be delivered are dropped',
    ],
    [
      {retry: 7, backoffPolicy: 'linear', backoffDelay: 'PT1H', deadLetterSink: {uri: 'http://h/x'}},
      'Kafka',
      '7 retries after 1 h, 2 h, 3 h, 4 h, … 7 h (28 h in all), then to http://h/x',
    ],
    [{deadLetterSink: letters}, 'Kafka', 'no retries; events that cannot be delivered go to ksvc:dead-letters'],
    [undefined, 'Kafka', 'no retries; events that cannot be delivered are dropped'],
  ])('%j of class %s', (delivery, className, text) => {
    expect(retrySchedule(delivery, className, 'shop').text).toBe(text)
  })

  test('the numbers come with it', () => {
    expect(retrySchedule({retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'}, 'Kafka', 'shop')).toEqual({
      retries: 3,
      pausesMs: [1000, 2000, 3000],
      totalMs: 6000,
      text: '3 retries after 1 s, 2 s, 3 s; events that cannot be delivered are dropped',
    })
  })

  test.each([
    [400, '400 ms'],
    [119_900, '119.9 s'],
    [120_000, '2 min'],
    [205_000, '3 min 25 s'],
    [7_500_000, '2 h 5 min'],
    [345_600_000, '4 d'],
  ])('%d ms is %s', (ms, text) => {
    expect(humanPause(ms)).toBe(text)
  })
})
