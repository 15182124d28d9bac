import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {sfl, type Command} from '../../core/commands.js'
import {createConfigCommand, isForeignToKafka, kafkaConfigFindings} from '../../kafka/config/kafka-config.js'
import {type Ref} from '../../core/object.js'
import {didYouMean, suggestions} from '../../core/suggest.js'
import {dataPlaneFindings} from '../broker/class.js'
import {printBrokerConfig, type ConfigReference} from '../broker/config.js'
import {crashingDefaultFindings} from '../broker/controller-crash.js'
import {configFacts, configKey} from '../broker/facts.js'
import {channelConfigFindings, configFits} from '../broker/fitness.js'
import {type Scope} from './class-options.js'
import {type ClassFacts} from './default-facts.js'
import {
  BROKER_DEFAULTS,
  BrokerClass,
  CHANNEL_TEMPLATE_CONFIG,
  CONFIG_MAP,
  KAFKA_BROKER_CONFIG,
  SYSTEM_NAMESPACE,
  brokerClasses,
  isKafkaClass,
} from '../names.js'

export const defaultsRef: Ref = {...CONFIG_MAP, name: BROKER_DEFAULTS, namespace: SYSTEM_NAMESPACE}

/** `broker class set`, ready to be pasted. */
export const setCommand = (className: string, scope: Scope, config?: ConfigReference): Command =>
  sfl(
    'broker class set',
    className,
    ...(scope === undefined ? [] : ['--for-namespace', scope]),
    ...(config === undefined ? [] : ['--broker-config', printBrokerConfig(config, '')]),
  )

/** `namespace shop`, `the cluster`. */
export const scopeWords = (scope: Scope): string => (scope === undefined ? 'the cluster' : `namespace ${scope}`)

/**
 * Whether brokers of a class could work with a config: the class is known, the config is there and fits, its Secret is
 * there, the data plane is running. `home` is where a config without a namespace would be looked up, if that is known.
 */
export const fitFindings = (
  className: string,
  config: ConfigReference | undefined,
  scope: Scope,
  facts: Pick<ClassFacts, 'configs' | 'deployments'>,
  home = scope,
): Finding[] => {
  const known = brokerClasses.some((one) => one === className)
  if (!known) return [unknownClass(className, scope)]
  return [
    ...configFindings(className, config, scope, facts, home),
    ...dataPlaneFindings(defaultsRef, className, facts.deployments),
  ]
}

const unknownClass = (className: string, scope: Scope): Finding => {
  const near = didYouMean(className, brokerClasses)
  const [nearest] = suggestions(className, brokerClasses)
  return finding('SFL-F10', {
    object: defaultsRef,
    message: `no known controller handles class "${className}"; ${near === undefined ? 'classes' : `${near} Classes`} are case-sensitive: ${brokerClasses.join(', ')}`,
    ...(nearest === undefined || nearest === className ? {} : {repair: setCommand(nearest, scope)}),
  })
}

/** The usual config of a class, once it is there. */
const withUsualConfig = (className: string, scope: Scope, facts: Pick<ClassFacts, 'configs'>): readonly Command[] => {
  const name = isKafkaClass(className) ? KAFKA_BROKER_CONFIG : CHANNEL_TEMPLATE_CONFIG
  const namespace = className === BrokerClass.KafkaNamespaced ? (scope ?? 'NAMESPACE') : SYSTEM_NAMESPACE
  const config: ConfigReference = {...CONFIG_MAP, name, ...(namespace === SYSTEM_NAMESPACE ? {namespace} : {})}
  const there = facts.configs[configKey(namespace, name)]
  const set = setCommand(className, scope, config)
  return there !== undefined && there !== 'forbidden' && configFits(className, {...config, namespace}, there)
    ? [set]
    : [createConfigCommand({name, namespace}, className), set]
}

const configFindings = (
  className: string,
  config: ConfigReference | undefined,
  scope: Scope,
  facts: Pick<ClassFacts, 'configs'>,
  home: Scope,
): Finding[] => {
  const kafka = isKafkaClass(className)
  if (!kafka && className !== BrokerClass.MTChannelBased) return []
  const repair = withUsualConfig(className, scope, facts)
  const misfit = (message: string): Finding => finding('SFL-F09', {object: defaultsRef, message, repair})
  if (config === undefined)
    return kafka
      ? crashingDefaultFindings([{className, ...(scope === undefined ? {} : {namespace: scope})}])
      : [misfit(`brokers of class ${className} need a config, and the default of ${scopeWords(scope)} names none`)]
  if (config.apiVersion !== 'v1' || config.kind !== 'ConfigMap')
    return kafka
      ? []
      : [misfit(`class ${className} takes only a ConfigMap as config, not ${config.kind} ${config.name}`)]
  const namespace = config.namespace ?? home
  if (namespace === undefined)
    return [
      finding('SFL-B11', {
        object: defaultsRef,
        message: `ConfigMap ${config.name} was not checked: it has to be in the namespace of each broker`,
      }),
    ]
  const where = {name: config.name, namespace}
  const title = `ConfigMap ${namespace}/${config.name}`
  const current = configFacts(facts.configs, config, namespace)
  if (current === 'forbidden')
    return [
      finding('SFL-B11', {
        object: {...CONFIG_MAP, ...where},
        message: `${title} was not checked: it could not be read`,
      }),
    ]
  if (current === 'absent')
    return [
      finding('SFL-F09', {
        object: {...CONFIG_MAP, ...where},
        message: `${title} does not exist, and brokers of class ${className} would not become ready without it`,
        repair: createConfigCommand(where, className),
      }),
    ]
  if (kafka && isForeignToKafka(current.data))
    return [misfit(`${title} has no Kafka settings, so no broker of class ${className} could become ready with it`)]
  return kafka
    ? kafkaConfigFindings(where, current)
    : channelConfigFindings(defaultsRef, where, current, `default of ${scopeWords(scope)}`, repair)
}
