import {type Command, fill, kubectl, sfl} from '../../core/commands.js'
import {type KubeObject, type Ref, refOf} from '../../core/object.js'
import {at, isRecord} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {finding} from '../../findings/catalogue.js'
import {type Finding} from '../../findings/finding.js'
import {type BrokerDefaults, resolveBroker} from '../cluster-defaults/broker-defaults.js'
import {
  BROKER_CLASS,
  BROKER_DEFAULTS,
  BROKER_FINALIZER,
  BrokerClass,
  brokerRef,
  CONFIG_MAP,
  isKafkaClass,
  KAFKA_BROKER_CONFIG,
  SYSTEM_NAMESPACE,
} from '../names.js'
import {printBrokerConfig} from './config.js'
import {type DefaultsFacts} from './facts.js'

/**
 * The Kafka controller reads `spec.config` of its brokers without asking whether it is there (eventing-kafka-broker
 * control-plane/pkg/reconciler/broker/broker.go, brokerConfigMap): a stored broker of a Kafka class without one ends the
 * process, at every start anew, so that nothing of Kafka is reconciled in the whole cluster. Deleting such a broker runs
 * into the same line, so its finalizer stays.
 */
export const crashesController = (broker: KubeObject): boolean =>
  isKafkaClass(broker.metadata.annotations?.[BROKER_CLASS]) && !isRecord(at(broker, 'spec', 'config'))

const STOPS = 'no broker, trigger, channel, sink or source of Kafka is reconciled in the whole cluster'

const usualConfig = (className: string | undefined, namespace: string): string =>
  printBrokerConfig(
    {
      ...CONFIG_MAP,
      name: KAFKA_BROKER_CONFIG,
      namespace: className === BrokerClass.KafkaNamespaced ? namespace : SYSTEM_NAMESPACE,
    },
    '',
  )

const creation = (name: string, namespace: string, className: string): Command =>
  sfl(
    'broker create',
    name,
    '-n',
    namespace,
    '--class',
    className,
    '--broker-config',
    usualConfig(className, namespace),
  )

/** Gone and recreated: the config of a stored broker cannot be set, and its controller cannot take the finalizer off. */
const replacement = (broker: KubeObject): Command[] => {
  const {name, namespace = '', finalizers = [], annotations, deletionTimestamp} = broker.metadata
  const className = annotations?.[BROKER_CLASS] ?? BrokerClass.Kafka
  return [
    ...(deletionTimestamp === undefined ? [sfl('broker delete', name, '-n', namespace, '--yes', '--no-wait')] : []),
    ...(finalizers.includes(BROKER_FINALIZER) || deletionTimestamp === undefined ? [withoutFinalizer(broker)] : []),
    creation(name, namespace, className),
  ]
}

const withoutFinalizer = ({metadata}: KubeObject): Command =>
  kubectl(
    '-n',
    metadata.namespace ?? '',
    'patch',
    'brokers.eventing.knative.dev',
    metadata.name,
    '--type=merge',
    '-p',
    JSON.stringify({
      metadata: {finalizers: (metadata.finalizers ?? []).filter((one) => one !== BROKER_FINALIZER)},
    }),
  )

/** Of a broker that is stored: that it ends the Kafka controller. */
export const crashFindings = (broker: KubeObject): Finding[] => {
  if (!crashesController(broker)) return []
  const {name} = broker.metadata
  return [
    finding('SFL-K48', {
      object: refOf(broker),
      message: `broker ${name} has no spec.config, and kafka-controller crashes on it at every start: ${STOPS} until the broker is gone`,
      repair: replacement(broker),
    }),
  ]
}

/** Of a broker as it would be stored. `repair` makes one with a config; left out, with the one that is shipped. */
export const futureCrashFindings = (broker: KubeObject, repair?: Command | readonly Command[]): Finding[] => {
  if (!crashesController(broker)) return []
  const {name, namespace = '', annotations} = broker.metadata
  const className = annotations?.[BROKER_CLASS] ?? BrokerClass.Kafka
  return [
    finding('SFL-K48', {
      object: brokerRef(name, namespace),
      message: `broker ${name} of class ${className} would be stored without spec.config, and kafka-controller crashes on such a broker: ${STOPS} until it is gone`,
      repair: repair ?? creation(name, namespace, className),
    }),
  ]
}

