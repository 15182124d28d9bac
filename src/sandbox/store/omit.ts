import {type KubeObject, type ObjectMeta} from '../../domain/core/object.js'

const left = (value: Readonly<Record<string, unknown>>, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)))

/** The object without some of its fields; the envelope always stays. */
export const omit = (object: KubeObject, ...fields: string[]): KubeObject => ({
  ...left(object, fields),
  apiVersion: object.apiVersion,
  kind: object.kind,
  metadata: object.metadata,
})

/** The metadata without some of its fields; the name always stays. */
export const omitMeta = (metadata: ObjectMeta, ...fields: string[]): ObjectMeta => ({
  ...left(metadata, fields),
  name: metadata.name,
})

/** A schema's properties or any other record without some fields. */
export const omitFields = <T>(record: Readonly<Record<string, T>>, ...fields: string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([field]) => !fields.includes(field)))
