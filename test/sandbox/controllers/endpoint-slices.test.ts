import {describe, expect, test} from 'vitest'
import {type KubeObject} from '../../../src/domain/core/object.js'
import {DEPLOYMENT} from '../../../src/domain/eventing/names.js'
import {ENDPOINT_SLICE} from '../../../src/domain/sonataflow/names.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {demo} from '../manifests.js'
import {objectsIn, settled} from '../sonataflow.js'

const inDemo = (apiVersion: string, kind: string, name: string, rest: Record<string, unknown> = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'demo'},
  ...rest,
})
const service = (spec: Record<string, unknown> = {}): KubeObject =>
  inDemo('v1', 'Service', 'pg', {spec: {ports: [{port: 5432}], ...spec}})
const sliceOf = (sandbox: Sandbox, name: string) => sandbox.client().get({...ENDPOINT_SLICE, name, namespace: 'demo'})

describe('EndpointSlices tell which pods a Service leads to', () => {
  test('the pods that its selector finds, and which of them are ready', async () => {
    const sandbox = demo()
    const labels = {app: 'pg'}
    const template = (image: string) => ({metadata: {labels}, spec: {containers: [{name: 'db', image}]}})
    const spec = {selector: {matchLabels: labels}}
    await settled(sandbox, service({selector: labels, ports: [{name: 'sql', port: 5432, targetPort: 5433}]}))
    expect(await sliceOf(sandbox, 'pg-x2x5p')).toMatchObject({endpoints: [], ports: []})
    await settled(sandbox, {...inDemo('apps/v1', DEPLOYMENT.kind, 'db'), spec: {...spec, template: template('pg:16')}})
    const broken = template('registry.invalid/pg:1')
    await settled(sandbox, {...inDemo('apps/v1', DEPLOYMENT.kind, 'broken'), spec: {...spec, template: broken}})
    expect(await sliceOf(sandbox, 'pg-x2x5p')).toMatchObject({
      metadata: {
        labels: {
          'kubernetes.io/service-name': 'pg',
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        },
        ownerReferences: [{kind: 'Service', name: 'pg', controller: true}],
      },
      addressType: 'IPv4',
      endpoints: [
        {conditions: {ready: false, serving: false}, targetRef: {kind: 'Pod', name: 'broken-7d9c5b8f6-x2x00'}},
        {conditions: {ready: true, serving: true}, targetRef: {kind: 'Pod', name: 'db-7d9c5b8f6-x2x00'}},
      ],
      ports: [{name: 'sql', port: 5433, protocol: 'TCP'}],
    })
    await sandbox.client().delete({apiVersion: 'v1', kind: 'Service', name: 'pg', namespace: 'demo'})
    await sandbox.settle()
    expect(objectsIn(sandbox, ['EndpointSlice'])).toEqual([])
  })

  test('Endpoints that somebody wrote by hand are mirrored, as long as their Service is there', async () => {
    const sandbox = demo()
    const subsets = [{addresses: [{ip: '10.0.0.7'}], notReadyAddresses: [{ip: '10.0.0.8'}], ports: [{port: 5432}]}]
    await settled(sandbox, inDemo('v1', 'Endpoints', 'pg', {subsets}))
    expect(objectsIn(sandbox, ['EndpointSlice'])).toEqual([])
    await settled(sandbox, service())
    expect(await sliceOf(sandbox, 'pg-x2x6m')).toMatchObject({
      metadata: {labels: {'kubernetes.io/service-name': 'pg'}, ownerReferences: [{kind: 'Endpoints', name: 'pg'}]},
      endpoints: [
        {addresses: ['10.0.0.7'], conditions: {ready: true}},
        {addresses: ['10.0.0.8'], conditions: {ready: false}},
      ],
      ports: [{port: 5432}],
    })
    await sandbox.client().delete({apiVersion: 'v1', kind: 'Service', name: 'pg', namespace: 'demo'})
    await sandbox.settle()
    expect(objectsIn(sandbox, ['EndpointSlice'])).toEqual([])
  })
})
