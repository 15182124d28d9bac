import {type KubeObject} from '../core/object.js'
import {at, isRecord, recordAt, textAt} from '../core/read.js'
import {type BrokerDefaults, foreignConfigAllowed} from './cluster-defaults/broker-defaults.js'
import {deliveryFaults, destinationFaults, referenceFaults} from './delivery/admission.js'
import {type Features} from './features.js'
import {disallowed, invalidValue, missing, renderFaults, via, type FieldFault} from '../core/field-faults.js'
import {BROKER_CLASS, BrokerClass, DEPENDENCY, INJECTION, isKafkaClass} from './names.js'
import {attributeFaults, filterListFaults} from './trigger/filters.js'

/**
 * The rules of `validation.webhook.eventing.knative.dev`, in its words. Each text is one line of the answer (some have a
 * second line of details); the caller adds the envelope `admission webhook "…" denied the request: validation failed: `
 * and joins with line breaks. `before` is the stored object of an update. Objects are judged after defaulting.
 */
export const brokerFaults = (
  broker: KubeObject,
  before: KubeObject | undefined,
  features: Features,
  defaults?: BrokerDefaults,
): string[] => {
  const namespace = broker.metadata.namespace ?? ''
  const rule = {namespace, anywhere: defaults === undefined || foreignConfigAllowed(defaults, namespace)}
  const config = at(broker, 'spec', 'config')
  return renderFaults([
    ...(broker.metadata.annotations?.[BROKER_CLASS] ? [] : [missing(BROKER_CLASS)]),
    ...via('spec', [
      ...(isRecord(config) ? via('config', referenceFaults(config, features, rule)) : []),
      ...via('delivery', deliveryFaults(at(broker, 'spec', 'delivery'), features, namespace)),
    ]),
    ...(before === undefined ? [] : immutableBrokerFaults(broker, before)),
  ])
}

const configFields = [
  ['kind', 'Kind'],
  ['namespace', 'Namespace'],
  ['name', 'Name'],
  ['apiVersion', 'APIVersion'],
  ['group', 'Group'],
] as const

/** knative.dev/pkg kmp.ShortDiff of `spec.config`. */
const configDiff = (before: unknown, after: unknown): string => {
  const [old, now] = [isRecord(before), isRecord(after)]
  if (old && now)
    return configFields
      .map(([field, goName]) => {
        const [was, is] = [textAt(before, field) ?? '', textAt(after, field) ?? '']
        return was === is ? '' : `{v1.BrokerSpec}.Config.${goName}:\n\t-: "${was}"\n\t+: "${is}"\n`
      })
      .join('')
  if (!old && !now) return ''
  const line = (sign: string, config: unknown): string =>
    `\t${sign}: "${isRecord(config) ? goReference(config) : '<nil>'}"\n`
  return `{v1.BrokerSpec}.Config:\n${line('-', before)}${line('+', after)}`
}

const goReference = (config: unknown): string => {
  const [kind, namespace, name, apiVersion, group, address] = [
    'kind',
    'namespace',
    'name',
    'apiVersion',
    'group',
    'address',
  ].map((field) => textAt(config, field) ?? '')
  return `Kind = ${kind}, Namespace = ${namespace}, Name = ${name}, APIVersion = ${apiVersion}, Group = ${group}, Address = ${address}`
}

const immutableBrokerFaults = (broker: KubeObject, before: KubeObject): FieldFault[] => {
  const spec = configDiff(at(before, 'spec', 'config'), at(broker, 'spec', 'config'))
  if (spec !== '') return [{message: 'Immutable fields changed (-old +new)', paths: ['spec'], details: spec}]
  const was = before.metadata.annotations?.[BROKER_CLASS] ?? ''
  const is = broker.metadata.annotations?.[BROKER_CLASS] ?? ''
  return was === is
    ? []
    : [{message: 'Immutable annotations changed (-old +new)', paths: ['annotations'], details: shortDiff(was, is)}]
}

const shortDiff = (was: string, is: string): string => `{string}:\n\t-: "${was}"\n\t+: "${is}"\n`

/** The rules of `validation.webhook.kafka.eventing.knative.dev` for brokers of the Kafka classes. */
export const kafkaBrokerFaults = (broker: KubeObject): string[] => {
  const className = broker.metadata.annotations?.[BROKER_CLASS]
  const config = at(broker, 'spec', 'config')
  if (!isKafkaClass(className) || !isRecord(config)) return []
  const kind = textAt(config, 'kind') ?? ''
  const namespace = textAt(config, 'namespace') ?? ''
  const faults: FieldFault[] = []
  if (kind !== 'ConfigMap') faults.push(invalidValue(kind, 'spec.config.kind', 'Expected ConfigMap'))
  if (className === BrokerClass.KafkaNamespaced && namespace !== '' && namespace !== broker.metadata.namespace)
    faults.push(
      invalidValue(namespace, 'spec.config.namespace', 'Expected ConfigMap in same namespace with broker resource'),
    )
  return renderFaults(faults)
}

