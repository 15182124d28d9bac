import {at, isRecord, type Fields} from '../../core/read.js'

const isFree = (schema: unknown): boolean =>
  !isRecord(schema) ||
  schema['x-kubernetes-preserve-unknown-fields'] === true ||
  schema['x-kubernetes-int-or-string'] === true ||
  (schema.properties === undefined && schema.items === undefined && schema.additionalProperties === undefined)

/**
 * The paths of fields that an OpenAPI schema does not know. The API server drops them silently, or refuses them under strict
 * field validation.
 */
export const unknownFields = (value: unknown, schema: unknown, path: string): string[] => {
  if (isFree(schema)) return []
  if (Array.isArray(value))
    return value.flatMap((one, index) => unknownFields(one, at(schema, 'items'), `${path}[${index}]`))
  if (!isRecord(value)) return []
  const known: Fields = Object.fromEntries(Object.entries(Object(at(schema, 'properties'))))
  const others = at(schema, 'additionalProperties')
  return Object.entries(value).flatMap(([name, inner]) => {
    const here = `${path}.${name}`
    if (Object.hasOwn(known, name)) return unknownFields(inner, known[name], here)
    return others === undefined || others === false ? [here] : unknownFields(inner, others, here)
  })
}
