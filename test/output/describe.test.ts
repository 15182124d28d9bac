import {describe, expect, test} from 'vitest'
import type {KubeObject, ObjectMeta} from '../../src/domain/core/object.js'
import {
  blankLine,
  conditionRows,
  formatDescription,
  metadataNodes,
  type DescribedCondition,
  type DescribeNode,
} from '../../src/output/describe.js'
import {plain} from '../../src/output/palette.js'

const now = new Date('2026-03-01T12:00:00Z')
const ago = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString()

const broker = (metadata: Partial<ObjectMeta>): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {name: 'default', namespace: 'default', creationTimestamp: ago(22), ...metadata},
})

const ready = (seconds: number, ...types: string[]): DescribedCondition[] =>
  types.map((type) => ({type, status: 'True', lastTransitionTime: ago(seconds)}))

const address = (url: string): {label: string; children: {label: string; value: string}[]} => ({
  label: 'Address',
  children: [{label: 'URL', value: url}],
})

describe('descriptions have the layout of kn', () => {
  test('a channel based broker', () => {
    const object = broker({
      annotations: {
        'eventing.knative.dev/creator': 'system:admin',
        'eventing.knative.dev/broker.class': 'MTChannelBasedBroker',
        'eventing.knative.dev/lastModifier': 'system:admin',
      },
    })
    const conditions = ready(22, 'TriggerChannelReady', 'Addressable', 'IngressReady', 'FilterReady', 'Ready')
    expect(
      formatDescription([
        ...metadataNodes(object, {now}),
        blankLine,
        address('http://broker-ingress.knative-eventing.svc.cluster.local/default/default'),
        blankLine,
        {label: 'Conditions', children: conditionRows(conditions, {now})},
      ]),
    ).toBe(`Name:         default
Namespace:    default
Annotations:  eventing.knative.dev/broker.class=MTChannelBasedBroker, eventing.knative.dev/creato ...
Age:          22s

Address:
  URL:    http://broker-ingress.knative-eventing.svc.cluster.local/default/default

Conditions:
  OK TYPE                   AGE REASON
  ++ Ready                  22s
  ++ Addressable            22s
  ++ FilterReady            22s
  ++ IngressReady           22s
  ++ TriggerChannelReady    22s
`)
  })

  test('a Kafka broker with reasons', () => {
    const object = broker({
      name: 'my-broker',
      namespace: 'kn-dotnet',
      creationTimestamp: ago(86_400),
      annotations: {
        'eventing.knative.dev/broker.class': 'Kafka',
        'eventing.knative.dev/creator': 'kube:admin',
        'eventing.knative.dev/lastModifier': 'kube:admin',
      },
    })
    const day = 86_400
    const conditions: DescribedCondition[] = [
      ...ready(60, 'ProbeSucceeded', 'Ready'),
      ...ready(day, 'DataPlaneAvailable', 'ConfigParsed', 'Addressable'),
      ...ready(day, 'TopicReady').map((condition) => ({
        ...condition,
        reason: 'Topic knative-broker-kn-dotnet-my-broker created',
      })),
      ...ready(day, 'ConfigMapUpdated').map((condition) => ({
        ...condition,
        reason: 'Config map knative-eventing/kafka-broker-brokers-triggers updated',
      })),
    ]
    expect(
      formatDescription([
        ...metadataNodes(object, {now}),
        blankLine,
        address('http://kafka-broker-ingress.knative-eventing.svc.cluster.local/kn-dotnet/my-broker'),
        blankLine,
        {label: 'Conditions', children: conditionRows(conditions, {now})},
      ]),
    ).toBe(`Name:         my-broker
Namespace:    kn-dotnet
Annotations:  eventing.knative.dev/broker.class=Kafka, eventing.knative.dev/creator=kube:admin, e ...
Age:          1d

Address:
  URL:    http://kafka-broker-ingress.knative-eventing.svc.cluster.local/kn-dotnet/my-broker

Conditions:
  OK TYPE                  AGE REASON
  ++ Ready                  1m
  ++ Addressable            1d
  ++ ConfigMapUpdated       1d Config map knative-eventing/kafka-broker-brokers-triggers updated
  ++ ConfigParsed           1d
  ++ DataPlaneAvailable     1d
  ++ ProbeSucceeded         1m
  ++ TopicReady             1d Topic knative-broker-kn-dotnet-my-broker created
`)
  })

  test('a broker without an address yet', () => {
    expect(
      formatDescription([
        ...metadataNodes(broker({}), {now}),
        blankLine,
        address(''),
        blankLine,
        {label: 'Conditions', children: conditionRows([], {now})},
      ]),
    ).toBe(`Name:       default
Namespace:  default
Age:        22s

Address:
  URL:

Conditions:
  OK TYPE    AGE REASON
`)
  })

  test('a trigger, whose filter is part of the first block', () => {
    const trigger = broker({
      name: 'ping',
      creationTimestamp: ago(120),
      labels: {'eventing.knative.dev/broker': 'default'},
      annotations: {
        'eventing.knative.dev/creator': 'kube:admin',
        'eventing.knative.dev/lastModifier': 'kube:admin',
      },
    })
    const conditions = ready(120, 'Ready', 'BrokerReady', 'DependencyReady', 'Subscribed', 'SubscriberResolved')
    expect(
      formatDescription([
        ...metadataNodes(trigger, {now}),
        {label: 'Broker', value: 'default'},
        {label: 'Filter', children: [{label: 'type', value: 'dev.knative.event'}]},
        blankLine,
        {
          label: 'Sink',
          children: [
            {label: 'Name', value: 'edisplay'},
            {label: 'Namespace', value: 'default'},
            {label: 'Resource', value: 'Service (serving.knative.dev/v1)'},
          ],
        },
        blankLine,
        {label: 'Conditions', children: conditionRows(conditions, {now})},
      ]),
    ).toBe(`Name:         ping
Namespace:    default
Labels:       eventing.knative.dev/broker=default
Annotations:  eventing.knative.dev/creator=kube:admin, eventing.knative.dev/lastModifier=kube:admin
Age:          2m
Broker:       default
Filter:
  type:       dev.knative.event

Sink:
  Name:       edisplay
  Namespace:  default
  Resource:   Service (serving.knative.dev/v1)

Conditions:
  OK TYPE                  AGE REASON
  ++ Ready                  2m
  ++ BrokerReady            2m
  ++ DependencyReady        2m
  ++ Subscribed             2m
  ++ SubscriberResolved     2m
`)
  })

  test('a tree of filters, where the deepest label decides the column', () => {
    const leaf = (label: string, key: string, value: string): DescribeNode => ({label, children: [{label: key, value}]})
    const tree: DescribeNode = {
      label: 'not',
      children: [
        {
          label: 'not',
          children: [leaf('suffix', 'source', 'foo')],
        },
        leaf('exact', 'type', 'foo.bar'),
        leaf('prefix', 'type', 'bar'),
        {label: 'cesql', value: 'select bar'},
      ],
    }
    expect(formatDescription([tree])).toBe(`not:
  not:
    suffix:
      source:  foo
  exact:
    type:      foo.bar
  prefix:
    type:      bar
  cesql:       select bar
`)
  })
})

