import {describe, expect, test} from 'vitest'
import {type Plan} from '../../../../src/domain/core/plan.js'
import {
  readConnection,
  parseServiceAddress,
  type ConnectionOptions,
} from '../../../../src/domain/sonataflow/persistence/connection-options.js'
import {newestSchema} from '../../../../src/domain/sonataflow/generation.js'
import {type ServiceKey} from '../../../../src/domain/sonataflow/names.js'
import {
  planMigrationSet,
  planPersistenceSet,
  planPersistenceUnset,
} from '../../../../src/domain/sonataflow/persistence/edit.js'
import {platformManifest, readPlatformOptions} from '../../../../src/domain/sonataflow/platform/options.js'
import {anObject, facts} from '../facts.js'
import {aPlatform, jdbc, postgres} from '../platforms.js'

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

describe('databases', () => {
  const connection = (more: ConnectionOptions = {}, keys: ServiceKey[] = []) =>
    readConnection({service: 'pg', secret: 'pg-secret', ...more}, keys)

  test('a connection is stated whole: what it had before and is not given goes', () => {
    const spec = {...both, persistence: {postgresql: jdbc('jdbc:postgresql://h/d')}}
    expect(sent(planPersistenceSet('platform', connection(), {}, of(spec)))).toEqual([
      {persistence: {postgresql: {jdbcUrl: null, serviceRef: {name: 'pg'}}}},
    ])
    const other = {...both, persistence: {postgresql: postgres({namespace: 'db', port: 1})}}
    expect(sent(planPersistenceSet('platform', connection({database: 'd'}), {}, of(other)))).toEqual([
      {persistence: {postgresql: {serviceRef: {namespace: null, port: null, databaseName: 'd'}}}},
    ])
    expect(
      sent(planPersistenceSet('platform', connection(), {}, of({...both, persistence: {postgresql: postgres()}}))),
    ).toEqual(['unchanged'])
  })

  test('a service gets its connection and schema, and keeps its strategy', () => {
    const spec = {services: {jobService: {enabled: true, persistence: {dbMigrationStrategy: 'none'}}}}
    expect(
      sent(planPersistenceSet(['jobService'], connection({schema: ['jobs']}, ['jobService']), {}, of(spec))),
    ).toEqual([
      {
        services: {
          jobService: {
            persistence: {
              postgresql: {serviceRef: {name: 'pg', databaseSchema: 'jobs'}, secretRef: {name: 'pg-secret'}},
            },
          },
        },
      },
    ])
  })

  test('a Secret that is missing refuses it, unless forced', () => {
    const missing = of(both, {secrets: {'shop/pg-secret': 'absent'}})
    expect(codes(planPersistenceSet('platform', connection({database: 'd'}), {}, missing))).toEqual(['SFL-DB09'])
    expect(codes(planPersistenceSet('platform', connection({database: 'd'}), {force: true}, missing))).toEqual([])
  })

  test.each<[string, object, 'platform' | ServiceKey[], unknown]>([
    ['the platform', {...both, persistence: {postgresql: postgres()}}, 'platform', {persistence: null}],
    [
      'a service',
      {services: {dataIndex: {persistence: {postgresql: postgres()}}}},
      ['dataIndex'],
      {services: {dataIndex: {persistence: null}}},
    ],
    [
      'a strategy job without any database left',
      {services: {dataIndex: {persistence: {postgresql: postgres(), dbMigrationStrategy: 'job'}}}},
      ['dataIndex'],
      {services: {dataIndex: {persistence: null}}},
    ],
    [
      'a strategy that still has the database of the platform',
      {
        persistence: {postgresql: postgres()},
        services: {dataIndex: {persistence: {postgresql: postgres(), dbMigrationStrategy: 'none'}}},
      },
      ['dataIndex'],
      {services: {dataIndex: {persistence: {postgresql: null}}}},
    ],
    ['nothing', both, ['dataIndex'], 'unchanged'],
  ])('unset takes away %s', (_, spec, target, patch) => {
    expect(sent(planPersistenceUnset(target, {}, of(spec)))).toEqual([patch])
  })

  test.each([
    ['pg', {name: 'pg'}],
    ['pg.db', {name: 'pg', namespace: 'db'}],
    ['pg:5433', {name: 'pg', port: 5433}],
    ['pg.db:5433', {name: 'pg', namespace: 'db', port: 5433}],
  ])('--service %s is %o', (text, address) => {
    expect(parseServiceAddress(text)).toEqual(address)
  })

  test.each(['', 'pg.db.svc', 'PG', 'pg:0', 'pg:70000', 'pg:x', 'pg:1:2', 'pg.'])(
    '--service "%s" is refused',
    (text) => {
      expect(() => parseServiceAddress(text)).toThrow('invalid')
    },
  )

  test.each<[ConnectionOptions, ServiceKey[], string]>([
    [{secret: 's'}, [], '--service or --jdbc-url is needed'],
    [{service: 'pg', jdbcUrl: 'jdbc:postgresql://h/d', secret: 's'}, [], 'exclude each other'],
    [{service: 'pg'}, [], '--secret is needed'],
    [{jdbcUrl: 'postgres://h', secret: 's'}, [], 'it has to begin with jdbc:postgresql://'],
    [{jdbcUrl: 'jdbc:postgresql://h/d', database: 'd', secret: 's'}, [], '--database and --schema belong to --service'],
    [{service: 'pg', secret: 's', schema: ['x']}, [], '--schema is for services'],
    [{service: 'pg', secret: 's', schema: ['x']}, ['dataIndex', 'jobService'], 'say for which service'],
    [{service: 'pg', secret: 's', schema: ['jobs=x']}, ['dataIndex'], 'not among the services'],
    [{service: 'pg', secret: 's', userKey: 'a b'}, [], 'invalid --user-key'],
  ])('the connection %o for %o is refused: %s', (options, keys, words) => {
    expect(() => readConnection(options, keys)).toThrow(words)
  })
})

