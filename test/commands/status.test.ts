import {describe, expect, test} from 'vitest'
import type {Sandbox} from '../../src/sandbox/sandbox.js'
import {aHealthyBroker, aHealthyCluster, aHealthyTrigger} from '../support/healthy.js'
import {aConfigMap} from '../support/eventing.js'
import {aSandbox, run} from '../support/run.js'
import {aSession} from '../support/session.js'
import {platform, workflow} from '../sandbox/sonataflow.js'

const notReady = (reason: string, message: string, type = 'BrokerReady') => ({
  conditions: [
    {type: 'Ready', status: 'False', reason, message},
    {type, status: 'False', reason, message},
  ],
})

/** A trigger fails because its broker fails because its Secret is missing; another one has no broker. */
const broken = (): Sandbox => {
  const sandbox = aSandbox()
  const missing = [
    'Failed to get broker auth secret',
    'failed to get secret team-0/login: secrets "login" not found',
  ] as const
  sandbox.load([
    ...aHealthyCluster(1),
    aConfigMap(
      'own',
      {
        'bootstrap.servers': 'kafka.example.com:9092',
        'default.topic.partitions': '10',
        'default.topic.replication.factor': '3',
        'auth.secret.ref.name': 'login',
      },
      'team-0',
    ),
    aHealthyBroker('orders-0', 'team-0', {
      spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'own', namespace: 'team-0'}},
      status: notReady(...missing, 'TopicReady'),
    }),
    ...[0, 1, 2, 3, 4].map((index) =>
      aHealthyTrigger(`orders-0-${index}`, 'orders-0', 'team-0', {status: notReady(...missing)}),
    ),
    aHealthyTrigger('lost', 'order-0', 'team-0', {
      status: notReady('BrokerDoesNotExist', 'Broker "order-0" does not exist'),
    }),
    aHealthyTrigger('young', 'orders-0', 'team-0', {status: {conditions: [{type: 'Ready', status: 'Unknown'}]}}),
  ])
  return sandbox
}

describe('status', () => {
  test('a trigger that fails because its broker fails because its Secret is missing is one cause', async () => {
    const session = aSession({sandbox: broken(), namespace: 'team-0'})
    await session.type('kubectl sfl status')
    await session.type('kubectl sfl status -A')
    await session.type('kubectl sfl status --exit-code -o yaml')
    await session.matches('status/broken')
    expect(session.writes()).toEqual([])
  })

  test('a namespace in which everything is ready, and one in which there is nothing', async () => {
    const sandbox = aSandbox()
    sandbox.load(aHealthyCluster(1))
    const session = aSession({sandbox, namespace: 'team-0'})
    await session.type('kubectl sfl status --exit-code')
    await session.type('kubectl sfl status -n demo')
    await session.matches('status/healthy')
  })

  test('platforms with their services and workflows, and why a service is not there though its platform says it is ready', async () => {
    const session = aSession()
    await session.given(
      platform('flows', {
        services: {dataIndex: {enabled: true}, jobService: {enabled: true}},
        eventing: {broker: {ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'gone'}}},
      }),
      workflow('greet', {podTemplate: {container: {image: 'registry.local/greet'}}}),
    )
    await session.type('kubectl sfl status')
    await session.type('kubectl sfl check platform')
    await session.matches('status/platform')
  })

  test('with --watch a new screen comes when something has changed, until Ctrl-C', async () => {
    const sandbox = broken()
    let interrupt = (_name: 'SIGINT'): void => {}
    const interruption = new Promise<'SIGINT'>((resolve) => (interrupt = resolve))
    let screens = 0
    const {out, code} = await run('status -n team-0 --watch --interval 10ms', {
      sandbox,
      interruption,
      onOut: () => {
        screens += 1
        if (screens === 1)
          sandbox.load(
            aHealthyCluster(1).concat(
              aHealthyTrigger('lost', 'orders-0', 'team-0'),
              aHealthyTrigger('young', 'orders-0', 'team-0'),
            ),
          )
        else interrupt('SIGINT')
      },
    })
    expect(out.match(/^Namespace team-0/gm)).toHaveLength(2)
    expect(out).toMatch(/Brokers +0\/1[\s\S]*Brokers +1\/1/)
    expect(out).toMatch(/Everything is ready\.\n$/)
    expect(code).toBe(130)
  })

  test.each([
    ['status --watch -o json', '--watch draws a screen, and -o is for programs'],
    ['status --watch --exit-code', '--watch does not end by itself, so --exit-code has no meaning'],
    ['status --watch --interval 0s', '--interval must be longer than zero'],
  ])('%s is refused before any request', async (line, message) => {
    const sandbox = aSandbox()
    const before = sandbox.requests.length
    const {err, code} = await run(line, {sandbox})
    expect(err).toContain(message)
    expect(code).toBe(2)
    expect(sandbox.requests.slice(before)).toEqual([])
  })
})
