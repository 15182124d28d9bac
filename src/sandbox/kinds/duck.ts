import {type Column} from './kind.js'
import {free, int, listOf, mapOf, object, open, type Schema, text} from './schema.js'

/** Shapes that several Knative kinds share (knative.dev/pkg apis/duck/v1 and eventing pkg/apis/duck/v1). */
export const kReference: Schema = object({
  apiVersion: text,
  kind: text,
  name: text,
  namespace: text,
  group: text,
  address: text,
})

export const destination: Schema = object({ref: kReference, uri: text, CACerts: text, audience: text})

/** Unknown fields survive pruning here; it is the webhook that refuses them. */
export const delivery: Schema = open({
  deadLetterSink: destination,
  retry: int,
  timeout: text,
  backoffPolicy: text,
  backoffDelay: text,
  retryAfterMax: text,
  format: text,
})

const addressable: Schema = object({name: text, url: text, CACerts: text, audience: text})

const condition: Schema = object(
  {lastTransitionTime: text, message: text, reason: text, severity: text, status: text, type: text},
  ['type', 'status'],
)

/** Status of a Knative kind. */
export const knativeStatus = (fields: Record<string, Schema> = {}): Schema =>
  object({
    annotations: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true},
    conditions: listOf(condition),
    observedGeneration: {type: 'integer', format: 'int64'},
    policies: listOf(object({apiVersion: text, name: text})),
    ...fields,
  })

export const addressStatus = {address: addressable, addresses: listOf(addressable)}
export const deadLetterStatus = {deadLetterSinkUri: text, deadLetterSinkCACerts: text, deadLetterSinkAudience: text}
export const sinkStatus = {
  sinkUri: text,
  sinkCACerts: text,
  sinkAudience: text,
  ceAttributes: listOf(object({type: text, source: text})),
  auth: free,
}

export const cloudEventOverrides: Schema = object({extensions: mapOf(text)})

const readyCondition = (field: string) => `.status.conditions[?(@.type=="Ready")].${field}`
export const url: Column = {name: 'URL', type: 'string', jsonPath: '.status.address.url'}
export const sink: Column = {name: 'Sink', type: 'string', jsonPath: '.status.sinkUri'}
export const age: Column = {name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp'}
export const ready: Column = {name: 'Ready', type: 'string', jsonPath: readyCondition('status')}
export const reason: Column = {name: 'Reason', type: 'string', jsonPath: readyCondition('reason')}
export const field = (name: string, jsonPath: string, priority = 0): Column => ({
  name,
  type: 'string',
  jsonPath,
  priority,
})

export const addressableLabel = {'duck.knative.dev/addressable': 'true'}
export const subscribableLabels = {'messaging.knative.dev/subscribable': 'true', ...addressableLabel}
export const sourceLabels = {'duck.knative.dev/source': 'true', 'eventing.knative.dev/source': 'true'}
