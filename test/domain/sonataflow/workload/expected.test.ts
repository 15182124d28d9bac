import {describe, expect, test} from 'vitest'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {belongsTo} from '../../../../src/domain/sonataflow/workload/children.js'
import {childManifests, expectedChildren, leftovers} from '../../../../src/domain/sonataflow/workload/expected.js'
import {
  compareSinkBinding,
  compareTriggers,
  expectedSinkBinding,
  expectedTriggers,
  sinkBindingManifest,
  triggerManifest,
} from '../../../../src/domain/sonataflow/eventing/links.js'
import {migrationTarget} from '../../../../src/domain/sonataflow/migration/job.js'
import {releaseOf} from '../../../../src/domain/sonataflow/release.js'
import {aReadyBroker} from '../facts.js'
import {aPlatform, brokerTo, jdbc, postgres, UID} from '../platforms.js'

const both = {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}
const withBroker = {...both, eventing: {broker: brokerTo('events')}}
const brokers = {'shop/events': aReadyBroker('events')}
const operator = {imageTag: '10.1.0'}

describe('what the operator makes of a platform', () => {
  test('two services without broker or database: Deployment, Service and ConfigMap each', () => {
    const children = childManifests(expectedChildren({platform: aPlatform(both), operator}))
    expect(children.map(({kind, metadata}) => `${kind} ${metadata.namespace}/${metadata.name}`)).toEqual([
      'ConfigMap shop/p-data-index-service-props',
      'Deployment shop/p-data-index-service',
      'Service shop/p-data-index-service',
      'ConfigMap shop/p-jobs-service-props',
      'Deployment shop/p-jobs-service',
      'Service shop/p-jobs-service',
    ])
    expect(children[1]?.metadata.labels).toEqual({
      app: 'p',
      'app-namespace': 'shop',
      'sonataflow.org/service': 'p-data-index-service',
      'app.kubernetes.io/instance': 'p',
      'app.kubernetes.io/name': 'data-index-service',
      'app.kubernetes.io/component': 'p-data-index-service',
      'app.kubernetes.io/part-of': 'p',
      'app.kubernetes.io/managed-by': 'sonataflow-operator',
      'app.kubernetes.io/version': '10.1.0',
    })
    expect(children[1]?.metadata.ownerReferences).toMatchObject([{kind: 'SonataFlowPlatform', name: 'p', uid: UID}])
  })

  test('a disabled service is deployed as well, and one without a stanza is not', () => {
    const {services} = expectedChildren({platform: aPlatform({services: {dataIndex: {enabled: false}}})})
    expect(Object.keys(services)).toEqual(['dataIndex'])
  })

  test('the Job Service sends the state of jobs to Data Index, or to its sink', () => {
    const properties = (spec: object): unknown =>
      expectedChildren({platform: aPlatform(spec)}).services.jobService?.configMap.data
    expect(properties(both)).toEqual({
      'application.properties': [
        'kogito.jobs-service.http.job-status-change-events = true',
        'kogito.jobs-service.management.leader-check.expiration-in-seconds = 60',
        'kogito.service.url = http://p-jobs-service.shop',
        'mp.messaging.outgoing.kogito-job-service-job-status-events-http.url = http://p-data-index-service.shop/jobs',
        'quarkus.devservices.enabled = false',
        'quarkus.http.host = 0.0.0.0',
        'quarkus.http.port = 8080',
        'quarkus.kogito.devservices.enabled = false',
        'quarkus.smallrye-health.check."io.quarkus.kafka.client.health.KafkaHealthCheck".enabled = false',
        'quarkus.smallrye-health.check."org.kie.kogito.jobs.service.management.JobServiceLeaderLivenessHealthCheck".enabled = true',
        'quarkus.smallrye-health.check."org.kie.kogito.jobs.service.messaging.http.health.knative.KSinkInjectionHealthCheck".enabled = false',
        '',
      ].join('\n'),
    })
    expect(JSON.stringify(properties(withBroker))).toContain('job-status-events-http.url = ${K_SINK}')
  })

  test('the Deployment has the operator’s variables first, and the user’s that do not clash', () => {
    const platform = aPlatform({
      persistence: {postgresql: postgres()},
      services: {
        jobService: {
          podTemplate: {
            replicas: 3,
            container: {
              env: [
                {name: 'QUARKUS_DATASOURCE_DB_KIND', value: 'h2'},
                {name: 'MINE', value: 'x'},
              ],
              resources: {limits: {cpu: '1'}},
            },
            nodeSelector: {disk: 'ssd'},
            containers: [
              {name: 'side', image: 's:1'},
              {name: 'jobs-service', env: [{name: 'LOST'}]},
            ],
          },
        },
      },
    })
    const spec = expectedChildren({platform, operator}).services.jobService?.deployment.spec
    expect(spec).toMatchObject({
      replicas: 1,
      strategy: {type: 'Recreate'},
      selector: {matchLabels: {'sonataflow.org/service': 'p-jobs-service'}},
      template: {
        spec: {
          nodeSelector: {disk: 'ssd'},
          volumes: [{name: 'application-config', configMap: {name: 'p-jobs-service-props'}}],
          containers: [
            {name: 'side', image: 's:1'},
            {
              name: 'jobs-service',
              image: 'docker.io/apache/incubator-kie-kogito-jobs-service-postgresql:10.1.0',
              resources: {requests: {cpu: '250m', memory: '64Mi'}, limits: {cpu: '1', memory: '1Gi'}},
              env: [
                {
                  name: 'QUARKUS_DATASOURCE_USERNAME',
                  valueFrom: {secretKeyRef: {name: 'pg-secret', key: 'POSTGRESQL_USER'}},
                },
                {
                  name: 'QUARKUS_DATASOURCE_PASSWORD',
                  valueFrom: {secretKeyRef: {name: 'pg-secret', key: 'POSTGRESQL_PASSWORD'}},
                },
                {name: 'QUARKUS_DATASOURCE_DB_KIND', value: 'postgresql'},
                {
                  name: 'QUARKUS_DATASOURCE_JDBC_URL',
                  value: 'jdbc:postgresql://pg.shop:5432/sonataflow?currentSchema=p-jobs-service',
                },
                {
                  name: 'QUARKUS_DATASOURCE_REACTIVE_URL',
                  value: 'postgresql://pg.shop:5432/sonataflow?search_path=p-jobs-service',
                },
                {name: 'KOGITO_PERSISTENCE_TYPE', value: 'jdbc'},
                {name: 'QUARKUS_FLYWAY_MIGRATE_AT_START', value: 'true'},
                {name: 'KOGITO_JOBS_SERVICE_LOADJOBERRORSTRATEGY', value: 'FAIL_SERVICE'},
                {name: 'MINE', value: 'x'},
              ],
            },
          ],
        },
      },
    })
  })

  test.each([
    [withBroker, false, 0],
    [withBroker, true, 1],
    [both, false, 1],
  ])('the Job Service waits for its sink: %o, sink provided %s, replicas %i', (spec, sinkProvided, replicas) => {
    const {services} = expectedChildren({platform: aPlatform(spec), sinkProvided})
    expect(services.jobService?.deployment.spec).toMatchObject({replicas})
  })

  test.each([
    [{replicas: 2, podDisruptionBudget: {minAvailable: 1, maxUnavailable: 1}}, {minAvailable: 1}],
    [{replicas: 2, podDisruptionBudget: {maxUnavailable: '50%'}}, {maxUnavailable: '50%'}],
    [{replicas: 1, podDisruptionBudget: {minAvailable: 1}}, undefined],
    [{replicas: 2}, undefined],
  ])('the disruption budget of podTemplate %o is %o', (podTemplate, spec) => {
    const {disruptionBudget} = expectedChildren({platform: aPlatform({services: {dataIndex: {podTemplate}}})})
    if (spec === undefined) expect(disruptionBudget).toBeUndefined()
    else
      expect(disruptionBudget?.spec).toEqual({
        ...spec,
        selector: {matchLabels: {'sonataflow.org/service': 'p-data-index-service'}},
      })
  })

  test('objects of a service whose stanza is gone are left over', () => {
    const all = childManifests(expectedChildren({platform: aPlatform(both)}))
    const platform = aPlatform({services: {dataIndex: {}}})
    const left = leftovers(expectedChildren({platform}), all, (one) => belongsTo(one, platform))
    expect(left.map(({kind, metadata}) => `${kind} ${metadata.name}`)).toEqual([
      'ConfigMap p-jobs-service-props',
      'Deployment p-jobs-service',
      'Service p-jobs-service',
    ])
  })
})

