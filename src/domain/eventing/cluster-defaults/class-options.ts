import {invalid} from '../../core/errors.js'
import {type Finding} from '../../findings/finding.js'
import {collectFaults} from '../../core/option-faults.js'
import {didYouMean} from '../../core/suggest.js'
import {checkNamespace} from '../../core/syntax.js'
import {parseBrokerConfig, type ConfigReference} from '../broker/config.js'
import {readDelivery, type DeliveryOptions, type DeliverySettings} from '../delivery/delivery.js'
import {
  BrokerClass,
  CHANNEL_TEMPLATE_CONFIG,
  CONFIG_MAP,
  KAFKA_BROKER_CONFIG,
  SYSTEM_NAMESPACE,
  brokerClasses,
} from '../names.js'

/** The delivery settings that the webhook copies into brokers (knative/eventing pkg/apis/eventing/v1/broker_defaults.go). */
export type DefaultDeliveryOptions = Pick<DeliveryOptions, 'dlSink' | 'retry' | 'backoffPolicy' | 'backoffDelay'>

/** Flags of broker class set, as typed. */
export interface ClassOptions extends DefaultDeliveryOptions {
  className: string | undefined
  config?: string | undefined
  /** Left out or empty: the default of the whole cluster. */
  namespaces?: readonly string[] | undefined
}

/** Where a default holds: a namespace, or the whole cluster. */
export type Scope = string | undefined

/** What is wanted, checked as far as that goes without a cluster. */
export interface ClassRequest {
  className: string
  /** The config of each scope; without a namespace it is looked up in the namespace of each broker. */
  scopes: ReadonlyArray<{scope: Scope; config: ConfigReference}>
  delivery: DeliverySettings
  /** What was rewritten. */
  findings: readonly Finding[]
}

/** What both operators and YAML files ship for a class. */
const usual: Readonly<Record<string, string>> = {
  [BrokerClass.Kafka]: KAFKA_BROKER_CONFIG,
  [BrokerClass.MTChannelBased]: CHANNEL_TEMPLATE_CONFIG,
}

/** The config that is shipped for a class. */
export const usualConfig = (className: string): ConfigReference | undefined => {
  const name = Object.hasOwn(usual, className) ? usual[className] : undefined
  return name === undefined ? undefined : {...CONFIG_MAP, name, namespace: SYSTEM_NAMESPACE}
}

const readClass = (text: string | undefined): string => {
  if (!text)
    throw invalid(
      'the class is missing',
      `Classes: ${brokerClasses.join(', ')}; for example "broker class set ${BrokerClass.Kafka}".`,
    )
  if (/\s/.test(text)) throw invalid(`invalid class "${text}": a class has no blanks`)
  return text
}

/** Names of namespaces given by a repeatable flag, each once. */
export const readNamespaces = (names: readonly string[] = []): string[] =>
  [...new Set(names)].map((name) => checkNamespace(name, 'namespace in --for-namespace'))

/**
 * Without a namespace, a config is meant in the namespace that the default is for, and for the whole cluster in
 * knative-eventing; except for KafkaNamespaced, which takes only configs of the broker's own namespace.
 */
const configOf = (className: string, given: ConfigReference | undefined, scope: Scope): ConfigReference => {
  const shipped = usualConfig(className)
  if (given === undefined && shipped !== undefined) return shipped
  if (given === undefined) {
    const near = didYouMean(className, brokerClasses)
    throw invalid(
      `class ${className} needs --broker-config: no config is shipped for it${near === undefined ? '' : `; ${near}`}`,
      'For example --broker-config cm:NAME:NAMESPACE.',
    )
  }
  if (className === BrokerClass.KafkaNamespaced) {
    if (given.namespace !== undefined && given.namespace !== scope)
      throw invalid(
        `--broker-config: class ${className} reads its config in the namespace of the broker only`,
        'Leave the namespace out.',
      )
    const {namespace: _, ...unplaced} = given
    return unplaced
  }
  return {...given, namespace: given.namespace ?? scope ?? SYSTEM_NAMESPACE}
}

/** Checks the flags of broker class set. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readClassOptions = (options: ClassOptions): ClassRequest => {
  const {attempt, check} = collectFaults()
  const className = attempt(() => readClass(options.className))
  const namespaces = attempt(() => readNamespaces(options.namespaces)) ?? []
  const config = options.config === undefined ? undefined : attempt(() => parseBrokerConfig(options.config ?? ''))
  const scopes: readonly Scope[] = namespaces.length === 0 ? [undefined] : namespaces
  const configs =
    className === undefined || (options.config !== undefined && config === undefined)
      ? []
      : attempt(() => scopes.map((scope) => ({scope, config: configOf(className, config, scope)})))
  const delivery = attempt(() => readDefaultDelivery(options, scopes))
  check()
  return {
    className: className ?? '',
    scopes: configs ?? [],
    delivery: delivery?.settings ?? {},
    findings: delivery?.findings ?? [],
  }
}

/** A dead letter sink for brokers of several namespaces has to say where it is. */
const readDefaultDelivery = (
  options: ClassOptions,
  scopes: readonly Scope[],
): {settings: DeliverySettings; findings: Finding[]} => {
  const {dlSink, retry, backoffPolicy, backoffDelay} = options
  const [only] = scopes
  const home = scopes.length === 1 ? (only ?? '') : ''
  const read = readDelivery({dlSink, retry, backoffPolicy, backoffDelay}, home)
  const sink = read.settings.deadLetterSink
  if (sink !== undefined && 'ref' in sink && sink.ref.namespace === '')
    throw invalid(`--dl-sink ${dlSink}: which namespace is it in?`, `Write --dl-sink ${dlSink}:NAMESPACE.`)
  return read
}