/** As `brokerFaults`, for a Trigger. What is wrong with a CESQL expression is said in our own words. */
export const triggerFaults = (trigger: KubeObject, before: KubeObject | undefined, features: Features): string[] => {
  const namespace = trigger.metadata.namespace ?? ''
  const rule = {namespace, anywhere: true}
  return renderFaults([
    ...via('spec', [
      ...brokerReferenceFaults(trigger, features),
      ...via('filter', via('attributes', attributeFaults(at(trigger, 'spec', 'filter', 'attributes')))),
      ...via('filters', filterListFaults(at(trigger, 'spec', 'filters'))),
      ...via('subscriber', destinationFaults(recordAt(trigger, 'spec', 'subscriber'), features, rule)),
      ...via('delivery', deliveryFaults(at(trigger, 'spec', 'delivery'), features, namespace)),
    ]),
    ...annotationFaults(trigger),
    ...(before === undefined ? [] : immutableTriggerFaults(trigger, before)),
  ])
}

const brokerReferenceFaults = (trigger: KubeObject, features: Features): FieldFault[] => {
  const broker = textAt(trigger, 'spec', 'broker') ?? ''
  const ref = at(trigger, 'spec', 'brokerRef')
  const faults: FieldFault[] = []
  if (!isRecord(ref) && broker === '') faults.push(missing('broker'))
  if (isRecord(ref) && broker !== '')
    faults.push({message: 'expected exactly one, got both', paths: ['broker', 'brokerRef']})
  if (isRecord(ref) && !features.crossNamespaceEventLinks && textAt(ref, 'namespace'))
    faults.push({
      ...disallowed('namespace'),
      details: 'only name, apiVersion and kind are supported fields when feature.CrossNamespaceEventLinks is disabled',
    })
  return faults
}

const immutableTriggerFaults = (trigger: KubeObject, before: KubeObject): FieldFault[] => {
  const [was, is] = [textAt(before, 'spec', 'broker') ?? '', textAt(trigger, 'spec', 'broker') ?? '']
  return was === is
    ? []
    : [{message: 'Immutable fields changed (-old +new)', paths: ['spec', 'broker'], details: shortDiff(was, is)}]
}

const annotationFaults = (trigger: KubeObject): FieldFault[] => {
  const annotations = trigger.metadata.annotations ?? {}
  const faults: FieldFault[] = []
  // The path is one key, written as the webhook prints it; its dots are not separators here.
  const at = (annotation: string, fault: FieldFault): FieldFault => ({
    ...fault,
    paths: fault.paths.map((path) => `metadata.annotations[${annotation}]${path === '' ? '' : `.${path}`}`),
  })
  const injection = annotations[INJECTION]
  const broker = textAt(trigger, 'spec', 'broker') ?? ''
  if (injection !== undefined && !['enabled', 'disabled'].includes(injection))
    faults.push(
      at(INJECTION, {
        message: `The provided injection annotation value can only be "enabled" or "disabled", not ${JSON.stringify(injection)}`,
        paths: [''],
      }),
    )
  else if (injection !== undefined && broker !== 'default')
    faults.push(
      at(INJECTION, {
        message: `The provided injection annotation is only used for default broker, but non-default broker specified here: ${JSON.stringify(broker)}`,
        paths: [''],
      }),
    )
  const dependency = annotations[DEPENDENCY]
  if (dependency !== undefined)
    faults.push(...dependencyFaults(dependency, trigger.metadata.namespace ?? '').map((fault) => at(DEPENDENCY, fault)))
  return faults
}

const dependencyFaults = (text: string, namespace: string): FieldFault[] => {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = undefined
  }
  if (!isRecord(parsed))
    return [{message: `The provided annotation was not a corev1.ObjectReference: ${JSON.stringify(text)}`, paths: ['']}]
  const foreign = textAt(parsed, 'namespace')
  return [
    ...(foreign && foreign !== namespace
      ? [
          {
            message: `Namespace must be empty or equal to the trigger namespace ${JSON.stringify(namespace)}`,
            paths: ['namespace'],
          },
        ]
      : []),
    ...['kind', 'name', 'apiVersion'].flatMap((field) => (textAt(parsed, field) ? [] : [missing(field)])),
  ]
}