describe('the migration Job', () => {
  test('is made for the services that ask for it, under the operator’s version', () => {
    const platform = aPlatform({
      services: {
        dataIndex: {persistence: {dbMigrationStrategy: 'job', postgresql: postgres({namespace: 'db', port: 1234})}},
        jobService: {},
      },
    })
    const {migrationJob} = expectedChildren({platform, release: releaseOf('2026-06-29', '10.1.0')})
    expect(migrationJob?.metadata.name).toBe('sonataflow-db-migrator-job-52fa09b')
    expect(migrationJob?.spec).toMatchObject({
      backoffLimit: 0,
      template: {
        spec: {
          restartPolicy: 'Never',
          containers: [
            {
              name: 'db-migration-container',
              env: [
                {name: 'MIGRATE_DB_DATAINDEX', value: 'true'},
                {
                  name: 'QUARKUS_DATASOURCE_DATAINDEX_JDBC_URL',
                  value: 'jdbc:postgresql://pg.db:1234/sonataflow?currentSchema=p-data-index-service',
                },
                {name: 'QUARKUS_DATASOURCE_DATAINDEX_USERNAME'},
                {name: 'QUARKUS_DATASOURCE_DATAINDEX_PASSWORD'},
                {name: 'QUARKUS_FLYWAY_DATAINDEX_SCHEMAS', value: 'p-data-index-service'},
                {name: 'MIGRATE_DB_JOBSSERVICE', value: 'false'},
              ],
            },
          ],
        },
      },
    })
  })

  test('is not made by operators until Nov 2024, nor for other strategies', () => {
    const job = {services: {dataIndex: {persistence: {dbMigrationStrategy: 'job', postgresql: postgres()}}}}
    expect(expectedChildren({platform: aPlatform(job), release: releaseOf('2024-11-14')}).migrationJob).toBeUndefined()
    expect(expectedChildren({platform: aPlatform(both)}).migrationJob).toBeUndefined()
  })

  test('without a database it names a Secret that cannot be', () => {
    const platform = aPlatform({services: {dataIndex: {persistence: {dbMigrationStrategy: 'job'}}}})
    expect(JSON.stringify(expectedChildren({platform}).migrationJob)).toContain('"secretKeyRef":{"name":" ","key":" "}')
  })

  test.each([
    [
      'of the platform: namespace and port are lost',
      {persistence: {postgresql: postgres({namespace: 'db', port: 1234})}, services: {dataIndex: {}}},
      'jdbc:postgresql://pg.shop:5432/sonataflow?currentSchema=p-data-index-service',
      ['namespace', 'port'],
    ],
    [
      'of the platform, with nothing to lose',
      {persistence: {postgresql: postgres({namespace: 'shop', port: 5432})}, services: {dataIndex: {}}},
      'jdbc:postgresql://pg.shop:5432/sonataflow?currentSchema=p-data-index-service',
      [],
    ],
    [
      'of the platform, a URL',
      {persistence: {postgresql: jdbc('jdbc:postgresql://h:1/d')}, services: {dataIndex: {}}},
      'jdbc:postgresql://h:1/d',
      [],
    ],
  ])('connects to the database %s', (_, spec, jdbcUrl, dropped) => {
    expect(migrationTarget(aPlatform(spec), 'dataIndex')).toMatchObject({
      jdbcUrl,
      dropped,
      schema: 'p-data-index-service',
    })
  })
})

