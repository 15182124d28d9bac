import type {KubeObject} from '../../src/domain/core/object.js'

/** Channels, subscriptions and sources as they are stored, past all checks and left alone by the controllers. */

const condition = (type: string, age: string, status = 'True', reason?: string, message?: string) => ({
  lastTransitionTime: age,
  ...(message === undefined ? {} : {message}),
  ...(reason === undefined ? {} : {reason}),
  status,
  type,
})

interface Stored {
  name: string
  namespace?: string
  created?: string
  annotations?: Record<string, string>
  spec?: object
  status?: object
}

const stored = (
  type: {apiVersion: string; kind: string},
  {
    name,
    namespace = 'demo',
    created = '2026-03-01T11:00:00Z',
    annotations,
    spec = {},
    status = {conditions: []},
  }: Stored,
): KubeObject => ({
  ...type,
  metadata: {name, namespace, creationTimestamp: created, ...(annotations === undefined ? {} : {annotations})},
  spec,
  status,
})

export const aStoredChannel = (channel: Stored): KubeObject =>
  stored({apiVersion: 'messaging.knative.dev/v1', kind: 'Channel'}, channel)

export const aStoredSubscription = (subscription: Stored): KubeObject =>
  stored({apiVersion: 'messaging.knative.dev/v1', kind: 'Subscription'}, subscription)

export const aStoredSource = (kind: string, source: Stored): KubeObject =>
  stored({apiVersion: 'sources.knative.dev/v1', kind}, source)

/** The condition Ready alone, or with others that are True. */
export const ready = (since: string, ...others: readonly string[]): {conditions: object[]} => ({
  conditions: [...others, 'Ready'].sort().map((type) => condition(type, since)),
})

export const notReady = (since: string, reason: string, message: string, status = 'False'): {conditions: object[]} => ({
  conditions: [condition('Ready', since, status, reason, message)],
})

/** A destination that names an object. */
export const to = (kind: 'Service' | 'Broker' | 'Channel', name: string, namespace?: string) => ({
  ref: {
    apiVersion: {
      Service: 'serving.knative.dev/v1',
      Broker: 'eventing.knative.dev/v1',
      Channel: 'messaging.knative.dev/v1',
    }[kind],
    kind,
    name,
    ...(namespace === undefined ? {} : {namespace}),
  },
})
