import {createHash} from 'node:crypto'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {md5} from '../../../src/domain/core/md5.js'
import {
  childName,
  isMigrationJob,
  longestWithMigrationJob,
  longestWithService,
  migrationJobName,
  parseService,
  parseServices,
  platformNameFault,
  type PlatformNameUse,
  serviceKeys,
  platformTriggers,
  propertiesName,
  retiredTriggers,
  serviceObjectName,
  serviceUrl,
  sinkBindingName,
  triggerName,
  workflowSinkBindingName,
} from '../../../src/domain/sonataflow/names.js'

const first = 'fbf285df-c0a4-4545-b77a-c232ec2890e2'
const second = 'a25c8405-f740-47d2-a9a5-f80ccaec2955'

test.each([
  [first, 'data-index-jobs-', 'data-index-jobs-fbf285df-c0a4-4545-b77a-c232ec2890e2'],
  [first, 'data-index-process-definition-', 'data-index-process-definition-e48b4e4bf73e22b90ecf7e093ff6b1eaf'],
  [first, 'data-index-process-variable-', 'data-index-process-variable-ac727d6051750888dedb72f697737c0dfbf'],
  [first, 'data-index-process-instance-multiple-', 'data-index-process-instance-mul90fbf937c3580d4d7b50562ded3c181b'],
  [second, 'data-index-process-instance-multiple-', 'data-index-process-instance-mul07f593476e8c14353a337590e0bfd5ae'],
  [second, 'data-index-process-definition-', 'data-index-process-definition-473e1ddbb3ca1d62768187eb80de99bca'],
])('uid %s: the trigger %s has the name that the operator gives it', (uid, base, name) => {
  const trigger = platformTriggers.find((one) => one.base === base)
  expect(trigger && triggerName(trigger, uid)).toBe(name)
})

test('a child of a long parent and a short suffix keeps the suffix, as kmeta does', () => {
  const parent = 'p'.repeat(70)
  expect(childName(parent, '-sb')).toBe(`${'p'.repeat(28)}${md5(parent)}-sb`)
  expect(childName('a', '-b')).toBe('a-b')
})

test('no name of a child is longer than 63 characters or ends in a dash', () => {
  const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,90}[a-z0-9]$/)
  fc.assert(
    fc.property(part, part, (parent, suffix) => {
      const name = childName(`${parent}-`, suffix)
      expect(name.length).toBeLessThanOrEqual(63)
      expect(name).toMatch(/[a-z0-9]$/)
    }),
  )
})

test('MD5 is that of every other implementation', () => {
  fc.assert(
    fc.property(fc.string({unit: 'grapheme', maxLength: 200}), (text) => {
      expect(md5(text)).toBe(createHash('md5').update(text, 'utf8').digest('hex'))
    }),
  )
})

test.each([
  ['main', 'sonataflow-db-migrator-job-ea90e208'],
  ['10.1.0', 'sonataflow-db-migrator-job-52fa09b'],
  ['1.38.0', 'sonataflow-db-migrator-job-b81d6bb3'],
  [undefined, 'sonataflow-db-migrator-job'],
])('an operator with image tag %s names its migration Job %s', (tag, name) => {
  expect(migrationJobName(tag)).toBe(name)
  expect(isMigrationJob(name)).toBe(true)
})

test('other Jobs are no migration Jobs', () => {
  expect(['sonataflow-db-migrator-jobs', 'x-sonataflow-db-migrator-job'].filter(isMigrationJob)).toEqual([])
})

test('Data Index has seven triggers, Job Service two, and one is of former days', () => {
  expect(
    platformTriggers.map(({base, eventType, path, ordered}) => [base, eventType, path, ordered].join(' ')),
  ).toEqual([
    'data-index-process-error- ProcessInstanceErrorDataEvent /processes false',
    'data-index-process-node- ProcessInstanceNodeDataEvent /processes false',
    'data-index-process-state- ProcessInstanceStateDataEvent /processes false',
    'data-index-process-variable- ProcessInstanceVariableDataEvent /processes false',
    'data-index-process-definition- ProcessDefinitionEvent /definitions true',
    'data-index-process-instance-multiple- MultipleProcessInstanceDataEvent /processes false',
    'data-index-jobs- JobEvent /jobs true',
    'jobs-service-create-job- job.create /v2/jobs/events true',
    'jobs-service-delete-job- job.delete /v2/jobs/events true',
  ])
  expect(retiredTriggers.map(({base}) => base)).toEqual(['data-index-process-sla-'])
})

test('the objects of a service are named after the platform', () => {
  expect([
    serviceObjectName('p', 'dataIndex'),
    serviceObjectName('p', 'jobService'),
    propertiesName('p', 'jobService'),
    sinkBindingName('p'),
    workflowSinkBindingName('Greet'),
    serviceUrl('p', 'shop', 'dataIndex'),
  ]).toEqual([
    'p-data-index-service',
    'p-jobs-service',
    'p-jobs-service-props',
    'p-jobs-service-sb',
    'greet-sb',
    'http://p-data-index-service.shop',
  ])
})

describe('the words for a service', () => {
  test.each([
    ['data-index', 'dataIndex'],
    ['dataIndex', 'dataIndex'],
    ['data-index-service', 'dataIndex'],
    ['job-service', 'jobService'],
    ['jobService', 'jobService'],
    ['jobs-service', 'jobService'],
    ['jobs', 'jobService'],
  ])('%s is %s', (text, key) => {
    expect(parseService(text)).toBe(key)
  })

  test('others are refused with the nearest one', () => {
    expect(() => parseService('data-indx')).toThrow('unknown service "data-indx", did you mean "data-index"?')
  })

  test('lists are read with commas, each service once, Data Index first', () => {
    expect(parseServices(['jobs,data-index', 'job-service'])).toEqual(['dataIndex', 'jobService'])
    expect(parseServices(['all'])).toEqual(['dataIndex', 'jobService'])
  })
})

describe('the name of a platform', () => {
  test('leaves room for the names and labels made of it', () => {
    expect([
      longestWithService('dataIndex'),
      longestWithService('jobService'),
      longestWithMigrationJob(),
      longestWithMigrationJob(false),
    ]).toEqual([44, 50, 27, 36])
  })

  const both = {services: serviceKeys}
  test.each<[string, PlatformNameUse, string | undefined]>([
    ['sonataflow-platform', both, undefined],
    ['p'.repeat(44), both, undefined],
    ['p'.repeat(45), both, 'it has 45 characters, and more than 44 leave no room for "-data-index-service"'],
    ['p'.repeat(49), {services: ['jobService']}, undefined],
    ['p'.repeat(51), {services: ['jobService']}, 'more than 50 leave no room for "-jobs-service"'],
    ['p'.repeat(80), {services: []}, undefined],
    ['p'.repeat(27), {...both, migrationJob: true}, undefined],
    ['p'.repeat(28), {...both, migrationJob: true}, 'with migration strategy job more than 27'],
    ['p'.repeat(36), {...both, migrationJob: true, hashedJob: false}, undefined],
    ['p'.repeat(37), {...both, migrationJob: true, hashedJob: false}, 'more than 36'],
    ['1st', both, undefined],
    ['a.b', both, 'DNS-1123 label'],
    ['a.b', {services: []}, undefined],
    ['A', {services: []}, 'DNS-1123 subdomain'],
    ['', both, 'DNS-1123 label'],
  ])('%s %o: %s', (name, use, fault) => {
    const found = platformNameFault(name, use)
    if (fault === undefined) expect(found).toBeUndefined()
    else expect(found).toContain(fault)
  })
})
