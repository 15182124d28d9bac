import {describe, expect, test} from 'vitest'
import {parse} from 'yaml'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {aSession} from '../../support/session.js'
import {aLogin, aPostgres, aReadyBroker} from './scenes.js'

/** The examples of the documents, reference section 3; published ones that do not work are corrected. */

const NAME = 'sonataflow-platform-example'
const CREATE = `kubectl sfl platform create ${NAME} -n example-namespace`
const DRY = '--dry-run=client -o yaml'
const postgres =
  '--service postgres-example.postgres-example-namespace:1234 --database example-database --secret postgres-secrets-example --user-key POSTGRESQL_USER --password-key POSTGRESQL_PASSWORD'
const brokers: ReadonlyArray<readonly [string, string]> = [
  ['example-broker', 'example-broker-namespace'],
  ['data-index-source-example-broker', 'data-index-source-example-broker-namespace'],
  ['jobs-service-source-example-broker', 'jobs-service-source-example-broker-namespace'],
  ['jobs-service-sink-example-broker', 'jobs-service-sink-example-broker-namespace'],
  ['example-broker', 'example-namespace'],
]
const brokerRef = (name: string, namespace?: string) => ({
  ref: {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    name,
    ...(namespace === undefined ? {} : {namespace}),
  },
})
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

/** A cluster in which the examples find what they name. */
const anExampleCluster = () => {
  const session = aSession()
  session.sandbox.load([
    ...aPostgres('postgres-example', 'postgres-example-namespace', 1234),
    aLogin('postgres-secrets-example', 'example-namespace'),
    ...brokers.map(([name, namespace]) => aReadyBroker(name, namespace)),
  ])
  return session
}

const manifest = (spec: object): KubeObject => ({
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlowPlatform',
  metadata: {name: NAME, namespace: 'example-namespace'},
  spec,
})

const platforms: ReadonlyArray<{letter: string; flags: string; spec: object}> = [
  {letter: 'A', flags: '', spec: {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}},
  {
    letter: 'B',
    flags: `--per-service ${postgres} --schema data-index=data-index-schema --migration job`,
    spec: {
      services: {
        dataIndex: {
          enabled: true,
          persistence: {
            dbMigrationStrategy: 'job',
            postgresql: {serviceRef: {...serviceRef, databaseSchema: 'data-index-schema'}, secretRef},
          },
        },
        jobService: {enabled: true, persistence: {dbMigrationStrategy: 'job', postgresql: {serviceRef, secretRef}}},
      },
    },
  },
  {
    letter: 'C',
    // The Job of the operator would lose namespace and port on the way, so this one is refused without --force.
    flags: `${postgres} --migration data-index=job --migration job-service=service --force`,
    spec: {
      persistence: {postgresql: {serviceRef, secretRef}},
      services: {
        dataIndex: {enabled: true, persistence: {dbMigrationStrategy: 'job'}},
        jobService: {enabled: true, persistence: {dbMigrationStrategy: 'service'}},
      },
    },
  },
  {
    letter: 'D',
    flags: '--services none --broker example-broker:example-broker-namespace',
    spec: {eventing: {broker: brokerRef('example-broker', 'example-broker-namespace')}},
  },
  {
    letter: 'E',
    flags:
      '--services none --source data-index=data-index-source-example-broker:data-index-source-example-broker-namespace',
    spec: {
      services: {
        dataIndex: {
          source: brokerRef('data-index-source-example-broker', 'data-index-source-example-broker-namespace'),
        },
      },
    },
  },
  {
    letter: 'F',
    flags:
      '--services none --source job-service=jobs-service-source-example-broker:jobs-service-source-example-broker-namespace --sink jobs-service-sink-example-broker:jobs-service-sink-example-broker-namespace',
    spec: {
      services: {
        jobService: {
          source: brokerRef('jobs-service-source-example-broker', 'jobs-service-source-example-broker-namespace'),
          sink: brokerRef('jobs-service-sink-example-broker', 'jobs-service-sink-example-broker-namespace'),
        },
      },
    },
  },
  {
    letter: 'G',
    flags: '--broker example-broker',
    spec: {
      eventing: {broker: brokerRef('example-broker')},
      services: {dataIndex: {enabled: true}, jobService: {enabled: true}},
    },
  },
]

describe('the examples of the document come out of the command line', () => {
  test.each(platforms)('$letter', async ({letter, flags, spec}) => {
    const session = anExampleCluster()
    const {out} = await session.type(`${CREATE} ${flags} ${DRY}`.replaceAll('  ', ' '))
    expect(parse(out)).toEqual(manifest(spec))
    await session.matches(`platform-example-${letter.toLowerCase()}`)
    expect(session.writes()).toEqual([])
  })

  test('C, without --force, is refused: the migration Job would connect elsewhere', async () => {
    const session = anExampleCluster()
    await session.type(`${CREATE} ${postgres} --migration data-index=job --migration job-service=service ${DRY}`)
    await session.matches('platform-example-c-refused')
  })

  test('H, the Kafka broker of the platform', async () => {
    const session = aSession()
    const {out} = await session.type(
      `kubectl sfl broker create example-broker -n example-namespace --class Kafka --broker-config cm:kafka-broker-config:knative-eventing ${DRY}`,
    )
    expect(parse(out)).toEqual({
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
    })
  })

  test('I, the pods of a service', async () => {
    const session = anExampleCluster()
    await session.given(manifest({services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}))
    await session.type(
      `kubectl sfl platform services configure data-index -n example-namespace --replicas 2 --env any_advanced_config_property=any_value --image example.com/data-index:1 --init-container-file init.yaml ${DRY}`,
      {files: {'init.yaml': 'name: wait-for-db\nimage: busybox:1\n'}},
    )
    await session.matches('platform-example-i')
  })

  test('J, the services of a platform for all namespaces', async () => {
    const session = anExampleCluster()
    await session.given(manifest({services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}))
    const {out} = await session.type(
      `kubectl sfl cluster-platform create cluster-platform --platform example-namespace/${NAME} ${DRY}`,
    )
    expect(parse(out)).toEqual({
      apiVersion: 'sonataflow.org/v1alpha08',
      kind: 'SonataFlowClusterPlatform',
      metadata: {name: 'cluster-platform'},
      spec: {platformRef: {name: NAME, namespace: 'example-namespace'}},
    })
    await session.matches('platform-example-j')
  })

  test('K, two replicas of which one always stays', async () => {
    const session = anExampleCluster()
    await session.given(manifest({services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}))
    await session.type(
      `kubectl sfl platform services configure data-index -n example-namespace --replicas 2 --pdb-min-available 1 ${DRY}`,
    )
    await session.matches('platform-example-k')
  })
})
