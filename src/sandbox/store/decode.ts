import {type KubeObject} from '../../domain/core/object.js'
import {isRecord} from '../../domain/core/read.js'
import {apiVersionOf, type KindInfo} from '../kinds/kind.js'
import {type ApiFault, badRequest, type Cause, fault, invalid, invalidValue} from './fault.js'
import {omitFields} from './omit.js'
import {type Target} from './request.js'
import {defaulted, pruned, schemaCauses, unknownFields} from './schema-check.js'

const typeNames: Record<string, string> = {
  object: 'map',
  array: 'list',
  string: 'string',
  integer: 'numeric',
  boolean: 'boolean',
}

/** `Broker in version "v1" cannot be handled as a Broker: …` (apiserver endpoints/handlers/rest.go transformDecodeError). */
const undecodable = ({kind, version}: Target, detail: string): ApiFault =>
  badRequest(`${kind.kind} in version "${version}" cannot be handled as a ${kind.kind}: ${detail}`)

const isText = (value: unknown) => value === undefined || typeof value === 'string'
const isTextMap = (value: unknown) =>
  value === undefined ||
  value === null ||
  (isRecord(value) && Object.values(value).every((item) => typeof item === 'string'))
const isTextList = (value: unknown) =>
  value === undefined || value === null || (Array.isArray(value) && value.every((item) => typeof item === 'string'))

const goType = (value: unknown): string =>
  Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : value === null ? 'null' : typeof value

/** Why the metadata is no ObjectMeta, in the words of Go's decoder. */
const metadataFault = (metadata: unknown): string | undefined => {
  if (metadata === undefined) return undefined
  if (!isRecord(metadata)) return `json: cannot unmarshal ${goType(metadata)} into Go value of type v1.ObjectMeta`
  for (const field of ['name', 'namespace', 'generateName', 'uid', 'resourceVersion'])
    if (!isText(metadata[field]))
      return `json: cannot unmarshal ${goType(metadata[field])} into Go struct field ObjectMeta.metadata.${field} of type string`
  for (const field of ['labels', 'annotations'])
    if (!isTextMap(metadata[field])) {
      const value = metadata[field]
      const wrong = isRecord(value) ? Object.values(value).find((item) => typeof item !== 'string') : value
      return `json: cannot unmarshal ${goType(wrong)} into Go struct field ObjectMeta.metadata.${field} of type ${isRecord(value) ? 'string' : 'map[string]string'}`
    }
  if (!isTextList(metadata['finalizers']))
    return 'json: cannot unmarshal into Go struct field ObjectMeta.metadata.finalizers of type []string'
  for (const field of ['ownerReferences', 'managedFields']) {
    const value = metadata[field]
    if (value !== undefined && value !== null && !(Array.isArray(value) && value.every(isRecord)))
      return `json: cannot unmarshal ${goType(value)} into Go struct field ObjectMeta.metadata.${field} of type []v1.${field === 'ownerReferences' ? 'OwnerReference' : 'ManagedFieldsEntry'}`
  }
  return undefined
}

const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Built-in kinds are decoded into Go structs: a wrong type is refused before anything else. */
const structFault = (kind: KindInfo, body: Record<string, unknown>): string | undefined => {
  if (!kind.builtin) return undefined
  const properties = omitFields(kind.schema.properties ?? {}, 'metadata')
  const causes = schemaCauses(body, {type: 'object', properties})
  const wrong = causes.find(({message}) => message.includes(' in body must be of type '))
  if (wrong) {
    const [, actual, expected] = /Invalid value: "(\w+)".*must be of type (\S+):/.exec(wrong.message) ?? []
    const field = wrong.field
      .split('.')
      .slice(0, ['data', 'stringData'].includes(wrong.field.split('.')[0]!) ? 1 : 9)
      .join('.')
    return `json: cannot unmarshal ${actual === 'integer' ? 'number' : actual === 'boolean' ? 'bool' : actual} into Go struct field ${kind.kind}.${field} of type ${expected}`
  }
  if (kind.group === '' && kind.kind === 'Secret' && isRecord(body['data']))
    for (const value of Object.values(body['data']))
      if (typeof value === 'string' && !base64.test(value.replaceAll(/\s/g, ''))) {
        const position = /[^A-Za-z0-9+/=]/.exec(value)?.index ?? Math.floor(value.length / 4) * 4
        return `illegal base64 data at input byte ${position}`
      }
  return undefined
}

