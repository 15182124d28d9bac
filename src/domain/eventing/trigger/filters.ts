import {isRecord, recordAt, textAt, type Fields} from '../../core/read.js'
import {invalidValue, via, type FieldFault} from '../../core/field-faults.js'
import {cesqlFault} from './cesql.js'

/** Filters of a Trigger (knative/eventing pkg/apis/eventing/v1/trigger_validation.go). Paths are relative. */

const attributeName = /^[a-z][a-z0-9]*$/

export const attributeFaults = (attributes: unknown): FieldFault[] =>
  Object.keys(isRecord(attributes) ? attributes : {})
    .filter((name) => !attributeName.test(name))
    .map((name) => ({
      message: `invalid key name ${JSON.stringify(name)}`,
      paths: [`[${name}]`],
      details: 'Attribute name must start with a letter and can only contain lowercase alphanumeric',
    }))

const dialects = (filter: Fields): number =>
  ['exact', 'prefix', 'suffix'].filter((name) => Object.keys(recordAt(filter, name)).length > 0).length +
  ['all', 'any'].filter((name) => Array.isArray(filter[name]) && filter[name].length > 0).length +
  (isRecord(filter.not) ? 1 : 0) +
  (textAt(filter, 'cesql') ? 1 : 0)

const cesqlFaults = (expression: string): FieldFault[] => {
  const fault = expression === '' ? undefined : cesqlFault(expression)
  return fault === undefined ? [] : [invalidValue(expression, 'cesql', fault)]
}

const filterFaults = (filter: unknown): FieldFault[] => {
  if (!isRecord(filter)) return []
  return [
    ...(dialects(filter) > 1
      ? [{message: 'multiple dialects found, filters can have only one dialect set', paths: []}]
      : []),
    ...['exact', 'prefix', 'suffix'].flatMap((name) => via(name, attributeFaults(filter[name]))),
    ...['all', 'any'].flatMap((name) => via(name, filterListFaults(filter[name]))),
    ...via('not', filterFaults(filter.not)),
    ...cesqlFaults(textAt(filter, 'cesql') ?? ''),
  ]
}

/** The index of an item is put in front of the faults of all items before it too: the original does. */
export const filterListFaults = (filters: unknown): FieldFault[] =>
  (Array.isArray(filters) ? filters : []).reduce<FieldFault[]>(
    (faults, filter: unknown, index) => via(`[${index}]`, [...faults, ...filterFaults(filter)]),
    [],
  )
