import {describe, expect, test} from 'vitest'
import type {KubeClient} from '../../src/kube/client.js'
import {orAbsent} from '../../src/kube/errors.js'
import {connectTo, faultServer} from '../support/connection.js'
import {type Step, json, status, text} from '../support/fault-server.js'
import {BROKER, brokerObject, brokerRef} from '../support/objects.js'

interface Sent {
  line: string
  contentType: string | undefined
  body: unknown
}

/** What a call sends, and what it answers. */
const sent = async <T>(
  call: (client: KubeClient) => Promise<T>,
  ...steps: Step[]
): Promise<{requests: Sent[]; result: T}> => {
  const server = await faultServer()
  server.script(...steps)
  const {client} = await connectTo(server)
  const result = await call(client)
  const requests = server.received.map(({method, url, headers, body}) => ({
    line: `${method} ${decodeURIComponent(url)}`,
    contentType: headers['content-type'],
    body: body === '' ? undefined : (JSON.parse(body) as unknown),
  }))
  return {requests, result}
}

const BROKERS = '/apis/eventing.knative.dev/v1/namespaces/demo/brokers'
const broker = brokerObject()
const ok = json(broker)

describe('each method is one request', () => {
  test.each<[string, (client: KubeClient) => Promise<unknown>, Sent]>([
    [
      'create',
      (client) => client.create(broker),
      {
        line: `POST ${BROKERS}?fieldManager=kubectl-sfl&fieldValidation=Strict`,
        contentType: 'application/json',
        body: broker,
      },
    ],
    [
      'create as a dry run',
      (client) => client.create(broker, {dryRun: true, fieldManager: 'me', fieldValidation: 'Warn'}),
      {
        line: `POST ${BROKERS}?dryRun=All&fieldManager=me&fieldValidation=Warn`,
        contentType: 'application/json',
        body: broker,
      },
    ],
    [
      'patch',
      (client) => client.patch(brokerRef(), {spec: {delivery: null}}),
      {
        line: `PATCH ${BROKERS}/orders?fieldManager=kubectl-sfl&fieldValidation=Strict`,
        contentType: 'application/merge-patch+json',
        body: {spec: {delivery: null}},
      },
    ],
    [
      'apply',
      (client) => client.apply(broker, {force: true}),
      {
        line: `PATCH ${BROKERS}/orders?fieldManager=kubectl-sfl&fieldValidation=Strict&force=true`,
        contentType: 'application/apply-patch+yaml',
        body: broker,
      },
    ],
    [
      'delete',
      (client) => client.delete(brokerRef(), {uid: 'u', dryRun: true, propagation: 'Foreground'}),
      {
        line: `DELETE ${BROKERS}/orders`,
        contentType: 'application/json',
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: 'Foreground',
          preconditions: {uid: 'u'},
          dryRun: ['All'],
        },
      },
    ],
  ])('%s', async (_method, call, expected) => {
    expect((await sent(call, ok)).requests).toEqual([expected])
  })

  test('can', async () => {
    const question = {verb: 'create', group: 'eventing.knative.dev', resource: 'brokers', namespace: 'demo'}
    const {requests, result} = await sent((client) => client.can(question), json({status: {allowed: false}}, 201))
    expect(result).toBe(false)
    expect(requests).toEqual([
      {
        line: 'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        contentType: 'application/json',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: {resourceAttributes: question},
        },
      },
    ])
  })

  test.each([
    [{apiVersion: 'v1', kind: 'Secret', name: 's', namespace: 'demo'}, '/api/v1/namespaces/demo/secrets/s'],
    [{apiVersion: 'v1', kind: 'Namespace', name: 'demo'}, '/api/v1/namespaces/demo'],
    [
      {apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', name: 'e', namespace: 'demo'},
      '/apis/discovery.k8s.io/v1/namespaces/demo/endpointslices/e',
    ],
    [
      {apiVersion: 'apps/v1', kind: 'Deployment', name: 'd', namespace: 'demo'},
      '/apis/apps/v1/namespaces/demo/deployments/d',
    ],
    [
      {apiVersion: 'sonataflow.org/v1alpha08', kind: 'SonataFlowClusterPlatform', name: 'c'},
      '/apis/sonataflow.org/v1alpha08/sonataflowclusterplatforms/c',
    ],
    [
      {
        apiVersion: 'operator.serverless.openshift.io/v1alpha1',
        kind: 'KnativeKafka',
        name: 'k',
        namespace: 'knative-eventing',
      },
      '/apis/operator.serverless.openshift.io/v1alpha1/namespaces/knative-eventing/knativekafkas/k',
    ],
    [
      {apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'brokers.eventing.knative.dev'},
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/brokers.eventing.knative.dev',
    ],
  ])('get of %o asks %s, without discovery', async (ref, path) => {
    const {requests} = await sent((client) => client.get(ref), ok)
    expect(requests.map(({line}) => line)).toEqual([`GET ${path}`])
  })
})