describe('the triggers', () => {
  const platform = aPlatform(withBroker)
  const ready = (manifest: KubeObject): KubeObject => ({
    ...manifest,
    status: {conditions: [{type: 'Ready', status: 'True'}]},
  })
  const expected = expectedTriggers(platform, brokers)
  const actual = expected.map((one) => ready(triggerManifest(one, platform)))

  test('are nine, in the namespace of the broker, four of them ordered by a Kafka class', () => {
    expect(expected).toHaveLength(9)
    expect(expected.filter(({ordered}) => ordered === true).map(({trigger}) => trigger.base)).toEqual([
      'data-index-process-definition-',
      'data-index-jobs-',
      'jobs-service-create-job-',
      'jobs-service-delete-job-',
    ])
    expect(triggerManifest(expected[6]!, platform)).toMatchObject({
      metadata: {
        name: 'data-index-jobs-fbf285df-c0a4-4545-b77a-c232ec2890e2',
        namespace: 'shop',
        annotations: {'kafka.eventing.knative.dev/delivery.order': 'ordered'},
      },
      spec: {
        broker: 'events',
        filter: {attributes: {type: 'JobEvent'}},
        subscriber: {
          ref: {apiVersion: 'v1', kind: 'Service', name: 'p-data-index-service', namespace: 'shop'},
          uri: '/jobs',
        },
      },
    })
  })

  test('in another namespace have no owner; without a uid there are none yet', () => {
    const remote = aPlatform({...both, eventing: {broker: brokerTo('events', 'hub')}})
    const [first] = expectedTriggers(remote)
    expect(first?.ref.namespace).toBe('hub')
    expect(first?.ordered).toBe(false)
    expect(triggerManifest(first!, remote).metadata.ownerReferences).toBeUndefined()
    expect(expectedTriggers(aPlatform(withBroker, {metadata: {uid: undefined}}))).toEqual([])
    expect(expectedTriggers(aPlatform(both))).toEqual([])
  })

  test('are as expected when they are what the operator makes', () => {
    expect(compareTriggers(platform, expected, actual).map(({state}) => state)).toEqual(Array(9).fill('ok'))
  })

  const changed = (change: object): KubeObject[] => [{...actual[6]!, ...change}]
  test.each<[string, KubeObject[], string, string | undefined]>([
    ['is missing', [], 'missing', undefined],
    [
      'has the former broker',
      changed({spec: {...Object(actual[6]!.spec), broker: 'old'}}),
      'other-broker',
      'attached to old',
    ],
    [
      'has another filter',
      changed({spec: {...Object(actual[6]!.spec), filter: {attributes: {type: 'x'}}}}),
      'differs',
      'filter type is x instead of JobEvent',
    ],
    [
      'is not ready',
      changed({status: {conditions: [{type: 'Ready', status: 'False', reason: 'BrokerDoesNotExist'}]}}),
      'not-ready',
      'BrokerDoesNotExist',
    ],
    [
      'lacks the annotation',
      changed({metadata: {...actual[6]!.metadata, annotations: {}}}),
      'unordered',
      'without annotation kafka.eventing.knative.dev/delivery.order: ordered',
    ],
  ])('one that %s', (_, found, state, why) => {
    const link = compareTriggers(platform, [expected[6]!], found)[0]
    expect([link?.state, link?.why]).toEqual([state, why])
  })

  test('are stale when the broker has moved, is gone, or the trigger is of former days', () => {
    const moved = aPlatform({...both, eventing: {broker: brokerTo('events', 'hub')}})
    const stale = (of: typeof platform, found: readonly KubeObject[]): string[] =>
      compareTriggers(of, expectedTriggers(of), found).flatMap(({state, why}) => (state === 'stale' ? [why ?? ''] : []))
    expect(stale(moved, actual.slice(0, 1))).toEqual([
      'the broker is now in namespace hub, and this one was left in shop',
    ])
    expect(stale(aPlatform(both), actual.slice(0, 1))).toEqual([
      'the platform no longer gets these events from a broker',
    ])
    const sla = {...actual[0]!, metadata: {name: `data-index-process-sla-${UID}`, namespace: 'shop'}}
    expect(stale(platform, [sla])).toEqual(['operators since Nov 2024 no longer make it'])
  })

  test('of others are nobody’s business', () => {
    const other = {...actual[0]!, metadata: {name: 'orders', namespace: 'shop'}}
    expect(compareTriggers(platform, [], [other])).toEqual([])
  })
})

