import {mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterEach, beforeEach, describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/domain/core/object.js'
import type {KubeClient} from '../../src/kube/client.js'
import type {Sandbox} from '../../src/sandbox/sandbox.js'
import {aConfigMap, aKnativeService, aStoredBroker, aTrigger} from '../support/eventing.js'
import {aSandbox, NOW, type Scenario} from '../support/run.js'
import {tab} from './support.js'

const namespaced = (apiVersion: string, kind: string, name: string, more: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'demo'},
  ...more,
})
const aNamespace = (name: string): KubeObject => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})
const SECRET_VALUE = 'bm90LWZvci1hbnlib2R5'

const aCluster = (): Sandbox => {
  const sandbox = aSandbox()
  sandbox.load([
    aNamespace('demo'),
    aNamespace('demo-2'),
    aStoredBroker('orders', {status: {conditions: [{type: 'Ready', status: 'True'}]}}),
    aStoredBroker('orders-eu', {
      className: 'MTChannelBasedBroker',
      status: {conditions: [{type: 'Ready', status: 'False', reason: 'TopicMissing'}]},
    }),
    aStoredBroker('payments', {className: 'Acme'}),
    aTrigger('billing', 'orders', {metadata: {labels: {'eventing.knative.dev/broker': 'orders'}}}),
    namespaced('messaging.knative.dev/v1', 'Channel', 'letters', {
      spec: {channelTemplate: {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'}},
    }),
    namespaced('messaging.knative.dev/v1', 'InMemoryChannel', 'letters', {spec: {}}),
    namespaced('messaging.knative.dev/v1', 'Subscription', 'readers', {
      spec: {
        channel: {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'letters'},
        subscriber: {uri: 'http://readers.example.com'},
      },
    }),
    aKnativeService('receiver'),
    namespaced('v1', 'Service', 'web', {spec: {}}),
    aConfigMap('my-kafka', {'bootstrap.servers': 'kafka:9092'}),
    aConfigMap('kube-root-ca.crt', {}),
    namespaced('v1', 'Secret', 'kafka-login', {type: 'Opaque', data: {password: SECRET_VALUE}}),
  ])
  return sandbox
}

let sandbox: Sandbox
let folder = ''
let scenario: Scenario
const requests = (): string[] => sandbox.requests.filter((line) => !line.startsWith('watch'))

beforeEach(() => {
  sandbox = aCluster()
  folder = mkdtempSync(join(tmpdir(), 'completion-'))
  scenario = {sandbox, namespace: 'demo'}
})
afterEach(() => rmSync(folder, {recursive: true, force: true}))

describe('names from the cluster', () => {
  test.each([
    ['brokers', 'broker describe ·', ['orders', 'orders-eu', 'payments']],
    ['by their beginning', 'broker describe orders-', ['orders-eu']],
    ['kn completes no names of update; we do', 'broker update p', ['payments']],
    ['those that are on the line already are left out', 'broker delete orders ·', ['orders-eu', 'payments']],
    ['a single NAME is taken once', 'broker apply orders ·', []],
    ['under a plural noun', 'triggers delete ·', ['billing']],
    ['of channels', 'channel describe ·', ['letters']],
    ['of subscriptions', 'subscription delete ·', ['readers']],
    ['of ConfigMaps, less what every namespace has', 'kafka config describe ·', ['my-kafka']],
    ['the broker of a trigger', 'trigger create t --broker pay', ['payments']],
    ['triggers behind a flag', 'broker injection disable --trigger ·', ['billing']],
    ['Secrets behind a flag', 'kafka config create c --auth-secret ·', ['kafka-login']],
    ['namespaces', 'broker list -n demo', ['demo', 'demo-2']],
    ['namespaces behind an equals sign', 'broker list --namespace=demo-', ['demo-2']],
    ['in the namespace that the line names', 'broker describe -n demo-2 ·', []],
    ['in the namespace in front of the command', '-n demo broker describe orders-', ['orders-eu']],
    ['ConfigMaps for the config of a broker', 'broker create x --broker-config m', ['my-kafka']],
    ['and with their kind and namespace', 'broker create x --broker-config cm:my-kafka:demo-', ['cm:my-kafka:demo-2']],
    ['channels of a subscription', 'subscription create s --channel l', ['letters']],
    ['and those of one type', 'subscription create s --channel imc:', ['imc:letters']],
  ])('%s: %s', async (_what, line, values) => {
    expect((await tab(line, scenario)).values).toEqual(values)
  })

  test.each([
    ['the prefixes first', '·', ['ksvc:', 'svc:', 'broker:', 'channel:', 'kafkasink:', 'http://', 'https://']],
    ['the rarer ones where they are begun', 'jobs', ['jobsink:']],
    ['Knative Services', 'ksvc:', ['ksvc:receiver']],
    ['Services', 'svc:w', ['svc:web']],
    ['brokers', 'broker:orders', ['broker:orders', 'broker:orders-eu']],
    ['the namespace last', 'ksvc:receiver:demo', ['ksvc:receiver:demo', 'ksvc:receiver:demo-2']],
    ['nothing for a prefix that does not exist', 'kscv:', []],
  ])('sinks: %s: %s', async (_what, typed, values) => {
    expect((await tab(`trigger create t --sink ${typed}`, scenario)).values).toEqual(values)
  })

  test('classes: those that are in use first, and those that nobody has told us of', async () => {
    const {values, descriptions} = await tab('broker create x --class ·', scenario)
    expect(values).toEqual(['Kafka', 'MTChannelBasedBroker', 'Acme', 'KafkaNamespaced', 'RabbitMQBroker'])
    expect(descriptions['Acme']).toBe('in use by 1 broker')
  })

  test('names are described by what tells them apart', async () => {
    expect((await tab('broker describe ·', scenario)).descriptions).toEqual({
      orders: 'Kafka, ready',
      'orders-eu': 'MTChannelBasedBroker, not ready: TopicMissing',
      payments: 'Acme, not ready: no controller has reported about it yet',
    })
    const trigger = await tab('trigger describe ·', scenario)
    expect(trigger.descriptions['billing']).toBe('of broker orders, ready')
    expect((await tab('channel describe ·', scenario)).descriptions['letters']).toMatch(/^InMemoryChannel, /)
  })

  test('where there are none, the hint says where was looked', async () => {
    expect((await tab('broker describe -n demo-2 ·', {sandbox})).hints).toEqual(['no brokers in namespace "demo-2"'])
    expect((await tab('broker describe x', scenario)).hints).toEqual(['no brokers begin with "x" in namespace "demo"'])
  })

  test('what cannot be listed (no permission) is said in a hint, and nowhere else', async () => {
    expect(await tab('broker describe ·', {...scenario, user: 'alice'})).toMatchObject({
      values: [],
      hints: ['brokers are not known: you have no permission to list them in namespace "demo"'],
      directive: ':4',
    })
  })

  test('one request is sent for names, and of Secrets and ConfigMaps nothing but their metadata is asked for', async () => {
    const asked: object[] = []
    const real = sandbox.client()
    const client: KubeClient = {...real, list: (query, options) => (asked.push(query), real.list(query, options))}
    await tab('kafka config create c --auth-secret ·', {...scenario, client})
    await tab('broker create x --broker-config cm:', {...scenario, client})
    expect(asked).toEqual([
      {apiVersion: 'v1', kind: 'Secret', namespace: 'demo', metadataOnly: true},
      {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'demo', metadataOnly: true},
    ])
  })
})

test.each([
  ['checks by their names', 'check k', ['kafka']],
  ['checks that are not named already', 'check cluster c', ['channels']],
  ['codes to leave out', 'check --ignore SFL-B0', expect.arrayContaining(['SFL-B01'])],
  [
    'kinds to draw around',
    'topology ·',
    ['broker/', 'trigger/', 'channel/', 'subscription/', 'platform/', 'workflow/'],
  ],
  ['names of a kind to draw around', 'topology broker/o', ['broker/orders', 'broker/orders-eu']],
  ['nothing of kinds that are not drawn', 'topology secret/·', []],
  [
    'brokers for both services or for one',
    'platform create x --source ·',
    [...['orders', 'orders-eu', 'payments'], ...['data-index=', 'job-service=']],
  ],
  ['brokers for one service', 'platform create x --source job-service=p', ['job-service=payments']],
  ['Services of the database', 'platform persistence set --service w', ['web']],
  ['resources', 'platform services configure data-index --limit m', ['memory=']],
  ['capabilities', 'cluster-platform create x --capability w', ['workflows=services', 'workflows=']],
  ['the name that has to be said twice', 'platform delete shop --confirm ·', ['shop']],
  ['users of Kafka are not those of the kubeconfig', 'secret create-kafka-auth x --user ·', []],
])('of the newer commands: %s', async (_what, line, values) => {
  expect((await tab(line.replace(/\/·$/, '/'), scenario)).values).toEqual(values)
})

test('platforms, those of other namespaces with their namespace, and workflows', async () => {
  const api = 'sonataflow.org/v1alpha08'
  sandbox.load([
    aNamespace('logic'),
    {apiVersion: api, kind: 'SonataFlowPlatform', metadata: {name: 'flows', namespace: 'logic'}, spec: {}},
    {
      apiVersion: api,
      kind: 'SonataFlow',
      metadata: {name: 'greeting', namespace: 'logic'},
      spec: {flow: {start: 'say', states: [{name: 'say', type: 'inject', data: {}, end: true}]}},
    },
  ])
  const logic = {sandbox, namespace: 'logic'}
  expect((await tab('platform describe ·', logic)).values).toEqual(['flows'])
  expect((await tab('cluster-platform create c --platform ·', scenario)).values).toEqual(['logic/flows'])
  expect((await tab('platform effective --workflow ·', logic)).values).toEqual(['greeting'])
})

describe('the kubeconfig', () => {
  const kubeconfig = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'prod',
    contexts: [
      {name: 'prod', context: {cluster: 'east', user: 'me', namespace: 'shop'}},
      {name: 'test', context: {cluster: 'west', user: 'robot'}},
    ],
    clusters: [
      {name: 'east', cluster: {server: 'https://me:secret@east.example.com:6443'}},
      {name: 'west', cluster: {server: 'https://west.example.com'}},
    ],
    users: [
      {name: 'me', user: {token: 'secret'}},
      {name: 'robot', user: {}},
    ],
  }
  const withKubeconfig = (): Scenario => {
    const path = join(folder, 'config')
    writeFileSync(path, JSON.stringify(kubeconfig))
    return {...scenario, env: {KUBECONFIG: path}}
  }

  test.each([
    [
      'broker list --context ·',
      {prod: 'current, cluster east, namespace shop', test: 'cluster west, namespace default'},
    ],
    ['broker list --cluster=e', {east: 'east.example.com:6443'}],
    ['broker list --user ·', {me: '', robot: ''}],
  ])('its entries are offered, and nothing of what they keep secret: %s', async (line, descriptions) => {
    expect((await tab(line, withKubeconfig())).descriptions).toEqual(descriptions)
  })

  test('the one that --kubeconfig names counts', async () => {
    const {env = {}} = withKubeconfig()
    expect((await tab(`broker list --kubeconfig ${env['KUBECONFIG']} --context t`)).values).toEqual(['test'])
  })

  test('without one, a hint says so', async () => {
    const env = {KUBECONFIG: join(folder, 'missing')}
    expect((await tab('broker list --context ·', {env})).hints).toEqual(['no kubeconfig that can be read'])
  })
})

describe('the cache', () => {
  const cached = (more: Scenario = {}): Scenario => ({...scenario, env: {XDG_CACHE_HOME: folder}, ...more})
  const later = (seconds: number): Scenario => cached({now: new Date(NOW.getTime() + seconds * 1000)})
  const kept = (): string[] =>
    readdirSync(join(folder, 'kubectl-sfl/complete')).map((name) => join(folder, 'kubectl-sfl/complete', name))

  test('a second TAB within five seconds asks the cluster nothing, a later one does', async () => {
    await tab('broker describe ·', cached())
    const asked = requests().length
    expect((await tab('broker describe orders-', later(4))).values).toEqual(['orders-eu'])
    expect(requests()).toHaveLength(asked)
    await tab('broker describe orders-', later(6))
    expect(requests()).toHaveLength(asked + 1)
  })

  test('other namespaces and other kinds are asked for anew', async () => {
    await tab('broker describe ·', cached())
    expect((await tab('broker describe -n demo-2 ·', cached())).values).toEqual([])
    expect((await tab('trigger describe ·', cached())).values).toEqual(['billing'])
    expect((await tab('broker create x --class A', cached())).values).toEqual(['Acme'])
  })

  test('what one user may see is not shown to another', async () => {
    await tab('broker describe ·', cached())
    const {values} = await tab('broker describe --as alice ·', cached({user: 'alice'}))
    expect(values).toEqual([])
  })

  test('nothing is kept of a line with a token on it', async () => {
    await tab('broker describe --token abc ·', cached())
    expect(() => kept()).toThrow('ENOENT')
  })

  test('only the user may read what is kept, and values of Secrets are not among it', async () => {
    await tab('kafka config create c --auth-secret ·', cached())
    const [file = ''] = kept()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'kubectl-sfl/complete')).mode & 0o777).toBe(0o700)
    expect(readFileSync(file, 'utf8')).toContain('kafka-login')
    expect(readFileSync(file, 'utf8')).not.toContain(SECRET_VALUE)
  })

  test('a failure is remembered as well: a cluster that does not answer is not waited for twice', async () => {
    await tab('broker describe ·', cached({user: 'alice'}))
    const asked = requests().length
    expect((await tab('broker describe ·', cached({user: 'alice'}))).hints).toHaveLength(1)
    expect(requests()).toHaveLength(asked)
  })

  test('a file that is damaged is passed over', async () => {
    await tab('broker describe ·', cached())
    for (const file of kept()) writeFileSync(file, '{"key": 1')
    expect((await tab('broker describe orders-', cached())).values).toEqual(['orders-eu'])
  })

  test('a folder that cannot be written changes nothing', async () => {
    writeFileSync(join(folder, 'kubectl-sfl'), 'in the way')
    expect((await tab('broker describe orders-', cached())).values).toEqual(['orders-eu'])
  })
})

