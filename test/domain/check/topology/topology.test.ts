import {describe, expect, test} from 'vitest'
import {clusterKinds, onlySystemKinds, scopedKinds, systemKinds} from '../../../../src/domain/check/snapshot/kinds.js'
import {snapshotOf, type Snapshot} from '../../../../src/domain/check/snapshot/snapshot.js'
import {EVERYWHERE, indexKey, indexedList} from '../../../../src/domain/check/snapshot/resource-index.js'
import {around, nearby, readAsked} from '../../../../src/domain/check/topology/around.js'
import {viewTopology, type Topology} from '../../../../src/domain/check/topology/topology.js'
import type {Kind, KubeObject} from '../../../../src/domain/core/object.js'
import {aShop, flowsOfTheShop, SHOP} from '../../../support/shop.js'

/** Lists of these objects, and of nothing else; kinds in `absent` are not installed, those in `forbidden` cannot be read (no permission). */
const knowing = (
  objects: readonly KubeObject[],
  {absent = [], forbidden = []}: {absent?: readonly string[]; forbidden?: readonly string[]} = {},
): Snapshot => {
  const kinds: readonly Kind[] = [...scopedKinds, ...systemKinds, ...onlySystemKinds, ...clusterKinds]
  return snapshotOf(
    {
      namespace: SHOP,
      shelves: new Map(
        kinds.map((kind) => [
          indexKey(kind),
          new Map([
            [
              EVERYWHERE,
              indexedList(
                absent.includes(kind.kind)
                  ? 'absent'
                  : forbidden.includes(kind.kind)
                    ? 'forbidden'
                    : objects.filter((object) => indexKey(object) === indexKey(kind)),
              ),
            ],
          ]),
        ]),
      ),
      secrets: new Map(),
      kafkaPods: [],
      servicePods: [],
      jobPods: [],
      warnings: [],
      schema: 'absent',
      operator: 'absent',
      rights: [],
    },
    () => ({document: {}}),
    0,
  )
}

const words = ({nodes, edges}: Topology): string[] => {
  const named = new Map(nodes.map(({id, kind, name}) => [id, `${kind} ${name}`]))
  return edges.map(
    ({from, to, role, label, broken}) =>
      `${named.get(from)} ${role}${label === undefined ? '' : ` (${label})`} ${named.get(to)}${broken === undefined ? '' : ` ✗ ${broken}`}`,
  )
}

const waysOf = (known: Snapshot, name: string): string[] =>
  words(viewTopology(known)).filter((way) => way.startsWith(`${name} `) || way.includes(` ${name}`))

