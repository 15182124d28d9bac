import {type KubeObject} from '../../domain/core/object.js'
import {at, booleanAt, isRecord, listAt, numberAt, recordAt, textAt, textsAt} from '../../domain/core/read.js'
import {type Column, type KindInfo, kindOf, resourceOf} from './kind.js'
import {objectMeta, type Schema, text} from './schema.js'

/** The CustomResourceDefinition of a kind, without its status. */
export const definitionOf = (kind: KindInfo): KubeObject => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {name: resourceOf(kind), ...(kind.crdLabels === undefined ? {} : {labels: {...kind.crdLabels}})},
  spec: {
    group: kind.group,
    scope: kind.namespaced ? 'Namespaced' : 'Cluster',
    names: {
      plural: kind.plural,
      singular: kind.singular,
      kind: kind.kind,
      listKind: `${kind.kind}List`,
      ...(kind.shortNames.length > 0 ? {shortNames: [...kind.shortNames]} : {}),
      ...(kind.categories.length > 0 ? {categories: [...kind.categories]} : {}),
    },
    versions: kind.versions.map((name, index) => ({
      name,
      served: true,
      storage: index === 0,
      schema: {openAPIV3Schema: kind.schema},
      ...(kind.status ? {subresources: {status: {}}} : {}),
      additionalPrinterColumns: kind.columns.map((column) => ({...column})),
    })),
  },
})

/** What the API server says of a definition that it accepted (apiextensions-apiserver pkg/controller/status). */
export const acceptedStatus = (definition: KubeObject): Record<string, unknown> => {
  const names = recordAt(definition, 'spec', 'names')
  const storage = listAt(definition, 'spec', 'versions').find((version) => booleanAt(version, 'storage') === true)
  return {
    acceptedNames: {...names},
    conditions: [
      {type: 'NamesAccepted', status: 'True', reason: 'NoConflicts'},
      {type: 'Established', status: 'True', reason: 'InitialNamesAccepted'},
    ],
    storedVersions: [textAt(storage, 'name') ?? ''],
  }
}

/** The kind that a CustomResourceDefinition defines; `undefined` when it is not complete. */
export const kindDefinedBy = (definition: KubeObject): KindInfo | undefined => {
  const [group, scope] = ['group', 'scope'].map((field) => textAt(definition, 'spec', field))
  const names = at(definition, 'spec', 'names')
  const [kind, plural] = ['kind', 'plural'].map((field) => textAt(names, field))
  const versions = listAt(definition, 'spec', 'versions').filter((version) => booleanAt(version, 'served') !== false)
  const storage = versions.find((version) => booleanAt(version, 'storage') === true) ?? versions[0]
  const named = [storage, ...versions.filter((version) => version !== storage)].flatMap((version) => {
    const name = textAt(version, 'name')
    return name === undefined ? [] : [name]
  })
  if (!group || !kind || !plural || named.length === 0) return undefined
  const {labels} = definition.metadata
  const schema = schemaFrom(at(storage, 'schema', 'openAPIV3Schema'))
  return kindOf({
    group,
    versions: named,
    kind,
    plural,
    singular: textAt(names, 'singular') ?? kind.toLowerCase(),
    shortNames: words(at(names, 'shortNames')),
    categories: words(at(names, 'categories')),
    namespaced: scope !== 'Cluster',
    status: isRecord(at(storage, 'subresources', 'status')),
    columns: listAt(storage, 'additionalPrinterColumns').map(columnFrom),
    schema: {
      ...schema,
      properties: {...schema.properties, apiVersion: text, kind: text, metadata: objectMeta},
    },
    ...(labels === undefined ? {} : {crdLabels: {...textsAt(definition, 'metadata', 'labels')}}),
  })
}

const words = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((word): word is string => typeof word === 'string') : []

const columnFrom = (column: unknown): Column => {
  const type = textAt(column, 'type')
  const priority = numberAt(column, 'priority')
  return {
    name: textAt(column, 'name') ?? '',
    type: type === 'integer' || type === 'date' ? type : 'string',
    jsonPath: textAt(column, 'jsonPath') ?? '',
    ...(priority === undefined ? {} : {priority}),
  }
}

const types = ['object', 'array', 'string', 'integer', 'number', 'boolean'] as const
const listTypes = ['atomic', 'set', 'map'] as const
const oneAmong = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((word) => word === value)
const given = <K extends string, V>(key: K, value: V | undefined) => (value === undefined ? {} : {[key]: value})

/** An OpenAPI schema as far as the sandbox knows it; what it does not know is not checked. */
const schemaFrom = (value: unknown): Schema => {
  if (!isRecord(value)) return {'x-kubernetes-preserve-unknown-fields': true}
  const children = (record: unknown): Record<string, Schema> | undefined =>
    isRecord(record)
      ? Object.fromEntries(Object.entries(record).map(([name, child]) => [name, schemaFrom(child)]))
      : undefined
  const truth = (key: keyof Schema) => given(key, value[key] === true ? true : undefined)
  const list = (key: keyof Schema) => given(key, Array.isArray(value[key]) ? words(value[key]) : undefined)
  const {items, additionalProperties} = value
  return {
    ...given('type', oneAmong(types, value['type'])),
    ...given('format', textAt(value, 'format')),
    ...given('description', textAt(value, 'description')),
    ...given('properties', children(value['properties'])),
    ...list('required'),
    ...given('items', isRecord(items) ? schemaFrom(items) : undefined),
    ...given('additionalProperties', isRecord(additionalProperties) ? schemaFrom(additionalProperties) : undefined),
    ...list('enum'),
    ...given('default', value['default']),
    ...given('minimum', numberAt(value, 'minimum')),
    ...given('maximum', numberAt(value, 'maximum')),
    ...given('minItems', numberAt(value, 'minItems')),
    ...given('minProperties', numberAt(value, 'minProperties')),
    ...given('maxProperties', numberAt(value, 'maxProperties')),
    ...truth('x-kubernetes-preserve-unknown-fields'),
    ...truth('x-kubernetes-int-or-string'),
    ...given('x-kubernetes-list-type', oneAmong(listTypes, value['x-kubernetes-list-type'])),
    ...list('x-kubernetes-list-map-keys'),
    ...given('x-kubernetes-map-type', oneAmong(['atomic', 'granular'] as const, value['x-kubernetes-map-type'])),
    ...given('x-kubernetes-patch-strategy', oneAmong(['merge'] as const, value['x-kubernetes-patch-strategy'])),
    ...given('x-kubernetes-patch-merge-key', textAt(value, 'x-kubernetes-patch-merge-key')),
  }
}
