import {type KubeObject} from '../../domain/core/object.js'
import {type KindInfo} from '../kinds/kind.js'
import {equal} from './equal.js'
import {type Cause, invalidValue} from './fault.js'
import {builtinCauses, metadataCauses, updateCauses} from './names.js'
import {podTemplateCauses} from './pod-template.js'
import {omit, omitFields, omitMeta} from './omit.js'
import {type Target} from './request.js'
import {schemaCauses} from './schema-check.js'

/** What a writer cannot change: identity, deletion, and the half of the object that the subresource is not about. */
export const withServerFields = ({kind, subresource}: Target, before: KubeObject, sent: KubeObject): KubeObject => {
  const {deletionTimestamp, deletionGracePeriodSeconds, generation, resourceVersion} = before.metadata
  const {managedFields} = sent.metadata
  const kept = Object.fromEntries(
    Object.entries({deletionTimestamp, deletionGracePeriodSeconds, generation, resourceVersion}).filter(
      ([, value]) => value !== undefined,
    ),
  )
  if (subresource === 'status') {
    const status = sent['status']
    return {
      ...omit(before, 'status'),
      apiVersion: sent.apiVersion,
      metadata: {...before.metadata, ...(managedFields === undefined ? {} : {managedFields})},
      ...(status === undefined ? {} : {status}),
    }
  }
  const metadata = omitMeta(sent.metadata, 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generation')
  const shownStatus = kind.status ? before['status'] : sent['status']
  return {
    ...omit(sent, 'status'),
    metadata: {
      ...metadata,
      uid: metadata.uid ?? before.metadata.uid ?? '',
      creationTimestamp: metadata.creationTimestamp ?? before.metadata.creationTimestamp ?? '',
      ...(before.metadata.namespace === undefined ? {} : {namespace: metadata.namespace ?? before.metadata.namespace}),
      ...kept,
    },
    ...(shownStatus === undefined ? {} : {status: shownStatus}),
  }
}

/** Counts `generation` up when anything but metadata and status changed. */
export const counted = (before: KubeObject, next: KubeObject): KubeObject => {
  if (before.metadata.generation === undefined) return next
  const body = (object: KubeObject) => omitFields(object, 'metadata', 'status', 'apiVersion')
  if (equal(body(before), body(next))) return next
  return {...next, metadata: {...next.metadata, generation: before.metadata.generation + 1}}
}

/** Everything that is wrong with an object about to be stored. */
export const causesOf = (kind: KindInfo, object: KubeObject, before: KubeObject | undefined): Cause[] => {
  const properties = omitFields(kind.schema.properties ?? {}, 'metadata')
  const frozen = before?.['immutable'] === true && !equal(before['data'], object['data'])
  const retyped = kind.kind === 'Secret' && before !== undefined && before['type'] !== object['type']
  return [
    ...metadataCauses(kind, object),
    ...(before === undefined ? [] : updateCauses(before, object)),
    ...builtinCauses(kind, object),
    ...podTemplateCauses(kind, object),
    ...schemaCauses(object, {type: 'object', properties}),
    ...(frozen
      ? [
          {
            reason: 'FieldValueForbidden',
            message: 'Forbidden: field is immutable when `immutable` is set',
            field: 'data',
          },
        ]
      : []),
    ...(retyped ? [invalidValue('type', object['type'], 'field is immutable')] : []),
  ]
}
