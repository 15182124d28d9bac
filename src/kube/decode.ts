import type {Kind, KubeObject} from '../domain/core/object.js'
import {type Fields, isRecord, listAt, textAt} from '../domain/core/read.js'
import {type FailedRequest, KubeError} from './errors.js'

/**
 * The edge of the program: what comes from a server is looked at here once, and trusted from then on. Only the envelope
 * is checked (what `KubeObject` and `ObjectMeta` promise); the rest stays unknown.
 */

const isTextOrAbsent = (value: unknown): boolean => value === undefined || typeof value === 'string'
const isTexts = (value: unknown): boolean =>
  value === undefined || (isRecord(value) && Object.values(value).every((one) => typeof one === 'string'))
const isTextList = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'))
const isOwners = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) &&
    value.every((one) =>
      ['apiVersion', 'kind', 'name', 'uid'].every((field) => typeof textAt(one, field) === 'string'),
    ))

const METADATA: Readonly<Record<string, (value: unknown) => boolean>> = {
  name: (value) => typeof value === 'string',
  namespace: isTextOrAbsent,
  uid: isTextOrAbsent,
  resourceVersion: isTextOrAbsent,
  generation: (value) => value === undefined || typeof value === 'number',
  creationTimestamp: isTextOrAbsent,
  deletionTimestamp: isTextOrAbsent,
  labels: isTexts,
  annotations: isTexts,
  finalizers: isTextList,
  ownerReferences: isOwners,
  managedFields: (value) => value === undefined || Array.isArray(value),
}

/** The first field of the envelope that is not as it must be. */
const wrongField = (value: unknown): string | undefined => {
  if (!isRecord(value)) return 'the object itself'
  if (typeof value['apiVersion'] !== 'string') return 'apiVersion'
  if (typeof value['kind'] !== 'string') return 'kind'
  const {metadata} = value
  if (!isRecord(metadata)) return 'metadata'
  const wrong = Object.entries(METADATA).find(([field, isRight]) => !isRight(metadata[field]))
  return wrong === undefined ? undefined : `metadata.${wrong[0]}`
}

const isObject = (value: unknown): value is KubeObject => wrongField(value) === undefined

/** Throws `KubeError` (BadAnswer). */
export const objectFrom = (answer: unknown, about: FailedRequest): KubeObject => {
  const value = withoutNullTime(answer)
  if (isObject(value)) return value
  throw unexpected(
    `the server answered with an object whose ${wrongField(value) ?? 'shape'} is missing or of a wrong type`,
    about,
  )
}

/** Go programs write the time of an object that was never stored as null. */
const withoutNullTime = (value: unknown): unknown => {
  if (!isRecord(value) || !isRecord(value['metadata']) || value['metadata']['creationTimestamp'] !== null) return value
  const metadata = Object.entries(value['metadata']).filter(([field]) => field !== 'creationTimestamp')
  return {...value, metadata: Object.fromEntries(metadata)}
}

export interface ListAnswer {
  items: KubeObject[]
  resourceVersion: string
  /** Empty on the last page. */
  continueToken: string
}

/**
 * Items of built-in kinds come without `apiVersion` and `kind`, those of which only the metadata was wanted with those of
 * the representation; they get those that were asked for.
 */
export const listFrom = (value: unknown, kind: Kind, about: FailedRequest): ListAnswer => {
  if (!isRecord(value) || !isRecord(value['metadata'])) throw unexpected('the server did not answer with a list', about)
  return {
    // Go writes an empty list as null.
    items: listAt(value, 'items').map((item) => objectFrom(withKind(item, kind), about)),
    resourceVersion: textAt(value, 'metadata', 'resourceVersion') ?? '',
    continueToken: textAt(value, 'metadata', 'continue') ?? '',
  }
}

const withKind = (item: unknown, {apiVersion, kind}: Kind): unknown => {
  if (!isRecord(item)) return item
  if (item['kind'] === 'PartialObjectMetadata') return {...item, apiVersion, kind}
  return item['kind'] === undefined || item['apiVersion'] === undefined ? {apiVersion, kind, ...item} : item
}

export type WatchLine =
  | {type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubeObject}
  | {type: 'BOOKMARK'; resourceVersion: string}
  | {type: 'ERROR'; status: unknown}

/** One line of a watch. Throws `KubeError` (BadAnswer). */
export const watchLineFrom = (line: string, kind: Kind, about: FailedRequest): WatchLine => {
  const value = parse(line)
  const type = textAt(value, 'type')
  const object: unknown = isRecord(value) ? value['object'] : undefined
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return {type, object: objectFrom(withKind(object, kind), about)}
    case 'BOOKMARK':
      return {type, resourceVersion: textAt(object, 'metadata', 'resourceVersion') ?? ''}
    case 'ERROR':
      return {type, status: object}
    default:
      throw unexpected('the server sent something else than an event while it was watched', about)
  }
}

const parse = (line: string): Fields | undefined => {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}

export const unexpected = (message: string, request: FailedRequest): KubeError =>
  new KubeError('BadAnswer', message, {code: 0, request})
