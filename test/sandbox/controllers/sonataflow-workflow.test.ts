import {describe, expect, test} from 'vitest'
import {CONFIG_MAP, DEPLOYMENT, SINK_BINDING} from '../../../src/domain/eventing/names.js'
import {listAt, recordAt, textAt} from '../../../src/domain/core/read.js'
import {childName, WORKFLOW_BUILD, workflowRef} from '../../../src/domain/sonataflow/names.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {broker, demo} from '../manifests.js'
import {
  brokerRefOf,
  clusterPlatform,
  conditionsOf,
  database,
  objectsIn,
  platform,
  platformRef,
  postgres,
  settled,
  workflow,
} from '../sonataflow.js'

const image = {podTemplate: {container: {image: 'registry.local/hello:1'}}}
const urls = async (sandbox: Sandbox, name = 'hello', namespace = 'demo') => {
  const found = await sandbox.client().get({...CONFIG_MAP, name: `${name}-managed-props`, namespace})
  const text = textAt(found, 'data', 'application-prod.properties') ?? ''
  return text.split('\n').filter((line) => /url = /.test(line) && !line.startsWith('kogito.service.url'))
}
const both = {dataIndex: {}, jobService: {}}
const consuming = {
  ...image,
  flow: {
    events: [
      {name: 'Order', type: 'order.placed'},
      {name: 'Bill', type: 'bill.sent', kind: 'produced'},
    ],
    states: [{name: 'Done', type: 'inject', end: true}],
  },
}

