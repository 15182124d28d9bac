import {describe, expect, test} from 'vitest'
import {aKnativeService, aStoredBroker, withSystemConfig} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'
import type {SandboxOptions} from '../../../src/sandbox/sandbox.js'

/** Brokers of namespace demo that name no class are of class Kafka, and get no config. */
const dangerous = async (options: SandboxOptions = {}, more: object = {}): Promise<Session> => {
  const defaults = {
    'default-br-config': `clusterDefault:
  brokerClass: MTChannelBasedBroker
  apiVersion: v1
  kind: ConfigMap
  name: config-br-default-channel
  namespace: knative-eventing
namespaceDefaults:
  demo:
    brokerClass: Kafka
    delivery: {retry: 1}
`,
  }
  return aSession({sandbox: await withSystemConfig(aSandbox(options), 'config-br-defaults', defaults), ...more})
}

/** May do everything in namespace demo, and read nothing of knative-eventing. */
const tenant = {
  access: (_user: string, {namespace}: {namespace?: string | undefined}) => namespace !== 'knative-eventing',
}

describe('no command makes a broker that crashes the Kafka controller', () => {
  test('where the shipped config is there, it is written out; where it is not, the broker is refused even with --force', async () => {
    const session = await dangerous()
    await session.type('kubectl sfl broker create orders --dry-run=server')
    const bare = await dangerous()
    await withSystemConfig(bare.sandbox, 'kafka-broker-config', undefined)
    await bare.type('kubectl sfl broker create orders')
    await bare.type('kubectl sfl broker create orders --force')
    await bare.type('kubectl sfl broker apply orders --class Kafka --force')
    await bare.type('kubectl sfl broker create orders --class MTChannelBasedBroker --dry-run=server')
    await session.matches('crash-create')
    await bare.matches('crash-create-bare')
    expect(bare.writes().filter((write) => write.includes('Broker') && !write.endsWith('dryRun'))).toEqual([])
  })

  test('whoever may not read the defaults asks the server by a dry run what it would store', async () => {
    const session = await dangerous(tenant, {user: 'bob'})
    await session.type('kubectl sfl broker create orders')
    await session.type('kubectl sfl broker create orders --force')
    await session.type('kubectl sfl broker create orders --class MTChannelBasedBroker')
    await session.matches('crash-create-blind')
    expect(session.writes()).toEqual([
      'create eventing.knative.dev/v1 Broker demo/orders dryRun',
      'create eventing.knative.dev/v1 Broker demo/orders dryRun',
      'create eventing.knative.dev/v1 Broker demo/orders',
    ])
  })

  test('injection, which would make one, is refused: for the namespace, for triggers, and for a trigger that asks for it', async () => {
    const session = await dangerous()
    const selector = `matchLabels: {eventing.knative.dev/injection: enabled}`
    await withSystemConfig(session.sandbox, 'config-sugar', {
      'namespace-selector': selector,
      'trigger-selector': selector,
    })
    await session.given(aKnativeService('billing'))
    const before = session.writes().length
    await session.type('kubectl sfl broker injection enable --force')
    await session.type(
      'kubectl sfl trigger create to-billing --broker default --sink ksvc:billing --inject-broker --force',
    )
    await session.matches('crash-injection')
    expect(session.writes().slice(before)).toEqual([])
  })

  test('and no default class is left that would make one', async () => {
    const session = aSession({
      sandbox: await withSystemConfig(aSandbox(), 'config-br-defaults', {
        'default-br-config': `clusterDefault: {brokerClass: Kafka, delivery: {retry: 1}}
namespaceDefaults:
  demo: {brokerClass: Kafka, apiVersion: v1, kind: ConfigMap, name: kafka-broker-config, namespace: knative-eventing}
`,
      }),
    })
    await session.type('kubectl sfl broker class show')
    await session.type('kubectl sfl check cluster')
    await session.type('kubectl sfl broker class set Kafka --confirm Kafka')
    await session.type('kubectl sfl broker class show')
    await session.matches('crash-defaults')
  })
})

describe('a broker that crashes the Kafka controller', () => {
  const crashing = aStoredBroker('kb', {
    metadata: {finalizers: ['brokers.eventing.knative.dev']},
  })

  test('is the first that check, status and describe tell of, and the repair that they print works', async () => {
    const session = aSession()
    session.sandbox.load([{...crashing, spec: {delivery: {retry: 1}}}])
    await session.prepare('kubectl sfl broker create orders --class Kafka')
    await session.type('kubectl sfl check')
    await session.type('kubectl sfl broker describe kb')
    await session.type('kubectl sfl broker delete kb --yes --no-wait')
    await session.type('kubectl sfl broker list')
    // The controller cannot take it off.
    await session.sandbox.client().patch({...crashing, name: 'kb', namespace: 'demo'}, {metadata: {finalizers: []}})
    await session.type('kubectl sfl broker wait orders --timeout 20s')
    await session.type('kubectl sfl broker list')
    await session.matches('crash-stored')
  })

  test('is found in a file, before it is applied', async () => {
    const session = await dangerous(
      {},
      {
        files: {
          'brokers.yaml': `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata: {name: orders, namespace: demo}
---
apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: invoices
  namespace: demo
  annotations: {eventing.knative.dev/broker.class: Kafka}
spec:
  config: {apiVersion: v1, kind: ConfigMap, name: kafka-broker-config, namespace: knative-eventing}
`,
        },
      },
    )
    await session.type('kubectl sfl check -f brokers.yaml')
    await session.matches('crash-file')
  })
})
