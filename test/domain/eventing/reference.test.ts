import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {SflError} from '../../../src/domain/core/errors.js'
import {parseBrokerConfig, printBrokerConfig} from '../../../src/domain/eventing/broker/config.js'
import {
  kindAmong,
  parseSink,
  printSink,
  sinkOf,
  sinkPrefixes,
  type Sink,
} from '../../../src/domain/eventing/reference.js'

const refusal = (run: () => unknown): string => {
  try {
    return `accepted: ${JSON.stringify(run())}`
  } catch (error) {
    if (!(error instanceof SflError)) throw error
    return `${error.exitCode} ${error.message}${error.hint === undefined ? '' : ` (${error.hint})`}`
  }
}
const ref = (
  apiVersion: string,
  kind: string | undefined,
  resource: string,
  name: string,
  namespace = 'shop',
): Sink => ({
  ref: {apiVersion, ...(kind === undefined ? {} : {kind}), resource, name, namespace},
})
const prefixHint = `prefixes: ${sinkPrefixes.join(', ')}; other kinds as GROUP/VERSION/KIND:NAME`

describe('sinks on the command line', () => {
  test.each<[string, Sink]>([
    ['http://h/x', {uri: 'http://h/x'}],
    ['https://h:8443/a?b=c#d', {uri: 'https://h:8443/a?b=c#d'}],
    ['http:foo', {uri: 'http:foo'}],
    ['http://[::1]:80/', {uri: 'http://[::1]:80/'}],
    ['letters', ref('serving.knative.dev/v1', 'Service', 'services', 'letters')],
    ['ksvc:letters', ref('serving.knative.dev/v1', 'Service', 'services', 'letters')],
    ['kservice:letters:other', ref('serving.knative.dev/v1', 'Service', 'services', 'letters', 'other')],
    ['broker:b', ref('eventing.knative.dev/v1', 'Broker', 'brokers', 'b')],
    ['channel:c', ref('messaging.knative.dev/v1', 'Channel', 'channels', 'c')],
    ['svc:s', ref('v1', 'Service', 'services', 's')],
    ['service:s', ref('v1', 'Service', 'services', 's')],
    ['kafkasink:k', ref('eventing.knative.dev/v1alpha1', 'KafkaSink', 'kafkasinks', 'k')],
    ['imc:i', ref('messaging.knative.dev/v1', 'InMemoryChannel', 'inmemorychannels', 'i')],
    ['sequence:s', ref('flows.knative.dev/v1', 'Sequence', 'sequences', 's')],
    ['parallel:p', ref('flows.knative.dev/v1', 'Parallel', 'parallels', 'p')],
    ['sources.knative.dev/v1/PingSource:p', ref('sources.knative.dev/v1', 'PingSource', 'pingsources', 'p')],
    ['sources.knative.dev/v1/GitHubSource:p', ref('sources.knative.dev/v1', undefined, 'githubsources', 'p')],
    ['serving.knative.dev/v1/services:s', ref('serving.knative.dev/v1', 'Service', 'services', 's')],
    ['v1/services:s', ref('v1', 'Service', 'services', 's')],
    ['v1/Pod:p', ref('v1', 'Pod', 'pods', 'p')],
    ['things.acme.dev/v1alpha1:abc', ref('acme.dev/v1alpha1', undefined, 'things', 'abc')],
    [
      'kafkasinks.eventing.knative.dev/v1alpha1:x',
      ref('eventing.knative.dev/v1alpha1', 'KafkaSink', 'kafkasinks', 'x'),
    ],
  ])('%s', (text, sink) => {
    expect(parseSink(text, 'shop')).toEqual(sink)
  })

  test.each([
    ['', `2 the sink is empty (give a URI, a service's name, or PREFIX:NAME (${sinkPrefixes.join(', ')}))`],
    ['kafkasnk:x', `2 invalid sink "kafkasnk:x": unknown prefix "kafkasnk", did you mean "kafkasink"? (${prefixHint})`],
    ['zebra:x', `2 invalid sink "zebra:x": unknown prefix "zebra" (${prefixHint})`],
    ['HTTPS://h', '2 invalid sink "HTTPS://h": write the URI\'s scheme in lower case'],
    ['ftp://h', '2 invalid sink "ftp://h": only http and https URIs can receive events'],
    ['http://[::1', '2 invalid sink: parse "http://[::1": missing \']\' in host'],
    ['http://h:abc/', '2 invalid sink: parse "http://h:abc/": invalid port ":abc" after host'],
    ['http://h/%zz', '2 invalid sink: parse "http://h/%zz": invalid URL escape "%zz"'],
    ['http://a b/', '2 invalid sink: parse "http://a b/": invalid character " " in host name'],
    ['ksvc:', '2 name in sink "ksvc:" is empty'],
    [
      'ksvc:a:b:c',
      '2 invalid namespace in sink "ksvc:a:b:c" "b:c": at most 63 lower-case letters, digits and "-", beginning and ending with a letter or digit (DNS-1123 label)',
    ],
    [
      'a/b/c/D:x',
      '2 invalid sink "a/b/c/D:x": expected GROUP/VERSION/KIND:NAME, for example sources.knative.dev/v1/PingSource:x',
    ],
  ])('"%s" could never be valid', (text, message) => {
    expect(refusal(() => parseSink(text, 'shop'))).toBe(message)
  })

  test.each([
    [{uri: 'http://h/x'}, 'http://h/x'],
    [ref('serving.knative.dev/v1', 'Service', 'services', 'letters'), 'ksvc:letters'],
    [ref('serving.knative.dev/v1', 'Service', 'services', 'letters', 'other'), 'ksvc:letters:other'],
    [ref('eventing.knative.dev/v1', 'Broker', 'brokers', 'b'), 'broker:b'],
    [ref('v1', 'Service', 'services', 's'), 'svc:s'],
    [ref('v1', 'Pod', 'pods', 'p'), 'v1/pods:p'],
    [ref('acme.dev/v1alpha1', 'Thing', 'things', 'abc'), 'things.acme.dev/v1alpha1:abc'],
  ])('lists print %j as %s', (sink, text) => {
    expect(printSink(sink, 'shop')).toBe(text)
  })

  test('a destination of the API becomes a sink; the URI wins, as in kn', () => {
    const service = {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: 'a'}
    expect(sinkOf({ref: service}, 'shop')).toEqual(ref('serving.knative.dev/v1', 'Service', 'services', 'a'))
    expect(sinkOf({ref: service, uri: 'http://h'}, 'shop')).toEqual({uri: 'http://h'})
    expect([sinkOf({}, 'shop'), sinkOf({ref: {kind: 'Service'}}, 'shop'), sinkOf(7, 'shop')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('discovery tells the kind, also of irregular plurals', () => {
    const served = [
      {kind: 'PingSource', plural: 'pingsources'},
      {kind: 'Proxy', plural: 'proxies'},
    ]
    const kindOf = (text: string): string | undefined => {
      const sink = parseSink(text, 'shop')
      return 'ref' in sink ? kindAmong(sink.ref, served)?.kind : undefined
    }
    expect(['a.dev/v1/PingSource:x', 'a.dev/v1/proxy:x', 'a.dev/v1/other:x'].map(kindOf)).toEqual([
      'PingSource',
      'Proxy',
      undefined,
    ])
  })

  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?$/)
  const apiVersion = fc.constantFrom(
    'v1',
    'acme.dev/v1alpha1',
    'serving.knative.dev/v1',
    'eventing.knative.dev/v1',
    'eventing.knative.dev/v1alpha1',
  )

  test('every printed sink is read back as the same sink', () => {
    const sinks = fc.oneof(
      fc.webUrl({validSchemes: ['http', 'https']}).map((uri) => ({uri})),
      fc
        .record({
          apiVersion,
          kind: fc.constantFrom('Service', 'Broker', 'KafkaSink', 'Thing'),
          name,
          namespace: fc.option(name, {nil: undefined}),
        })
        .map((target) => ({ref: target})),
    )
    fc.assert(
      fc.property(sinks, name, (destination, namespace) => {
        const sink = sinkOf(destination, namespace)!
        const back = parseSink(printSink(sink, namespace), namespace)
        const plain = (one: Sink) => ('uri' in one ? one : {...one.ref, kind: ''})
        expect(plain(back)).toEqual(plain(sink))
      }),
    )
  })
})

describe('the config of a broker on the command line', () => {
  const map = (name: string, namespace?: string) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name,
    ...(namespace ? {namespace} : {}),
  })

  test.each([
    ['my-config', map('my-config')],
    ['cm:my-config', map('my-config')],
    ['ConfigMap:my-config:ns', map('my-config', 'ns')],
    ['sc:s', {apiVersion: 'v1', kind: 'Secret', name: 's'}],
    ['rmq:r:ns', {apiVersion: 'rabbitmq.com/v1beta1', kind: 'RabbitmqCluster', name: 'r', namespace: 'ns'}],
    ['v1:ConfigMap:x', map('x')],
    ['acme.dev/v1:Thing:x:ns', {apiVersion: 'acme.dev/v1', kind: 'Thing', name: 'x', namespace: 'ns'}],
    ['knative-eventing/kafka-broker-config', map('kafka-broker-config', 'knative-eventing')],
  ])('%s', (text, config) => {
    expect(parseBrokerConfig(text)).toEqual(config)
  })

  test.each([
    ['', '2 name in broker config "" is empty'],
    ['cm:', '2 name in broker config "cm:" is empty'],
    [
      'confgmap:x',
      '2 invalid broker config "confgmap:x": the API version of kind "confgmap" is not known, did you mean "configmap"? (write APIVERSION:KIND:NAME[:NAMESPACE], or cm:NAME, secret:NAME, rmq:NAME)',
    ],
    ['a:b:c', '2 invalid broker config "a:b:c": expected APIVERSION:KIND:NAME[:NAMESPACE], for example v1:ConfigMap:x'],
  ])('"%s" could never be valid', (text, message) => {
    expect(refusal(() => parseBrokerConfig(text))).toBe(message)
  })

  test('every printed config is read back as the same config', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/)
    const kinds = fc.constantFrom(
      {apiVersion: 'v1', kind: 'ConfigMap'},
      {apiVersion: 'v1', kind: 'Secret'},
      {apiVersion: 'rabbitmq.com/v1beta1', kind: 'RabbitmqCluster'},
      {apiVersion: 'acme.dev/v1', kind: 'Thing'},
    )
    fc.assert(
      fc.property(kinds, word, word, word, (kind, name, namespace, own) => {
        const back = parseBrokerConfig(printBrokerConfig({...kind, name, namespace}, own))
        expect({namespace: own, ...back}).toEqual({...kind, name, namespace})
      }),
    )
  })
})
