/**
 * OpenAPI v3 schemas as the API server understands them (structural schemas), and short ways to write them.
 * Everything is plain JSON, so that the door can publish it as it is.
 */
export interface Schema {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'
  format?: string
  description?: string
  properties?: Readonly<Record<string, Schema>>
  required?: readonly string[]
  items?: Schema
  additionalProperties?: Schema
  enum?: readonly string[]
  default?: unknown
  minimum?: number
  maximum?: number
  minItems?: number
  minProperties?: number
  maxProperties?: number
  'x-kubernetes-preserve-unknown-fields'?: true
  'x-kubernetes-int-or-string'?: true
  'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map'
  'x-kubernetes-list-map-keys'?: readonly string[]
  'x-kubernetes-map-type'?: 'atomic' | 'granular'
  'x-kubernetes-patch-strategy'?: 'merge'
  'x-kubernetes-patch-merge-key'?: string
}

export const text: Schema = {type: 'string'}
export const int: Schema = {type: 'integer', format: 'int32'}
export const flag: Schema = {type: 'boolean'}
export const time: Schema = {type: 'string', format: 'date-time'}
export const intOrText: Schema = {'x-kubernetes-int-or-string': true}
/** Anything at all, kept as it is. */
export const free: Schema = {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}

export const oneOf = (...values: string[]): Schema => ({type: 'string', enum: values})
export const object = (properties: Record<string, Schema>, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  ...(required.length > 0 ? {required} : {}),
})
/** Known fields are checked, unknown ones survive pruning. */
export const open = (properties: Record<string, Schema>): Schema => ({
  ...object(properties),
  'x-kubernetes-preserve-unknown-fields': true,
})
export const mapOf = (value: Schema): Schema => ({type: 'object', additionalProperties: value})
/** A list that is replaced as a whole: what a CRD's list is when nothing else is said. */
export const listOf = (items: Schema): Schema => ({type: 'array', items})
/** A list whose items have an identity: server-side apply and strategic merge go into the items. */
export const listBy = (keys: readonly string[], items: Schema): Schema => ({
  type: 'array',
  items,
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
  'x-kubernetes-patch-strategy': 'merge',
  'x-kubernetes-patch-merge-key': keys[0]!,
})
export const setOf = (items: Schema): Schema => ({
  type: 'array',
  items,
  'x-kubernetes-list-type': 'set',
  'x-kubernetes-patch-strategy': 'merge',
})
export const withDefault = (schema: Schema, value: unknown): Schema => ({...schema, default: value})

/** ObjectMeta, the same for every kind (apimachinery pkg/apis/meta/v1/types.go). */
export const objectMeta: Schema = object({
  name: text,
  generateName: text,
  namespace: text,
  selfLink: text,
  uid: text,
  resourceVersion: text,
  generation: {type: 'integer', format: 'int64'},
  creationTimestamp: time,
  deletionTimestamp: time,
  deletionGracePeriodSeconds: {type: 'integer', format: 'int64'},
  labels: mapOf(text),
  annotations: mapOf(text),
  finalizers: setOf(text),
  ownerReferences: listBy(
    ['uid'],
    object({apiVersion: text, kind: text, name: text, uid: text, controller: flag, blockOwnerDeletion: flag}),
  ),
  managedFields: listOf(
    object({
      manager: text,
      operation: text,
      apiVersion: text,
      time,
      fieldsType: text,
      fieldsV1: free,
      subresource: text,
    }),
  ),
})

/** The whole object's schema from that of its parts. */
export const envelope = (parts: Record<string, Schema>): Schema =>
  object({apiVersion: text, kind: text, metadata: objectMeta, ...parts})
