import {describe, expect, test} from 'vitest'
import {type ClusterContext} from '../../../../src/domain/sonataflow/effective/effective.js'
import {clusterPlatformRows, workflowRows} from '../../../../src/domain/sonataflow/effective/rows.js'
import {effectiveClusterPlatform, stanceOf} from '../../../../src/domain/sonataflow/effective/cluster.js'
import {effectiveWorkflow} from '../../../../src/domain/sonataflow/effective/workflow.js'
import {activePlatform} from '../../../../src/domain/sonataflow/model.js'
import {activeClusterPlatform} from '../../../../src/domain/sonataflow/workflow/model.js'
import {aClusterPlatform, aPlatform, aWorkflow, brokerTo, postgres} from '../platforms.js'

const main = (spec: object): ClusterContext['platform'] => aPlatform(spec, {name: 'main', namespace: 'services'})
const both = {services: {dataIndex: {}, jobService: {}}}
const clusterOf = (spec: object, capabilities?: string[]): ClusterContext => ({
  clusterPlatform: aClusterPlatform(capabilities === undefined ? {} : {capabilities: {workflows: capabilities}}),
  platform: main(spec),
})

describe('what a workflow uses', () => {
  const events = {flow: {states: [], events: [{name: 'e', type: 'order.placed', kind: 'consumed'}]}}
  const told = (
    spec: object,
    setting: string,
    {
      platform,
      cluster,
      annotations,
    }: {platform?: object; cluster?: ClusterContext; annotations?: Record<string, string>},
  ): string => {
    const workflow = aWorkflow(spec, annotations === undefined ? {} : {annotations})
    const rows = workflowRows(
      effectiveWorkflow(workflow, {
        ...(platform === undefined ? {} : {platform: aPlatform(platform)}),
        ...(cluster === undefined ? {} : {cluster}),
      }),
    )
    const row = rows.find((one) => one.setting === setting)
    return row === undefined ? 'none' : `${row.value} ← ${row.from}`
  }
  const dev = {'sonataflow.org/profile': 'dev'}
  const broker = {eventing: {broker: brokerTo('events')}}
  test.each<[string, object, string, Parameters<typeof told>[2], string]>([
    ['profile', {}, 'profile', {platform: {}}, 'preview ← operator default'],
    [
      'profile prod',
      {},
      'profile',
      {annotations: {'sonataflow.org/profile': 'prod'}},
      'preview ← operator default (profile prod is taken for it)',
    ],
    [
      'profile gitops',
      {},
      'profile',
      {annotations: {'sonataflow.org/profile': 'gitops'}},
      'gitops ← metadata.annotations[sonataflow.org/profile]',
    ],
    [
      'profile of an image',
      {podTemplate: {container: {image: 'w:1'}}},
      'profile',
      {},
      'gitops ← spec.podTemplate.container.image',
    ],
    [
      'dev stays dev',
      {podTemplate: {container: {image: 'w:1'}}},
      'profile',
      {annotations: dev},
      'dev ← metadata.annotations[sonataflow.org/profile]',
    ],
    ['platform', {}, 'platform', {platform: {}}, 'p ← metadata.name of SonataFlowPlatform shop/p'],
    [
      'no platform',
      {},
      'platform',
      {},
      'sonataflow-platform ← operator default (the operator creates it, without services)',
    ],
    ['a service', {}, 'data-index', {platform: both}, 'http://p-data-index-service.shop ← operator default'],
    [
      'a disabled service',
      {},
      'data-index',
      {platform: {services: {dataIndex: {enabled: false}}}},
      'not connected ← spec.services.dataIndex.enabled of SonataFlowPlatform shop/p',
    ],
    [
      'a service of the cluster',
      {},
      'job-service',
      {platform: {}, cluster: clusterOf(both)},
      'http://main-jobs-service.services ← spec.services.jobService of SonataFlowPlatform services/main',
    ],
    [
      'a service of the cluster in a namespace without platform',
      {},
      'job-service',
      {cluster: clusterOf(both)},
      'http://main-jobs-service.services ← spec.services.jobService of SonataFlowPlatform services/main',
    ],
    [
      'a service and profile dev',
      {},
      'data-index',
      {platform: both, annotations: dev},
      'not connected ← operator default (workflows of profile dev are not connected)',
    ],
    ['no database', {}, 'workflow.persistence', {platform: {}}, 'none ← operator default (in memory)'],
    [
      'the database of the platform',
      {},
      'workflow.database.jdbc-url',
      {platform: {persistence: {postgresql: postgres()}}},
      'jdbc:postgresql://pg.shop:5432/sonataflow?currentSchema=greet ← spec.persistence.postgresql.serviceRef of SonataFlowPlatform shop/p',
    ],
    [
      'an empty persistence keeps it away',
      {persistence: {}},
      'workflow.persistence',
      {platform: {persistence: {postgresql: postgres()}}},
      'none ← spec.persistence',
    ],
    [
      'a database of its own',
      {persistence: {postgresql: postgres({databaseSchema: 's'})}},
      'workflow.database.schema',
      {platform: {persistence: {postgresql: postgres()}}},
      's ← spec.persistence.postgresql.serviceRef.databaseSchema',
    ],
    [
      'the database of the cluster is not inherited',
      {},
      'workflow.persistence',
      {platform: {}, cluster: clusterOf({...both, persistence: {postgresql: postgres()}})},
      'none ← operator default (in memory)',
    ],
    [
      'a database and profile dev',
      {},
      'workflow.persistence',
      {platform: {persistence: {postgresql: postgres()}}, annotations: dev},
      'none ← operator default (profile dev)',
    ],
    ['a sink of its own', {sink: brokerTo('own')}, 'sink', {platform: broker}, 'broker shop/own ← spec.sink.ref'],
    [
      'the broker of the platform',
      {},
      'sink',
      {platform: broker, cluster: clusterOf({eventing: {broker: brokerTo('hub')}})},
      'broker shop/events ← spec.eventing.broker.ref of SonataFlowPlatform shop/p',
    ],
    [
      'the broker of the cluster',
      {},
      'sink',
      {platform: {}, cluster: clusterOf({eventing: {broker: brokerTo('hub')}})},
      'broker services/hub ← spec.eventing.broker.ref of SonataFlowPlatform services/main',
    ],
    [
      'the broker of the cluster, whatever its capabilities',
      {},
      'sink',
      {platform: {}, cluster: clusterOf({eventing: {broker: brokerTo('hub')}}, [])},
      'broker services/hub ← spec.eventing.broker.ref of SonataFlowPlatform services/main',
    ],
    [
      'the broker of the cluster beside services of its own: the two halves do not meet',
      {},
      'sink',
      {platform: both, cluster: clusterOf({...both, eventing: {broker: brokerTo('hub')}})},
      'broker services/hub ← spec.eventing.broker.ref of SonataFlowPlatform services/main',
    ],
    ['no broker at all', {}, 'sink', {platform: {}}, 'direct HTTP ← operator default (direct HTTP)'],
    ['no eventing in profile dev', {}, 'sink', {platform: broker, annotations: dev}, 'none'],
    [
      'where events come from',
      events,
      'source.order.placed',
      {platform: broker},
      'broker shop/events ← spec.eventing.broker.ref of SonataFlowPlatform shop/p',
    ],
    [
      'a source of its own',
      {...events, sources: [{eventType: 'order.placed', ...brokerTo('own', 'o')}]},
      'source.order.placed',
      {platform: broker},
      'broker o/own ← spec.sources[0].ref',
    ],
    [
      'a source for another type',
      {...events, sources: [{eventType: 'x', ...brokerTo('own', 'o')}]},
      'source.order.placed',
      {platform: broker},
      'broker shop/events ← spec.eventing.broker.ref of SonataFlowPlatform shop/p',
    ],
  ])('%s', (_, spec, setting, context, expected) => {
    expect(told(spec, setting, context)).toBe(expected)
  })
})

