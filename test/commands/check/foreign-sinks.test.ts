import {expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {listAt, textAt} from '../../../src/domain/core/read.js'
import type {SandboxOptions} from '../../../src/sandbox/sandbox.js'
import {aHealthyCluster} from '../../support/healthy.js'
import {aSandbox, run, type Ran} from '../../support/run.js'
import {aTrigger, home, kafkaChannel, source, subscription} from './scenes/scene.js'

/** Sinks of kinds that this program does not know: the cluster is asked about them, and nobody is accused unseen. */

const definition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {name: 'proxies.example.com'},
  spec: {
    group: 'example.com',
    scope: 'Namespaced',
    names: {kind: 'Proxy', plural: 'proxies', singular: 'proxy', listKind: 'ProxyList'},
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
      },
    ],
  },
}
const toProxy = (name: string) => ({ref: {apiVersion: 'example.com/v1', kind: 'Proxy', name}})
const proxy = (name: string, status: object): KubeObject => ({
  apiVersion: 'example.com/v1',
  kind: 'Proxy',
  metadata: {name, namespace: home},
  status,
})
const edge = proxy('edge', {address: {url: 'http://edge.example.com'}})

const look = async (
  objects: readonly KubeObject[],
  {
    served = true,
    line = `check -n ${home} -o short`,
    ...options
  }: SandboxOptions & {served?: boolean; line?: string} = {},
): Promise<Ran> => {
  const sandbox = aSandbox(options)
  sandbox.load(aHealthyCluster(1))
  if (served) {
    await sandbox.client().create(definition)
    await sandbox.settle()
  }
  sandbox.load(objects)
  return run(line, {sandbox, ...(options.access === undefined ? {} : {user: 'alice'})})
}

const senders = (name: string): KubeObject[] => [
  aTrigger({spec: {subscriber: toProxy(name)}}),
  kafkaChannel('mail'),
  subscription('mail', 'mail', {spec: {subscriber: toProxy(name), reply: toProxy(name)}}),
  source('PingSource', 'tick', toProxy(name)),
]

test('a sink of a kind of its own with an address is as good as any', async () => {
  expect(await look([edge, ...senders('edge')])).toEqual({out: '', err: '', code: 0})
})

test.each([
  [
    'without an address',
    'mute',
    /^error SFL-T06 proxy\/team-0\/mute: sink proxies\.example\.com\/v1:mute exists but has no address yet.* \(affects trigger orders-0-0; subscription mail; pingsource tick\)\n$/,
  ],
  [
    'that does not exist',
    'gone',
    /^error SFL-T05 proxy\/team-0\/gone: proxies\.example\.com\/v1:gone does not exist in namespace team-0 \(affects trigger orders-0-0; subscription mail; pingsource tick\)\n$/,
  ],
])('one %s is told once, with everyone who sends to it', async (_what, name, line) => {
  const {out, code} = await look([proxy('mute', {}), ...senders(name)])
  expect(out).toMatch(line)
  expect(code).toBe(5)
})

test('a kind that the cluster does not have is said to be that', async () => {
  const {out} = await look(senders('edge'), {served: false})
  expect(out).toMatch(
    /^error SFL-T05 proxy\/team-0\/edge: .*the cluster does not serve \S+ of example\.com\/v1 \(affects trigger orders-0-0; subscription mail; pingsource tick\)\n$/,
  )
})

test('what cannot be listed (no permission) is not verified, and no fault', async () => {
  const {out, code} = await look([edge, ...senders('edge')], {
    access: (_user, {group}) => group !== 'example.com',
    line: `check -n ${home} -o json`,
  })
  const checks = listAt(JSON.parse(out), 'checks')
  expect(checks.flatMap((check) => listAt(check, 'findings'))).toEqual([])
  const hidden = checks.filter((check) => textAt(check, 'outcome') === 'not-verified')
  expect(hidden.map((check) => [textAt(check, 'id'), ...listAt(check, 'notVerified')])).toEqual([
    ['trigger-sinks', 'sink proxies.example.com/v1:edge was not checked: it could not be read'],
    [
      'subscription-sinks',
      'subscriber proxies.example.com/v1:edge was not checked: it could not be read',
      'reply proxies.example.com/v1:edge was not checked: it could not be read',
    ],
    ['source-sink', 'sink proxies.example.com/v1:edge was not checked: it could not be read'],
  ])
  expect(code).toBe(0)
})

test.each([
  ['of a group without a version', {ref: {group: 'eventing.knative.dev', kind: 'Broker', name: 'orders-0'}}],
  ['without a kind', {ref: {apiVersion: 'v1', name: 'x'}}],
  ['that are no objects', 7],
  ['that are lists', [{ref: {}}]],
  ['with an address and nothing else', {uri: 'ftp://example.com'}],
  ['with names that are none', {ref: {apiVersion: 7, kind: {}, name: null}}],
  [
    'in a namespace that nobody has',
    {ref: {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'sink', namespace: 'nowhere'}},
  ],
])('destinations %s are no crash, whoever stored them', async (_what, subscriber) => {
  for (const line of ['check', 'status', 'topology']) {
    const {err, code} = await look([aTrigger({spec: {subscriber}}), source('PingSource', 'tick', {ref: subscriber})], {
      line: `${line} -n ${home}`,
    })
    expect([0, 5]).toContain(code)
    expect(err).not.toMatch(/internal|TypeError|undefined/)
  }
})

test('in a manifest alone, nothing is said of what nobody can look at', async () => {
  const sandbox = aSandbox()
  const manifest = `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: new}
spec: {broker: orders, subscriber: {ref: {apiVersion: example.com/v1, kind: Proxy, name: edge}}}
`
  const {out, code} = await run('check -f new.yaml --offline -o short', {sandbox, files: {'new.yaml': manifest}})
  expect({out, code}).toEqual({out: '', code: 0})
})
