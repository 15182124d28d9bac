import {describe, expect, test} from 'vitest'
import {deliveryFlags} from '../../../../src/domain/eventing/delivery/delivery.js'
import {subscriptionDelivery} from '../../../../src/domain/eventing/subscription/delivery.js'

const dead = {uri: 'http://dead.example.com'}
const other = {uri: 'http://other.example.com'}
const full = {deadLetterSink: dead, retry: 5, backoffPolicy: 'linear', backoffDelay: 'PT1S'}

describe('how the delivery settings of a subscription and its channel combine', () => {
  test.each<[string, boolean, object | undefined, object | undefined, object | undefined, string, string]>([
    ['neither has any', false, undefined, undefined, undefined, '', ''],
    ['only the channel', false, undefined, full, full, 'dl-sink retry backoff-policy backoff-delay', ''],
    ['only the subscription', false, {retry: 1}, undefined, {retry: 1}, '', ''],
    [
      'both: own retries, and the dead letter sink of the channel',
      false,
      {retry: 1},
      full,
      {retry: 1, deadLetterSink: dead},
      'dl-sink',
      'backoff-policy backoff-delay',
    ],
    [
      'both: own dead letter sink, and no retries at all',
      false,
      {deadLetterSink: other},
      full,
      {deadLetterSink: other},
      '',
      'retry backoff-policy backoff-delay',
    ],
    [
      'an empty one counts as one',
      false,
      {},
      full,
      {deadLetterSink: dead},
      'dl-sink',
      'retry backoff-policy backoff-delay',
    ],
    [
      'a KafkaChannel fills in every field that is left out',
      true,
      {retry: 1},
      full,
      {retry: 1, deadLetterSink: dead, backoffPolicy: 'linear', backoffDelay: 'PT1S'},
      'dl-sink backoff-policy backoff-delay',
      '',
    ],
  ])('%s', (_case, kafka, own, channel, expected, inherited, dropped) => {
    const result = subscriptionDelivery(own, channel, kafka)
    expect(result.delivery).toEqual(expected)
    const present = deliveryFlags.filter((flag) => inherited.split(' ').includes(flag))
    for (const flag of present) expect(result.from(flag)).toBe('channel')
    if (own !== undefined && 'retry' in own) expect(result.from('retry')).toBe('subscription')
    expect(result.dropped.join(' ')).toBe(dropped)
  })
})