describe('the log of a pod', () => {
  const pod = {apiVersion: 'v1', kind: 'Pod', name: 'p', namespace: 'demo'}
  const path = '/api/v1/namespaces/demo/pods/p/log'

  test('comes as it is, whole or its last lines', async () => {
    const lines = 'one\n{"two": 2}\n'
    const whole = await sent((client) => client.logs(pod), text(lines))
    expect([whole.requests[0]?.line, whole.result]).toEqual([`GET ${path}`, lines])
    const last = await sent((client) => client.logs(pod, {tailLines: 20, container: 'c'}), text(''))
    expect([last.requests[0]?.line, last.result]).toEqual([`GET ${path}?tailLines=20&container=c`, ''])
  })

  test('that cannot be read (no permission) is refused with the words of the server', async () => {
    const refusal = status(403, 'Forbidden', 'pods "p" is forbidden: User "alice" cannot get resource "pods/log"')
    await expect(sent((client) => client.logs(pod), refusal)).rejects.toMatchObject({
      reason: 'Forbidden',
      request: {verb: 'get', resource: 'pods/log', name: 'p'},
    })
  })
})

const discovery = json({
  kind: 'APIResourceList',
  groupVersion: 'example.com/v1',
  resources: [
    {name: 'boxes', kind: 'Box', namespaced: true, verbs: ['get', 'list']},
    {name: 'boxes/status', kind: 'Box', namespaced: true, verbs: ['get']},
    {name: 'planets', kind: 'Planet', namespaced: false, verbs: ['get']},
  ],
})

describe('kinds that the program does not know', () => {
  test('are looked up once', async () => {
    const box = {apiVersion: 'example.com/v1', kind: 'Box', name: 'b', namespace: 'demo'}
    const planet = {apiVersion: 'example.com/v1', kind: 'Planet', name: 'p'}
    const {requests} = await sent(
      async (client) => {
        await Promise.all([client.get(box), client.get(planet)])
        await client.get(box)
      },
      discovery,
      ok,
      ok,
      ok,
    )
    expect(requests.map(({line}) => line).sort()).toEqual([
      'GET /apis/example.com/v1',
      'GET /apis/example.com/v1/namespaces/demo/boxes/b',
      'GET /apis/example.com/v1/namespaces/demo/boxes/b',
      'GET /apis/example.com/v1/planets/p',
    ])
  })

  test('and that the server does not know either, are not served', async () => {
    const call = (client: KubeClient): Promise<unknown> =>
      client.get({apiVersion: 'example.com/v1', kind: 'Bottle', name: 'b', namespace: 'demo'})
    const expected = {
      reason: 'ResourceNotServed',
      code: 404,
      message: 'the server does not have the kind "Bottle" in example.com/v1',
    }
    await expect(sent(call, discovery)).rejects.toMatchObject(expected)
    await expect(sent(call, text('404 page not found', 404))).rejects.toMatchObject(expected)
  })

  test('served tells the kinds of a group, and nothing for a group that is not there', async () => {
    const both = await sent(
      async (client) => [await client.served('example.com/v1'), await client.served('gone.example.com/v1')],
      discovery,
      text('404 page not found', 404),
    )
    expect(both.result).toEqual([
      [
        {apiVersion: 'example.com/v1', kind: 'Box', plural: 'boxes', namespaced: true, verbs: ['get', 'list']},
        {apiVersion: 'example.com/v1', kind: 'Planet', plural: 'planets', namespaced: false, verbs: ['get']},
      ],
      undefined,
    ])
  })

  test('a look-up that failed is tried again', async () => {
    const {result} = await sent(
      async (client) => {
        await client.served('example.com/v1').catch(() => {})
        return (await client.served('example.com/v1'))?.length
      },
      status(403, 'Forbidden', 'no'),
      discovery,
    )
    expect(result).toBe(2)
  })
})

describe('what a failure tells', () => {
  test('verb, resource, namespace and name of the request', async () => {
    const call = (client: KubeClient): Promise<unknown> => client.get(brokerRef())
    await expect(sent(call, status(403, 'Forbidden', 'no'))).rejects.toMatchObject({
      reason: 'Forbidden',
      request: {
        verb: 'get',
        resource: 'brokers.eventing.knative.dev',
        namespace: 'demo',
        name: 'orders',
        ref: brokerRef(),
      },
    })
  })

  test('an object that is not there can be had as undefined', async () => {
    const call = (client: KubeClient): Promise<unknown> => orAbsent(client.get(brokerRef()))
    expect((await sent(call, status(404, 'NotFound', 'no'))).result).toBeUndefined()
  })

  test('a namespaced object without a namespace is not asked for', async () => {
    const {requests, result} = await sent((client) =>
      client.get({...BROKER, name: 'x'}).catch((error: unknown) => error),
    )
    expect(requests).toEqual([])
    expect(result).toMatchObject({reason: 'BadRequest'})
  })
})
