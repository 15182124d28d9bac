import {describe, expect, test} from 'vitest'
import {SflError} from '../../../../src/domain/core/errors.js'
import {readBrokerOptions, type BrokerOptions} from '../../../../src/domain/eventing/broker/options.js'

describe('flags that could never be valid', () => {
  const refusal = (options: Partial<BrokerOptions>): string => {
    try {
      readBrokerOptions({name: 'orders', namespace: 'shop', ...options})
      return 'accepted'
    } catch (error) {
      if (!(error instanceof SflError)) throw error
      return `${error.exitCode} ${error.message}${error.hint === undefined ? '' : ` (${error.hint})`}`
    }
  }
  test.each([
    [
      {name: 'My_Broker'},
      '2 invalid broker name "My_Broker": at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit (DNS-1123 subdomain) (for example: my-broker)',
    ],
    [{name: ''}, '2 broker name is empty'],
    [{labels: ['team']}, '2 invalid label "team": expected KEY=VALUE'],
    [
      {labels: ['a b=c']},
      '2 invalid label key "a b": a name of at most 63 letters, digits, "-", "_" and ".", optionally after a DNS prefix and "/"',
    ],
    [
      {labels: ['team=-x']},
      '2 invalid label value "-x": at most 63 letters, digits, "-", "_" and ".", beginning and ending with a letter or digit',
    ],
    [{labels: ['a=1', 'a=2']}, '2 label "a" is given twice, as "1" and as "2"'],
    [{annotations: ['=x']}, '2 invalid annotation "=x": expected KEY=VALUE'],
    [
      {externalTopic: 'a/b'},
      '2 invalid --external-topic "a/b": a topic\'s name has 1 to 249 letters, digits, ".", "_" and "-"',
    ],
    [
      {className: 'Kafka', annotations: ['eventing.knative.dev/broker.class=X']},
      '2 --class "Kafka" contradicts --annotation eventing.knative.dev/broker.class=X',
    ],
    [
      {name: 'A', retry: 'x'},
      '2 invalid broker name "A": at most 253 lower-case letters, digits, "-" and ".", beginning and ending with a letter or digit (DNS-1123 subdomain)\ninvalid --retry "x": expected a whole number from 0 to 2147483647',
    ],
    [{className: ''}, 'accepted'],
  ])('%j', (options, message) => {
    expect(refusal(options)).toBe(message)
  })
})
