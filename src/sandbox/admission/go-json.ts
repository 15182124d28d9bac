import {isRecord} from '../../domain/core/read.js'
import {type Schema} from '../kinds/schema.js'

/** Go structs by the field that holds them; what is not listed keeps its parent's name. */
const structs: Record<string, string> = {
  delivery: 'DeliverySpec',
  deadLetterSink: 'Destination',
  subscriber: 'Destination',
  reply: 'Destination',
  sink: 'Destination',
  ref: 'KReference',
  config: 'KReference',
  brokerRef: 'KReference',
  channel: 'KReference',
  filter: 'TriggerFilter',
}

const jsonType = (value: unknown): string => {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'number' && !Number.isInteger(value) ? `number ${value}` : typeof value
}

const goTypes: Record<string, string> = {string: 'string', integer: 'int32', boolean: 'bool'}

const goType = (field: string, schema: Schema): string => {
  if (schema.type === 'object') return structs[field] === undefined ? 'map[string]string' : `v1.${structs[field]}`
  if (schema.type === 'array') return '[]interface {}'
  return goTypes[schema.type ?? ''] ?? 'interface {}'
}

const fits = (value: unknown, schema: Schema): boolean => {
  switch (schema.type) {
    case 'object':
      return isRecord(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case undefined:
      return true
    default:
      return typeof value === schema.type
  }
}

/**
 * Why a webhook's own decoder refuses a spec: a wrong type, or a field that it does not know. Webhooks run before the
 * schema is checked, and see what survives pruning: all that lies below `x-kubernetes-preserve-unknown-fields`.
 */
export const decodingFault = (kind: string, spec: unknown, schema: Schema): string | undefined => {
  const walk = (
    value: unknown,
    here: Schema,
    struct: string,
    path: string,
    field: string,
    inside: string,
  ): string | undefined => {
    if (value === undefined) return undefined
    if (!fits(value, here))
      return `json: cannot unmarshal ${jsonType(value)} into Go struct field ${struct}.${path} of type ${goType(field, here)}`
    if (Array.isArray(value)) {
      for (const item of value) {
        const found = here.items && walk(item, here.items, inside, path, field, inside)
        if (found !== undefined) return found
      }
      return undefined
    }
    if (!isRecord(value) || here.properties === undefined) return undefined
    for (const [name, child] of Object.entries(value)) {
      const known = here.properties[name]
      if (known === undefined) return `json: unknown field ${JSON.stringify(name)}`
      const found = walk(child, known, inside, `${path}.${name}`, name, structs[name] ?? inside)
      if (found !== undefined) return found
    }
    return undefined
  }
  return walk(spec, schema, kind, 'spec', 'spec', `${kind}Spec`)
}