/** Of a Kafka broker without a config, while the defaults that might give it one are not known. */
export const possibleCrashFindings = (broker: KubeObject): Finding[] =>
  crashesController(broker)
    ? [
        finding('SFL-K48', {
          level: 'warning',
          object: refOf(broker),
          message: `broker ${broker.metadata.name} names no spec.config; if ${BROKER_DEFAULTS} gives it none either, which is not known here, kafka-controller crashes on it, and ${STOPS}`,
        }),
      ]
    : []

/** Brokers that the defaults leave without a config although a Kafka class looks after them. */
export interface CrashingDefault {
  /** Left out: all namespaces without a default of their own. */
  namespace?: string
  /** The class that the broker would name; left out: one that names none. */
  named?: string
  className: string
}

/** Every way in which a plain broker would be stored without a config for Kafka. What is so everywhere is told once. */
export const crashingDefaults = (defaults: BrokerDefaults): CrashingDefault[] => {
  const ofCluster = crashesIn(undefined, defaults)
  const isOfCluster = ({named, className}: CrashingDefault): boolean =>
    ofCluster.some((one) => one.named === named && one.className === className)
  return [
    ...ofCluster,
    ...Object.keys(defaults.namespaceDefaults)
      .flatMap((namespace) => crashesIn(namespace, defaults))
      .filter((one) => !isOfCluster(one)),
  ]
}

const crashesIn = (namespace: string | undefined, defaults: BrokerDefaults): CrashingDefault[] =>
  [undefined, BrokerClass.Kafka, BrokerClass.KafkaNamespaced].flatMap((named): CrashingDefault[] => {
    // No namespace has the empty name, so none has a default of its own under it.
    const {className, configFields} = resolveBroker(defaults, {
      namespace: namespace ?? '',
      ...(named === undefined ? {} : {className: named}),
    })
    if (className === undefined || !isKafkaClass(className) || configFields !== undefined) return []
    return [{className, ...(namespace === undefined ? {} : {namespace}), ...(named === undefined ? {} : {named})}]
  })

const defaultsRef: Ref = {...CONFIG_MAP, name: BROKER_DEFAULTS, namespace: SYSTEM_NAMESPACE}

/** Of the defaults: that they make such brokers, said once a namespace. */
export const crashingDefaultFindings = (all: readonly CrashingDefault[]): Finding[] => {
  const scopes = [...new Set(all.map(({namespace}) => namespace))]
  return scopes.map((namespace) => {
    const here = all.filter((one) => one.namespace === namespace)
    const plain = here.find(({named}) => named === undefined)
    const className = plain?.className ?? here[0]?.className ?? BrokerClass.Kafka
    const where = namespace === undefined ? 'the cluster' : `namespace ${namespace}`
    const which =
      plain === undefined
        ? `a broker that asks for class ${className}`
        : `every broker that names no class is of class ${className} and`
    return finding('SFL-F19', {
      object: defaultsRef,
      message: `the defaults of ${where} name no config for class ${className}: ${which}${plain === undefined ? ' and names no config' : ''} gets none, and kafka-controller crashes on it: ${STOPS}`,
      repair: sfl(
        'broker class set',
        className,
        ...(namespace === undefined ? [] : ['--for-namespace', namespace]),
        '--broker-config',
        namespace === undefined && className === BrokerClass.KafkaNamespaced
          ? fill('CONFIG')
          : usualConfig(className, namespace ?? ''),
      ),
    })
  })
}

/** Whether a broker that somebody else makes without class and config, as injection does, would end the controller. */
export const injectedCrashFindings = (name: string, namespace: string, defaults: Lookup<DefaultsFacts>): Finding[] => {
  if (!isFound(defaults) || !('defaults' in defaults)) return []
  const {className, configFields} = resolveBroker(defaults.defaults, {namespace})
  if (className === undefined) return []
  return futureCrashFindings({
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: {name, namespace, annotations: {[BROKER_CLASS]: className}},
    spec: configFields === undefined ? {} : {config: configFields},
  })
}
