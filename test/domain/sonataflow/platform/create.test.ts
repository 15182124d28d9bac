import {describe, expect, test} from 'vitest'
import {type Plan} from '../../../../src/domain/core/plan.js'
import {
  planClusterPlatformApply,
  planClusterPlatformCreate,
  readClusterPlatformOptions,
} from '../../../../src/domain/sonataflow/cluster-platform/plan.js'
import {planPlatformApply, planPlatformCreate} from '../../../../src/domain/sonataflow/platform/create.js'
import {readPlatformOptions} from '../../../../src/domain/sonataflow/platform/options.js'
import {clusterFacts, facts} from '../facts.js'
import {aClusterPlatform, aPlatform, brokerTo, postgres} from '../platforms.js'

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

describe('platforms', () => {
  const request = readPlatformOptions({name: 'p', namespace: 'shop', broker: 'events'})

  test('are created, and waited for', () => {
    expect(sent(planPlatformCreate(request, {}, facts()))).toEqual(['create'])
    expect(sent(planPlatformCreate(request, {waitMs: 1}, facts())).slice(0, 2)).toEqual(['create', 'wait'])
  })

  test('that exist are refused, or left alone', () => {
    const existing = of({...both, eventing: {broker: brokerTo('events')}})
    expect(codes(planPlatformCreate(request, {}, existing))).toEqual(['SFL-P07'])
    expect(codes(planPlatformCreate(request, {force: true}, existing))).toEqual(['SFL-P07'])
    expect(planPlatformCreate(request, {ifNotExists: true}, existing)).toMatchObject({
      steps: [{verb: 'keep'}],
      findings: [],
    })
  })

  test('beside an active one are refused', () => {
    expect(codes(planPlatformCreate(request, {}, facts({platforms: [aPlatform(both, {name: 'q'})]})))).toEqual([
      'SFL-P02',
    ])
  })

  test('without the CRDs are refused, also when forced', () => {
    expect(codes(planPlatformCreate(request, {force: true}, facts({schema: 'absent'})))).toEqual(['SFL-P01'])
  })

  test('are applied on the server side; emptied parts go whole', () => {
    const managedFields = [
      {manager: 'kubectl-sfl', operation: 'Apply', fieldsV1: {'f:spec': {'f:persistence': {}, 'f:services': {}}}},
    ]
    const before = aPlatform({...both, persistence: {postgresql: postgres()}}, {metadata: {managedFields}})
    const plan = planPlatformApply(
      readPlatformOptions({name: 'p', namespace: 'shop', services: ['none']}),
      {fieldManager: 'kubectl-sfl'},
      facts({platforms: [before]}),
    )
    expect(plan.steps).toMatchObject([{verb: 'apply', drops: ['services', 'persistence'], object: {spec: {}}}])
  })

  test('every fault of the flags is said at once', () => {
    expect(() =>
      readPlatformOptions({
        name: 'A',
        namespace: 'shop',
        services: ['datindex'],
        migration: ['now'],
        sink: ['data-index=x'],
        broker: 'a/b',
        service: 'pg',
      }),
    ).toThrow(
      expect.objectContaining({
        causes: [
          expect.stringContaining('unknown service "datindex"'),
          expect.stringContaining('--migration: there is no service'),
          expect.stringContaining('Data Index sends no events'),
          expect.stringContaining('invalid --broker "a/b"'),
          expect.stringContaining('--secret is needed'),
          expect.stringContaining('invalid platform name "A"'),
        ],
      }),
    )
  })
})

describe('cluster platforms', () => {
  const request = readClusterPlatformOptions({name: 'c', platform: 'services/main', capabilities: ['workflows=']})

  test('are created and applied', () => {
    const plan = planClusterPlatformCreate(request, {}, clusterFacts())
    expect(plan.steps).toMatchObject([
      {
        object: {
          metadata: {name: 'c'},
          spec: {platformRef: {name: 'main', namespace: 'services'}, capabilities: {workflows: []}},
        },
      },
    ])
    expect(codes(plan, 'warning')).toEqual(['SFL-CP06'])
    expect(sent(planClusterPlatformApply(request, {fieldManager: 'kubectl-sfl', waitMs: 1}, clusterFacts()))).toEqual([
      'apply',
      'wait',
    ])
  })

  test('that exist are refused', () => {
    const existing = clusterFacts({clusterPlatforms: [aClusterPlatform()]})
    expect(codes(planClusterPlatformCreate(request, {force: true}, existing))).toEqual(['SFL-CP07'])
  })

  test.each([
    [{platform: 'main'}, 'expected NAMESPACE/NAME'],
    [{platform: 'a/b', capabilities: ['services']}, 'expected workflows=services'],
  ])('the flags %o are refused: %s', (options, words) => {
    expect(() => readClusterPlatformOptions({name: 'c', ...options})).toThrow(words)
  })
})