describe('labels and annotations', () => {
  const annotationLine = (annotations: Record<string, string>): string | undefined => {
    const node = metadataNodes(broker({annotations}), {now}).find(({label}) => label === 'Annotations')
    return typeof node?.value === 'string' ? node.value : undefined
  }

  test('are cut to 92 and 87 bytes', () => {
    const long = {a: 'x'.repeat(200)}
    const nodes = metadataNodes(broker({labels: long, annotations: long}), {now})
    expect(nodes.map(({label, value}) => [label, value]).slice(2, 4)).toEqual([
      ['Labels', `a=${'x'.repeat(86)} ...`],
      ['Annotations', `a=${'x'.repeat(81)} ...`],
    ])
  })

  test.each([
    ['just fits', {a: 'x'.repeat(85)}, `a=${'x'.repeat(85)}`],
    ['is a byte too long', {a: 'x'.repeat(86)}, `a=${'x'.repeat(81)} ...`],
    [
      'fits once the comma is gone: what follows is dropped without a mark',
      {a: 'x'.repeat(85), b: '1'},
      `a=${'x'.repeat(85)}`,
    ],
    [
      'is cut before a character of several bytes, not inside it',
      {a: `${'x'.repeat(80)}${'é'.repeat(9)}`},
      `a=${'x'.repeat(80)} ...`,
    ],
    ['is sorted by key', {b: '2', a: '1'}, 'a=1, b=2'],
    [
      'hides bookkeeping',
      {
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
        'client.knative.dev/x': 'y',
        'serving.knative.dev/a': 'b',
        z: '1',
      },
      'z=1',
    ],
    ['is left out when all of it is hidden', {'kubectl.kubernetes.io/restartedAt': 'now'}, undefined],
    ['keeps keys that only start alike', {'serving.knative.dev.example/a': 'b'}, 'serving.knative.dev.example/a=b'],
  ])('a line that %s', (_, annotations, line) =>
    expect(annotationLine(annotations as Record<string, string>)).toBe(line),
  )

  test('in full, one a line, nothing hidden', () => {
    const object = broker({labels: {b: '2', a: '1'}, annotations: {'client.knative.dev/x': 'one\ntwo'}})
    expect(formatDescription(metadataNodes(object, {now, verbose: true}))).toBe(`Name:         default
Namespace:    default
Labels:       a=1
              b=2
Annotations:  client.knative.dev/x=one two
Age:          22s
`)
  })

  test('a cluster-scoped object without a time', () => {
    const object: KubeObject = {apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo'}}
    expect(formatDescription(metadataNodes(object, {now}))).toBe('Name:  demo\nAge:\n')
  })
})

describe('the Conditions table', () => {
  const conditions: DescribedCondition[] = [
    {type: 'Ccc', status: 'False', severity: 'Info', reason: 'Eh.', message: 'so what', lastTransitionTime: ago(5)},
    {type: 'Bbb', status: 'False', severity: 'Warning', reason: 'Bad', lastTransitionTime: ago(5)},
    {type: 'Odd', status: 'False', severity: 'Strange', lastTransitionTime: ago(5)},
    {type: 'Zzz', status: 'False', message: 'no reason given', lastTransitionTime: ago(5)},
    {type: 'Yyy', status: 'Unknown'},
    {type: 'Aaa', status: 'True', lastTransitionTime: ago(7200)},
    {type: 'Ready', status: 'True', lastTransitionTime: ago(90_000)},
  ]

  test('is in the order of importance, with a symbol for each state', () => {
    expect(formatDescription(conditionRows(conditions, {now}))).toBe(`OK TYPE     AGE REASON
++ Ready     1d
++ Aaa       2h
??${' '}Yyy
!! Zzz       5s
 W Bbb       5s Bad
 I Ccc       5s Eh.
 ! Odd       5s
`)
  })

  test('tells the messages when asked, also those without a reason', () => {
    expect(formatDescription(conditionRows(conditions, {now, verbose: true}))).toBe(`OK TYPE     AGE REASON
++ Ready     1d
++ Aaa       2h
?? Yyy
!! Zzz       5s (no reason given)
 W Bbb       5s Bad
 I Ccc       5s Eh. (so what)
 ! Odd       5s
`)
  })

  test('colours only the symbols', () => {
    const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`
    const palette = {
      red: mark('red'),
      green: mark('green'),
      yellow: mark('yellow'),
      cyan: mark('cyan'),
      bold: mark('bold'),
      dim: mark('dim'),
    }
    expect(formatDescription(conditionRows(conditions.slice(3), {now, palette}))).toBe(`OK TYPE     AGE REASON
<green>++</green> Ready     1d
<green>++</green> Aaa       2h
<yellow>??</yellow> Yyy
<red>!!</red> Zzz       5s
`)
  })

  test('colours reach the terminal, while escapes in a reason do not', () => {
    const palette = {...plain, green: (text: string) => `\u001B[32m${text}\u001B[39m`}
    const hostile = {type: 'Ready', status: 'True', reason: '\u001B[2J'}
    expect(formatDescription(conditionRows([hostile], {now, palette}))).toBe(
      'OK TYPE     AGE REASON\n\u001B[32m++\u001B[39m Ready        ^[[2J\n',
    )
  })
})
