import {expect, test} from 'vitest'
import {planBrokerCreate} from '../../../src/domain/eventing/broker/create.js'
import {readBrokerOptions} from '../../../src/domain/eventing/broker/options.js'
import {
  clusterPlatformManifest,
  readClusterPlatformOptions,
} from '../../../src/domain/sonataflow/cluster-platform/plan.js'
import {readPlatform} from '../../../src/domain/sonataflow/model.js'
import {edited} from '../../../src/domain/sonataflow/platform/edit.js'
import {
  platformManifest,
  readPlatformOptions,
  type PlatformOptions,
} from '../../../src/domain/sonataflow/platform/options.js'
import {
  configurePatch,
  readConfigureOptions,
  type ConfigureOptions,
} from '../../../src/domain/sonataflow/services/configure.js'
import {cluster} from '../eventing/cluster.js'

/** The examples of document 5.3, in its order; where the published one cannot work, as it was meant. */

const name = 'sonataflow-platform-example'
const namespace = 'example-namespace'
const create = (options: Partial<PlatformOptions>): unknown =>
  platformManifest(readPlatformOptions({name, namespace, ...options}))
const platform = (spec: object): object => ({
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlowPlatform',
  metadata: {name, namespace},
  spec,
})
const broker = (of: string, where?: string): object => ({
  ref: {
    name: of,
    ...(where === undefined ? {} : {namespace: where}),
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
  },
})
const database: Partial<PlatformOptions> = {
  service: 'postgres-example.postgres-example-namespace:1234',
  database: 'example-database',
  secret: 'postgres-secrets-example',
  userKey: 'POSTGRESQL_USER',
  passwordKey: 'POSTGRESQL_PASSWORD',
}
const serviceRef = {
  name: 'postgres-example',
  namespace: 'postgres-example-namespace',
  databaseName: 'example-database',
  port: 1234,
}
const secretRef = {
  name: 'postgres-secrets-example',
  userKey: 'POSTGRESQL_USER',
  passwordKey: 'POSTGRESQL_PASSWORD',
}

test('A, 5.3.2 and 5.3.4.1: both services with embedded databases', () => {
  const services = {dataIndex: {enabled: true}, jobService: {enabled: true}}
  expect(create({})).toEqual(platform({services}))
  expect(create({services: ['data-index,job-service']})).toEqual(platform({services}))
})

test('B, 5.3.4.3: PostgreSQL for each service; the published one leaves that of Job Service empty', () => {
  expect(create({...database, perService: true, schema: ['data-index=data-index-schema'], migration: ['job']})).toEqual(
    platform({
      services: {
        dataIndex: {
          enabled: true,
          persistence: {
            dbMigrationStrategy: 'job',
            postgresql: {serviceRef: {...serviceRef, databaseSchema: 'data-index-schema'}, secretRef},
          },
        },
        jobService: {
          enabled: true,
          persistence: {dbMigrationStrategy: 'job', postgresql: {serviceRef, secretRef}},
        },
      },
    }),
  )
})

test('C, 5.3.4.5: PostgreSQL for the platform; the published one has the strategies in the wrong place', () => {
  expect(create({...database, migration: ['data-index=job', 'job-service=service']})).toEqual(
    platform({
      persistence: {postgresql: {serviceRef, secretRef}},
      services: {
        dataIndex: {enabled: true, persistence: {dbMigrationStrategy: 'job'}},
        jobService: {enabled: true, persistence: {dbMigrationStrategy: 'service'}},
      },
    }),
  )
})

test('D, 5.3.5.1: a broker for the platform', () => {
  expect(create({services: ['none'], broker: 'example-broker:example-broker-namespace'})).toEqual(
    platform({eventing: {broker: broker('example-broker', 'example-broker-namespace')}}),
  )
})

test('E, 5.3.5.3: a broker for Data Index', () => {
  const [of, where] = ['data-index-source-example-broker', 'data-index-source-example-broker-namespace']
  expect(create({services: ['none'], source: [`data-index=${of}:${where}`]})).toEqual(
    platform({services: {dataIndex: {source: broker(of, where)}}}),
  )
})

test('F, 5.3.5.4: brokers for both directions of Job Service', () => {
  const [source, sink] = ['jobs-service-source-example-broker', 'jobs-service-sink-example-broker']
  expect(
    create({
      services: ['none'],
      source: [`job-service=${source}:${source}-namespace`],
      sink: [`${sink}:${sink}-namespace`],
    }),
  ).toEqual(
    platform({
      services: {
        jobService: {source: broker(source, `${source}-namespace`), sink: broker(sink, `${sink}-namespace`)},
      },
    }),
  )
})

test('G, 5.3.5.7: services and a broker of the same namespace', () => {
  expect(create({broker: 'example-broker'})).toEqual(
    platform({
      eventing: {broker: broker('example-broker')},
      services: {dataIndex: {enabled: true}, jobService: {enabled: true}},
    }),
  )
})

test('H, 5.3.5.7: the Kafka broker for it', () => {
  const request = readBrokerOptions({
    name: 'example-broker',
    namespace,
    className: 'Kafka',
    brokerConfig: 'cm:kafka-broker-config:knative-eventing',
  })
  expect(planBrokerCreate(request, {}, cluster()).steps).toEqual([
    {
      verb: 'create',
      object: {
        apiVersion: 'eventing.knative.dev/v1',
        kind: 'Broker',
        metadata: {
          annotations: {'eventing.knative.dev/broker.class': 'Kafka'},
          name: 'example-broker',
          namespace: 'example-namespace',
        },
        spec: {
          config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'},
        },
      },
    },
  ])
})

const configured = (options: ConfigureOptions): unknown => {
  const before = readPlatform(platformManifest(readPlatformOptions({name, namespace, services: ['data-index']})))
  return edited(before, configurePatch('dataIndex', readConfigureOptions(options), before)).object
}

test('I, 5.3.6: the pods of a service', () => {
  const init = {name: 'wait', image: 'busybox:1'}
  expect(
    configured({
      replicas: 2,
      env: ['ANY_ADVANCED_CONFIG_PROPERTY=any-value'],
      image: 'mine:1',
      initContainers: [init],
      request: ['cpu=100m'],
      limit: ['cpu=500m', 'memory=2Gi'],
    }),
  ).toEqual(
    platform({
      services: {
        dataIndex: {
          enabled: true,
          podTemplate: {
            replicas: 2,
            container: {
              env: [{name: 'ANY_ADVANCED_CONFIG_PROPERTY', value: 'any-value'}],
              image: 'mine:1',
              resources: {requests: {cpu: '100m'}, limits: {cpu: '500m', memory: '2Gi'}},
            },
            initContainers: [init],
          },
        },
      },
    }),
  )
})

test('J, 5.3.7: services for the whole cluster', () => {
  const request = readClusterPlatformOptions({name: 'cluster-platform', platform: `${namespace}/${name}`})
  expect(clusterPlatformManifest(request)).toEqual({
    apiVersion: 'sonataflow.org/v1alpha08',
    kind: 'SonataFlowClusterPlatform',
    metadata: {name: 'cluster-platform'},
    spec: {platformRef: {name, namespace}},
  })
})

test('K, a disruption budget for Data Index (OpenShift Serverless Logic 1.38)', () => {
  expect(configured({replicas: 2, pdbMinAvailable: '1'})).toEqual(
    platform({
      services: {dataIndex: {enabled: true, podTemplate: {replicas: 2, podDisruptionBudget: {minAvailable: 1}}}},
    }),
  )
})
