import {describe, expect, test} from 'vitest'
import {DELIVERY_ORDER, DEPLOYMENT, SINK_BINDING, TRIGGER} from '../../../src/domain/eventing/names.js'
import {at, listAt, numberAt, recordAt, textAt} from '../../../src/domain/core/read.js'
import {platformTriggers, triggerName} from '../../../src/domain/sonataflow/names.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {broker, brokerRef, demo, kafkaConfig} from '../manifests.js'
import {brokerRefOf, conditionsOf, objectsIn, platform, platformRef, settled, warningsAbout} from '../sonataflow.js'

const both = {dataIndex: {}, jobService: {}}
const wired = (name = 'b', namespace?: string) => ({eventing: {broker: brokerRefOf(name, namespace)}, services: both})
const jobs = {...DEPLOYMENT, name: 'p-jobs-service', namespace: 'demo'}
const binding = {...SINK_BINDING, name: 'p-jobs-service-sb', namespace: 'demo'}

const elsewhere = (sandbox: Sandbox) => {
  sandbox.load([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'events'}, status: {phase: 'Active'}}])
  return {...broker('b'), metadata: {name: 'b', namespace: 'events'}}
}

describe('a platform with a broker', () => {
  test('gets nine ready triggers and a SinkBinding, and the Job Service its K_SINK', async () => {
    const sandbox = demo()
    await settled(sandbox, broker('b'))
    const found = await settled(sandbox, platform('p', wired()))
    const uid = String(found.metadata.uid)
    const names = platformTriggers.map((trigger) => triggerName(trigger, uid))
    expect(objectsIn(sandbox, ['Trigger'])).toEqual(names.map((name) => `Trigger ${name}`).sort())
    expect(listAt(found, 'status', 'triggers')).toEqual(names.map((name) => ({name, namespace: 'demo'})))
    const client = sandbox.client()
    const trigger = await client.get({...TRIGGER, namespace: 'demo', name: names[6]!})
    expect(trigger.metadata.ownerReferences).toMatchObject([{kind: 'SonataFlowPlatform', name: 'p', uid}])
    expect(trigger).toMatchObject({
      spec: {broker: 'b', filter: {attributes: {type: 'JobEvent'}}},
      status: {subscriberUri: 'http://p-data-index-service.demo.svc.cluster.local/jobs'},
    })
    expect(conditionsOf(await client.get(binding))).toContain('Ready | True')
    const deployment = await client.get(jobs)
    expect(numberAt(deployment, 'status', 'readyReplicas')).toBe(1)
    const env = listAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'env')
    expect(env).toContainEqual({
      name: 'K_SINK',
      value: 'http://broker-ingress.knative-eventing.svc.cluster.local/demo/b',
    })
    expect(conditionsOf(found)).toEqual(['Succeed | True'])
  })

  test('of class Kafka has four triggers with ordered delivery', async () => {
    const sandbox = demo()
    await settled(sandbox, broker('b', kafkaConfig, 'Kafka'))
    await settled(sandbox, platform('p', wired()))
    const ordered = sandbox
      .snapshot()
      .filter(({kind, metadata}) => kind === 'Trigger' && metadata.annotations?.[DELIVERY_ORDER] === 'ordered')
      .map((trigger) => textAt(trigger, 'spec', 'filter', 'attributes', 'type'))
    expect(ordered.sort()).toEqual(['JobEvent', 'ProcessDefinitionEvent', 'job.create', 'job.delete'])
  })

  test('in another namespace leaves its triggers there, and deletes them with the platform', async () => {
    const sandbox = demo()
    await settled(sandbox, elsewhere(sandbox))
    const found = await settled(sandbox, platform('p', wired('b', 'events')))
    expect(found.metadata.finalizers).toEqual(['trigger-deletion'])
    expect(objectsIn(sandbox, ['Trigger'], 'events')).toHaveLength(9)
    await sandbox.client().delete(platformRef('p'))
    await sandbox.settle()
    expect(objectsIn(sandbox, ['Trigger'], 'events')).toEqual([])
    await expect(sandbox.client().get(platformRef('p'))).rejects.toMatchObject({reason: 'NotFound'})
  })

  test('by an operator of Nov 2024 has one trigger more and none with ordered delivery', async () => {
    const sandbox = demo({install: {sonataflow: 'nov-2024'}})
    await settled(sandbox, broker('b', kafkaConfig, 'Kafka'))
    await settled(sandbox, platform('p', wired()))
    const triggers = sandbox.snapshot().filter(({kind}) => kind === 'Trigger')
    expect(triggers).toHaveLength(10)
    expect(triggers.map((one) => textAt(one, 'spec', 'filter', 'attributes', 'type'))).toContain(
      'ProcessInstanceSLADataEvent',
    )
    expect(triggers.flatMap(({metadata}) => Object.keys(metadata.annotations ?? {}))).not.toContain(DELIVERY_ORDER)
    expect(triggers.flatMap(({metadata}) => Object.keys(metadata.labels ?? {}))).not.toContain(
      'app.kubernetes.io/version',
    )
  })
})

