import {describe, expect, test} from 'vitest'
import {
  effectiveService,
  type ClusterContext,
  type PlatformContext,
} from '../../../../src/domain/sonataflow/effective/effective.js'
import {platformRows} from '../../../../src/domain/sonataflow/effective/rows.js'
import {releaseOf} from '../../../../src/domain/sonataflow/release.js'
import {aClusterPlatform, aPlatform, brokerTo, jdbc, postgres} from '../platforms.js'

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

describe('the database of a service', () => {
  const own = 'spec.services.dataIndex.persistence.postgresql'
  test.each<[string, object, string, string]>([
    [
      'nothing is written',
      {services: {dataIndex: {}}},
      'data-index.persistence',
      'ephemeral ← operator default (embedded PostgreSQL)',
    ],
    [
      'the service has its own',
      {services: {dataIndex: {persistence: {postgresql: postgres()}}}},
      'data-index.persistence',
      `postgresql ← ${own}`,
    ],
    [
      'the platform has one',
      {persistence: {postgresql: postgres()}, services: {dataIndex: {}}},
      'data-index.persistence',
      'postgresql ← spec.persistence.postgresql',
    ],
    [
      'both have one',
      {persistence: {postgresql: postgres()}, services: {dataIndex: {persistence: {postgresql: postgres()}}}},
      'data-index.persistence',
      `postgresql ← ${own}`,
    ],
    [
      'a strategy alone inherits the platform’s',
      {persistence: {postgresql: postgres()}, services: {dataIndex: {persistence: {dbMigrationStrategy: 'job'}}}},
      'data-index.persistence',
      'postgresql ← spec.persistence.postgresql',
    ],
    [
      'the other service’s own is nothing to this one',
      {services: {dataIndex: {}, jobService: {persistence: {postgresql: postgres()}}}},
      'data-index.persistence',
      'ephemeral ← operator default (embedded PostgreSQL)',
    ],
    [
      'null is nothing',
      {services: {dataIndex: {persistence: {postgresql: null}}}},
      'data-index.persistence',
      'ephemeral ← operator default (embedded PostgreSQL)',
    ],
    [
      'a service reference with nothing but its name',
      {services: {dataIndex: {persistence: {postgresql: postgres()}}}},
      'data-index.database.jdbc-url',
      `jdbc:postgresql://pg.shop:5432/sonataflow?currentSchema=p-data-index-service ← ${own}.serviceRef`,
    ],
    [
      'a service reference with everything',
      {
        services: {
          dataIndex: {
            persistence: {
              postgresql: postgres({namespace: 'db', port: 1234, databaseName: 'd', databaseSchema: 's'}),
            },
          },
        },
      },
      'data-index.database.jdbc-url',
      `jdbc:postgresql://pg.db:1234/d?currentSchema=s ← ${own}.serviceRef`,
    ],
    [
      'the platform’s for Data Index',
      {persistence: {postgresql: postgres({port: 1234})}, services: {dataIndex: {}}},
      'data-index.database.jdbc-url',
      'jdbc:postgresql://pg.shop:1234/sonataflow?currentSchema=p-data-index-service ← spec.persistence.postgresql.serviceRef',
    ],
    [
      'the platform’s for Job Service',
      {persistence: {postgresql: postgres({namespace: 'db'})}, services: {jobService: {}}},
      'job-service.database.jdbc-url',
      'jdbc:postgresql://pg.db:5432/sonataflow?currentSchema=p-jobs-service ← spec.persistence.postgresql.serviceRef',
    ],
    [
      'a schema written for the platform is no field, and ignored',
      {persistence: {postgresql: postgres({databaseSchema: 'x'})}, services: {dataIndex: {}}},
      'data-index.database.schema',
      'p-data-index-service ← operator default',
    ],
    [
      'a URL is taken as it is',
      {services: {dataIndex: {persistence: {postgresql: jdbc('jdbc:postgresql://h/d')}}}},
      'data-index.database.jdbc-url',
      `jdbc:postgresql://h/d ← ${own}.jdbcUrl`,
    ],
    [
      'a URL without schema has none',
      {services: {dataIndex: {persistence: {postgresql: jdbc('jdbc:postgresql://h/d')}}}},
      'data-index.database.schema',
      'none',
    ],
    [
      'a URL names its schema',
      {services: {dataIndex: {persistence: {postgresql: jdbc('jdbc:postgresql://h/d?currentSchema=s&ssl=true')}}}},
      'data-index.database.schema',
      `s ← ${own}.jdbcUrl`,
    ],
    [
      'the URL of the platform is the same for all',
      {persistence: {postgresql: jdbc('jdbc:postgresql://h/d?currentSchema=s')}, services: {jobService: {}}},
      'job-service.database.schema',
      's ← spec.persistence.postgresql.jdbcUrl',
    ],
    [
      'a password in a URL is not shown',
      {services: {dataIndex: {persistence: {postgresql: jdbc('jdbc:postgresql://u:secret@h/d?password=secret')}}}},
      'data-index.database.jdbc-url',
      `jdbc:postgresql://u:***@h/d?password=*** ← ${own}.jdbcUrl`,
    ],
    [
      'the default keys of the Secret',
      {services: {dataIndex: {persistence: {postgresql: postgres()}}}},
      'data-index.database.user-key',
      'POSTGRESQL_USER ← operator default',
    ],
    [
      'other keys of the Secret',
      {persistence: {postgresql: postgres({}, {passwordKey: 'pw'})}, services: {dataIndex: {}}},
      'data-index.database.password-key',
      'pw ← spec.persistence.postgresql.secretRef.passwordKey',
    ],
  ])('%s', (_, spec, setting, expected) => {
    expect(rowsFor(spec, [setting])).toEqual([expected])
  })

  test('nothing is inherited from the platform of the cluster', () => {
    expect(
      rowsFor({services: {dataIndex: {}}}, ['data-index.persistence'], {
        cluster: clusterOf({...both, persistence: {postgresql: postgres()}}),
      }),
    ).toEqual(['ephemeral ← operator default (embedded PostgreSQL)'])
  })

  test('a service of the cluster is told with the settings of its own platform', () => {
    expect(
      rowsFor({persistence: {postgresql: postgres()}}, ['data-index.persistence', 'data-index.source'], {
        cluster: clusterOf({...both, eventing: {broker: brokerTo('events')}}),
      }),
    ).toEqual([
      'ephemeral ← operator default (embedded PostgreSQL)',
      'broker services/events ← spec.eventing.broker.ref of SonataFlowPlatform services/main',
    ])
  })
})

