import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {deliveryFields, deliveryFlags, type DeliverySpec} from '../../../../src/domain/eventing/delivery/delivery.js'
import {effectiveDelivery} from '../../../../src/domain/eventing/trigger/delivery.js'

const dead = {uri: 'http://dead.example.com'}
const own = {uri: 'http://own.example.com'}
const broker: DeliverySpec = {
  deadLetterSink: dead,
  retry: 5,
  backoffPolicy: 'linear',
  backoffDelay: 'PT1S',
  timeout: 'PT10S',
}

type Case = [
  title: string,
  className: string | undefined,
  broker: DeliverySpec | undefined,
  trigger: DeliverySpec | undefined,
  effective: DeliverySpec | undefined,
  dropped: string,
]

describe('how the delivery settings of a broker and of its trigger combine', () => {
  test.each<Case>([
    ['MT, trigger without: all of the broker', 'MTChannelBasedBroker', broker, undefined, broker, ''],
    [
      'MT, trigger with retry: only the dead letter sink of the broker remains',
      'MTChannelBasedBroker',
      broker,
      {retry: 2},
      {deadLetterSink: dead, retry: 2},
      'backoff-policy,backoff-delay,timeout',
    ],
    [
      'MT, trigger with a dead letter sink: the retries of the broker are gone',
      'MTChannelBasedBroker',
      broker,
      {deadLetterSink: own},
      {deadLetterSink: own},
      'retry,backoff-policy,backoff-delay,timeout',
    ],
    [
      'MT, empty settings count as settings',
      'MTChannelBasedBroker',
      broker,
      {},
      {deadLetterSink: dead},
      'retry,backoff-policy,backoff-delay,timeout',
    ],
    ['Kafka, trigger without: all of the broker', 'Kafka', broker, undefined, broker, ''],
    [
      'Kafka, trigger with anything: nothing of the broker, not even the dead letter sink',
      'Kafka',
      broker,
      {retry: 2},
      {retry: 2},
      'dl-sink,backoff-policy,backoff-delay,timeout',
    ],
    [
      'Kafka, empty settings: nothing at all',
      'Kafka',
      broker,
      {},
      {},
      'dl-sink,retry,backoff-policy,backoff-delay,timeout',
    ],
    ['Kafka, a complete trigger: nothing is lost', 'Kafka', broker, {...broker, retry: 1}, {...broker, retry: 1}, ''],
    ['KafkaNamespaced, trigger without: all of the broker', 'KafkaNamespaced', broker, undefined, broker, ''],
    [
      'KafkaNamespaced, trigger with retry: its own back-off goes with it, the rest is inherited',
      'KafkaNamespaced',
      broker,
      {retry: 2},
      {deadLetterSink: dead, retry: 2, timeout: 'PT10S'},
      'backoff-policy,backoff-delay',
    ],
    [
      'KafkaNamespaced, trigger with a time-out: all but the policy is inherited',
      'KafkaNamespaced',
      broker,
      {timeout: 'PT2S'},
      {deadLetterSink: dead, retry: 5, backoffDelay: 'PT1S', timeout: 'PT2S'},
      'backoff-policy',
    ],
    [
      'KafkaNamespaced, retry 0 counts as left out, but its back-off is read',
      'KafkaNamespaced',
      broker,
      {retry: 0, backoffPolicy: 'exponential', backoffDelay: 'PT3S'},
      {deadLetterSink: dead, retry: 5, backoffPolicy: 'exponential', backoffDelay: 'PT3S', timeout: 'PT10S'},
      '',
    ],
    [
      'KafkaNamespaced, back-off alone counts as nothing at all',
      'KafkaNamespaced',
      broker,
      {backoffDelay: 'PT3S'},
      broker,
      '',
    ],
    [
      'KafkaNamespaced, a broker whose settings count as nothing',
      'KafkaNamespaced',
      {backoffPolicy: 'linear'},
      {retry: 1},
      {retry: 1},
      'backoff-policy',
    ],
    ['no broker', 'Kafka', undefined, {retry: 1}, {retry: 1}, ''],
    ['neither', 'Kafka', undefined, undefined, undefined, ''],
    ['a broker without, a trigger without', 'MTChannelBasedBroker', undefined, {}, {}, ''],
    [
      'an unknown class is taken for channel-based',
      undefined,
      broker,
      {timeout: 'PT1S'},
      {deadLetterSink: dead, timeout: 'PT1S'},
      'retry,backoff-policy,backoff-delay',
    ],
  ])('%s', (_title, className, theirs, mine, effective, dropped) => {
    const found = effectiveDelivery(className, theirs, mine)
    expect(found.delivery).toEqual(effective)
    expect(found.dropped.join(',')).toBe(dropped)
  })

  const spec = fc.record(
    {
      deadLetterSink: fc.constantFrom(dead, own),
      retry: fc.nat(9),
      backoffPolicy: fc.constantFrom('linear', 'exponential'),
      backoffDelay: fc.constantFrom('PT0S', 'PT1S', 'PT2S'),
      timeout: fc.constantFrom('PT1S', 'PT2S'),
      retryAfterMax: fc.constant('PT5S'),
      format: fc.constantFrom('json', 'binary'),
    },
    {requiredKeys: []},
  )
  const classes = fc.constantFrom('Kafka', 'KafkaNamespaced', 'MTChannelBasedBroker', undefined)
  const maybe = fc.option(spec, {nil: undefined})

  test('every setting in effect is the one of the trigger or of the broker, and is said to be', () => {
    fc.assert(
      fc.property(classes, maybe, maybe, (className, theirs, mine) => {
        const {delivery, from} = effectiveDelivery(className, theirs, mine)
        for (const flag of deliveryFlags) {
          const field = deliveryFields[flag]
          const source = from[flag] === 'trigger' ? mine : from[flag] === 'broker' ? theirs : undefined
          expect(delivery?.[field]).toEqual(source?.[field])
        }
      }),
    )
  })

  test('a trigger that repeats every setting of its broker loses none, in any class', () => {
    fc.assert(
      fc.property(classes, spec, spec, (className, theirs, mine) => {
        expect(effectiveDelivery(className, theirs, {...theirs, ...mine}).dropped).toEqual([])
      }),
    )
  })
})
