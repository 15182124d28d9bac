import {describe, expect, test} from 'vitest'
import {DEPLOYMENT} from '../../../src/domain/eventing/names.js'
import {at, listAt, recordAt, textAt} from '../../../src/domain/core/read.js'
import {JOB, migrationJobName, POD} from '../../../src/domain/sonataflow/names.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {demo} from '../manifests.js'
import {
  conditionsOf,
  database,
  objectsIn,
  platform,
  platformRef,
  postgres,
  settled,
  warningsAbout,
} from '../sonataflow.js'

const name = migrationJobName('1.38.0')
const job = {...JOB, name, namespace: 'demo'}
const byJob = (rest: Record<string, unknown> = {}) => ({persistence: {dbMigrationStrategy: 'job', ...rest}})
const spec = {persistence: database(), services: {dataIndex: byJob(), jobService: byJob()}}
const log = (sandbox: Sandbox, jobName = name) =>
  sandbox.client().logs({...POD, name: `${jobName}-x2x7q`, namespace: 'demo'}, {tailLines: 1})
const withDatabase = (fails?: string): Sandbox => {
  const sandbox = demo()
  sandbox.load(postgres('postgres', fails === undefined ? {} : {fails}))
  return sandbox
}

describe('strategy job', () => {
  test('migrates with a Job of the operator’s version before anything is deployed, and says so when it is done', async () => {
    const sandbox = withDatabase()
    const found = await settled(sandbox, platform('p', spec))
    expect(name).toBe('sonataflow-db-migrator-job-b81d6bb3')
    expect(objectsIn(sandbox, ['Job', 'Deployment'])).toEqual([
      'Deployment p-data-index-service',
      'Deployment p-jobs-service',
      `Job ${name}`,
    ])
    expect(await sandbox.client().get(job)).toMatchObject({
      status: {succeeded: 1, conditions: [{type: 'Complete', status: 'True'}]},
    })
    expect(recordAt(found, 'status', 'sonataFlowPlatformDBMigrationPhase')).toEqual({
      dbMigrationStatus: 'Succeeded',
      message: 'The database migrations for the services are successful',
      reason: 'The database migration job completed as expected',
    })
    const container = listAt(
      await sandbox.client().get({...DEPLOYMENT, name: 'p-jobs-service', namespace: 'demo'}),
      'spec',
      'template',
      'spec',
      'containers',
    )[0]
    expect(listAt(container, 'env')).toContainEqual({name: 'QUARKUS_FLYWAY_MIGRATE_AT_START', value: 'false'})
    expect(await log(sandbox)).toBe('DB migration finished\n')
  })

  test.each<[string, string, string]>([
    ['is not there', 'gone', 'java.net.UnknownHostException: gone.demo\n'],
    [
      'refuses the password',
      'postgres',
      'org.postgresql.util.PSQLException: FATAL: password authentication failed for user\n',
    ],
  ])('fails when the database %s: no services, no word in the status, only events', async (_, server, lastLine) => {
    const sandbox = withDatabase('refuses-login')
    const found = await settled(sandbox, platform('p', {...spec, persistence: database(server)}))
    expect(conditionsOf(found)).toEqual(['Succeed | True'])
    expect(found).not.toHaveProperty('status.sonataFlowPlatformDBMigrationPhase')
    expect(objectsIn(sandbox, ['Deployment'])).toEqual([])
    expect(await sandbox.client().get(job)).toMatchObject({
      status: {failed: 1, conditions: [{type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded'}]},
    })
    expect(warningsAbout(sandbox, 'p')).toEqual([
      `Failed | Failed to update SonataFlowPlaform: DB migration job failed. namespace=demo job=${name}`,
    ])
    expect(await log(sandbox)).toBe(lastLine)
  })

  test('says nothing at all while the Job runs', async () => {
    const sandbox = withDatabase('hangs')
    const found = await settled(sandbox, platform('p', spec))
    expect(conditionsOf(found)).toEqual(['Succeed | True'])
    expect(found).not.toHaveProperty('status.sonataFlowPlatformDBMigrationPhase')
    expect(warningsAbout(sandbox, 'p')).toEqual([])
    expect(objectsIn(sandbox, ['Deployment'])).toEqual([])
    expect(await sandbox.client().get(job)).toMatchObject({status: {active: 1}})
  })

  test('waits forever for a Secret that is missing', async () => {
    const sandbox = demo()
    sandbox.load(postgres().slice(0, 2))
    await settled(sandbox, platform('p', spec))
    const pod = {...POD, name: `${name}-x2x7q`, namespace: 'demo'}
    expect(textAt(await sandbox.client().get(pod), 'status', 'phase')).toBe('Pending')
    await expect(sandbox.client().logs(pod)).rejects.toMatchObject({
      reason: 'BadRequest',
      message: `container "db-migration-container" in pod "${name}-x2x7q" is waiting to start: CreateContainerConfigError`,
    })
    await settled(sandbox, postgres()[2]!)
    expect(await sandbox.client().get(job)).toMatchObject({status: {succeeded: 1}})
    expect(objectsIn(sandbox, ['Deployment'])).toHaveLength(2)
  })
})

describe('the traps of the migration Job', () => {
  test('a failed Job is never run again, until it is deleted', async () => {
    const sandbox = withDatabase('no-database')
    await settled(sandbox, platform('p', spec))
    const client = sandbox.client()
    await client.patch(
      {apiVersion: 'v1', kind: 'Service', namespace: 'demo', name: 'postgres'},
      {metadata: {annotations: null}},
    )
    await sandbox.settle()
    expect(await client.get(job)).toMatchObject({status: {failed: 1}})
    await client.delete(job)
    await client.patch(platformRef('p'), {metadata: {annotations: {poke: '1'}}})
    await sandbox.settle()
    expect(await client.get(job)).toMatchObject({status: {succeeded: 1}})
    expect(objectsIn(sandbox, ['Deployment'])).toHaveLength(2)
  })

  test('a live platform loses both services while the Job runs', async () => {
    const sandbox = withDatabase('hangs')
    sandbox.load(postgres('other'))
    await settled(sandbox, platform('p', {persistence: database('other'), services: {dataIndex: {}, jobService: {}}}))
    expect(objectsIn(sandbox, ['Deployment'])).toHaveLength(2)
    await sandbox.client().patch(platformRef('p'), {spec: {services: {dataIndex: byJob(database())}}})
    await sandbox.settle()
    expect(objectsIn(sandbox, ['Deployment', 'Service'])).toEqual([
      'Service other',
      'Service p-data-index-service',
      'Service p-jobs-service',
      'Service postgres',
    ])
  })

  test('a new version of the operator does the same with a Job of another name', async () => {
    const sandbox = withDatabase()
    await settled(sandbox, platform('p', spec))
    const operator = {
      ...DEPLOYMENT,
      namespace: 'sonataflow-operator-system',
      name: 'sonataflow-operator-controller-manager',
    }
    const containers = [{name: 'manager', image: 'docker.io/apache/incubator-kie-sonataflow-operator:10.1.0'}]
    await sandbox.client().patch(operator, {spec: {template: {spec: {containers}}}})
    await sandbox.settle()
    expect(objectsIn(sandbox, ['Job'])).toEqual(['Job sonataflow-db-migrator-job-52fa09b', `Job ${name}`])
  })

  test('namespace and port of the platform’s database do not reach the Job', async () => {
    const sandbox = demo()
    sandbox.load([...postgres('postgres', {namespace: 'data'}).slice(0, 2), ...postgres().slice(2)])
    await settled(sandbox, platform('p', {...spec, persistence: database('postgres', {namespace: 'data'})}))
    expect(await log(sandbox)).toBe('java.net.UnknownHostException: postgres.demo\n')
  })

  test('without any database the API refuses the Job, and the services are gone', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', {services: {dataIndex: {}, jobService: {}}}))
    await sandbox.client().patch(platformRef('p'), {spec: {services: {dataIndex: byJob()}}})
    await sandbox.settle()
    expect(objectsIn(sandbox, ['Deployment', 'Job'])).toEqual([])
    expect(warningsAbout(sandbox, 'p')).toEqual([
      expect.stringMatching(
        /^Failed \| Failed to update SonataFlowPlaform: Job\.batch ".*" is invalid: .*secretKeyRef\.key: Invalid value: " "/s,
      ),
    ])
  })

  test('a platform’s name that is too long for the Job’s label', async () => {
    const sandbox = withDatabase()
    const long = 'a'.repeat(28)
    await settled(sandbox, platform(long, spec))
    expect(objectsIn(sandbox, ['Job'])).toEqual([])
    expect(warningsAbout(sandbox, long)).toEqual([
      expect.stringMatching(/metadata\.labels: Invalid value: ".*": must be no more than 63 characters/),
    ])
  })
})

test.each<[string, unknown]>([
  ['service', 'true'],
  ['none', 'false'],
  ['jobb', 'false'],
])('strategy %s needs no Job, and the service migrates at start: %s', async (dbMigrationStrategy, atStart) => {
  const sandbox = withDatabase()
  await settled(
    sandbox,
    platform('p', {persistence: database(), services: {dataIndex: {persistence: {dbMigrationStrategy}}}}),
  )
  expect(objectsIn(sandbox, ['Job'])).toEqual([])
  const deployment = await sandbox.client().get({...DEPLOYMENT, name: 'p-data-index-service', namespace: 'demo'})
  const env = listAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'env')
  const found = env.find((one) => textAt(one, 'name') === 'QUARKUS_FLYWAY_MIGRATE_AT_START')
  expect(at(found, 'value')).toBe(atStart)
})
