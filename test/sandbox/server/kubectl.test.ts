import {execFile, spawnSync} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {type SandboxServer, startServer} from '../../../src/sandbox/server/server.js'
import {demo} from '../manifests.js'

const present = spawnSync('kubectl', ['version', '--client'], {stdio: 'ignore'}).status === 0

const manifest = (retry: number) => `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: orders
  namespace: demo
  annotations:
    eventing.knative.dev/broker.class: Kafka
spec:
  config: {apiVersion: v1, kind: ConfigMap, name: kafka-broker-config, namespace: knative-eventing}
  delivery: {retry: ${retry}}
`

describe.skipIf(!present)('a real kubectl against the door', () => {
  let door: SandboxServer
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    door = await startServer(demo({delayMs: 5}))
    await writeFile(join(folder, 'config'), door.kubeconfig)
  })
  afterAll(async () => {
    await door.close()
    await rm(folder, {recursive: true, force: true})
  })

  /** Both streams and the exit code of one command. */
  const kubectl = (...words: string[]) =>
    new Promise<string>((resolve) => {
      const env = {...process.env, KUBECONFIG: join(folder, 'config'), HOME: folder}
      execFile('kubectl', ['-n', 'demo', ...words], {env, cwd: folder}, (error, stdout, stderr) => {
        resolve(`${stdout}${stderr}${error === null ? '' : `exit ${String(error.code)}\n`}`)
      })
    })
  const file = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return name
  }

  test('shows EndpointSlices as a real server does, and is warned of Endpoints', async () => {
    const slice = {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {name: 'pg-1', namespace: 'demo', labels: {'kubernetes.io/service-name': 'pg'}},
      addressType: 'IPv4',
      endpoints: [{addresses: ['10.0.0.1']}, ...[2, 3, 4].map((last) => ({addresses: [`10.0.0.${last}`]}))],
      ports: [{port: 5432}],
    }
    const empty = {...slice, metadata: {...slice.metadata, name: 'pg-2'}, endpoints: [], ports: []}
    for (const object of [slice, empty]) {
      const path = await file('slice.json', JSON.stringify(object))
      expect(await kubectl('create', '-f', path)).toBe(
        `endpointslice.discovery.k8s.io/${object.metadata.name} created\n`,
      )
    }
    const shown = await kubectl('get', 'endpointslices', '-l', 'kubernetes.io/service-name=pg')
    expect(shown.replace(/\b\d+s\b/g, 'Ns')).toBe(
      [
        'NAME   ADDRESSTYPE   PORTS     ENDPOINTS                                AGE',
        'pg-1   IPv4          5432      10.0.0.1,10.0.0.2,10.0.0.3 + 1 more...   Ns',
        'pg-2   IPv4          <unset>   <unset>                                  Ns',
        '',
      ].join('\n'),
    )
    expect(await kubectl('get', 'endpoints')).toBe(
      'Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\nNo resources found in demo namespace.\n',
    )
  })

  test('applies a List', async () => {
    const item = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {name: 'listed', namespace: 'demo'},
      data: {a: 'b'},
    }
    const list = await file('list.json', JSON.stringify({apiVersion: 'v1', kind: 'List', items: [item]}))
    expect(await kubectl('apply', '-f', list)).toBe('configmap/listed created\n')
    expect(await kubectl('delete', '-f', list)).toBe('configmap "listed" deleted\n')
  })

  test('applies, waits, gets, describes, labels and deletes', async () => {
    const first = await file('first.yaml', manifest(3))
    const second = await file('second.yaml', manifest(5))
    expect(await kubectl('apply', '-f', first)).toBe('broker.eventing.knative.dev/orders created\n')
    expect(await kubectl('wait', '--for=condition=Ready', 'broker/orders', '--timeout=15s')).toBe(
      'broker.eventing.knative.dev/orders condition met\n',
    )
    expect(await kubectl('apply', '-f', first)).toBe('broker.eventing.knative.dev/orders unchanged\n')
    expect(await kubectl('apply', '-f', second)).toBe('broker.eventing.knative.dev/orders configured\n')
    expect(await kubectl('get', 'brokers')).toBe(
      `NAME     URL                                                                          AGE   READY   REASON
orders   http://kafka-broker-ingress.knative-eventing.svc.cluster.local/demo/orders   0s    True    \n`,
    )
    expect(await kubectl('get', 'broker', 'orders', '-o', 'wide', '--no-headers')).toBe(
      'orders   http://kafka-broker-ingress.knative-eventing.svc.cluster.local/demo/orders   0s    True         Kafka\n',
    )
    expect(await kubectl('describe', 'broker', 'orders')).toMatch(
      / {2}Normal {2}BrokerReconciled .* {2}Broker reconciled: "demo\/orders"\n$/,
    )
    expect(await kubectl('label', 'broker', 'orders', 'team=red')).toBe('broker.eventing.knative.dev/orders labeled\n')
    expect(await kubectl('get', 'broker', '-l', 'team=red', '-o', 'name')).toBe('broker.eventing.knative.dev/orders\n')
    expect(await kubectl('delete', 'broker', 'orders', '--timeout=15s')).toBe(
      'broker.eventing.knative.dev "orders" deleted\n',
    )
    expect(await kubectl('get', 'broker', 'orders')).toBe(
      'Error from server (NotFound): brokers.eventing.knative.dev "orders" not found\nexit 1\n',
    )
  }, 60_000)

  test('applies on the server, and reports a conflict', async () => {
    const text = (value: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: shared\ndata:\n  a: "${value}"\n`
    const one = await file('one.yaml', text('1'))
    const two = await file('two.yaml', text('2'))
    expect(await kubectl('apply', '--server-side', '--field-manager=one', '-f', one)).toBe(
      'configmap/shared serverside-applied\n',
    )
    expect(await kubectl('apply', '--server-side', '--field-manager=two', '-f', two)).toMatch(
      /^error: Apply failed with 1 conflict: conflict with "one": \.data\.a\n/,
    )
    expect(await kubectl('apply', '--server-side', '--force-conflicts', '--field-manager=two', '-f', two)).toBe(
      'configmap/shared serverside-applied\n',
    )
  }, 60_000)

  test('refuses a misspelt field', async () => {
    const wrong = await file('wrong.yaml', manifest(3).replace('delivery', 'delivry'))
    expect(await kubectl('create', '-f', wrong)).toBe(
      'Error from server (BadRequest): error when creating "wrong.yaml": Broker in version "v1" cannot be handled as a Broker: strict decoding error: unknown field "spec.delivry"\nexit 1\n',
    )
  }, 60_000)

  test('lets alice do nothing', async () => {
    expect(await kubectl('--context', 'alice', 'get', 'brokers')).toBe(
      'Error from server (Forbidden): brokers.eventing.knative.dev is forbidden: User "alice" cannot list resource "brokers" in API group "eventing.knative.dev" in the namespace "demo"\nexit 1\n',
    )
    expect(await kubectl('--context', 'alice', 'auth', 'can-i', 'list', 'brokers')).toBe('no\nexit 1\n')
  }, 60_000)
})
