import {expect, test} from 'vitest'
import {aPlatform, jdbc, postgres} from '../platforms.js'
import {both, withDatabase, own, finishedJob, live, job, fine, saidBy, type JudgedCase} from '../judging.js'

const cases: readonly JudgedCase[] = [
  ['SFL-DB01', 'warning', 'keeps its data in an embedded database', {spec: both}, fine],
  [
    'SFL-DB01',
    'warning',
    'leaves its database',
    {spec: both, options: {before: aPlatform(withDatabase)}},
    {spec: withDatabase, options: {before: aPlatform(both)}},
  ],
  [
    'SFL-DB02',
    'error',
    '"Job" is no migration strategy',
    {spec: own({...job, dbMigrationStrategy: 'Job'})},
    {spec: own(job)},
  ],
  ['SFL-DB03', 'error', 'which has no PostgreSQL', {spec: own({dbMigrationStrategy: 'job'})}, {spec: own(job)}],
  [
    'SFL-DB04',
    'warning',
    'strategy none for Data Index has no effect',
    {spec: own({dbMigrationStrategy: 'none'})},
    {spec: own({...job, dbMigrationStrategy: 'none'})},
  ],
  [
    'SFL-DB05',
    'error',
    'would connect to pg.shop:5432, and Data Index to pg.db:1234',
    {spec: {...own({dbMigrationStrategy: 'job'}), persistence: {postgresql: postgres({namespace: 'db', port: 1234})}}},
    {spec: {...own({dbMigrationStrategy: 'job'}), persistence: {postgresql: postgres()}}},
  ],
  ['SFL-DB06', 'warning', 'deletes the running p-data-index-service', {spec: own(job), facts: live}, {spec: own(job)}],
  [
    'SFL-DB06',
    'warning',
    'deletes the running',
    {spec: own(job), facts: live},
    {spec: own(job), facts: {...live, ...finishedJob('Complete')}},
  ],
  [
    'SFL-DB07',
    'error',
    'has failed',
    {spec: own(job), facts: finishedJob('Failed')},
    {spec: own(job), facts: finishedJob('Complete')},
  ],
  [
    'SFL-DB07',
    'error',
    'the database of Data Index is not migrated',
    {
      spec: own(job),
      facts: finishedJob('Complete'),
      options: {before: aPlatform(own({...job, postgresql: postgres({namespace: 'x'})}))},
    },
    {spec: own(job), facts: finishedJob('Complete'), options: {before: aPlatform(own(job))}},
  ],
  [
    'SFL-DB08',
    'error',
    'exactly one of serviceRef and jdbcUrl is needed, and there are both',
    {spec: own({postgresql: {...Object(postgres()), jdbcUrl: 'jdbc:postgresql://h/d'}})},
    fine,
  ],
  [
    'SFL-DB08',
    'error',
    'secretRef with the name of a Secret is missing',
    {spec: own({postgresql: {serviceRef: {name: 'pg'}}})},
    fine,
  ],
  [
    'SFL-DB09',
    'error',
    'Secret pg-secret does not exist in namespace shop',
    {spec: withDatabase, facts: {secrets: {'shop/pg-secret': 'absent'}}},
    fine,
  ],
  [
    'SFL-DB09',
    'error',
    'has no key POSTGRESQL_USER and no key POSTGRESQL_PASSWORD; it has POSTGRES_USER and POSTGRES_PASSWORD',
    {spec: withDatabase, facts: {secrets: {'shop/pg-secret': {keys: ['POSTGRES_USER', 'POSTGRES_PASSWORD']}}}},
    {
      spec: {
        ...both,
        persistence: {postgresql: postgres({}, {userKey: 'POSTGRES_USER', passwordKey: 'POSTGRES_PASSWORD'})},
      },
      facts: {secrets: {'shop/pg-secret': {keys: ['POSTGRES_USER', 'POSTGRES_PASSWORD']}}},
    },
  ],
  [
    'SFL-DB09',
    'error',
    'there is one in db, beside the database',
    {
      spec: own({postgresql: postgres({namespace: 'db'})}),
      facts: {secrets: {'shop/pg-secret': 'absent', 'db/pg-secret': {keys: []}}},
    },
    fine,
  ],
  [
    'SFL-DB09',
    'warning',
    'could not be read',
    {spec: withDatabase, facts: {secrets: {'shop/pg-secret': 'forbidden'}}},
    fine,
  ],
  [
    'SFL-DB10',
    'error',
    'Service pg does not exist in namespace shop',
    {spec: withDatabase, facts: {services: {'shop/pg': 'absent'}}},
    fine,
  ],
  [
    'SFL-DB10',
    'error',
    'has no port 5432, only 5433',
    {spec: withDatabase, facts: {services: {'shop/pg': {ports: [5433], readyAddresses: 1}}}},
    fine,
  ],
  [
    'SFL-DB10',
    'error',
    'has no ready endpoints',
    {spec: withDatabase, facts: {services: {'shop/pg': {ports: [5432], readyAddresses: 0}}}},
    {spec: withDatabase, facts: {services: {'shop/pg': {ports: [5432], readyAddresses: undefined}}}},
  ],
  [
    'SFL-DB11',
    'warning',
    'and so does every workflow',
    {spec: {...both, persistence: {postgresql: jdbc('jdbc:postgresql://h/d')}}},
    fine,
  ],
  [
    'SFL-DB12',
    'error',
    'has 64 bytes',
    {spec: own({postgresql: postgres({databaseSchema: 's'.repeat(64)})})},
    {spec: own({postgresql: postgres({databaseSchema: 's'.repeat(63)})})},
  ],
  [
    'SFL-DB12',
    'note',
    'uses schema p-data-index-service',
    {spec: own({postgresql: postgres()})},
    {spec: own({postgresql: postgres({databaseSchema: 's'})})},
  ],
  [
    'SFL-DB13',
    'error',
    'does not begin with jdbc:postgresql://',
    {spec: own({postgresql: jdbc('jdbc:mysql://h/d')})},
    fine,
  ],
  [
    'SFL-DB13',
    'warning',
    'names no currentSchema',
    {spec: own({postgresql: jdbc('jdbc:postgresql://h/d')})},
    {spec: own({postgresql: jdbc('jdbc:postgresql://h/d?currentSchema=s')})},
  ],
  [
    'SFL-DB13',
    'warning',
    'has credentials in it',
    {spec: own({postgresql: jdbc('jdbc:postgresql://h/d?currentSchema=s&user=u')})},
    {spec: own({postgresql: jdbc('jdbc:postgresql://h/d?currentSchema=s')})},
  ],
  [
    'SFL-DB14',
    'warning',
    'use database sonataflow, the default',
    {spec: {...both, persistence: {postgresql: postgres()}}},
    fine,
  ],
  [
    'SFL-DB15',
    'note',
    'nobody migrates the database of Data Index: schema "p-data-index-service" (in SQL with its double quotes)',
    {spec: own({...job, dbMigrationStrategy: 'none'})},
    {spec: own(job)},
  ],
]

test.each(cases)('%s, %s: %s', (code, level, words, fires, silent) => {
  expect(saidBy(code, level, fires).join('\n')).toContain(words)
  expect(saidBy(code, level, silent).filter((message) => message.includes(words))).toEqual([])
})
