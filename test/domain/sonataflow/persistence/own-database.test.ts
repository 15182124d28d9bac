import {printCommand} from '../../../../src/domain/core/commands.js'
import {describe, expect, test} from 'vitest'
import {at} from '../../../../src/domain/core/read.js'
import {platformCommandLine} from '../../../../src/domain/sonataflow/platform/command.js'
import {platformManifest, readPlatformOptions} from '../../../../src/domain/sonataflow/platform/options.js'

const options = (...ownDatabase: readonly string[]) => ({name: 'shop', namespace: 'demo', ownDatabase})

describe('--own-database', () => {
  test('gives one service another database than the rest, and is part of the recommended command', () => {
    const request = readPlatformOptions({
      ...options('job-service=jobs-login@postgres.data:5433/jobs/timers'),
      service: 'postgres',
      secret: 'login',
      migration: ['job'],
    })
    const {spec} = platformManifest(request)
    expect(at(spec, 'persistence', 'postgresql')).toEqual({serviceRef: {name: 'postgres'}, secretRef: {name: 'login'}})
    expect(at(spec, 'services', 'dataIndex', 'persistence')).toEqual({dbMigrationStrategy: 'job'})
    expect(at(spec, 'services', 'jobService', 'persistence')).toEqual({
      dbMigrationStrategy: 'job',
      postgresql: {
        serviceRef: {name: 'postgres', namespace: 'data', port: 5433, databaseName: 'jobs', databaseSchema: 'timers'},
        secretRef: {name: 'jobs-login'},
      },
    })
    expect(printCommand(platformCommandLine('apply', request))).toBe(
      'kubectl sfl platform apply shop -n demo --service postgres --secret login --own-database job-service=jobs-login@postgres.data:5433/jobs/timers --migration data-index=job --migration job-service=job',
    )
  })

  test('goes before the connection that is given to each service', () => {
    const request = readPlatformOptions({
      ...options('job-service=jobs-login@other/jobs'),
      service: 'postgres',
      secret: 'login',
      perService: true,
    })
    const {spec} = platformManifest(request)
    const serverOf = (key: string): unknown =>
      at(spec, 'services', key, 'persistence', 'postgresql', 'serviceRef', 'name')
    expect([serverOf('dataIndex'), serverOf('jobService')]).toEqual(['postgres', 'other'])
  })

  test.each([
    ['job-service=postgres/jobs', /expected SECRET@NAME/],
    ['job-service=login@postgres', /expected SECRET@NAME/],
    ['job-service=login@postgres:0/jobs', /invalid port "0"/],
    ['job-service=Login@postgres/jobs', /--secret/],
    ['login@postgres/jobs', /say for which service/],
    ['data-index=a@b/c', /data-index is not among the services/, 'job-service'],
  ])('%s is refused', (text, fault, services = 'all') => {
    expect(() => readPlatformOptions({...options(text), services: [services]})).toThrow(fault)
  })
})
