import {describe, expect, test} from 'vitest'
import {type Plan} from '../../../../src/domain/core/plan.js'
import {
  parseBrokerReference,
  parseSinkReference,
} from '../../../../src/domain/sonataflow/eventing/destination-options.js'
import {
  planEventingPrune,
  planEventingSet,
  planEventingUnset,
  readEventingOptions,
} from '../../../../src/domain/sonataflow/eventing/edit.js'
import {expectedChildren} from '../../../../src/domain/sonataflow/workload/expected.js'
import {aReadyBroker, facts} from '../facts.js'
import {aPlatform, brokerTo} from '../platforms.js'

const both = {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}
const of = (spec: object, changes: Parameters<typeof facts>[0] = {}) => {
  const platform = aPlatform(spec)
  return {...facts({platforms: [platform], ...changes}), platform}
}
/** The merge patch, or `unchanged`; and what else is done. */
const sent = ({steps}: Plan): unknown[] =>
  steps.map((step) => {
    if (step.verb === 'patch') return step.patch.spec
    if (step.verb === 'keep') return 'unchanged'
    return step.verb === 'delete' ? `delete ${step.ref.kind} ${step.ref.namespace}/${step.ref.name}` : step.verb
  })
const codes = ({findings}: Plan, level = 'error'): string[] =>
  findings.filter((one) => one.level === level).map(({code}) => code)

describe('eventing', () => {
  const withBroker = {...both, eventing: {broker: brokerTo('events')}}
  const made = (spec: object) => {
    const children = expectedChildren({platform: aPlatform(spec)}, {'shop/events': aReadyBroker('events')})
    return {triggers: children.triggers, sinkBinding: children.sinkBinding ?? ('absent' as const)}
  }
  const request = readEventingOptions({broker: 'orders'})

  test('sets the broker of the platform, and what was in the reference goes', () => {
    expect(sent(planEventingSet(request, {}, of(both)))).toEqual([
      {eventing: {broker: {ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders'}}}},
    ])
    expect(sent(planEventingSet(request, {}, of({...both, eventing: {broker: brokerTo('events', 'hub')}})))).toEqual([
      {eventing: {broker: {ref: {name: 'orders', namespace: null}}}},
    ])
  })

  test('another broker: the nine triggers are deleted after the patch, because they cannot be changed', () => {
    const plan = planEventingSet(
      request,
      {},
      of(withBroker, {...made(withBroker), brokers: {'shop/orders': aReadyBroker('orders')}}),
    )
    const [patch, ...rest] = sent(plan)
    expect(patch).toEqual({eventing: {broker: {ref: {name: 'orders'}}}})
    expect(rest).toHaveLength(9)
    expect(rest[6]).toBe('delete Trigger shop/data-index-jobs-fbf285df-c0a4-4545-b77a-c232ec2890e2')
    expect([codes(plan), codes(plan, 'warning')]).toEqual([[], expect.arrayContaining(['SFL-E05'])])
  })

  test('the same broker again: nothing is done', () => {
    expect(
      sent(planEventingSet(readEventingOptions({broker: 'events'}), {}, of(withBroker, made(withBroker)))),
    ).toEqual(['unchanged'])
  })

  test('no broker any more: triggers and SinkBinding go as well', () => {
    const steps = sent(planEventingUnset(undefined, {}, of(withBroker, made(withBroker))))
    expect(steps[0]).toEqual({eventing: null})
    expect(steps).toHaveLength(11)
    expect(steps.at(-1)).toBe('delete SinkBinding shop/p-jobs-service-sb')
  })

  test('a service keeps its own settings apart', () => {
    const options = readEventingOptions({service: 'jobService', source: 'in:hub', sink: 'http://x'})
    expect(sent(planEventingSet(options, {}, of(both)))).toEqual([
      {
        services: {
          jobService: {
            source: {ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'in', namespace: 'hub'}},
            sink: {uri: 'http://x'},
          },
        },
      },
    ])
    const spec = {services: {jobService: {enabled: true, source: brokerTo('in'), sink: brokerTo('out')}}}
    expect(sent(planEventingUnset('jobService', {}, of(spec)))).toEqual([
      {services: {jobService: {source: null, sink: null}}},
    ])
    expect(sent(planEventingUnset('dataIndex', {}, of(spec)))).toEqual(['unchanged'])
  })

  test('prunes what only a deletion brings right', () => {
    expect(planEventingPrune(of(withBroker, made(withBroker))).steps).toMatchObject([{verb: 'keep'}])
    expect(sent(planEventingPrune(of(both, made(withBroker))))).toHaveLength(10)
  })

  test.each([
    [{}, 'nothing to set'],
    [{source: 'x'}, 'belong to a service'],
    [{service: 'dataIndex' as const, broker: 'x'}, '--broker is for the whole platform; data-index has --source'],
    [{service: 'dataIndex' as const, sink: 'x'}, 'Data Index sends no events'],
    [{broker: 'ksvc:x:y'}, 'expected the NAME[:NAMESPACE] of a broker'],
    [{broker: 'X'}, 'invalid name in --broker'],
  ])('the flags %o are refused: %s', (options, words) => {
    expect(() => readEventingOptions(options)).toThrow(words)
  })

  test('a broker is named with or without its kind and namespace', () => {
    expect(parseBrokerReference('broker:x:y', '--broker')).toEqual(parseBrokerReference('x:y', '--broker'))
    expect(() => parseBrokerReference('http://x', '--broker')).toThrow('of a broker')
    expect(parseSinkReference('http://x/y', '--sink')).toEqual({uri: 'http://x/y'})
  })
})
