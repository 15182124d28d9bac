import type {KubeObject} from '../../../../src/domain/core/object.js'
import {brokerRefOf, clusterPlatform, login, platform, postgres, workflow} from '../../../sandbox/sonataflow.js'
import {aHealthyBroker, aNamespace} from '../../../support/healthy.js'
import {configReference, deleting, ready, type Scene} from './scene.js'

const demo = aNamespace('demo')
const both = {dataIndex: {enabled: true}, jobService: {enabled: true}}
const connection = (rest: object = {}) => ({
  secretRef: {name: 'login'},
  serviceRef: {name: 'postgres', databaseName: 'flows', ...rest},
})
const postgresql = (rest: object = {}) => ({persistence: {postgresql: connection(rest)}})

/** Both services with a database: nothing is to be said of them. */
const dataIndex = {enabled: true, ...postgresql({databaseSchema: 'index'})}
const jobService = {enabled: true, ...postgresql({databaseSchema: 'jobs'})}
const kept = {dataIndex, jobService}
/** Another Data Index beside a Job Service that is as it should be. */
const index = (rest: object): KubeObject =>
  platform('flows', {services: {dataIndex: {...dataIndex, ...rest}, jobService}})
const jobs = (rest: object): KubeObject =>
  platform('flows', {services: {dataIndex, jobService: {...jobService, ...rest}}})
const migrated = (dbMigrationStrategy: string, rest: object = {databaseSchema: 'index'}) => ({
  persistence: {dbMigrationStrategy, postgresql: connection(rest)},
})
const byUrl = (jdbcUrl: string) => ({persistence: {postgresql: {secretRef: {name: 'login'}, jdbcUrl}}})
const url = 'jdbc:postgresql://postgres:5432/flows'

const aBroker = (name: string, namespace = 'demo', className = 'Kafka'): KubeObject => {
  const broker = aHealthyBroker(name, namespace, {
    spec: {
      ...(className === 'Kafka' ? {} : configReference('config-br-default-channel', 'knative-eventing')),
      delivery: {deadLetterSink: {uri: 'http://x.y'}, retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT1S'},
    },
  })
  return {
    ...broker,
    metadata: {...broker.metadata, annotations: {'eventing.knative.dev/broker.class': className}},
  }
}
const to = (name: string, namespace?: string) => ({broker: brokerRefOf(name, namespace)})

const inDemo = {args: '-n demo', bare: true} as const
const everywhere = {args: '-A', bare: true} as const
const database = [demo, ...postgres()]

/** As the operator left it, past all checks of the server and left alone. */
const stored = (
  spec: Record<string, unknown>,
  changes: {name?: string; metadata?: object; status?: object} = {},
): KubeObject => {
  const made = platform(changes.name ?? 'flows', spec)
  return {
    ...made,
    metadata: {...made.metadata, generation: 1, ...changes.metadata},
    status: changes.status ?? {conditions: [{type: 'Succeed', status: 'True'}], observedGeneration: 1},
  }
}
const greet = workflow('greet', {podTemplate: {container: {image: 'registry.local/greet'}}})

/** Labels of everything that the operator makes for platform flows. */
const ofFlows = {app: 'flows', 'app-namespace': 'demo', 'app.kubernetes.io/managed-by': 'sonataflow-operator'}
const aLink = (name: string, broker: string): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: {name, namespace: 'demo', labels: ofFlows},
  spec: {broker, subscriber: {uri: 'http://x.y'}},
  status: ready,
})

const autoscaler = (target: string): KubeObject => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: {name: 'scaler', namespace: 'demo'},
  spec: {minReplicas: 2, maxReplicas: 4, scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: target}},
})

