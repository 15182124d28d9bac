import {type DocumentEdit} from '../../core/document-edits.js'
import {at, isRecord, recordAt, textAt, type Fields} from '../../core/read.js'
import {type ConfigReference} from '../broker/config.js'
import {deliveryFields, sameDelivery, type DeliverySpec} from '../delivery/delivery.js'
import {usualConfig, type Scope} from './class-options.js'
import {SHIPPED_CLUSTER_DEFAULT} from './shipped-defaults.js'

/** The path of a default in `default-br-config`. */
export const scopePath = (scope: Scope): readonly string[] =>
  scope === undefined ? ['clusterDefault'] : ['namespaceDefaults', scope]

const referenceFields = ['apiVersion', 'kind', 'name', 'namespace'] as const

const referenceEdits = (path: readonly string[], config: ConfigReference, entry: unknown): DocumentEdit[] =>
  referenceFields.flatMap((field): DocumentEdit[] => {
    const value = config[field]
    if (value !== undefined) return [{path: [...path, field], value}]
    return at(entry, field) === undefined ? [] : [{path: [...path, field], remove: true}]
  })

/** Class, config and delivery of one default; delivery settings that were not given stay. */
const defaultEdits = (
  scope: Scope,
  className: string,
  config: ConfigReference,
  delivery: DeliverySpec,
  document: unknown,
): DocumentEdit[] => {
  const path = scopePath(scope)
  return [
    {path: [...path, 'brokerClass'], value: className},
    ...referenceEdits(path, config, at(document, ...path)),
    ...Object.values(deliveryFields).flatMap((field): DocumentEdit[] =>
      delivery[field] === undefined ? [] : [{path: [...path, 'delivery', field], value: delivery[field]}],
    ),
  ]
}

/**
 * Completes `clusterDefault` with what holds today: without one the operator crashes, and as soon as any `brokerClass:`
 * is in the text, it no longer fills in the class (knative/operator pkg/reconciler/knativeeventing/common/defaultbroker.go).
 */
const completing = (document: unknown, today: unknown): DocumentEdit[] => {
  const stated = at(document, 'clusterDefault')
  const effective = recordAt(today, 'clusterDefault')
  const whole = {...SHIPPED_CLUSTER_DEFAULT, ...(hasReference(effective) ? effective : {})}
  if (!isRecord(stated)) return [{path: ['clusterDefault'], value: whole}]
  const className = textAt(stated, 'brokerClass') || textAt(effective, 'brokerClass') || whole.brokerClass
  const config = hasReference(effective) ? effective : (usualConfig(className) ?? whole)
  return [
    ...(textAt(stated, 'brokerClass') ? [] : [{path: ['clusterDefault', 'brokerClass'], value: className}]),
    ...(hasReference(stated)
      ? []
      : referenceFields.flatMap((field): DocumentEdit[] => {
          const value = textAt(config, field)
          return value === undefined ? [] : [{path: ['clusterDefault', field], value}]
        })),
  ]
}

const hasReference = (entry: Fields): boolean =>
  ['apiVersion', 'kind', 'name'].every((field) => (textAt(entry, field) ?? '') !== '')

/** The edits of broker class set. `today` is what the ConfigMap says now, with all that the operator has filled in. */
export const setEdits = (
  document: unknown,
  today: unknown,
  wanted: {
    className: string
    scopes: ReadonlyArray<{scope: Scope; config: ConfigReference}>
    delivery: DeliverySpec
  },
): DocumentEdit[] => [
  ...completing(document, today),
  ...wanted.scopes.flatMap(({scope, config}) =>
    defaultEdits(scope, wanted.className, config, wanted.delivery, document),
  ),
]

/** What a default of a namespace says beside class, config and delivery is about brokers that ask for a class. */
const isElse = (field: string): boolean => ['brokerClasses', 'disallowDifferentNamespaceConfig'].includes(field)

const namespaceUnset = (namespace: string, document: unknown, left: ReadonlySet<string>): DocumentEdit[] => {
  const path = scopePath(namespace)
  if (!Object.hasOwn(recordAt(document, 'namespaceDefaults'), namespace)) return []
  const entry = recordAt(document, ...path)
  const fields = Object.keys(entry)
  if (fields.some(isElse))
    return fields.flatMap((field): DocumentEdit[] => (isElse(field) ? [] : [{path: [...path, field], remove: true}]))
  const remaining = Object.keys(recordAt(document, 'namespaceDefaults')).filter((one) => !left.has(one))
  // The last one takes the map with it.
  return [{path: remaining.length === 0 ? ['namespaceDefaults'] : path, remove: true}]
}

/** The edits of broker class unset: no default for these namespaces any more, or the shipped one for the cluster. */
export const unsetEdits = (document: unknown, today: unknown, namespaces: readonly string[]): DocumentEdit[] => {
  if (namespaces.length > 0) {
    const plain = new Set(namespaces.filter((one) => !Object.keys(recordAt(document, ...scopePath(one))).some(isElse)))
    const edits = namespaces.flatMap((namespace) => namespaceUnset(namespace, document, plain))
    return edits.length === 0 ? [] : [...completing(document, today), ...edits]
  }
  const {delivery, ...rest} = SHIPPED_CLUSTER_DEFAULT
  const stated = recordAt(document, 'clusterDefault')
  return [
    ...Object.entries(rest).map(([field, value]): DocumentEdit => ({path: ['clusterDefault', field], value})),
    ...['group', 'address'].flatMap((field): DocumentEdit[] =>
      stated[field] === undefined ? [] : [{path: ['clusterDefault', field], remove: true}],
    ),
    ...(sameDelivery(stated.delivery, delivery) ? [] : [{path: ['clusterDefault', 'delivery'], value: {...delivery}}]),
  ]
}

/** The document says what is shipped and nothing else. */
export const isShipped = (document: unknown): boolean =>
  sameDelivery(withoutEmpty(document), {clusterDefault: SHIPPED_CLUSTER_DEFAULT})

const withoutEmpty = (document: unknown): Fields =>
  isRecord(document)
    ? Object.fromEntries(
        Object.entries(document).filter(([, value]) => !(isRecord(value) && Object.keys(value).length === 0)),
      )
    : {}
