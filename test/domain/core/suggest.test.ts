import {expect, test} from 'vitest'
import {didYouMean, suggestions} from '../../../src/domain/core/suggest.js'

const classes = ['Kafka', 'KafkaNamespaced', 'MTChannelBasedBroker']

test.each([
  ['kafka', 'did you mean "Kafka"?'],
  ['Kafak', 'did you mean "Kafka"?'],
  ['MTChannelBroker', 'did you mean "MTChannelBasedBroker"?'],
  ['mtch', 'did you mean "MTChannelBasedBroker"?'],
  ['Rabbit', undefined],
  ['Kafka', undefined],
])('"%s": %s', (word, answer) => {
  expect(didYouMean(word, classes)).toBe(answer)
})

test('the nearest comes first, and no more than three are named', () => {
  expect(suggestions('list', ['lost', 'list', 'lest', 'last', 'wait'])).toEqual(['list', 'lost', 'lest'])
})