export const platformScenes: readonly Scene[] = [
  {
    ...inDemo,
    shows: 'a broker that is missing, once, with everything that fails because of it',
    objects: database,
    created: [platform('flows', {services: kept, eventing: to('gone')}), greet],
    codes: ['SFL-E02'],
  },
  {
    ...inDemo,
    shows: 'a second platform in the namespace',
    objects: [demo],
    created: [platform('flows', {}), platform('flows-too', {})],
    codes: ['SFL-P02'],
  },
  {
    ...inDemo,
    shows: 'a platform whose newest version no operator has seen',
    objects: [stored({}, {metadata: {generation: 2}}), demo],
    codes: ['SFL-P03'],
  },
  {
    ...inDemo,
    shows: 'a name of which no names can be made, and a field that platforms do not have',
    objects: [demo, stored({persistance: {}}, {name: 'f'.repeat(70)})],
    codes: ['SFL-P04', 'SFL-P05'],
  },
  {
    ...inDemo,
    shows: 'one service without the other',
    objects: database,
    created: [platform('flows', {services: {dataIndex}})],
    codes: ['SFL-W01'],
  },
  {
    ...inDemo,
    shows: 'services of the cluster that the namespace does not get',
    objects: [...database, aNamespace('shared')],
    created: [
      platform('main', {services: both}, 'shared'),
      clusterPlatform('whole', 'main', 'shared'),
      platform('flows', {services: {dataIndex}}),
    ],
    codes: ['SFL-CP03', 'SFL-W01', 'SFL-W03'],
  },
  {
    ...inDemo,
    shows: 'a Data Index that does not hear what workflows send to the broker of the cluster',
    objects: [...database, aNamespace('shared'), aBroker('hub', 'shared')],
    created: [
      platform('main', {services: kept, eventing: to('hub')}, 'shared'),
      clusterPlatform('whole', 'main', 'shared'),
      platform('flows', {services: kept}),
    ],
    codes: ['SFL-W04'],
  },
  {
    ...inDemo,
    shows: 'a Data Index that listens elsewhere than its workflows send to',
    objects: [...database, aBroker('events'), aBroker('others')],
    created: [
      platform('flows', {
        services: {dataIndex: {...dataIndex, source: brokerRefOf('events')}, jobService},
        eventing: to('others'),
      }),
    ],
    codes: ['SFL-W05'],
  },
  {
    ...inDemo,
    shows: 'what stays of a service that was taken away',
    objects: [
      ...database,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {
          name: 'flows-jobs-service',
          namespace: 'demo',
          labels: ofFlows,
        },
        spec: {replicas: 1},
        status: {readyReplicas: 1},
      },
      stored({services: {}}),
    ],
    codes: ['SFL-W07'],
  },
  {
    ...inDemo,
    shows: 'a broker that is not ready, and is not looked at itself',
    args: 'platform -n demo',
    objects: [...database, {...aBroker('events'), status: {conditions: [{type: 'Ready', status: 'Unknown'}]}}],
    created: [platform('flows', {services: kept, eventing: to('events')})],
    codes: ['SFL-E03'],
  },
  {
    ...inDemo,
    shows: 'a broker that is not for production, and one in another namespace',
    objects: [
      ...database,
      aNamespace('shared'),
      aBroker('quick', 'demo', 'MTChannelBasedBroker'),
      aBroker('hub', 'shared'),
    ],
    created: [
      platform('flows', {
        services: {dataIndex: {...dataIndex, source: brokerRefOf('hub', 'shared')}, jobService},
        eventing: to('quick'),
      }),
    ],
    codes: ['SFL-E04', 'SFL-E08', 'SFL-H07', 'SFL-W05'],
  },
  {
    ...inDemo,
    shows: 'Knative Eventing that is not installed',
    objects: database,
    sandbox: {install: {knative: false}},
    created: [platform('flows', {services: kept, eventing: to('events')})],
    codes: ['SFL-E01'],
  },
  {
    ...inDemo,
    shows: 'triggers that are not as they should be',
    objects: [...database, aBroker('events'), aLink('data-index-old', 'events')],
    created: [platform('flows', {services: kept, eventing: to('events')})],
    codes: ['SFL-E06'],
  },
  {
    ...inDemo,
    shows: 'a reference that is none, once, with the service that is not deployed because of it',
    objects: database,
    created: [platform('flows', {services: kept, eventing: {broker: {uri: 'http://x.y'}}})],
    codes: ['SFL-E07'],
  },
  {
    ...inDemo,
    shows: 'triggers that still reference a previous broker, once, with what the operator does not come to',
    objects: [
      ...database,
      aBroker('events'),
      aBroker('former'),
      stored({services: kept, eventing: to('events')}, {metadata: {uid: 'u1'}}),
      aLink('jobs-service-create-job-u1', 'former'),
    ],
    codes: ['SFL-E05'],
  },
  {
    ...inDemo,
    shows: 'a Job Service with one side only',
    objects: [...database, aBroker('events')],
    created: [jobs({source: brokerRefOf('events')})],
    codes: ['SFL-E09'],
  },
  {
    ...everywhere,
    shows: 'a cluster platform whose platform is missing',
    objects: [demo],
    created: [clusterPlatform('whole', 'gone')],
    codes: ['SFL-CP01'],
  },
  {
    ...everywhere,
    shows: 'a second cluster platform',
    objects: database,
    created: [
      platform('main', {services: kept}),
      clusterPlatform('whole', 'main'),
      clusterPlatform('whole-too', 'main'),
    ],
    codes: ['SFL-CP02'],
  },
  {
    ...everywhere,
    shows: 'a cluster platform that shares nothing',
    objects: database,
    created: [
      platform('main', {services: kept}),
      {
        ...clusterPlatform('whole', 'main'),
        spec: {platformRef: {name: 'main', namespace: 'demo'}, capabilities: {workflows: []}},
      },
    ],
    codes: ['SFL-CP06'],
  },
  {
    ...everywhere,
    shows: 'namespaces that do not use what is shared, and workflows that it cannot tell apart',
    objects: [...database, aNamespace('shop'), aNamespace('mail')],
    created: [
      platform('main', {services: kept}),
      clusterPlatform('whole', 'main'),
      platform('own', {services: {}}, 'shop'),
      greet,
      workflow('greet', {podTemplate: {container: {image: 'registry.local/greet'}}}, {namespace: 'mail'}),
    ],
    codes: ['SFL-CP04', 'SFL-CP05', 'SFL-W03'],
  },
  {
    ...everywhere,
    shows: 'a NetworkPolicy that may keep other namespaces away',
    objects: [
      ...database,
      {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: {name: 'closed', namespace: 'demo'},
        spec: {podSelector: {}, policyTypes: ['Ingress']},
      },
    ],
    created: [platform('main', {services: kept}), clusterPlatform('whole', 'main')],
    codes: ['SFL-CP10'],
  },
  {
    ...everywhere,
    shows: 'a platform and a cluster platform whose deletion does not end',
    objects: [
      ...database,
      deleting(stored({}), 'trigger-deletion'),
      deleting(clusterPlatform('whole', 'flows'), 'example.com/hold'),
    ],
    codes: ['SFL-CP23', 'SFL-P25'],
  },
  {
    ...inDemo,
    shows: 'a workflow that does not run',
    objects: [
      demo,
      {
        ...greet,
        status: {conditions: [{type: 'Running', status: 'False', reason: 'DeploymentUnavailable', message: 'no pod'}]},
      },
    ],
    codes: ['SFL-L07'],
  },
]

