import {describe, expect, test} from 'vitest'
import {aHealthyCluster} from '../../support/healthy.js'
import {aSandbox, run} from '../../support/run.js'
import {aSession} from '../../support/session.js'

const files = {
  'deploy/broker.yaml': `apiVersion: eventing.knative.dev/v1
kind: Broker
metadata:
  name: invoices
  annotations:
    eventing.knative.dev/broker.class: Kafka
spec:
  delivery:
    retry: 3
    backoffPolicy: cubic
`,
  'deploy/trigger.yaml': `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata:
  name: invoices
spec:
  broker: invoices
  subscriber:
    ref: {apiVersion: v1, kind: Service, name: printer}
---
apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata:
  name: archive
spec:
  broker: orders-0
  subscriber:
    ref: {apiVersion: v1, kind: Service, name: archive}
`,
  'deploy/service.yaml': `apiVersion: v1
kind: Service
metadata: {name: printer}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: printer}
`,
  'deploy/README.md': 'not a manifest',
  'good.yaml': `apiVersion: eventing.knative.dev/v1
kind: Trigger
metadata: {name: good}
spec:
  broker: orders-0
  subscriber:
    ref: {apiVersion: serving.knative.dev/v1, kind: Service, name: sink}
`,
  'bad.yaml': 'kind: [',
}

const broker = (delivery: string): string =>
  `apiVersion: eventing.knative.dev/v1\nkind: Broker\nmetadata: {name: typed, annotations: {eventing.knative.dev/broker.class: Kafka}}\nspec: {config: {apiVersion: v1, kind: ConfigMap, name: kafka-broker-config, namespace: knative-eventing}, delivery: ${delivery}}\n`

const prepared = () => {
  const sandbox = aSandbox()
  sandbox.load(aHealthyCluster(1))
  return sandbox
}

describe('check -f', () => {
  test('judges a folder of manifests with the cluster, and nothing else of it', async () => {
    const shown = aSession({sandbox: prepared(), namespace: 'team-0', files})
    await shown.type('kubectl sfl check -f deploy')
    await shown.type('kubectl sfl check -f deploy -o short')
    await shown.type('kubectl sfl check -f good.yaml')
    await shown.type('kubectl sfl check -f deploy/trigger.yaml -f good.yaml -o sarif')
    await shown.matches('check/manifests')
    expect(shown.writes()).toEqual([])
  })

  test('alone, without asking any cluster: what is not among the manifests is not verified', async () => {
    const sandbox = prepared()
    const before = sandbox.requests.length
    const shown = aSession({sandbox, namespace: 'team-0', files})
    await shown.type('kubectl sfl check -f deploy --offline')
    await shown.matches('check/offline')
    expect(sandbox.requests.slice(before)).toEqual([])
  })

  test('alone, a broker that leaves everything to the defaults is accused of nothing', async () => {
    const {out, code} = await run('check -f plain.yaml --offline -o short', {
      sandbox: prepared(),
      files: {'plain.yaml': 'apiVersion: eventing.knative.dev/v1\nkind: Broker\nmetadata: {name: plain}\nspec: {}\n'},
    })
    expect({out, code}).toEqual({out: '', code: 0})
  })

  test('manifests are judged where they will be, whatever the current namespace is, in one or in several', async () => {
    const sandbox = prepared()
    const trigger = (namespace: string): string =>
      `apiVersion: eventing.knative.dev/v1\nkind: Trigger\nmetadata: {name: new, namespace: ${namespace}}\nspec: {broker: orders-0, subscriber: {uri: "http://x.y"}}\n`
    const files = {'one.yaml': trigger('team-0'), 'two.yaml': trigger('default')}
    const one = await run('check -f one.yaml -o short', {sandbox, files, namespace: 'default'})
    expect({out: one.out, code: one.code}).toEqual({out: '', code: 0})
    const two = await run('check -f one.yaml -f two.yaml -o short', {sandbox, files, namespace: 'default'})
    expect(two.out).toBe(
      'error SFL-T02 broker/default/orders-0: broker orders-0 does not exist in namespace default (affects trigger default/new)\n',
    )
  })

  test('values of the wrong type are said to be that, and files without objects too', async () => {
    const files = {
      'typed.yaml': `${broker('{retry: many, timeout: 5}')}---\n${broker('{retry: 2.5}').replace('typed', 'half')}`,
      'empty.yaml': '# nothing yet\n',
    }
    const typed = await run('check -f typed.yaml -n team-0 -o short', {sandbox: prepared(), files})
    expect(typed.out.split('\n').filter((line) => line.includes('SFL-B09'))).toEqual([
      'error SFL-B09 broker/team-0/typed: the server would refuse it: spec.delivery.retry must be a whole number, not "many"',
      'error SFL-B09 broker/team-0/typed: the server would refuse it: spec.delivery.timeout must be a text, not 5',
      'error SFL-B09 broker/team-0/half: the server would refuse it: spec.delivery.retry must be a whole number, not 2.5',
    ])
    expect(typed.out).not.toContain('no retries')
    expect(await run('check -f empty.yaml', {sandbox: prepared(), files})).toEqual({
      out: '',
      err: 'error: there are no objects in empty.yaml\n',
      code: 2,
    })
  })

  test('says what of several files cannot be read, before any request', async () => {
    const sandbox = prepared()
    const before = sandbox.requests.length
    const {err, code} = await run('check -f bad.yaml -f nowhere.yaml -f good.yaml', {sandbox, files})
    expect(err).toBe(
      "error: bad.yaml: line 1, column 8: Flow sequence in block collection must be sufficiently indented and end with a ]\nerror: cannot read nowhere.yaml: ENOENT: no such file or directory, open 'nowhere.yaml'\n",
    )
    expect(code).toBe(2)
    expect(sandbox.requests.slice(before)).toEqual([])
  })
})
