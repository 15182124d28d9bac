import {describe, expect, test} from 'vitest'
import {DEPLOYMENT, SERVICE} from '../../../src/domain/eventing/names.js'
import {at, numberAt, recordAt, textAt} from '../../../src/domain/core/read.js'
import {AUTOSCALER, DISRUPTION_BUDGET, ENDPOINT_SLICE} from '../../../src/domain/sonataflow/names.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {demo} from '../manifests.js'
import {
  conditionsOf,
  database,
  login,
  objectsIn,
  platform,
  platformRef,
  postgres,
  settled,
  warningsAbout,
} from '../sonataflow.js'

const both = {services: {dataIndex: {}, jobService: {}}}
const deployment = (name: string) => ({...DEPLOYMENT, name, namespace: 'demo'})
const dataIndex = deployment('p-data-index-service')
const jobs = deployment('p-jobs-service')
const available = async (sandbox: Sandbox, name = 'p-data-index-service') => {
  const found = await sandbox.client().get(deployment(name))
  return `${numberAt(found, 'status', 'readyReplicas') ?? 0}/${numberAt(found, 'spec', 'replicas')}`
}
const podsOf = async (sandbox: Sandbox) =>
  sandbox
    .snapshot()
    .filter(({kind, metadata}) => kind === 'Pod' && metadata.namespace === 'demo')
    .map((pod) => {
      const container = recordAt({all: pod['status']}, 'all')['containerStatuses']
      const state = recordAt(Array.isArray(container) ? container[0] : {}, 'state', 'waiting')
      return [pod.metadata.name, textAt(pod, 'status', 'phase'), state['reason'], state['message']]
        .filter(Boolean)
        .join(' | ')
    })

describe('a platform becomes what the operator makes of it', () => {
  test('an empty one is ready, with the build settings written back and nothing deployed', async () => {
    const sandbox = demo()
    const found = await settled(sandbox, platform('p'))
    expect(conditionsOf(found)).toEqual(['Succeed | True'])
    expect(recordAt(found, 'spec')).toEqual({
      build: {
        config: {
          registry: {},
          strategy: 'operator',
          strategyOptions: {KanikoBuildCacheEnabled: 'false'},
          timeout: '5m0s',
        },
        template: {resources: {}},
      },
      devMode: {},
    })
    expect(found).toMatchObject({
      status: {cluster: 'kubernetes', version: '0.8', observedGeneration: found.metadata.generation},
    })
    expect(objectsIn(sandbox, ['Deployment', 'Service', 'ConfigMap'])).toEqual([])
  })

  test('on OpenShift the platform builds by the cluster', async () => {
    const found = await settled(demo({layout: 'openshift'}), platform('p'))
    expect(found).toMatchObject({
      spec: {build: {config: {strategy: 'platform'}}},
      status: {cluster: 'openshift'},
    })
  })

  test('services are enabled where nothing is said, and run with their pods, Services and ConfigMaps', async () => {
    const sandbox = demo()
    const found = await settled(sandbox, platform('p', both))
    expect(recordAt(found, 'spec', 'services')).toEqual({
      dataIndex: {enabled: true, podTemplate: {container: {resources: {}}}},
      jobService: {enabled: true, podTemplate: {container: {resources: {}}}},
    })
    expect(objectsIn(sandbox, ['Deployment', 'Service', 'ConfigMap', 'EndpointSlice', 'Pod'])).toEqual([
      'Deployment p-data-index-service',
      'Deployment p-jobs-service',
      'EndpointSlice p-data-index-service-x2x5p',
      'EndpointSlice p-jobs-service-x2x5p',
      'ConfigMap p-data-index-service-props',
      'ConfigMap p-jobs-service-props',
      'Pod p-data-index-service-7d9c5b8f6-x2x00',
      'Pod p-jobs-service-7d9c5b8f6-x2x00',
      'Service p-data-index-service',
      'Service p-jobs-service',
    ])
    expect(await available(sandbox)).toBe('1/1')
    expect(
      await sandbox.client().get({...ENDPOINT_SLICE, name: 'p-jobs-service-x2x5p', namespace: 'demo'}),
    ).toMatchObject({
      metadata: {labels: {'kubernetes.io/service-name': 'p-jobs-service'}, ownerReferences: [{kind: 'Service'}]},
      endpoints: [{addresses: ['10.244.0.20'], conditions: {ready: true}, targetRef: {kind: 'Pod'}}],
      ports: [{name: 'h2c', port: 8080}],
    })
  })

  test('a service that is switched off runs nevertheless', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', {services: {dataIndex: {enabled: false}}}))
    expect(await available(sandbox)).toBe('1/1')
  })

  test('the labels carry the tag of the operator, and everything goes with the platform', async () => {
    const sandbox = demo({install: {sonataflowTag: '10.1.0'}})
    await settled(sandbox, platform('p', both))
    const client = sandbox.client()
    expect((await client.get(dataIndex)).metadata.labels).toMatchObject({
      'app.kubernetes.io/version': '10.1.0',
      'sonataflow.org/service': 'p-data-index-service',
    })
    await client.delete(platformRef('p'))
    await sandbox.settle()
    expect(objectsIn(sandbox, ['Deployment', 'Service', 'ConfigMap', 'Pod', 'EndpointSlice'])).toEqual([])
  })

  test('removing a service or its database leaves everything behind that was made for it', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', both))
    await sandbox.client().patch(platformRef('p'), {spec: {services: null}})
    await sandbox.settle()
    expect(objectsIn(sandbox, ['Deployment'])).toEqual(['Deployment p-data-index-service', 'Deployment p-jobs-service'])
  })

  test('a ConfigMap that somebody edited is written anew at the next look', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', both))
    const client = sandbox.client()
    const properties = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'demo', name: 'p-jobs-service-props'}
    const before = recordAt(await client.get(properties), 'data')
    await client.patch(properties, {data: {'application.properties': 'mine=1'}})
    await sandbox.settle()
    expect(recordAt(await client.get(properties), 'data')).toEqual(before)
  })
})

