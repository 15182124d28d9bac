import {type Finding} from '../../findings/finding.js'
import {type KubeObject} from '../../core/object.js'
import {configEntry, governing} from '../../kafka/write-target/write-target.js'
import {at, isRecord, recordAt, textAt} from '../../core/read.js'
import {printBrokerConfig, readConfigReference} from '../broker/config.js'
import {readBrokerDefaults, resolveBroker, type Origin, type ResolvedBroker} from './broker-defaults.js'
import {deliverySettings} from '../broker/origins.js'
import {fitFindings} from './class-fitness.js'
import {defaultsFindingsOf, placeOfDefaults} from './class-preflight.js'
import {documentToday, type ClassFacts} from './default-facts.js'
import {deliveryFields, sameDelivery} from '../delivery/delivery.js'
import {SHIPPED_CLUSTER_DEFAULT} from './shipped-defaults.js'

/** A value, the path in `default-br-config` that it comes from, and who put it there. */
export interface ClassSetting {
  value: string
  /** `clusterDefault.brokerClass`; left out for what is built into a data plane. */
  path?: string
  setBy: string
}

/** Everything that `broker class show` shows, as data. */
export interface ClassView {
  namespace: string
  /** What a broker gets that names no class, config and delivery; left out: such a broker is refused. */
  class?: ClassSetting
  config?: ClassSetting
  delivery: ReadonlyArray<ClassSetting & {setting: string}>
  works: 'yes' | 'no' | 'unknown'
  /** `KnativeEventing knative-eventing/knative-eventing`, or the ConfigMap itself. */
  writtenBy: string
  /** Namespaces with a default of their own. */
  namespaceDefaults: ReadonlyArray<{namespace: string; class: string; config: string}>
  findings: readonly Finding[]
}

/** Works out what a plain `broker create` in a namespace would produce, and why (OpenShift Serverless, "Configuring the default broker class"). */
export const viewClass = (namespace: string, facts: ClassFacts): ClassView => {
  const document = documentToday(facts)
  const defaults = readBrokerDefaults(document)
  const resolved = resolveBroker(defaults, {namespace})
  const {className, config, delivery = {}} = resolved
  const scope = ['namespaceDefault', 'namespaceDefaultClass'].includes(resolved.classOrigin.source)
    ? namespace
    : undefined
  const known = document !== undefined || facts.today === 'absent'
  const fit = known && className !== undefined ? fitFindings(className, config, scope, facts, namespace) : []
  const ofDefaults = defaultsFindingsOf(facts)
  const findings = [...ofDefaults, ...fit.filter((one) => !ofDefaults.some(({message}) => message === one.message))]
  const setting = (value: string, path: readonly string[]): ClassSetting => ({
    value,
    path: path.join('.'),
    setBy: setBy(path, value, facts),
  })
  const deliveryPath = pathOf(resolved.deliveryOrigin, namespace, className)
  return {
    namespace,
    ...(className === undefined
      ? {}
      : {class: setting(className, [...pathOf(resolved.classOrigin, namespace, className), 'brokerClass'])}),
    ...(config === undefined
      ? {}
      : {config: setting(printBrokerConfig(config, ''), pathOf(resolved.configOrigin, namespace, className))}),
    delivery: deliverySettings(delivery, () => resolved.deliveryOrigin, namespace, className).map(
      ({flag, value, origin}) => ({
        setting: flag,
        ...(origin === resolved.deliveryOrigin
          ? setting(value, [...deliveryPath, 'delivery', deliveryFields[flag]])
          : {value, setBy: origin.text}),
      }),
    ),
    works: worksOf(known, resolved, fit),
    writtenBy: writerOf(facts),
    namespaceDefaults: Object.entries(recordAt(document, 'namespaceDefaults')).flatMap(([name, entry]) => {
      const reference = readConfigReference(entry)
      return isRecord(entry)
        ? [
            {
              namespace: name,
              class: textAt(entry, 'brokerClass') || '',
              config: reference === undefined ? '' : printBrokerConfig(reference, ''),
            },
          ]
        : []
    }),
    findings,
  }
}

const pathOf = (origin: Origin, namespace: string, className = ''): readonly string[] => {
  switch (origin.source) {
    case 'namespaceDefault':
      return ['namespaceDefaults', namespace]
    case 'namespaceDefaultClass':
      return ['namespaceDefaults', namespace, 'brokerClasses', className]
    case 'clusterDefaultClass':
      return ['clusterDefault', 'brokerClasses', className]
    default:
      return ['clusterDefault']
  }
}

const titleOf = ({kind, metadata}: KubeObject): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`

const writerOf = (facts: ClassFacts): string => {
  const resource = governing(placeOfDefaults, facts)
  if (resource !== undefined) return titleOf(resource)
  const place = `ConfigMap ${placeOfDefaults.namespace}/${placeOfDefaults.name}`
  return facts.configMap === 'forbidden'
    ? `${place}, which cannot be read (no permission)`
    : `${place}, which no operator writes`
}

/** Which field of the operator's resource, or what else, made a value what it is. */
const setBy = (path: readonly string[], value: string, facts: ClassFacts): string => {
  const resource = governing(placeOfDefaults, facts)
  const stated = facts.stated !== undefined && 'document' in facts.stated ? facts.stated.document : undefined
  if (resource !== undefined && at(stated, ...path) !== undefined)
    return `spec.config.${configEntry(resource, placeOfDefaults.name).spelling}`
  const own = textAt(resource, 'spec', 'defaultBrokerClass')
  if (resource !== undefined && path.join('.') === 'clusterDefault.brokerClass' && own === value)
    return 'spec.defaultBrokerClass'
  return isShippedAt(path, facts) ? 'as shipped' : 'set in the ConfigMap'
}

const isShippedAt = (path: readonly string[], facts: ClassFacts): boolean => {
  const shipped = at({clusterDefault: SHIPPED_CLUSTER_DEFAULT}, ...path)
  const today = at(documentToday(facts), ...path)
  if (!isRecord(shipped)) return shipped !== undefined && sameDelivery(shipped, today)
  const reference = readConfigReference(shipped)
  return reference !== undefined && sameDelivery(reference, readConfigReference(today))
}

const worksOf = (known: boolean, {className}: ResolvedBroker, fit: readonly Finding[]): ClassView['works'] => {
  if (!known) return 'unknown'
  if (className === undefined || fit.some(({level}) => level === 'error')) return 'no'
  return fit.some(({code}) => code === 'SFL-B11') ? 'unknown' : 'yes'
}
