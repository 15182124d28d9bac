import {describe, expect, test} from 'vitest'
import {
  effectiveService,
  type ClusterContext,
  type PlatformContext,
} from '../../../../src/domain/sonataflow/effective/effective.js'
import {platformRows, withLive} from '../../../../src/domain/sonataflow/effective/rows.js'
import {originText} from '../../../../src/domain/sonataflow/origin.js'
import {aClusterPlatform, aPlatform, postgres} from '../platforms.js'

const main = (spec: object): ClusterContext['platform'] => aPlatform(spec, {name: 'main', namespace: 'services'})
const both = {services: {dataIndex: {}, jobService: {}}}
const clusterOf = (spec: object, capabilities?: string[]): ClusterContext => ({
  clusterPlatform: aClusterPlatform(capabilities === undefined ? {} : {capabilities: {workflows: capabilities}}),
  platform: main(spec),
})

/** `value ← origin` of the rows asked for. */
const rowsFor = (spec: object, settings: readonly string[], context: Partial<PlatformContext> = {}): string[] => {
  const rows = platformRows({platform: aPlatform(spec), ...context})
  return settings.map((setting) => {
    const row = rows.find((one) => one.setting === setting)
    return row === undefined ? 'none' : `${row.value} ← ${row.from}`
  })
}

describe('which services a namespace has', () => {
  const statusWith = (urls: object): object => ({
    conditions: [{type: 'Succeed', status: 'True'}],
    clusterPlatformRef: {name: 'c', platformRef: {name: 'main', namespace: 'services'}, services: urls},
  })
  const indexUrl = {dataIndexRef: {url: 'http://main-data-index-service.services'}}
  test.each<[string, object, ClusterContext | undefined, object | undefined, string, string]>([
    ['no services at all', {}, undefined, undefined, 'none false -', 'none false -'],
    [
      'both stanzas, empty',
      both,
      undefined,
      undefined,
      'local true http://p-data-index-service.shop',
      'local true http://p-jobs-service.shop',
    ],
    [
      'enabled written out',
      {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}},
      undefined,
      undefined,
      'local true http://p-data-index-service.shop',
      'local true http://p-jobs-service.shop',
    ],
    [
      'one disabled: deployed, but not for workflows',
      {services: {dataIndex: {enabled: false}, jobService: {}}},
      undefined,
      undefined,
      'local false -',
      'local true http://p-jobs-service.shop',
    ],
    [
      'one stanza only',
      {services: {dataIndex: {}}},
      undefined,
      undefined,
      'local true http://p-data-index-service.shop',
      'none false -',
    ],
    ['empty services', {services: {}}, clusterOf(both), undefined, 'none false -', 'none false -'],
    [
      'services of the cluster',
      {},
      clusterOf(both),
      undefined,
      'cluster true http://main-data-index-service.services',
      'cluster true http://main-jobs-service.services',
    ],
    [
      'services of the cluster, one disabled there',
      {},
      clusterOf({services: {dataIndex: {}, jobService: {enabled: false}}}),
      undefined,
      'cluster true http://main-data-index-service.services',
      'none false -',
    ],
    [
      'a cluster platform with the capability named',
      {},
      clusterOf(both, ['services']),
      undefined,
      'cluster true http://main-data-index-service.services',
      'cluster true http://main-jobs-service.services',
    ],
    ['a cluster platform without capabilities', {}, clusterOf(both, []), undefined, 'none false -', 'none false -'],
    ['a cluster platform whose platform has no services', {}, clusterOf({}), undefined, 'none false -', 'none false -'],
    [
      'own Data Index turns the Job Service of the cluster off',
      {services: {dataIndex: {}}},
      clusterOf(both),
      undefined,
      'local true http://p-data-index-service.shop',
      'none false -',
    ],
    [
      'disabled own services do not let those of the cluster in',
      {services: {dataIndex: {enabled: false}, jobService: {enabled: false}}},
      clusterOf(both),
      undefined,
      'local false -',
      'local false -',
    ],
    [
      'what the status says counts, also when the cluster platform cannot be read (no permission)',
      {},
      undefined,
      statusWith(indexUrl),
      'cluster true http://main-data-index-service.services',
      'none false -',
    ],
    [
      'the status does not count beside services of its own',
      {services: {jobService: {}}},
      undefined,
      statusWith(indexUrl),
      'none false -',
      'local true http://p-jobs-service.shop',
    ],
    [
      'the platform of the cluster cannot be read (no permission) and the status is silent',
      {},
      {clusterPlatform: aClusterPlatform(), platform: 'forbidden'},
      undefined,
      'none false -',
      'none false -',
    ],
  ])('%s', (_, spec, cluster, status, dataIndex, jobService) => {
    const platform = aPlatform(spec, status === undefined ? {} : {status})
    const context = {platform, ...(cluster === undefined ? {} : {cluster})}
    const told = (key: 'dataIndex' | 'jobService'): string => {
      const {scope, enabled, url} = effectiveService(key, context)
      return `${scope} ${enabled.value} ${url?.value ?? '-'}`
    }
    expect([told('dataIndex'), told('jobService')]).toEqual([dataIndex, jobService])
  })

  test.each<[string, object, ClusterContext | undefined, string]>([
    ['written', {services: {dataIndex: {enabled: true}}}, undefined, 'spec.services.dataIndex.enabled'],
    ['not written', {services: {dataIndex: {}}}, undefined, 'operator default'],
    [
      'of the cluster, written there',
      {},
      clusterOf({services: {dataIndex: {enabled: true}}}),
      'spec.services.dataIndex.enabled of SonataFlowPlatform services/main',
    ],
    [
      'of the cluster, not written there',
      {},
      clusterOf(both),
      'spec.services.dataIndex of SonataFlowPlatform services/main',
    ],
    [
      'cut off by an empty stanza',
      {services: {}},
      clusterOf(both),
      'operator default (spec.services is there, so services of the cluster do not count)',
    ],
  ])('where enabled comes from: %s', (_, spec, cluster, from) => {
    const platform = aPlatform(spec)
    const {enabled} = effectiveService('dataIndex', {platform, ...(cluster === undefined ? {} : {cluster})})
    expect(originText(enabled.origin, platform.ref)).toBe(from)
  })
})