describe('who migrates the database', () => {
  const strategy = 'spec.services.dataIndex.persistence.dbMigrationStrategy'
  const withOwn = (more: object): object => ({services: {dataIndex: {persistence: {postgresql: postgres(), ...more}}}})
  test.each<[string, object, boolean, string, boolean | undefined, boolean]>([
    [
      'no persistence of its own',
      {persistence: {postgresql: postgres()}, services: {dataIndex: {}}},
      true,
      'service ← operator default',
      true,
      false,
    ],
    ['no strategy', withOwn({}), true, 'service ← operator default', true, false],
    ['service', withOwn({dbMigrationStrategy: 'service'}), true, `service ← ${strategy}`, true, false],
    ['job', withOwn({dbMigrationStrategy: 'job'}), true, `job ← ${strategy}`, false, true],
    ['none', withOwn({dbMigrationStrategy: 'none'}), true, `none ← ${strategy}`, false, false],
    ['an empty text', withOwn({dbMigrationStrategy: ''}), true, `none (not a strategy: ) ← ${strategy}`, false, false],
    ['a typo', withOwn({dbMigrationStrategy: 'Job'}), true, `none (not a strategy: Job) ← ${strategy}`, false, false],
    [
      'job with the database of the platform',
      {persistence: {postgresql: postgres()}, services: {dataIndex: {persistence: {dbMigrationStrategy: 'job'}}}},
      true,
      `job ← ${strategy}`,
      false,
      true,
    ],
    [
      'job without any database',
      {services: {dataIndex: {persistence: {dbMigrationStrategy: 'job'}}}},
      true,
      `n/a ← ${strategy}`,
      undefined,
      true,
    ],
    [
      'no database',
      {services: {dataIndex: {}}},
      true,
      'n/a ← operator default (embedded PostgreSQL)',
      undefined,
      false,
    ],
    [
      'an operator until Nov 2024 migrates at start, whatever migrateDBOnStartUp says',
      withOwn({migrateDBOnStartUp: false}),
      false,
      'service ← operator default (this operator knows no other)',
      true,
      false,
    ],
  ])('%s', (_, spec, knowsStrategies, row, atStart, job) => {
    const release = releaseOf(knowsStrategies ? '2026-06-29' : '2024-11-14')
    expect(rowsFor(spec, ['data-index.migration'], {release})).toEqual([row])
    const {details} = effectiveService('dataIndex', {platform: aPlatform(spec), release})
    expect([details?.migration.atStart, details?.migration.job]).toEqual([atStart, job])
  })
})

