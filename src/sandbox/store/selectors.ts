import {type KubeObject} from '../../domain/core/object.js'
import {textAt} from '../../domain/core/read.js'
import {badRequest} from './fault.js'

export type Matches = (object: KubeObject) => boolean

type LabelTest = (labels: Readonly<Record<string, string>>) => boolean

const requirement = (source: string): LabelTest => {
  const text = source.trim()
  const set = /^(\S+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(text)
  if (set) {
    const [, key, operator, list] = set
    const values = list!.split(',').map((value) => value.trim())
    return operator === 'in'
      ? (labels) => labels[key!] !== undefined && values.includes(labels[key!]!)
      : (labels) => labels[key!] === undefined || !values.includes(labels[key!]!)
  }
  const compare = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/.exec(text)
  if (compare) {
    const [, key, operator, value] = compare
    return operator === '!=' ? (labels) => labels[key!] !== value : (labels) => labels[key!] === value
  }
  const absent = /^!\s*([^\s=!]+)$/.exec(text)
  if (absent) return (labels) => labels[absent[1]!] === undefined
  if (/^[^\s=!()<>]+$/.test(text)) return (labels) => labels[text] !== undefined
  const second = text.split(/\s+|(?=[=!])/)[1] ?? text
  throw badRequest(`unable to parse requirement: found '${second}', expected: in, notin, =, ==, !=, gt, lt`)
}

/** `a=b,c in (d,e),!f` (apimachinery pkg/labels/selector.go). */
export const labelSelector = (source: string | undefined): Matches => {
  if (source === undefined || source.trim() === '') return () => true
  const tests = source.split(/,(?![^(]*\))/).map(requirement)
  return ({metadata}) => tests.every((test) => test(metadata.labels ?? {}))
}

const involved = ['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath']
const eventFields = [
  ...involved.map((field) => `involvedObject.${field}`),
  'reason',
  'reportingComponent',
  'source',
  'type',
]
const otherFields: Record<string, readonly string[]> = {
  Event: eventFields,
  Secret: ['type'],
  Namespace: ['status.phase'],
  Pod: ['status.phase', 'spec.nodeName', 'status.podIP', 'spec.serviceAccountName'],
  Job: ['status.successful'],
}

/** `metadata.name=x,metadata.namespace!=y`, and the few fields that built-in kinds offer. */
export const fieldSelector = (kind: string, source: string | undefined): Matches => {
  if (source === undefined || source.trim() === '') return () => true
  const tests = source.split(',').map((term): Matches => {
    const match = /^([^=!]+?)(!=|==|=)(.*)$/.exec(term)
    if (!match) throw badRequest(`invalid selector: '${source}'; can't understand '${term}'`)
    const [, field, operator, value] = match
    if (!['metadata.name', 'metadata.namespace', ...(otherFields[kind] ?? [])].includes(field!))
      throw badRequest(`field label not supported: ${field}`)
    const path = field === 'source' ? ['source', 'component'] : field!.split('.')
    return (object) => ((textAt(object, ...path) ?? '') === value) === (operator !== '!=')
  })
  return (object) => tests.every((test) => test(object))
}