describe('the pods of the services', () => {
  const template = 'spec.services.dataIndex.podTemplate'
  test.each<[string, object, string, string, Partial<PlatformContext>]>([
    [
      'the image of an embedded database',
      {services: {dataIndex: {}}},
      'data-index.image',
      'docker.io/apache/incubator-kie-kogito-data-index-ephemeral:10.1.0 ← operator default',
      {operator: {imageTag: '10.1.0'}},
    ],
    [
      'the image for PostgreSQL',
      {persistence: {postgresql: postgres()}, services: {jobService: {}}},
      'job-service.image',
      "docker.io/apache/incubator-kie-kogito-jobs-service-postgresql ← operator default (with the operator's tag)",
      {},
    ],
    [
      'the image that the operator is configured with',
      {services: {dataIndex: {}}},
      'data-index.image',
      "registry/di:1 ← operator default (from the operator's configuration)",
      {operator: {images: {dataIndex: {ephemeral: 'registry/di:1'}}}},
    ],
    [
      'an image of its own',
      {services: {dataIndex: {podTemplate: {container: {image: 'mine:1'}}}}},
      'data-index.image',
      `mine:1 ← ${template}.container.image`,
      {},
    ],
    ['one replica', {services: {dataIndex: {}}}, 'data-index.replicas', '1 ← operator default', {}],
    [
      'more replicas of Data Index',
      {services: {dataIndex: {podTemplate: {replicas: 3}}}},
      'data-index.replicas',
      `3 ← ${template}.replicas`,
      {},
    ],
    [
      'no replica of Data Index',
      {services: {dataIndex: {podTemplate: {replicas: 0}}}},
      'data-index.replicas',
      `0 ← ${template}.replicas`,
      {},
    ],
    [
      'never more than one Job Service',
      {services: {jobService: {podTemplate: {replicas: 3}}}},
      'job-service.replicas',
      '1 ← operator default (always one, spec.services.jobService.podTemplate.replicas says 3)',
      {},
    ],
    [
      'no Job Service',
      {services: {jobService: {podTemplate: {replicas: 0}}}},
      'job-service.replicas',
      '0 ← spec.services.jobService.podTemplate.replicas',
      {},
    ],
    [
      'the default limits',
      {services: {dataIndex: {}}},
      'data-index.limits',
      'cpu=200m, memory=1Gi ← operator default',
      {},
    ],
    [
      'limits of its own',
      {services: {dataIndex: {podTemplate: {container: {resources: {limits: {cpu: '1'}}}}}}},
      'data-index.limits',
      `cpu=1, memory=1Gi ← ${template}.container.resources.limits`,
      {},
    ],
    [
      'a variable of its own',
      {services: {dataIndex: {podTemplate: {container: {env: [{name: 'A', value: 'b'}]}}}}},
      'data-index.env.A',
      `b ← ${template}.container.env`,
      {},
    ],
    [
      'a variable that looks like a secret is not shown',
      {services: {dataIndex: {podTemplate: {container: {env: [{name: 'MY_PASSWORD', value: 'b'}]}}}}},
      'data-index.env.MY_PASSWORD',
      `*** ← ${template}.container.env`,
      {},
    ],
    [
      'a variable that the operator sets itself',
      {
        services: {
          dataIndex: {podTemplate: {container: {env: [{name: 'KOGITO_DATA_INDEX_QUARKUS_PROFILE', value: 'b'}]}}},
        },
      },
      'data-index.env.KOGITO_DATA_INDEX_QUARKUS_PROFILE (ignored)',
      `b ← ${template}.container.env`,
      {},
    ],
    [
      'with an embedded database, QUARKUS_DATASOURCE_JDBC_URL is the user’s',
      {services: {dataIndex: {podTemplate: {container: {env: [{name: 'QUARKUS_DATASOURCE_JDBC_URL', value: 'b'}]}}}}},
      'data-index.env.QUARKUS_DATASOURCE_JDBC_URL',
      `b ← ${template}.container.env`,
      {},
    ],
    [
      'the reactive URL of the Job Service',
      {services: {jobService: {persistence: {postgresql: postgres()}}}},
      'job-service.env.QUARKUS_DATASOURCE_REACTIVE_URL',
      'postgresql://pg.shop:5432/sonataflow?search_path=p-jobs-service ← operator default',
      {},
    ],
    [
      'user and password come from the Secret',
      {services: {jobService: {persistence: {postgresql: postgres()}}}},
      'job-service.env.QUARKUS_DATASOURCE_PASSWORD',
      'from secretKeyRef pg-secret POSTGRESQL_PASSWORD ← operator default',
      {},
    ],
  ])('%s', (_, spec, setting, expected, context) => {
    expect(rowsFor(spec, [setting], context)).toEqual([expected])
  })

  test('live values stand beside the effective ones, and a difference is drift', () => {
    const rows = withLive(platformRows({platform: aPlatform({services: {dataIndex: {}}})}), {
      'data-index.replicas': '2',
      'data-index.limits': 'cpu=200m, memory=1Gi',
    })
    expect(rows.filter(({live}) => live !== undefined).map(({setting, live, drift}) => [setting, live, drift])).toEqual(
      [
        ['data-index.replicas', '2', true],
        ['data-index.limits', 'cpu=200m, memory=1Gi', false],
      ],
    )
  })
})