describe('the events of the services', () => {
  const broker = {eventing: {broker: brokerTo('events', 'hub')}}
  const path = 'spec.services.jobService'
  test.each<[string, object, string[]]>([
    [
      'nothing is written: direct HTTP',
      both,
      [
        'direct HTTP ← operator default (direct HTTP)',
        'direct HTTP ← operator default (direct HTTP)',
        'direct HTTP ← operator default (direct HTTP)',
      ],
    ],
    [
      'the broker of the platform is for all',
      {...both, ...broker},
      [
        'broker hub/events ← spec.eventing.broker.ref',
        'broker hub/events ← spec.eventing.broker.ref',
        'broker hub/events ← spec.eventing.broker.ref',
      ],
    ],
    [
      'without a namespace it is that of the platform',
      {...both, eventing: {broker: brokerTo('events')}},
      [
        'broker shop/events ← spec.eventing.broker.ref',
        'broker shop/events ← spec.eventing.broker.ref',
        'broker shop/events ← spec.eventing.broker.ref',
      ],
    ],
    [
      'the source of Data Index goes first, for Data Index',
      {...broker, services: {dataIndex: {source: brokerTo('mine')}, jobService: {}}},
      [
        'broker shop/mine ← spec.services.dataIndex.source.ref',
        'broker hub/events ← spec.eventing.broker.ref',
        'broker hub/events ← spec.eventing.broker.ref',
      ],
    ],
    [
      'a source of Data Index that is a URI does not count',
      {...broker, services: {dataIndex: {source: {uri: 'http://x'}}, jobService: {}}},
      [
        'broker hub/events ← spec.eventing.broker.ref',
        'broker hub/events ← spec.eventing.broker.ref',
        'broker hub/events ← spec.eventing.broker.ref',
      ],
    ],
    [
      'source and sink of the Job Service are independent',
      {services: {dataIndex: {}, jobService: {source: brokerTo('in'), sink: brokerTo('out')}}},
      [
        'direct HTTP ← operator default (direct HTTP)',
        `broker shop/in ← ${path}.source.ref`,
        `broker shop/out ← ${path}.sink.ref`,
      ],
    ],
    [
      'a source without a sink leaves the sink to the platform',
      {...broker, services: {dataIndex: {}, jobService: {source: brokerTo('in')}}},
      [
        'broker hub/events ← spec.eventing.broker.ref',
        `broker shop/in ← ${path}.source.ref`,
        'broker hub/events ← spec.eventing.broker.ref',
      ],
    ],
    [
      'a source without a sink, and no broker',
      {services: {dataIndex: {}, jobService: {source: brokerTo('in')}}},
      [
        'direct HTTP ← operator default (direct HTTP)',
        `broker shop/in ← ${path}.source.ref`,
        'direct HTTP ← operator default (direct HTTP)',
      ],
    ],
    [
      'a sink may be a URI',
      {services: {dataIndex: {}, jobService: {sink: {uri: 'http://sink'}}}},
      [
        'direct HTTP ← operator default (direct HTTP)',
        'direct HTTP ← operator default (direct HTTP)',
        `http://sink ← ${path}.sink.uri`,
      ],
    ],
    [
      'a platform broker that is a URI breaks the sources',
      {...both, eventing: {broker: {uri: 'http://x'}}},
      [
        'http://x: the operator needs a ref ← spec.eventing.broker',
        'http://x: the operator needs a ref ← spec.eventing.broker',
        'http://x ← spec.eventing.broker',
      ],
    ],
    [
      'a reference without a name is none',
      {...both, eventing: {broker: {ref: {kind: 'Broker', name: ''}}}},
      [
        'direct HTTP ← operator default (direct HTTP)',
        'direct HTTP ← operator default (direct HTTP)',
        'direct HTTP ← operator default (direct HTTP)',
      ],
    ],
  ])('%s', (_, spec, expected) => {
    expect(rowsFor(spec, ['data-index.source', 'job-service.source', 'job-service.sink'])).toEqual(expected)
  })

  test('the broker of the cluster is not that of local services', () => {
    expect(
      rowsFor(both, ['data-index.source'], {cluster: clusterOf({...both, eventing: {broker: brokerTo('events')}})}),
    ).toEqual(['direct HTTP ← operator default (direct HTTP)'])
  })
})
