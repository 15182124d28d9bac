import {isRecord, textAt, type Fields} from '../../core/read.js'
import {type Features} from '../features.js'
import {disallowed, invalidValue, missing, via, type FieldFault} from '../../core/field-faults.js'
import {readPeriod} from './period.js'
import {hostOf, isAbsolute} from '../../core/uri.js'

/**
 * Webhook rules for `spec.delivery`, destinations and references (knative/eventing pkg/apis/duck/v1/delivery_types.go,
 * knative.dev/pkg apis/duck/v1/destination.go and knative_reference.go). Paths are relative to the value.
 */
export const deliveryFaults = (delivery: unknown, features: Features, namespace: string): FieldFault[] => {
  if (!isRecord(delivery)) return []
  const faults: FieldFault[] = []
  if (isRecord(delivery.deadLetterSink))
    faults.push(
      ...via('deadLetterSink', destinationFaults(delivery.deadLetterSink, features, {namespace, anywhere: true})),
    )
  if (typeof delivery.retry === 'number' && delivery.retry < 0) faults.push(invalidValue(delivery.retry, 'retry'))
  const {timeout, backoffPolicy, backoffDelay, retryAfterMax, format} = delivery
  if (typeof timeout === 'string') {
    const period = readPeriod(timeout)
    if (!features.deliveryTimeout) faults.push(disallowed('timeout'))
    else if ('fault' in period || period.zero) faults.push(invalidValue(timeout, 'timeout'))
  }
  if (typeof backoffPolicy === 'string' && !['linear', 'exponential'].includes(backoffPolicy))
    faults.push(invalidValue(backoffPolicy, 'backoffPolicy'))
  if (typeof backoffDelay === 'string' && 'fault' in readPeriod(backoffDelay))
    faults.push(invalidValue(backoffDelay, 'backoffDelay'))
  if (typeof format === 'string' && !['json', 'binary'].includes(format)) faults.push(invalidValue(format, 'format'))
  if (typeof retryAfterMax === 'string') {
    const period = readPeriod(retryAfterMax)
    if (!features.deliveryRetryAfter) faults.push(disallowed('retryAfterMax'))
    else if ('fault' in period || period.negative) faults.push(invalidValue(retryAfterMax, 'retryAfterMax'))
  }
  return faults
}

export interface NamespaceRule {
  namespace: string
  /** References to other namespaces are allowed. */
  anywhere: boolean
}

export const destinationFaults = (destination: Fields, features: Features, rule: NamespaceRule): FieldFault[] => {
  const ref = isRecord(destination.ref) ? destination.ref : undefined
  const uri = textAt(destination, 'uri')
  if (ref === undefined && uri === undefined)
    return [{message: 'expected at least one, got none', paths: ['ref', 'uri']}]
  if (ref !== undefined && uri !== undefined && isAbsolute(uri))
    return [
      {
        message: 'Absolute URI is not allowed when Ref or [apiVersion, kind, name] is present',
        paths: ['[apiVersion, kind, name]', 'ref', 'uri'],
      },
    ]
  if (ref === undefined && (!isAbsolute(uri ?? '') || hostOf(uri ?? '') === ''))
    return [invalidValue('Relative URI is not allowed when Ref and [apiVersion, kind, name] is absent', 'uri')]
  if (ref !== undefined && uri === undefined) return via('ref', referenceFaults(ref, features, rule))
  const certificate = textAt(destination, 'CACerts')
  if (certificate === undefined) return []
  const block = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(certificate)?.[1]
  if (block === undefined) return [invalidValue('CA Cert provided is invalid', 'caCert')]
  return block === 'CERTIFICATE' ? [] : [invalidValue('CA Cert provided is not a certificate', 'caCert')]
}

/** A KReference: `spec.config`, `ref` of a destination. */
export const referenceFaults = (ref: Fields, features: Features, rule: NamespaceRule): FieldFault[] => {
  const [name, apiVersion, group, kind, namespace] = ['name', 'apiVersion', 'group', 'kind', 'namespace'].map(
    (field) => textAt(ref, field) ?? '',
  )
  const faults: FieldFault[] = []
  if (!name) faults.push(missing('name'))
  if (features.kreferenceGroup) {
    if (!apiVersion && !group) faults.push(missing('apiVersion'), missing('group'))
    if (apiVersion && group && !apiVersion.startsWith(group))
      faults.push({
        message: 'both apiVersion and group are specified and they refer to different API groups',
        paths: ['apiVersion', 'group'],
        details: 'Only one of them must be specified',
      })
  } else {
    if (group) faults.push(disallowed('group'))
    if (!apiVersion) faults.push(missing('apiVersion'))
  }
  if (!kind) faults.push(missing('kind'))
  if (namespace && !rule.anywhere && rule.namespace !== '' && namespace !== rule.namespace)
    faults.push({
      message: 'mismatched namespaces',
      paths: ['namespace'],
      details: `parent namespace: ${JSON.stringify(rule.namespace)} does not match ref: ${JSON.stringify(namespace)}`,
    })
  return faults
}