describe('the SinkBinding', () => {
  const platform = aPlatform(withBroker)
  const expected = expectedSinkBinding(platform)!
  const provided = [{type: 'SinkProvided', status: 'True'}]
  const made = (conditions: object[], spec?: object): KubeObject => ({
    ...sinkBindingManifest(expected, platform),
    ...(spec === undefined ? {} : {spec}),
    status: {conditions},
  })
  test.each<[string, KubeObject | undefined, string]>([
    ['missing', undefined, 'missing'],
    ['ready', made([...provided, {type: 'Ready', status: 'True'}]), 'ok'],
    ['without its sink', made([{type: 'SinkProvided', status: 'False', reason: 'NotFound'}]), 'not-provided'],
    ['not ready', made([...provided, {type: 'Ready', status: 'False'}]), 'not-ready'],
    ['with the former sink', made(provided, {sink: brokerTo('old')}), 'other-sink'],
  ])('%s', (_, actual, state) => {
    expect(compareSinkBinding(platform, expected, actual)?.state).toBe(state)
  })

  test('is stale without a broker, and nothing when there is none', () => {
    expect(compareSinkBinding(aPlatform(both), undefined, made(provided))?.state).toBe('stale')
    expect(compareSinkBinding(aPlatform(both), expectedSinkBinding(aPlatform(both)), undefined)).toBeUndefined()
  })

  test('points the Deployment of the Job Service to the broker', () => {
    expect(sinkBindingManifest(expected, platform).spec).toEqual({
      sink: {ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'events'}},
      subject: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'p-jobs-service', namespace: 'shop'},
    })
  })
})