describe('one platform in a namespace', () => {
  test('a second one is a duplicate without a word of why, and takes over when the first goes', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', both))
    const second = await settled(sandbox, platform('q', both))
    expect(conditionsOf(second)).toEqual(['Succeed | False | Duplicated'])
    expect(objectsIn(sandbox, ['Deployment'])).not.toContain('Deployment q-jobs-service')
    await sandbox.client().delete(platformRef('p'))
    await sandbox.settle()
    expect(conditionsOf(await sandbox.client().get(platformRef('q')))).toEqual(['Succeed | True'])
    expect(objectsIn(sandbox, ['Deployment'])).toContain('Deployment q-jobs-service')
  })

  test('a secondary one is not in the way of others', async () => {
    const sandbox = demo()
    const secondary = platform('s')
    const annotations = {'sonataflow.org/secondary.platform': 'true'}
    await settled(sandbox, {...secondary, metadata: {...secondary.metadata, annotations}})
    expect(conditionsOf(await settled(sandbox, platform('p')))).toEqual(['Succeed | True'])
  })
})

describe('the platform calls itself ready whatever happens to its services', () => {
  test.each<[string, () => Parameters<Sandbox['load']>[0], string]>([
    [
      'the Secret is missing',
      () => postgres().slice(0, 2),
      'p-data-index-service-7d9c5b8f6-x2x00 | Pending | CreateContainerConfigError | secret "login" not found',
    ],
    [
      'the Secret has other keys',
      () => [...postgres().slice(0, 2), login('login', ['POSTGRES_USER', 'POSTGRES_PASSWORD'])],
      "p-data-index-service-7d9c5b8f6-x2x00 | Pending | CreateContainerConfigError | couldn't find key POSTGRESQL_USER in Secret demo/login",
    ],
    [
      'the database is missing',
      () => [login('login')],
      'p-data-index-service-7d9c5b8f6-x2x00 | Running | CrashLoopBackOff | back-off 5m0s restarting failed container',
    ],
    [
      'the database refuses the password',
      () => postgres('postgres', {fails: 'refuses-login'}),
      'p-data-index-service-7d9c5b8f6-x2x00 | Running | CrashLoopBackOff | back-off 5m0s restarting failed container',
    ],
  ])('%s', async (_, objects, expected) => {
    const sandbox = demo()
    sandbox.load(objects())
    const spec = {persistence: database(), services: {dataIndex: {}}}
    expect(conditionsOf(await settled(sandbox, platform('p', spec)))).toEqual(['Succeed | True'])
    expect(await podsOf(sandbox)).toEqual([expected])
    expect(await available(sandbox)).toBe('0/1')
    expect(await sandbox.client().get(dataIndex)).toMatchObject({
      status: {conditions: [{type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable'}]},
    })
  })

  test('an image that cannot be pulled', async () => {
    const sandbox = demo()
    const podTemplate = {container: {image: 'registry.invalid/data-index:1'}}
    await settled(sandbox, platform('p', {services: {dataIndex: {podTemplate}}}))
    expect(await podsOf(sandbox)).toEqual([
      'p-data-index-service-7d9c5b8f6-x2x00 | Pending | ImagePullBackOff | Back-off pulling image "registry.invalid/data-index:1"',
    ])
  })

  test('pods recover when the Secret and the database come', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', {persistence: database(), services: {dataIndex: {}}}))
    const [service, slice, secret] = postgres()
    const client = sandbox.client()
    await client.create(secret!)
    await sandbox.settle()
    expect(await podsOf(sandbox)).toEqual([expect.stringContaining('CrashLoopBackOff')])
    await client.create(service!)
    sandbox.load([slice!])
    await sandbox.settle()
    expect(await available(sandbox)).toBe('1/1')
  })

  test('a database that runs in the cluster as a Deployment with a Service is found', async () => {
    const sandbox = demo()
    const [service, , secret] = postgres()
    const labels = {app: 'postgres'}
    const spec = {
      selector: {matchLabels: labels},
      template: {metadata: {labels}, spec: {containers: [{name: 'db', image: 'postgres:16'}]}},
    }
    const server = {...DEPLOYMENT, metadata: {name: 'postgres', namespace: 'demo'}, spec}
    await settled(sandbox, server, service!, secret!)
    await settled(sandbox, platform('p', {persistence: database(), services: {dataIndex: {}}}))
    expect(await available(sandbox)).toBe('1/1')
  })
})

describe('how many pods', () => {
  test('Data Index has as many as asked for with a budget, Job Service never more than one', async () => {
    const sandbox = demo()
    const podTemplate = {replicas: 3, podDisruptionBudget: {minAvailable: 1, maxUnavailable: 1}}
    await settled(
      sandbox,
      platform('p', {services: {dataIndex: {podTemplate}, jobService: {podTemplate: {replicas: 3}}}}),
    )
    expect([await available(sandbox), await available(sandbox, jobs.name)]).toEqual(['3/3', '1/1'])
    const client = sandbox.client()
    const budget = {...DISRUPTION_BUDGET, name: dataIndex.name, namespace: 'demo'}
    expect(recordAt(await client.get(budget), 'spec')).toEqual({
      minAvailable: 1,
      selector: {matchLabels: {'sonataflow.org/service': 'p-data-index-service'}},
    })
    await client.patch(platformRef('p'), {
      spec: {services: {dataIndex: {podTemplate: {podDisruptionBudget: {minAvailable: null}}}}},
    })
    await sandbox.settle()
    expect(at(await client.get(budget), 'spec', 'maxUnavailable')).toBe(1)
    await client.patch(platformRef('p'), {spec: {services: {dataIndex: {podTemplate: {replicas: 1}}}}})
    await sandbox.settle()
    await expect(client.get(budget)).rejects.toMatchObject({reason: 'NotFound'})
  })

  test('an autoscaler decides instead of the platform', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p', both))
    const scaler = {
      ...AUTOSCALER,
      metadata: {name: 'scaler', namespace: 'demo'},
      spec: {
        scaleTargetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: dataIndex.name},
        minReplicas: 3,
        maxReplicas: 5,
      },
    }
    expect(await settled(sandbox, scaler)).toMatchObject({status: {currentReplicas: 3}})
    await sandbox.client().patch(platformRef('p'), {spec: {services: {dataIndex: {podTemplate: {replicas: 1}}}}})
    await sandbox.settle()
    expect(await available(sandbox)).toBe('3/3')
  })
})

