import {readChannelDefaults} from '../../../src/domain/eventing/channel/defaults.js'
import {type ChannelCreateFacts, type ChannelDescribeFacts} from '../../../src/domain/eventing/channel/facts.js'
import {type ResolvedSink} from '../../../src/domain/eventing/broker/facts.js'
import {defaultFeatures} from '../../../src/domain/eventing/features.js'
import {type SubscriptionCreateFacts} from '../../../src/domain/eventing/subscription/facts.js'
import {type KubeObject} from '../../../src/domain/core/object.js'

/** Channels and subscriptions in a cluster as it is shipped; every test says what it changes. */

export const IMC = {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'}
export const KAFKA = {apiVersion: 'messaging.knative.dev/v1beta1', kind: 'KafkaChannel'}

const running = Object.fromEntries(
  ['eventing-controller', 'imc-controller', 'imc-dispatcher', 'kafka-controller', 'kafka-channel-receiver'].map(
    (name) => [name, 1],
  ),
)

interface Changes {
  metadata?: object
  spec?: object
  status?: object
}

const isReady = {conditions: [{type: 'Ready', status: 'True'}]}

export const aChannel = (changes: Changes = {}): KubeObject => ({
  apiVersion: 'messaging.knative.dev/v1',
  kind: 'Channel',
  metadata: {name: 'pipe', namespace: 'shop', ...changes.metadata},
  spec: {channelTemplate: IMC, ...changes.spec},
  status: changes.status ?? isReady,
})

export const aSubscription = (changes: Changes = {}): KubeObject => ({
  apiVersion: 'messaging.knative.dev/v1',
  kind: 'Subscription',
  metadata: {name: 'audit', namespace: 'shop', ...changes.metadata},
  spec: {
    channel: {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'pipe'},
    subscriber: {uri: 'http://audit.example.com'},
    ...changes.spec,
  },
  status: changes.status ?? isReady,
})

export const creating = (changes: Partial<ChannelCreateFacts> = {}): ChannelCreateFacts => ({
  existing: 'absent',
  defaults: {defaults: readChannelDefaults({clusterDefault: IMC})},
  features: defaultFeatures,
  deployments: running,
  served: 'served',
  ...changes,
})

export const looking = (channel: KubeObject, changes: Partial<ChannelDescribeFacts> = {}): ChannelDescribeFacts => ({
  channel,
  subscriptions: [],
  served: 'served',
  deployments: running,
  ...changes,
})

/** A sink that was looked up; without a state, a URI. */
export const aSink = (text: string, state?: ResolvedSink['state']): ResolvedSink => {
  if (state === undefined) return {sink: {uri: text}, destination: {uri: text}, state: 'uri'}
  const ref = {apiVersion: 'serving.knative.dev/v1', kind: 'Service', name: text, namespace: 'shop'}
  return {sink: {ref: {...ref, resource: 'services'}}, destination: {ref}, state}
}

export const subscribing = (changes: Partial<SubscriptionCreateFacts> = {}): SubscriptionCreateFacts => ({
  existing: 'absent',
  channel: aChannel(),
  features: defaultFeatures,
  sinks: {subscriber: aSink('http://audit.example.com')},
  ...changes,
})
