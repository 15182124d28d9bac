import {describe, expect, test} from 'vitest'
import {type KubeClient} from '../../../src/kube/client.js'
import {isKubeError} from '../../../src/kube/errors.js'
import {broker, brokerRef, configMap, configMapRef, demo, kafkaConfig} from '../manifests.js'

type Ask = (client: KubeClient) => Promise<unknown>

/** What a request is refused with: `CODE REASON: message`. */
const refusal = async (ask: Promise<unknown>): Promise<string> => {
  try {
    await ask
    return 'accepted'
  } catch (error) {
    return isKubeError(error) ? `${error.code} ${error.reason}: ${error.message}` : String(error)
  }
}

const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

describe('a refused request is answered with the words of the real API server', () => {
  test.each<[string, Ask, string]>([
    [
      'an object that is not there',
      (client) => client.get(brokerRef('none')),
      '404 NotFound: brokers.eventing.knative.dev "none" not found',
    ],
    [
      'a kind that is not served',
      (client) => client.get({apiVersion: 'x/v1', kind: 'Foo', name: 'a'}),
      '404 ResourceNotServed: the server does not have the kind "Foo" in x/v1',
    ],
    [
      'a namespace that is not there',
      (client) => client.create({...broker('x'), metadata: {name: 'x', namespace: 'nope'}}),
      '404 NotFound: namespaces "nope" not found',
    ],
    [
      'a name that is taken',
      async (client) => {
        await client.create(broker('taken'))
        await client.create(broker('taken'))
      },
      '409 AlreadyExists: brokers.eventing.knative.dev "taken" already exists',
    ],
    [
      'a bad name',
      (client) => client.create(broker('Foo_bar')),
      `422 Invalid: Broker.eventing.knative.dev "Foo_bar" is invalid: metadata.name: Invalid value: "Foo_bar": ${subdomain}`,
    ],
    [
      'no name',
      (client) => client.create(configMap('')),
      '422 Invalid: ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    [
      'an unknown field',
      (client) => client.create(broker('x', {delivry: {retry: 1}})),
      '400 BadRequest: Broker in version "v1" cannot be handled as a Broker: strict decoding error: unknown field "spec.delivry"',
    ],
    [
      'an unknown field inside the delivery, which only the webhook sees',
      (client) => client.create(broker('x', {delivery: {retri: 1}})),
      '400 BadRequest: admission webhook "webhook.eventing.knative.dev" denied the request: mutation failed: cannot decode incoming new object: json: unknown field "retri"',
    ],
    [
      'a negative retry',
      (client) => client.create(broker('x', {delivery: {retry: -1}})),
      '400 BadRequest: admission webhook "validation.webhook.eventing.knative.dev" denied the request: validation failed: invalid value: -1: spec.delivery.retry',
    ],
    [
      'a Kafka broker with a Secret as config',
      (client) => client.create(broker('x', {config: {...kafkaConfig.config, kind: 'Secret'}}, 'Kafka')),
      '400 BadRequest: admission webhook "validation.webhook.kafka.eventing.knative.dev" denied the request: validation failed: invalid value: Secret: spec.config.kind\nExpected ConfigMap',
    ],
    [
      'a stale version',
      async (client) => {
        await client.create(configMap('c'))
        await client.patch(configMapRef('c'), {metadata: {resourceVersion: '1'}, data: {a: '2'}})
      },
      '409 Conflict: Operation cannot be fulfilled on configmaps "c": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [
      'the deletion of a successor of the same name',
      async (client) => {
        await client.create(broker('b'))
        await client.delete(brokerRef('b'), {uid: 'zzz'})
      },
      '409 Conflict: Operation cannot be fulfilled on Broker.eventing.knative.dev "b": the UID in the precondition (zzz) does not match the UID in record (UID). The object might have been deleted and then recreated',
    ],
    [
      'an unknown field in an applied manifest',
      (client) => client.apply(broker('x', {delivry: 1})),
      '500 InternalError: failed to create typed patch object (demo/x; eventing.knative.dev/v1, Kind=Broker): .spec.delivry: field not declared in schema',
    ],
    [
      'the deletion of a namespace that belongs to the cluster',
      (client) => client.delete({apiVersion: 'v1', kind: 'Namespace', name: 'default'}),
      '403 Forbidden: namespaces "default" is forbidden: this namespace may not be deleted',
    ],
    [
      'a field selector that the kind does not have',
      async (client) => {
        for await (const page of client.list({apiVersion: 'v1', kind: 'ConfigMap', fieldSelector: 'spec.x=b'}))
          void page
      },
      '400 BadRequest: field label not supported: spec.x',
    ],
    [
      'a bad config key',
      (client) => client.create(configMap('c', {'a b': '1'})),
      `422 Invalid: ConfigMap "c" is invalid: data[a b]: Invalid value: "a b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    ],
    [
      'a Secret that is not base64',
      (client) =>
        client.create({apiVersion: 'v1', kind: 'Secret', metadata: {name: 's', namespace: 'demo'}, data: {a: '###'}}),
      '400 BadRequest: Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 0',
    ],
    [
      'a TLS Secret without its keys',
      (client) =>
        client.create({
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: {name: 's', namespace: 'demo'},
          type: 'kubernetes.io/tls',
        }),
      '422 Invalid: Secret "s" is invalid: [data[tls.crt]: Required value, data[tls.key]: Required value]',
    ],
  ])('%s', async (_, ask, expected) => {
    const text = await refusal(ask(demo().client()))
    expect(text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'UID')).toBe(expected)
  })

  test.each<[string, Ask, string]>([
    [
      'read a broker',
      (client) => client.get(brokerRef('b')),
      'brokers.eventing.knative.dev "b" is forbidden: User "alice" cannot get resource "brokers" in API group "eventing.knative.dev" in the namespace "demo"',
    ],
    [
      'create one',
      (client) => client.create(broker('b')),
      'brokers.eventing.knative.dev is forbidden: User "alice" cannot create resource "brokers" in API group "eventing.knative.dev" in the namespace "demo"',
    ],
    [
      'list namespaces',
      async (client) => {
        for await (const page of client.list({apiVersion: 'v1', kind: 'Namespace'})) void page
      },
      'namespaces is forbidden: User "alice" cannot list resource "namespaces" in API group "" at the cluster scope',
    ],
  ])('alice may not %s', async (_, ask, expected) => {
    expect(await refusal(ask(demo().client('alice')))).toBe(`403 Forbidden: ${expected}`)
  })

  test('alice may ask what she may do, and what the test allows she may', async () => {
    const alice = demo({access: (user, {verb}) => user === 'alice' && verb === 'list'}).client('alice')
    const question = {group: 'eventing.knative.dev', resource: 'brokers', namespace: 'demo'}
    expect(await alice.can({verb: 'list', ...question})).toBe(true)
    expect(await alice.can({verb: 'create', ...question})).toBe(false)
  })
})
