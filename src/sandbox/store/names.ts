import {type KubeObject} from '../../domain/core/object.js'
import {isRecord, textAt} from '../../domain/core/read.js'
import {type KindInfo} from '../kinds/kind.js'
import {type Cause, forbiddenField, invalidValue, requiredValue} from './fault.js'

// Texts and expressions: apimachinery pkg/util/validation/validation.go.
const dns1123Label = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const dns1123Subdomain = `${dns1123Label}(\\.${dns1123Label})*`
const dns1035Label = '[a-z]([-a-z0-9]*[a-z0-9])?'
const qualifiedName = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const labelValue = `(${qualifiedName})?`

const full = (expression: string) => new RegExp(`^(?:${expression})$`)
export const isSubdomain = full(dns1123Subdomain)
const isQualified = full(qualifiedName)
const isLabelValue = full(labelValue)

export const subdomainText = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${dns1123Subdomain}')`
const labelText = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${dns1123Label}')`
const dns1035Text = `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${dns1035Label}')`
const nameTail = `must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${qualifiedName}')`
const valueText = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${labelValue}')`

const tooLong = (length: number) => `must be no more than ${length} characters`

interface NameRule {
  expression: RegExp
  text: string
  length: number
}

const ruleOf = (kind: KindInfo): NameRule => {
  if (kind.group === '' && kind.kind === 'Namespace')
    return {expression: full(dns1123Label), text: labelText, length: 63}
  if (kind.group === '' && kind.kind === 'Service')
    return {expression: full(dns1035Label), text: dns1035Text, length: 63}
  return {expression: isSubdomain, text: subdomainText, length: 253}
}

/** Why a text is no qualified name (label and annotation keys, finalizers). */
const qualifiedFaults = (key: string): string[] => {
  const parts = key.split('/')
  const faults: string[] = []
  if (parts.length > 2)
    return [
      `a qualified name ${nameTail.replace("')", "') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')")}`,
    ]
  const name = parts.at(-1)!
  if (parts.length === 2) {
    if (parts[0] === '') faults.push('prefix part must be non-empty')
    else if (!isSubdomain.test(parts[0]!)) faults.push(`prefix part ${subdomainText}`)
  }
  if (name === '') faults.push('name part must be non-empty')
  else if (name.length > 63) faults.push(`name part ${tooLong(63)}`)
  if (!isQualified.test(name)) faults.push(`name part ${nameTail}`)
  return faults
}

const nameCauses = (kind: KindInfo, name: string): Cause[] => {
  const rule = ruleOf(kind)
  return [
    ...(name.length > rule.length ? [tooLong(rule.length)] : []),
    ...(rule.expression.test(name) ? [] : [rule.text]),
  ].map((detail) => invalidValue('metadata.name', name, detail))
}

/** Name, labels, annotations, finalizers and owners (apimachinery pkg/api/validation/objectmeta.go). */
export const metadataCauses = (kind: KindInfo, {metadata}: KubeObject): Cause[] => {
  const size = Object.entries(metadata.annotations ?? {}).reduce(
    (sum, [key, value]) => sum + key.length + Buffer.byteLength(value),
    0,
  )
  return [
    ...(metadata.name === ''
      ? [requiredValue('metadata.name', 'name or generateName is required')]
      : nameCauses(kind, metadata.name)),
    ...Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => [
      ...qualifiedFaults(key).map((detail) => invalidValue('metadata.labels', key, detail)),
      ...(value.length > 63 ? [invalidValue('metadata.labels', value, tooLong(63))] : []),
      ...(isLabelValue.test(value) ? [] : [invalidValue('metadata.labels', value, valueText)]),
    ]),
    ...Object.keys(metadata.annotations ?? {}).flatMap((key) =>
      qualifiedFaults(key.toLowerCase()).map((detail) => invalidValue('metadata.annotations', key, detail)),
    ),
    ...(size > 256 * 1024
      ? [
          {
            reason: 'FieldValueTooLong',
            message: 'Too long: may not be more than 262144 bytes',
            field: 'metadata.annotations',
          },
        ]
      : []),
    ...(metadata.finalizers ?? []).flatMap((finalizer) =>
      qualifiedFaults(finalizer).map((detail) => invalidValue('metadata.finalizers', finalizer, detail)),
    ),
    ...(metadata.ownerReferences ?? []).flatMap((owner, index) =>
      (['apiVersion', 'kind', 'name', 'uid'] as const).flatMap((field) =>
        (textAt(owner, field) ?? '') === ''
          ? [
              invalidValue(
                `metadata.ownerReferences[${index}].${field}`,
                '',
                `${field === 'apiVersion' ? 'version' : field} must not be empty`,
              ),
            ]
          : [],
      ),
    ),
  ]
}

/** What an update may not change. */
export const updateCauses = (before: KubeObject, after: KubeObject): Cause[] => {
  const immutable = (['name', 'namespace', 'uid', 'creationTimestamp'] as const).flatMap((field) =>
    before.metadata[field] === after.metadata[field]
      ? []
      : [invalidValue(`metadata.${field}`, after.metadata[field] ?? '', 'field is immutable')],
  )
  if (before.metadata.deletionTimestamp === undefined) return immutable
  const known = before.metadata.finalizers ?? []
  const added = (after.metadata.finalizers ?? []).filter((finalizer) => !known.includes(finalizer))
  return added.length === 0
    ? immutable
    : [
        ...immutable,
        forbiddenField(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${added.map((name) => JSON.stringify(name)).join(', ')}}`,
        ),
      ]
}

/** Keys of ConfigMaps and Secrets. */
export const configKey = /^[-._a-zA-Z0-9]+$/
export const configKeyText =
  "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"

/** Keys of ConfigMaps and Secrets, and what a Secret of a given type must hold (kubernetes pkg/apis/core/validation). */
export const builtinCauses = (kind: KindInfo, object: KubeObject): Cause[] => {
  if (kind.group !== '') return []
  const keys = (field: string) => {
    const data = object[field]
    return Object.keys(isRecord(data) ? data : {}).flatMap((key) =>
      configKey.test(key) ? [] : [invalidValue(`${field}[${key}]`, key, configKeyText)],
    )
  }
  const needed = (...names: string[]) => {
    const data = object['data']
    return names
      .filter((name) => !isRecord(data) || data[name] === undefined)
      .map((name) => requiredValue(`data[${name}]`))
  }
  switch (kind.kind) {
    case 'ConfigMap':
      return [...keys('data'), ...keys('binaryData')]
    case 'Secret':
      return [
        ...keys('data'),
        ...(object['type'] === 'kubernetes.io/tls' ? needed('tls.crt', 'tls.key') : []),
        ...(object['type'] === 'kubernetes.io/dockerconfigjson' ? needed('.dockerconfigjson') : []),
      ]
    case 'Service': {
      const spec = object['spec']
      const ports = isRecord(spec) && Array.isArray(spec['ports']) ? spec['ports'] : []
      const portless = isRecord(spec) && (spec['type'] === 'ExternalName' || spec['clusterIP'] === 'None')
      if (ports.length === 0) return portless ? [] : [requiredValue('spec.ports')]
      return ports.flatMap((port, index) =>
        ports.length > 1 && !textAt(port, 'name') ? [requiredValue(`spec.ports[${index}].name`)] : [],
      )
    }
    default:
      return []
  }
}
