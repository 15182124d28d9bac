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