describe('the operator itself', () => {
  const operator = {
    ...DEPLOYMENT,
    namespace: 'sonataflow-operator-system',
    name: 'sonataflow-operator-controller-manager',
  }

  test('nothing happens while it does not run, and all of it when it is back', async () => {
    const sandbox = demo()
    const client = sandbox.client()
    await client.patch(operator, {spec: {replicas: 0}})
    await sandbox.settle()
    expect(numberAt(await client.get(operator), 'status', 'readyReplicas')).toBe(0)
    expect(conditionsOf(await settled(sandbox, platform('p', both)))).toEqual([])
    await client.patch(operator, {spec: {replicas: 1}})
    await sandbox.settle()
    expect(conditionsOf(await client.get(platformRef('p')))).toEqual(['Succeed | True'])
    expect(objectsIn(sandbox, ['Deployment'])).toHaveLength(2)
  })

  test('is OpenShift Serverless Logic on OpenShift', () => {
    expect(objectsIn(demo({layout: 'openshift'}), ['Deployment'], 'openshift-serverless-logic')).toEqual([
      'Deployment logic-operator-controller-manager',
    ])
  })
})

test('a name that does not fit into a Service is only an event', async () => {
  const sandbox = demo()
  const name = `p${'x'.repeat(44)}`
  const found = await settled(sandbox, platform(name, {services: {dataIndex: {}}}))
  expect(conditionsOf(found)).toEqual(['Succeed | True'])
  await expect(
    sandbox.client().get({...SERVICE, name: `${name}-data-index-service`, namespace: 'demo'}),
  ).rejects.toMatchObject({reason: 'NotFound'})
  expect(warningsAbout(sandbox, name)).toEqual([
    expect.stringMatching(/^Failed \| Failed to update SonataFlowPlaform: .*must be no more than 63 characters/),
  ])
})
