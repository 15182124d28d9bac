import {describe, expect, test} from 'vitest'
import type {Sandbox} from '../../src/sandbox/sandbox.js'
import {aHealthyBroker, aHealthyCluster, aHealthyTrigger} from '../support/healthy.js'
import {aConfigMap} from '../support/eventing.js'
import {aSandbox, run} from '../support/run.js'
import {aSession} from '../support/session.js'
import {platform, workflow} from '../sandbox/sonataflow.js'
import {streamsTo} from '../support/streams.js'

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
    await session.matches('status/platform')
  })

  test('the same about many objects is one line, and JSON has each', async () => {
    const sandbox = aSandbox()
    const strange = {'eventing.knative.dev/broker.class': 'Kafak'}
    sandbox.load([
      ...aHealthyCluster(1),
      ...Array.from({length: 30}, (_, index) => {
        const broker = aHealthyBroker(`strange-${index}`, 'team-0')
        return {...broker, metadata: {...broker.metadata, annotations: strange}}
      }),
    ])
    const session = aSession({sandbox, namespace: 'team-0'})
    await session.type('kubectl sfl status')
    const {out} = await run('status -n team-0 -o json', {sandbox})
    expect(out.match(/"code": "SFL-B02"/g)).toHaveLength(30)
    await session.matches('status/alike')
  })

  test('a namespace that does not exist is named with the one that is near, and makes no screen', async () => {
    const sandbox = aSandbox()
    sandbox.load(aHealthyCluster(1))
    const session = aSession({sandbox, namespace: 'team-0'})
    await session.type('kubectl sfl status -n taem-0')
    await session.type('kn sfl status -n taem-0 -o json')
    await session.type('kubectl sfl status -n taem-0 --watch')
    await session.matches('status/no-namespace')
  })

  test.each([
    ['nothing', []],
    ['brokers alone', ['brokers', 'namespaces']],
    ['everything but PingSources, Secrets and platforms', undefined],
  ])(
    'what cannot be looked at (no permission) is not verified, and never healthy: who may see %s',
    async (name, allowed) => {
      const {sandbox} = {sandbox: broken()}
      const hidden = ['pingsources', 'secrets', 'sonataflowplatforms']
      const reader = aSandbox({
        access: (_user, {resource}) =>
          allowed === undefined ? !hidden.includes(resource) : allowed.includes(resource),
      })
      reader.load(
        sandbox.snapshot().filter(({metadata: {namespace, name: own}}) => namespace === 'team-0' || own === 'team-0'),
      )
      reader.load([
        {
          apiVersion: 'sources.knative.dev/v1',
          kind: 'ApiServerSource',
          metadata: {name: 'watcher', namespace: 'team-0'},
          spec: {},
          status: {conditions: [{type: 'Ready', status: 'True'}]},
        },
      ])
      const session = aSession({sandbox: reader, namespace: 'team-0', user: 'bob'})
      await session.type('kubectl sfl status --exit-code')
      await session.matches(`status/hidden-${name.split(' ')[0]!}`)
    },
  )

  test('the number of requests does not depend on how much there is', async () => {
    const asked = async (brokers: number): Promise<string[]> => {
      const sandbox = aSandbox()
      sandbox.load(aHealthyCluster(brokers))
      const before = sandbox.requests.length
      const {code} = await run('status -A', {sandbox})
      expect(code).toBe(0)
      return sandbox.requests.slice(before).toSorted()
    }
    const few = await asked(1)
    const lists = few.filter((request) => request.startsWith('list '))
    expect(lists).toEqual([...new Set(lists)])
    // 600 triggers come in two pages.
    expect(await asked(120)).toEqual([...few, 'list eventing.knative.dev/v1 Trigger'].toSorted())
    expect(few.filter((request) => !/^(list|get) /.test(request))).toEqual([])
  })

  test.each([
    [40, 'lost and 6 more'],
    [80, 'lost, orders-0-0, orders-0-1, orders-0-2 and 3 more'],
  ])(
    'at a terminal %i columns wide names and sentences are made to fit, commands are not broken',
    async (columns, names) => {
      const out: string[] = []
      await run('status -n team-0', {
        sandbox: broken(),
        world: {
          streams: streamsTo(
            {out: (text) => void out.push(text)},
            {outIsTerminal: true, columns, screen: {columns, rows: 24}},
          ),
        },
      })
      const lines = out.join('').split('\n')
      expect(lines).toContain(`Triggers        0/7      ${names}`)
      for (const line of lines) if (!line.includes('repair:')) expect(line.length).toBeLessThanOrEqual(columns)
      expect(lines.filter((line) => line.includes('repair:')).every((line) => line.includes(' -n team-0'))).toBe(true)
    },
  )

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
    ['status --interval 5s', '--interval goes with --watch'],
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