describe('which platform counts', () => {
  const duplicated = {conditions: [{type: 'Succeed', status: 'False', reason: 'Duplicated'}]}
  const secondary = {'sonataflow.org/secondary.platform': 'true'}

  test('the first that is neither secondary nor a duplicate', () => {
    const platforms = [
      aPlatform({}, {name: 'a', status: duplicated}),
      aPlatform({}, {name: 'b', annotations: secondary}),
      aPlatform({}, {name: 'd', status: {}}),
      aPlatform({}, {name: 'e'}),
    ]
    expect(activePlatform(platforms)?.name).toBe('d')
    expect(activePlatform(platforms.slice(0, 2))).toBeUndefined()
  })

  test('a cluster platform only when it is ready', () => {
    const failed = {conditions: [{type: 'Succeed', status: 'False', reason: 'PlatformNotFound'}]}
    expect(
      activeClusterPlatform([
        aClusterPlatform({}, {name: 'a', status: failed}),
        aClusterPlatform({}, {name: 'b', annotations: secondary}),
        aClusterPlatform({}, {name: 'c', status: {}}),
        aClusterPlatform({}, {name: 'd'}),
      ])?.name,
    ).toBe('d')
  })

  test('a cluster platform tells what it shares', () => {
    const one = aClusterPlatform()
    const platform = aPlatform({services: {dataIndex: {}}}, {name: 'main', namespace: 'services'})
    const effective = effectiveClusterPlatform(one, [one], platform)
    expect(effective.active).toBe(true)
    expect(clusterPlatformRows(effective).map(({setting, value, from}) => `${setting}: ${value} ← ${from}`)).toEqual([
      'platform: services/main ← spec.platformRef',
      'capabilities: services ← operator default',
      'data-index: http://main-data-index-service.services ← spec.platformRef',
      'job-service: not shared ← operator default',
    ])
    const none = aClusterPlatform({capabilities: {workflows: []}})
    expect(effectiveClusterPlatform(none, [none], platform).urls).toEqual({})
    expect(effectiveClusterPlatform(one, [none], 'forbidden').urls).toEqual({})
  })

  test.each([
    [{}, {}, 'uses'],
    [{services: {}}, {}, 'overrides'],
    [{}, {capabilities: {workflows: []}}, 'overrides'],
  ])('a namespace with %o stands to %o as one that %s it', (spec, cluster, stance) => {
    expect(stanceOf(aPlatform(spec), aClusterPlatform(cluster))).toBe(stance)
  })

  test('the platform that is named gives', () => {
    expect(stanceOf(aPlatform({}, {name: 'main', namespace: 'services'}), aClusterPlatform())).toBe('gives')
  })
})