export const isKubeObject = (value: unknown): value is KubeObject =>
  isRecord(value) &&
  typeof value['apiVersion'] === 'string' &&
  typeof value['kind'] === 'string' &&
  isRecord(value['metadata']) &&
  typeof value['metadata']['name'] === 'string'

const tidyMetadata = (metadata: unknown): Record<string, unknown> => {
  const kept = Object.entries(isRecord(metadata) ? metadata : {}).filter(
    ([, value]) =>
      value !== null &&
      !(isRecord(value) && Object.keys(value).length === 0) &&
      !(Array.isArray(value) && value.length === 0),
  )
  return {name: '', ...Object.fromEntries(kept)}
}

export interface Decoded {
  object: KubeObject
  unknown: string[]
}

/**
 * From a body to an object of the kind: envelope and types checked, unknown fields named and taken out, defaults
 * filled in. `invalidAs` words the failure for patches.
 */
export const decode = (target: Target, body: unknown, invalidAs?: (detail: string) => ApiFault): Decoded => {
  const {kind, version} = target
  const refuse = (detail: string) => invalidAs?.(detail) ?? undecodable(target, detail)
  if (!isRecord(body))
    throw badRequest(
      `the object provided is unrecognized (must be of type ${kind.kind}): couldn't get version/kind; json parse error: json: cannot unmarshal ${goType(body)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" } (${JSON.stringify(body).slice(0, 30)})`,
    )
  const apiVersion = apiVersionOf(kind, version)
  const sent = {
    apiVersion: body['apiVersion'] ?? (kind.builtin ? apiVersion : ''),
    kind: body['kind'] ?? (kind.builtin ? kind.kind : ''),
  }
  if (sent.kind === '') throw badRequest("Object 'Kind' is missing in '" + JSON.stringify(body).slice(0, 200) + "'")
  if (sent.kind !== kind.kind) {
    const other = {...kind, kind: String(sent.kind)}
    throw invalid(other, '', [invalidValue('kind', sent.kind, `must be ${kind.kind}`)])
  }
  if (sent.apiVersion !== apiVersion)
    throw badRequest(
      `the API version in the data (${String(sent.apiVersion)}) does not match the expected API version (${apiVersion})`,
    )
  const trouble = metadataFault(body['metadata']) ?? structFault(kind, body)
  if (trouble !== undefined) throw refuse(trouble)
  const unknown = unknownFields(body, kind.schema)
  const object = {
    ...recordOf(defaulted(pruned({...body, ...sent}, kind.schema), kind.schema)),
    metadata: tidyMetadata(recordOf(pruned(body, kind.schema))['metadata']),
  }
  if (!isKubeObject(object)) throw refuse('the envelope is not complete')
  return {object, unknown}
}

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? {...value} : {})

/** Refuses or reports unknown fields, as `fieldValidation` says. Answers warnings. */
export const judgeUnknown = (
  target: Target,
  unknown: readonly string[],
  fieldValidation: 'Strict' | 'Warn' | 'Ignore' | undefined,
  invalidAs?: (detail: string) => ApiFault,
): string[] => {
  if (unknown.length === 0 || fieldValidation === 'Ignore') return []
  const texts = unknown.map((path) => `unknown field "${path}"`)
  if (fieldValidation !== 'Strict') return texts
  const detail = `strict decoding error: ${texts.join(', ')}`
  throw invalidAs?.(detail) ?? undecodable(target, detail)
}

/** Server-side apply needs the schema for every field (structured-merge-diff typed/validate.go). */
export const checkApplied = (
  target: Target,
  object: Record<string, unknown>,
  namespace: string,
  name: string,
): void => {
  const {kind, version} = target
  const wrong = (cause: Cause): string => {
    const [, actual, expected] = /Invalid value: "(\w+)".*must be of type (\S+):/.exec(cause.message) ?? []
    const want = expected === 'integer' ? 'numeric (int or float)' : (typeNames[expected ?? ''] ?? expected)
    return `.${cause.field}: expected ${want}, got ${actual}`
  }
  const faults = [
    ...unknownFields(object, kind.schema).map((path) => `.${path}: field not declared in schema`),
    ...schemaCauses(object, kind.schema)
      .filter(({message}) => message.includes(' in body must be of type '))
      .map(wrong),
  ]
  if (faults.length === 0) return
  const what = `${namespace}/${name}; ${apiVersionOf(kind, version)}, Kind=${kind.kind}`
  const detail = faults.length === 1 ? faults[0]! : `errors:\n${faults.map((line) => `  ${line}`).join('\n')}`
  throw fault(500, undefined, `failed to create typed patch object (${what}): ${detail}`)
}