describe('migration', () => {
  const own = {services: {dataIndex: {enabled: true, persistence: {postgresql: postgres({databaseName: 'd'})}}}}

  test('sets the strategy and nothing else', () => {
    const plan = planMigrationSet(['dataIndex'], 'job', {}, of(own))
    expect(sent(plan)).toEqual([{services: {dataIndex: {persistence: {dbMigrationStrategy: 'job'}}}}])
    expect(codes(plan)).toEqual([])
  })

  test.each<[string, object, Parameters<typeof facts>[0], string]>([
    ['there is no database', {services: {dataIndex: {}}}, {}, 'SFL-DB03'],
    [
      'the Job would connect elsewhere',
      {services: {dataIndex: {}}, persistence: {postgresql: postgres({port: 1})}},
      {services: {}},
      'SFL-DB05',
    ],
    ['services are running', own, {deployments: [anObject('Deployment', 'p-data-index-service')]}, 'SFL-DB06'],
    ['a Job is there already', own, {jobs: [anObject('Job', 'sonataflow-db-migrator-job-52fa09b')]}, 'SFL-DB07'],
  ])('job is refused when %s', (_, spec, changes, code) => {
    expect(codes(planMigrationSet(['dataIndex'], 'job', {}, of(spec, changes)))).toEqual([code])
    expect(codes(planMigrationSet(['dataIndex'], 'job', {force: true}, of(spec, changes)))).toEqual([])
  })

  test('an operator until Nov 2024 has no word for what it always does', () => {
    const old = of(own, {schema: {...newestSchema, migrationStrategy: false}})
    expect(sent(planMigrationSet(['dataIndex'], 'service', {}, old))).toEqual(['unchanged'])
    expect(
      platformManifest(readPlatformOptions({name: 'p', namespace: 'shop', migration: ['service']}), {
        ...newestSchema,
        migrationStrategy: false,
      }).spec,
    ).toEqual(both)
  })
})