describe('a topology', () => {
  test('a Sequence leads to its steps in order, a Parallel to the filters, subscribers and replies of its branches', () => {
    const known = knowing([...aShop(), ...flowsOfTheShop()])
    expect(waysOf(known, 'Sequence wrap')).toEqual([
      'Sequence wrap delivers (step 1) Service box',
      'Sequence wrap delivers (step 2) Service tape',
      'Sequence wrap replies Channel returns',
      'Trigger wrap delivers Sequence wrap',
    ])
    expect(waysOf(known, 'Parallel split')).toEqual([
      'ApiServerSource parcels sends Parallel split',
      'Parallel split delivers (filter 1) Service is-large',
      'Parallel split delivers (branch 1) Service truck',
      'Parallel split delivers (branch 2) Service post',
      'Parallel split replies Broker slow',
    ])
  })

  test.each(['Sequence', 'Channel', 'Broker', 'Parallel'])(
    'channels and subscriptions that a %s has made for itself are not drawn',
    (kind) => {
      const ownerReferences = [{apiVersion: 'v1', kind, name: 'owner', uid: 'u'}]
      const known = knowing([
        {
          apiVersion: 'messaging.knative.dev/v1',
          kind: 'InMemoryChannel',
          metadata: {name: 'own', namespace: SHOP, ownerReferences},
        },
        {
          apiVersion: 'messaging.knative.dev/v1',
          kind: 'Subscription',
          metadata: {name: 'own', namespace: SHOP, ownerReferences},
        },
        {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel', metadata: {name: 'free', namespace: SHOP}},
      ])
      expect(viewTopology(known).nodes.map(({name}) => name)).toEqual(['free'])
    },
  )

  test('a SinkBinding that fails breaks the way that it makes, with its reason', () => {
    const binding = aShop().find(({kind}) => kind === 'SinkBinding')!
    const failed = {
      ...binding,
      status: {conditions: [{type: 'Ready', status: 'False', reason: 'SubjectMissing', message: 'no Deployment'}]},
    }
    const known = knowing([...aShop().filter((one) => one !== binding), failed])
    expect(waysOf(known, 'Deployment desk')).toEqual([
      'Deployment desk sends (SinkBinding desk) Broker slow ✗ SinkBinding: SubjectMissing: no Deployment',
    ])
  })

  test.each<[string, Parameters<typeof knowing>[1], string]>([
    ['is not there', {}, 'it does not exist'],
    ['no permission to read', {forbidden: ['Service']}, 'it cannot be read (no permission)'],
    [
      'is of a kind that is not installed',
      {absent: ['Service']},
      'the cluster has no kind Service of serving.knative.dev/v1',
    ],
  ])('a sink that %s says so', (_what, options, reason) => {
    const source = aShop().find(({metadata}) => metadata.name === 'watcher')!
    const {nodes} = viewTopology(knowing([source], options))
    expect(nodes.find(({name}) => name === 'nobody')?.reason).toBe(reason)
  })

  test('what has no status of its own and an address is ready, of whatever kind', () => {
    const [trigger] = aShop().filter(({metadata}) => metadata.name === 'billing' && metadata.namespace === SHOP)
    const sink: KubeObject = {
      apiVersion: 'serving.knative.dev/v1',
      kind: 'Service',
      metadata: {name: 'billing', namespace: SHOP},
      status: {address: {url: 'http://billing'}},
    }
    const {nodes} = viewTopology(knowing([trigger!, sink]))
    expect(nodes.find(({kind}) => kind === 'Service')?.state).toBe('ready')
  })

  test('what nothing comes from, because it does not exist, is a broken way', () => {
    const trigger = aShop().find(({metadata}) => metadata.name === 'lost')!
    const {edges} = viewTopology(knowing([{...trigger, status: {conditions: [{type: 'Ready', status: 'True'}]}}]))
    expect(edges.map(({role, broken}) => [role, broken])).toEqual([
      ['offers', 'nothing comes, since the sender does not exist'],
      ['delivers', undefined],
    ])
  })

  test('what cannot be listed (no permission) is told', () => {
    expect(viewTopology(knowing([], {forbidden: ['Broker', 'PingSource']})).notVerified).toEqual([
      `you have no permission to list brokers, pingsources in namespace ${SHOP}`,
    ])
    expect(viewTopology(knowing([])).notVerified).toEqual([])
  })
})

describe('a part of a topology', () => {
  const whole = viewTopology(knowing(aShop()))

  test.each([
    ['orders', true],
    ['broker/orders', true],
    ['Broker/orders', true],
    ['brokers/orders', true],
    ['ksvc/billing', true],
    ['svc/attic', true],
    ['svc/billing', false],
    ['sub/returns', true],
    ['subscriptions/returns', true],
    ['workflow/greet', true],
    ['platform/flows', true],
    ['sonataflowplatforms/flows', true],
    ['trigger/orders', false],
    ['order', true],
    ['ordres', false],
  ])('%s is there: %s', (text, there) => {
    expect(around(whole, readAsked(text)) !== undefined).toBe(there)
  })

  test('it holds what leads there and what it leads to, and nothing beside', () => {
    const {nodes, edges} = around(whole, readAsked('trigger/mail'))!
    expect(nodes.map(({kind, name}) => `${kind} ${name}`).toSorted()).toEqual([
      'Broker orders',
      'Channel returns',
      'KafkaSource intake',
      'PingSource tick',
      'Service mailer',
      'SonataFlow greet',
      'Subscription returns',
      'Trigger mail',
    ])
    expect(edges).toHaveLength(7)
  })

  test.each([
    ['ordres', ['orders']],
    ['trigger/orders', ['broker/orders']],
    ['broker/billing', ['trigger/billing', 'service/billing']],
    ['nothing-like-it', []],
  ])('who asks for %s may mean %j', (text, meant) => {
    expect(nearby(whole, readAsked(text)).toSorted()).toEqual(meant.toSorted())
  })
})
