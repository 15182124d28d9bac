import {isRecord} from '../../domain/core/read.js'
import {type Schema} from '../kinds/schema.js'
import {type Cause, invalidValue, requiredValue, unsupportedValue} from './fault.js'

const keeps = (schema: Schema): boolean =>
  schema['x-kubernetes-preserve-unknown-fields'] === true ||
  (schema.type === 'object' && !schema.properties && !schema.additionalProperties)

const fieldSchema = (schema: Schema, field: string): Schema | undefined =>
  schema.properties?.[field] ?? schema.additionalProperties

const step = (path: string, field: string) => (path === '' ? field : `${path}.${field}`)

/** Paths of fields that the schema does not know: `spec.delivry`, `spec.filters[0].exat`. */
export const unknownFields = (value: unknown, schema: Schema, path = ''): string[] => {
  if (Array.isArray(value))
    return schema.items ? value.flatMap((item, index) => unknownFields(item, schema.items!, `${path}[${index}]`)) : []
  if (!isRecord(value)) return []
  return Object.entries(value).flatMap(([field, child]) => {
    const known = fieldSchema(schema, field)
    if (known) return unknownFields(child, known, step(path, field))
    return keeps(schema) ? [] : [step(path, field)]
  })
}

/** Drops what the schema does not know. */
export const pruned = (value: unknown, schema: Schema): unknown => {
  if (Array.isArray(value)) return schema.items ? value.map((item) => pruned(item, schema.items!)) : value
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([field, child]) => {
      const known = fieldSchema(schema, field)
      if (known) return [[field, pruned(child, known)]]
      return keeps(schema) ? [[field, child]] : []
    }),
  )
}

/** Fills in defaults, inside objects that are there. */
export const defaulted = (value: unknown, schema: Schema): unknown => {
  if (Array.isArray(value)) return schema.items ? value.map((item) => defaulted(item, schema.items!)) : value
  if (!isRecord(value)) return value
  const filled: Record<string, unknown> = {}
  for (const [field, child] of Object.entries(value)) {
    const known = fieldSchema(schema, field)
    if (child === null && known?.default !== undefined) continue
    filled[field] = known ? defaulted(child, known) : child
  }
  for (const [field, known] of Object.entries(schema.properties ?? {}))
    if (known.default !== undefined && filled[field] === undefined) filled[field] = structuredClone(known.default)
  return filled
}

const typeOf = (value: unknown): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

const fits = (value: unknown, type: NonNullable<Schema['type']>): boolean => {
  const actual = typeOf(value)
  return actual === type || (type === 'number' && actual === 'integer')
}

/** What the value breaks of the schema, in the words of the API server (kube-openapi pkg/validation). */
export const schemaCauses = (value: unknown, schema: Schema, path = ''): Cause[] => {
  if (schema['x-kubernetes-int-or-string']) {
    return typeof value === 'string' || Number.isInteger(value) ? [] : [wrongType(path, value, 'integer,string')]
  }
  if (schema.type && !fits(value, schema.type)) return [wrongType(path, value, schema.type)]
  const causes: Cause[] = []
  if (schema.enum && typeof value === 'string' && !schema.enum.includes(value))
    causes.push(unsupportedValue(path, value, schema.enum))
  if (typeof value === 'number' && schema.minimum !== undefined && value < schema.minimum)
    causes.push(invalidValue(path, value, `${path} in body should be greater than or equal to ${schema.minimum}`))
  if (typeof value === 'number' && schema.maximum !== undefined && value > schema.maximum)
    causes.push(invalidValue(path, value, `${path} in body should be less than or equal to ${schema.maximum}`))
  if (schema.format === 'int32' && typeof value === 'number' && Math.abs(value) > 2 ** 31 - 1)
    causes.push(invalidValue(path, value, `${path} in body must be of type int32: ${JSON.stringify(String(value))}`))
  causes.push(...sizeCauses(value, schema, path))
  if (Array.isArray(value) && schema.items)
    causes.push(...value.flatMap((item, index) => schemaCauses(item, schema.items!, `${path}[${index}]`)))
  if (isRecord(value)) {
    for (const [field, child] of Object.entries(value)) {
      const known = fieldSchema(schema, field)
      if (known) causes.push(...schemaCauses(child, known, step(path, field)))
    }
    for (const field of schema.required ?? [])
      if (value[field] === undefined) causes.push(requiredValue(step(path, field)))
  }
  return causes
}

/** Too few or too many items or properties. */
const sizeCauses = (value: unknown, schema: Schema, path: string): Cause[] => {
  const off = (bound: 'least' | 'most', limit: number, what: string) => [
    invalidValue(path, limit, `${path} in body should have at ${bound} ${limit} ${what}`),
  ]
  const {minItems = 0, minProperties = 0, maxProperties = Infinity} = schema
  if (Array.isArray(value)) return value.length < minItems ? off('least', minItems, 'items') : []
  if (!isRecord(value)) return []
  const count = Object.keys(value).length
  if (count < minProperties) return off('least', minProperties, 'properties')
  return count > maxProperties ? off('most', maxProperties, 'properties') : []
}

const wrongType = (path: string, value: unknown, expected: string): Cause => {
  const shown = typeOf(value)
  return invalidValue(path, shown, `${path} in body must be of type ${expected}: ${JSON.stringify(shown)}`)
}