describe('a workflow', () => {
  test('in a namespace without a platform gets one without services', async () => {
    const sandbox = demo()
    const found = await settled(sandbox, workflow('hello', image))
    expect(conditionsOf(found)).toEqual(['Built | False | BuildSkipped', 'Running | True'])
    expect(found).toMatchObject({
      status: {platform: {name: 'sonataflow-platform', namespace: 'demo'}, endpoint: 'http://hello.demo/hello'},
    })
    expect(recordAt(await sandbox.client().get(platformRef('sonataflow-platform')), 'spec')).not.toHaveProperty(
      'services',
    )
    expect(objectsIn(sandbox, ['Deployment', 'Service', 'ConfigMap'])).toEqual([
      'Deployment hello',
      'ConfigMap hello-managed-props',
      'ConfigMap hello-props',
      'Service hello',
    ])
    expect(await urls(sandbox)).toEqual([
      'mp.messaging.outgoing.kogito-job-service-job-request-events.url = http://localhost/v2/jobs/events',
    ])
  })

  test('of profile preview is built first', async () => {
    const sandbox = demo()
    const found = await settled(sandbox, workflow('hello', {}, {profile: 'preview'}))
    expect(conditionsOf(found)).toEqual(['Built | True', 'Running | True'])
    const build = await sandbox.client().get({...WORKFLOW_BUILD, name: 'hello', namespace: 'demo'})
    expect(build).toMatchObject({status: {buildPhase: 'Succeeded'}})
  })

  test('calls the services of its platform directly when there is no broker', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', {services: both}))
    const found = await settled(sandbox, workflow('hello', image))
    expect(recordAt(found, 'status', 'services')).toEqual({
      dataIndexRef: {url: 'http://p-data-index-service.demo'},
      jobServiceRef: {url: 'http://p-jobs-service.demo'},
    })
    expect(await urls(sandbox)).toEqual([
      'kogito.data-index.url = http://p-data-index-service.demo',
      'kogito.jobs-service.url = http://p-jobs-service.demo',
      'mp.messaging.outgoing.kogito-job-service-job-request-events.url = http://p-jobs-service.demo/v2/jobs/events',
      'mp.messaging.outgoing.kogito-processdefinitions-events.url = http://p-data-index-service.demo/definitions',
      'mp.messaging.outgoing.kogito-processinstances-events.url = http://p-data-index-service.demo/processes',
    ])
  })

  test('of profile dev is connected to nothing', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', {services: both}))
    const found = await settled(sandbox, workflow('hello', {}, {profile: 'dev'}))
    expect(conditionsOf(found)).toEqual(['Running | True'])
    expect(recordAt(found, 'status')).not.toHaveProperty('services')
  })

  test('with a broker sends by K_SINK, and gets its events by triggers in the namespace of the broker', async () => {
    const sandbox = demo()
    sandbox.load([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'events'}, status: {phase: 'Active'}}])
    await settled(sandbox, {...broker('b'), metadata: {name: 'b', namespace: 'events'}})
    await settled(sandbox, platform('p', {eventing: {broker: brokerRefOf('b', 'events')}, services: both}))
    const found = await settled(sandbox, workflow('hello', consuming))
    expect(conditionsOf(found)).toContain('Running | True')
    expect(await urls(sandbox)).toEqual([
      'mp.messaging.outgoing.kogito-job-service-job-request-events.url = ${K_SINK}',
      'mp.messaging.outgoing.kogito-processdefinitions-events.url = ${K_SINK}',
      'mp.messaging.outgoing.kogito-processinstances-events.url = ${K_SINK}',
    ])
    const client = sandbox.client()
    const binding = await client.get({...SINK_BINDING, name: 'hello-sb', namespace: 'demo'})
    expect(conditionsOf(binding)).toContain('Ready | True')
    const name = childName('hello-order-', String(found.metadata.uid))
    expect(objectsIn(sandbox, ['Trigger'], 'events')).toContain(`Trigger ${name}`)
    expect(listAt(found, 'status', 'triggers')).toEqual([{name, namespace: 'events'}])
    expect(found.metadata.finalizers).toContain('trigger-deletion')
    await client.delete(workflowRef('hello', 'demo'))
    await sandbox.settle()
    expect(objectsIn(sandbox, ['Trigger'], 'events')).not.toContain(`Trigger ${name}`)
  })

  test('does not run while its broker is missing', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', {eventing: {broker: brokerRefOf('b')}}))
    expect(conditionsOf(await settled(sandbox, workflow('hello', consuming)))).toContain(
      'Running | False | DeploymentFailure | Error in deploy the workflow:broker b in namespace demo does not exist',
    )
    await settled(sandbox, broker('b'))
    expect(conditionsOf(await sandbox.client().get(workflowRef('hello', 'demo')))).toContain('Running | True')
  })

  test('uses the services of the cluster, and the cluster’s broker', async () => {
    const sandbox = demo()
    sandbox.load([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'team'}, status: {phase: 'Active'}}])
    await settled(sandbox, platform('p', {services: both}))
    await settled(sandbox, clusterPlatform('c', 'p'))
    await settled(sandbox, platform('plain', {}, 'team'))
    await settled(sandbox, workflow('hello', image, {namespace: 'team'}))
    expect(await urls(sandbox, 'hello', 'team')).toContain('kogito.data-index.url = http://p-data-index-service.demo')
  })

  test('gets the platform’s database with a schema of its own name, but not when it has persistence {}', async () => {
    const sandbox = demo()
    sandbox.load(postgres())
    await settled(sandbox, platform('p', {persistence: database()}))
    await settled(sandbox, workflow('hello', image))
    await settled(sandbox, workflow('other', {...image, persistence: {}}))
    const env = async (name: string) => {
      const deployment = await sandbox.client().get({...DEPLOYMENT, name, namespace: 'demo'})
      return listAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'env')
    }
    expect(await env('hello')).toContainEqual({
      name: 'QUARKUS_DATASOURCE_JDBC_URL',
      value: 'jdbc:postgresql://postgres.demo:5432/sonataflow?currentSchema=hello',
    })
    expect(await env('other')).toEqual([])
  })

  test('that runs keeps its settings when the platform changes', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', {services: both}))
    await settled(sandbox, workflow('hello', image))
    const before = await urls(sandbox)
    await sandbox.client().patch(platformRef('p'), {spec: {services: {dataIndex: {enabled: false}}}})
    await sandbox.settle()
    expect(await urls(sandbox)).toEqual(before)
  })
})