export const serviceScenes: readonly Scene[] = [
  {
    ...inDemo,
    shows: 'services that lose their data, of which one is not there',
    objects: [demo, stored({services: {jobService: {enabled: true}}})],
    codes: ['SFL-DB01', 'SFL-L01', 'SFL-W01'],
  },
  {
    ...inDemo,
    shows: 'a strategy that is none, and one without a database',
    objects: database,
    created: [
      platform('flows', {
        services: {
          dataIndex: {...dataIndex, ...migrated('sometimes')},
          jobService: {enabled: true, persistence: {dbMigrationStrategy: 'service'}},
        },
      }),
    ],
    codes: ['SFL-DB01', 'SFL-DB02', 'SFL-DB04'],
  },
  {
    ...inDemo,
    shows: 'a migration Job without a database',
    objects: database,
    created: [index({persistence: {dbMigrationStrategy: 'job'}})],
    codes: ['SFL-DB01', 'SFL-DB03'],
  },
  {
    ...inDemo,
    shows: 'a migration Job that has failed, once, with the services that wait for it',
    objects: [demo, ...postgres('postgres', {fails: 'password authentication failed'})],
    created: [index(migrated('job'))],
    codes: ['SFL-DB07'],
  },
  {
    ...inDemo,
    shows: 'a migration Job that connects elsewhere, and is still at work',
    objects: database,
    created: [
      platform('flows', {
        services: {dataIndex: {enabled: true, persistence: {dbMigrationStrategy: 'job'}}, jobService},
        ...postgresql({port: 5433}),
      }),
    ],
    codes: ['SFL-DB05', 'SFL-DB10'],
  },
  {
    ...inDemo,
    shows: 'services that go down before a new migration',
    objects: [
      ...database,
      stored({services: {dataIndex: {...dataIndex, ...migrated('job')}, jobService}}),
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {name: 'flows-data-index-service', namespace: 'demo', labels: ofFlows},
        spec: {replicas: 1},
        status: {readyReplicas: 1},
      },
    ],
    codes: ['SFL-DB06', 'SFL-L01', 'SFL-L04', 'SFL-L06'],
  },
  {
    ...inDemo,
    shows: 'a migration that is still under way, once, with the services that wait for it',
    objects: [
      ...database,
      stored({services: {dataIndex: {...dataIndex, ...migrated('job')}, jobService}}),
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: {name: 'sonataflow-db-migrator-job-b81d6bb3', namespace: 'demo'},
        spec: {},
        status: {active: 1},
      },
    ],
    codes: ['SFL-L05'],
  },
  {
    ...inDemo,
    shows: 'a connection that is not whole',
    objects: [
      demo,
      stored({services: {dataIndex: {enabled: true, persistence: {postgresql: {secretRef: {name: 'login'}}}}}}),
      login('login'),
    ],
    codes: ['SFL-DB08', 'SFL-W01'],
  },
  {
    ...inDemo,
    shows: 'a Secret of a database that does not exist, once, with the services that wait for it',
    objects: database.slice(0, 3),
    created: [platform('flows', {services: kept})],
    codes: ['SFL-DB09'],
  },
  {
    ...inDemo,
    shows: 'a database that does not exist, once, with the services that cannot reach it',
    objects: [demo, login('login')],
    created: [platform('flows', {services: kept})],
    codes: ['SFL-DB10'],
  },
  {
    ...inDemo,
    shows: 'two services in one schema, in the default database',
    objects: database,
    created: [
      platform('flows', {
        services: {
          dataIndex: {
            enabled: true,
            persistence: {
              postgresql: {secretRef: {name: 'login'}, serviceRef: {name: 'postgres', databaseSchema: 's'}},
            },
          },
          jobService: {
            enabled: true,
            persistence: {
              postgresql: {secretRef: {name: 'login'}, serviceRef: {name: 'postgres', databaseSchema: 's'}},
            },
          },
        },
      }),
    ],
    codes: ['SFL-DB11', 'SFL-DB14'],
  },
  {
    ...inDemo,
    shows: 'a schema whose name is too long',
    objects: database,
    created: [index(postgresql({databaseSchema: 's'.repeat(64)}))],
    codes: ['SFL-DB12'],
  },
  {
    ...inDemo,
    shows: 'a URL with credentials and without a schema',
    objects: database,
    created: [index(byUrl(`${url}?user=app&password=hunter2`))],
    codes: ['SFL-DB13'],
  },
  {
    ...inDemo,
    shows: 'replicas and a disruption budget that the Job Service does not get',
    objects: database,
    created: [jobs({podTemplate: {replicas: 2, podDisruptionBudget: {minAvailable: 1}}})],
    codes: ['SFL-PT01', 'SFL-PT06'],
  },
  {
    ...inDemo,
    shows: 'settings of the pod that are ignored or lost',
    objects: database,
    created: [
      index({
        podTemplate: {
          container: {
            image: 'registry.local/own',
            env: [{name: 'KOGITO_PERSISTENCE_TYPE', value: 'own'}],
            volumeMounts: [{name: 'own', mountPath: '/own'}],
          },
          containers: [{name: 'data-index-service', image: 'registry.local/own'}],
          volumes: [{name: 'own', emptyDir: {}}],
        },
      }),
    ],
    codes: ['SFL-PT02', 'SFL-PT03', 'SFL-PT04', 'SFL-PT07'],
  },
  {
    ...inDemo,
    shows: 'an autoscaler that decides about the replicas',
    objects: [...database, autoscaler('flows-data-index-service')],
    created: [index({})],
    codes: ['SFL-PT05'],
  },
  {
    ...inDemo,
    shows: 'a service whose pods do not start',
    objects: [
      ...database,
      stored({services: kept}),
      ...['flows-data-index-service', 'flows-jobs-service'].map((name) => ({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: {name, namespace: 'demo', labels: {'app.kubernetes.io/managed-by': 'sonataflow-operator'}},
        spec: {replicas: name.includes('jobs') ? 0 : 1},
        status: {readyReplicas: 0},
      })),
    ],
    codes: ['SFL-L02', 'SFL-L03', 'SFL-L04', 'SFL-L06'],
  },
]
