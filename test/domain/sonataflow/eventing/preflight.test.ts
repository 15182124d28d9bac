import {expect, test} from 'vitest'
import {aReadyBroker} from '../facts.js'
import {brokerTo} from '../platforms.js'
import {both, withDatabase, withBroker, pod, autoscaler, triggersOf, fine, saidBy, type JudgedCase} from '../judging.js'

const cases: readonly JudgedCase[] = [
  [
    'SFL-E01',
    'error',
    'Knative Eventing is not installed',
    {spec: withBroker, facts: {knativeInstalled: false}},
    {spec: withDatabase, facts: {knativeInstalled: false}},
  ],
  [
    'SFL-E02',
    'error',
    'broker events does not exist in namespace shop',
    {spec: withBroker, facts: {brokers: {'shop/events': 'absent'}}},
    fine,
  ],
  [
    'SFL-E03',
    'warning',
    'broker events is not ready (NoTopic)',
    {spec: withBroker, facts: {brokers: {'shop/events': aReadyBroker('events', {ready: 'False'})}}},
    fine,
  ],
  [
    'SFL-E04',
    'warning',
    'is of class MTChannelBasedBroker, which is not for production',
    {spec: withBroker, facts: {brokers: {'shop/events': aReadyBroker('events', {className: 'MTChannelBasedBroker'})}}},
    {spec: withBroker, facts: {brokers: {'shop/events': aReadyBroker('events', {className: 'KafkaNamespaced'})}}},
  ],
  [
    'SFL-E05',
    'error',
    '9 triggers still reference the previous broker',
    {spec: withBroker, facts: triggersOf(withBroker, 'old')},
    {spec: withBroker, facts: triggersOf(withBroker, 'events')},
  ],
  [
    'SFL-E05',
    'warning',
    '9 triggers of the former broker are deleted',
    {spec: withBroker, facts: triggersOf(withBroker, 'old'), options: {planned: true}},
    fine,
  ],
  [
    'SFL-E06',
    'warning',
    'each of 9 triggers is missing',
    {spec: withBroker, options: {links: true}},
    {spec: withBroker, facts: triggersOf(withBroker, 'events'), options: {links: true}},
  ],
  [
    'SFL-E06',
    'warning',
    'waits for its sink with 0 replicas',
    {spec: withBroker, options: {links: true}},
    {spec: withBroker, facts: {sinkBinding: 'forbidden', triggers: 'forbidden'}, options: {links: true}},
  ],
  [
    'SFL-E07',
    'error',
    'the operator fails over it',
    {spec: {...withDatabase, eventing: {broker: {uri: 'http://x'}}}},
    fine,
  ],
  [
    'SFL-E07',
    'error',
    'names a Service of v1',
    {spec: {...withDatabase, eventing: {broker: {ref: {apiVersion: 'v1', kind: 'Service', name: 'x'}}}}},
    fine,
  ],
  [
    'SFL-E08',
    'warning',
    'is in namespace hub',
    {spec: {...withDatabase, eventing: {broker: brokerTo('events', 'hub')}}},
    fine,
  ],
  [
    'SFL-E09',
    'error',
    'has no sink',
    {spec: {services: {dataIndex: {enabled: true}, jobService: {enabled: true, source: brokerTo('events')}}}},
    fine,
  ],
  [
    'SFL-E09',
    'warning',
    'no source',
    {spec: {services: {dataIndex: {enabled: true}, jobService: {enabled: true, sink: brokerTo('events')}}}},
    fine,
  ],
  [
    'SFL-PT01',
    'warning',
    '3 are written and ignored',
    {spec: pod({replicas: 3}, 'jobService')},
    {spec: pod({replicas: 3})},
  ],
  [
    'SFL-PT02',
    'warning',
    'KOGITO_DATA_INDEX_QUARKUS_PROFILE of Data Index',
    {spec: pod({container: {env: [{name: 'KOGITO_DATA_INDEX_QUARKUS_PROFILE', value: 'x'}]}})},
    {spec: pod({container: {env: [{name: 'MINE', value: 'x'}]}})},
  ],
  [
    'SFL-PT03',
    'error',
    'is dropped, with its variables A',
    {spec: pod({containers: [{name: 'data-index-service', env: [{name: 'A'}]}]})},
    {spec: pod({containers: [{name: 'side'}]})},
  ],
  [
    'SFL-PT04',
    'warning',
    "podTemplate.volumes of Data Index replaces the operator's",
    {spec: pod({volumes: []})},
    {spec: pod({nodeSelector: {}})},
  ],
  [
    'SFL-PT05',
    'warning',
    'decides how many replicas Data Index has',
    {spec: both, facts: autoscaler('p-data-index-service')},
    {spec: both, facts: autoscaler('x')},
  ],
  [
    'SFL-PT05',
    'warning',
    'fight over the Job Service',
    {spec: both, facts: autoscaler('p-jobs-service')},
    {spec: both},
  ],
  [
    'SFL-PT06',
    'warning',
    'no disruption budget for the Job Service',
    {spec: pod({podDisruptionBudget: {minAvailable: 1}}, 'jobService')},
    {spec: pod({replicas: 2, podDisruptionBudget: {minAvailable: 1}})},
  ],
  [
    'SFL-PT06',
    'warning',
    'is not made with 1 replica',
    {spec: pod({podDisruptionBudget: {minAvailable: 1}})},
    {spec: pod({podDisruptionBudget: {minAvailable: 1}}), facts: autoscaler('p-data-index-service')},
  ],
  [
    'SFL-PT06',
    'warning',
    'only minAvailable counts',
    {spec: pod({replicas: 2, podDisruptionBudget: {minAvailable: 1, maxUnavailable: 1}})},
    fine,
  ],
  ['SFL-PT07', 'warning', 'runs mine:1, also after an upgrade', {spec: pod({container: {image: 'mine:1'}})}, fine],
]

test.each(cases)('%s, %s: %s', (code, level, words, fires, silent) => {
  expect(saidBy(code, level, fires).join('\n')).toContain(words)
  expect(saidBy(code, level, silent).filter((message) => message.includes(words))).toEqual([])
})