describe('what does not work is said in events only', () => {
  test('a broker that is missing: Data Index runs, there is no Job Service, and the platform is ready', async () => {
    const sandbox = demo()
    const found = await settled(sandbox, platform('p', wired('gone')))
    expect(conditionsOf(found)).toEqual(['Succeed | True'])
    expect(objectsIn(sandbox, ['Deployment', 'Trigger'])).toEqual(['Deployment p-data-index-service'])
    expect(warningsAbout(sandbox, 'p').sort()).toEqual([
      'Failed | Failed to update SonataFlowPlaform: broker gone in namespace demo does not exist',
      'WaitingKnativeEventing | broker gone in namespace demo does not exist for service: p-data-index-service',
    ])
    const client = sandbox.client()
    await client.patch(platformRef('p'), {spec: {services: {dataIndex: {podTemplate: {replicas: 2}}}}})
    await sandbox.settle()
    const edited = await client.get(platformRef('p'))
    expect(numberAt(edited, 'status', 'observedGeneration')).toBeLessThan(Number(edited.metadata.generation))
    await settled(sandbox, broker('gone'))
    expect(objectsIn(sandbox, ['Deployment'])).toContain('Deployment p-jobs-service')
  })

  test('a broker that is not ready', async () => {
    const sandbox = demo()
    await settled(sandbox, broker('b', {config: {...kafkaConfig.config, name: 'none'}}, 'Kafka'))
    await settled(sandbox, platform('p', wired()))
    expect(warningsAbout(sandbox, 'p')).toContain(
      'WaitingKnativeEventing | broker b in namespace demo is not ready for service: p-data-index-service',
    )
  })

  test('a sink that is missing holds the Job Service at no replicas', async () => {
    const sandbox = demo()
    await settled(sandbox, broker('b'))
    const jobService = {source: brokerRefOf('b'), sink: brokerRefOf('gone')}
    const found = await settled(sandbox, platform('p', {services: {jobService}}))
    expect(conditionsOf(found)).toEqual(['Succeed | True'])
    expect(numberAt(await sandbox.client().get(jobs), 'spec', 'replicas')).toBe(0)
    expect(warningsAbout(sandbox, 'p')).toContain(
      'WaitingKnativeEventing | waiting for K_SINK injection for service p-jobs-service to complete',
    )
    await settled(sandbox, broker('gone'))
    await sandbox.client().patch(binding, {metadata: {annotations: {poke: '1'}}})
    await sandbox.settle()
    expect(numberAt(await sandbox.client().get(jobs), 'spec', 'replicas')).toBe(1)
  })

  test('a source without a sink leaves the Job Service without K_SINK, and never ready', async () => {
    const sandbox = demo()
    await settled(sandbox, broker('b'))
    await settled(sandbox, platform('p', {services: {jobService: {source: brokerRefOf('b')}}}))
    expect(await sandbox.client().get(jobs)).toMatchObject({
      spec: {replicas: 1},
      status: {conditions: [{type: 'Available', status: 'False'}]},
    })
  })

  test('no Knative at all', async () => {
    const sandbox = demo({install: {knative: false}})
    await settled(sandbox, platform('p', wired()))
    expect(warningsAbout(sandbox, 'p')).toContain(
      'Failed | Failed to update SonataFlowPlaform: no matches for kind "Broker" in version "eventing.knative.dev/v1"',
    )
  })

  test('a broker that is only a URI makes the operator crash: no events, no triggers, no Job Service', async () => {
    const sandbox = demo()
    const spec = {eventing: {broker: {uri: 'http://broker/'}}, services: both}
    expect(conditionsOf(await settled(sandbox, platform('p', spec)))).toEqual(['Succeed | True'])
    expect(warningsAbout(sandbox, 'p')).toEqual([])
    expect(objectsIn(sandbox, ['Deployment'])).toEqual(['Deployment p-data-index-service'])
  })
})

describe('changing the broker', () => {
  test('fails because of the triggers of the old one, until they are deleted', async () => {
    const sandbox = demo()
    await settled(sandbox, broker('b'))
    await settled(sandbox, platform('p', wired()))
    await settled(sandbox, broker('c'))
    const client = sandbox.client()
    await client.patch(platformRef('p'), {spec: {eventing: {broker: {ref: {name: 'c'}}}}})
    await sandbox.settle()
    const brokers = () =>
      new Set(
        sandbox
          .snapshot()
          .filter(({kind}) => kind === 'Trigger')
          .map((trigger) => at(trigger, 'spec', 'broker')),
      )
    expect(brokers()).toEqual(new Set(['b']))
    expect(warningsAbout(sandbox, 'p').at(-1)).toMatch(
      /^Failed \| Failed to update SonataFlowPlaform: admission webhook .*Immutable fields changed/s,
    )
    for (const name of objectsIn(sandbox, ['Trigger']))
      await client.delete({...TRIGGER, namespace: 'demo', name: name.slice('Trigger '.length)})
    await sandbox.settle()
    expect(brokers()).toEqual(new Set(['c']))
    expect(recordAt(await client.get(binding), 'spec', 'sink', 'ref')['name']).toBe('c')
  })

  test('to another namespace leaves the old triggers behind, also when there is no broker any more', async () => {
    const sandbox = demo()
    await settled(sandbox, broker('b'))
    await settled(sandbox, platform('p', wired()))
    await settled(sandbox, elsewhere(sandbox))
    const client = sandbox.client()
    await client.patch(platformRef('p'), {spec: {eventing: {broker: {ref: {namespace: 'events'}}}}})
    await sandbox.settle()
    expect([objectsIn(sandbox, ['Trigger']).length, objectsIn(sandbox, ['Trigger'], 'events').length]).toEqual([9, 9])
    await client.patch(platformRef('p'), {spec: {eventing: null}})
    await sandbox.settle()
    expect([objectsIn(sandbox, ['Trigger']).length, objectsIn(sandbox, ['Trigger'], 'events').length]).toEqual([9, 9])
    expect(objectsIn(sandbox, ['SinkBinding'])).toEqual(['SinkBinding p-jobs-service-sb'])
    await client.delete(brokerRef('b'))
  })
})