test('what a cluster is slow with is not waited for: what came in time is offered, and a hint says that there is more', async () => {
  const real = sandbox.client()
  const client: KubeClient = {
    ...real,
    async *list(query, options) {
      for await (const page of real.list(query)) yield {...page, last: false}
      await new Promise((_, reject) => options?.signal?.addEventListener('abort', () => reject(new Error('aborted'))))
    },
  }
  const {values, hints} = await tab('broker describe ·', {...scenario, client})
  expect(values).toEqual(['orders', 'orders-eu', 'payments'])
  expect(hints).toEqual(['only the first 3 brokers: the rest did not come in 1.5 s'])
})

test('a cluster that does not answer at all is given up, even where nothing can stop the request', async () => {
  const client: KubeClient = {
    ...sandbox.client(),
    async *list() {
      await new Promise(() => {})
    },
  }
  const {values, hints} = await tab('broker describe ·', {...scenario, client})
  expect(values).toEqual([])
  expect(hints).toEqual(['the cluster did not answer within 1.5 s'])
})

test('candidates that would end a line or speak to the terminal are not offered', async () => {
  const kubeconfig = {
    contexts: [
      {name: 'fine', context: {}},
      {name: 'two\nlines', context: {}},
      {name: '\u001b[31mred', context: {}},
    ],
  }
  const path = join(folder, 'config')
  writeFileSync(path, JSON.stringify(kubeconfig))
  expect((await tab('broker list --context ·', {env: {KUBECONFIG: path}})).values).toEqual(['fine'])
})
