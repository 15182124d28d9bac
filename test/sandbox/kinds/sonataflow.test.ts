import {describe, expect, test} from 'vitest'
import {generationText, newestSchema, readPlatformSchema} from '../../../src/domain/sonataflow/generation.js'
import {PLATFORM_CRD} from '../../../src/domain/sonataflow/names.js'
import {type KubeObject} from '../../../src/domain/core/object.js'
import {recordAt} from '../../../src/domain/core/read.js'
import {demo} from '../manifests.js'
import {clusterPlatform, database, platform, platformRef, workflow} from '../sonataflow.js'

const definition = {apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: PLATFORM_CRD}

describe('which operator is installed can be read from the definitions', () => {
  test('the newest is served when nothing else is said', async () => {
    const found = readPlatformSchema(await demo().client().get(definition))
    expect({...found, spec: undefined}).toEqual(newestSchema)
  })

  test('that of Nov 2024 knows migrateDBOnStartUp and nothing newer', async () => {
    const client = demo({install: {sonataflow: 'nov-2024'}}).client()
    const found = readPlatformSchema(await client.get(definition))
    expect(generationText(found)).toBe('OpenShift Serverless Logic 1.35 or older')
    expect(found.migrateOnStartUp).toBe(true)
  })

  test('without SonataFlow its kinds are not served at all', async () => {
    const client = demo({install: {sonataflow: 'none'}}).client()
    await expect(client.get(definition)).rejects.toMatchObject({reason: 'NotFound'})
    await expect(client.create(platform('p'))).rejects.toMatchObject({reason: 'ResourceNotServed'})
    expect(await client.served('sonataflow.org/v1alpha08')).toBeUndefined()
  })
})

const services = (stanza: Record<string, unknown>): KubeObject => platform('p', {services: {dataIndex: stanza}})
const strict = (field: string) => `strict decoding error: unknown field "${field}"`
const twice = {secretRef: {name: 's'}, jdbcUrl: 'jdbc:postgresql://db/x', serviceRef: {name: 'db'}}

describe('what is written wrong is refused with the words of the API server', () => {
  test.each<[string, KubeObject, string]>([
    [
      'neither a Service nor a URL',
      platform('p', {persistence: {postgresql: {secretRef: {name: 's'}}}}),
      'spec.persistence.postgresql: Invalid value: 2: spec.persistence.postgresql in body should have at least 2 properties',
    ],
    [
      'both a Service and a URL',
      platform('p', {persistence: {postgresql: twice}}),
      'spec.persistence.postgresql: Invalid value: 2: spec.persistence.postgresql in body should have at most 2 properties',
    ],
    [
      'a database without a Secret',
      services({persistence: {postgresql: {jdbcUrl: 'a', serviceRef: {name: 'db'}}}}),
      'spec.services.dataIndex.persistence.postgresql.secretRef: Required value',
    ],
    [
      'a broker without a kind',
      platform('p', {eventing: {broker: {ref: {name: 'b'}}}}),
      'spec.eventing.broker.ref.kind: Required value',
    ],
    [
      'persistence under the wrong parent, as the document prints it',
      platform('p', {persistence: {dataIndex: database()}}),
      strict('spec.persistence.dataIndex'),
    ],
    [
      'a schema for the whole platform',
      platform('p', {persistence: database('db', {databaseSchema: 'x'})}),
      strict('spec.persistence.postgresql.serviceRef.databaseSchema'),
    ],
    ['a sink of Data Index', services({sink: {uri: 'http://x'}}), strict('spec.services.dataIndex.sink')],
    [
      'a field of an older generation',
      services({persistence: {migrateDBOnStartUp: true}}),
      strict('spec.services.dataIndex.persistence.migrateDBOnStartUp'),
    ],
    [
      'a misspelt field of a container',
      services({podTemplate: {container: {imagePull: 'Always'}}}),
      strict('spec.services.dataIndex.podTemplate.container.imagePull'),
    ],
    [
      'a boolean where a property wants text',
      platform('p', {properties: {flow: [{name: 'a', value: true}]}}),
      'spec.properties.flow[0].value: Invalid value: "boolean"',
    ],
    [
      'a workflow without states',
      workflow('w', {flow: {states: []}}),
      'spec.flow.states in body should have at least 1 items',
    ],
  ])('%s', async (_, object, reason) => {
    await expect(demo().client().create(object)).rejects.toThrow(reason)
  })

  test('fields of newer generations do not exist in Nov 2024', async () => {
    const client = demo({install: {sonataflow: 'nov-2024'}}).client()
    await expect(client.create(services({persistence: {dbMigrationStrategy: 'job'}}))).rejects.toThrow(
      strict('spec.services.dataIndex.persistence.dbMigrationStrategy'),
    )
    await expect(client.create(services({podTemplate: {podDisruptionBudget: {minAvailable: 1}}}))).rejects.toThrow(
      strict('spec.services.dataIndex.podTemplate.podDisruptionBudget'),
    )
  })

  test('a capability other than services, and a cluster platform without a platform', async () => {
    const client = demo().client()
    const wrong = {...clusterPlatform('c', 'p'), spec: {capabilities: {workflows: ['builds']}}}
    await expect(client.create(wrong)).rejects.toThrow(
      /spec\.capabilities\.workflows\[0\]: Unsupported value: "builds".*spec\.platformRef: Required value/s,
    )
  })
})

test('a persistence object gets the default strategy, and no persistence gets none', async () => {
  const client = demo({delayMs: 1000}).client()
  await client.create(
    platform('p', {
      services: {dataIndex: {persistence: {}}, jobService: {podTemplate: {container: {ports: [{containerPort: 1}]}}}},
    }),
  )
  expect(recordAt(await client.get(platformRef('p')), 'spec')).toEqual({
    services: {
      dataIndex: {persistence: {dbMigrationStrategy: 'service'}},
      jobService: {podTemplate: {container: {ports: [{containerPort: 1, protocol: 'TCP'}]}}},
    },
  })
})
