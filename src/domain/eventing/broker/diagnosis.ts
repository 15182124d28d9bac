import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject, type Ref} from '../../core/object.js'
import {at} from '../../core/read.js'
import {conditionsOf, readinessOf, type Condition} from '../../core/readiness.js'
import {printBrokerConfig, readConfigReference, type ConfigReference} from './config.js'
import {classFindings, dataPlaneFindings} from './class.js'
import {crashFindings} from './controller-crash.js'
import {channelConfigFindings} from './fitness.js'
import {configFacts, type ClusterFacts} from './facts.js'
import {kubectl, sfl, type Command} from '../../core/commands.js'
import {readDeliverySpec} from '../delivery/delivery.js'
import {
  createConfigCommand,
  isForeignToKafka,
  kafkaConfigFindings,
  updateConfigCommand,
} from '../../kafka/config/kafka-config.js'
import {
  BROKER_CLASS,
  BrokerClass,
  CONFIG_MAP,
  EXTERNAL_TOPIC,
  SYSTEM_NAMESPACE,
  brokerRef,
  isKafkaClass,
} from '../names.js'
import {kafkaOverflow} from '../delivery/period.js'

const quoted = ({reason, message}: Condition): string => [reason, message].filter((text) => text).join(': ')

/** Finds the causes of a broker that is not ready, each with the command that repairs it. */
export const diagnoseBroker = (broker: KubeObject, facts: ClusterFacts): Finding[] => {
  const crash = crashFindings(broker)
  if (crash.length > 0) return crash
  const {name, namespace = ''} = broker.metadata
  const ref = brokerRef(name, namespace)
  const className = broker.metadata.annotations?.[BROKER_CLASS]
  const conditions = conditionsOf(broker)
  const state = readinessOf(broker)
  const overflow = overflowFindings(ref, broker, className)
  if (state.state === 'ready' || broker.metadata.deletionTimestamp !== undefined) return overflow

  const config = readConfigReference(at(broker, 'spec', 'config'))
  const ofConfig = configCauses(ref, className, config, facts)
  const causes = [...overflow, ...ofConfig]
  if (conditions.length === 0) {
    const why = [...classFindings(ref, className), ...runningFindings(ref, className, facts)]
    return [
      finding('SFL-B18', {
        object: ref,
        message: `no controller has reconciled broker ${name} (class ${className ?? 'none'}) yet`,
        repair: kubectl('-n', SYSTEM_NAMESPACE, 'get', 'deployments'),
      }),
      ...why,
      ...causes,
    ]
  }
  const failing = conditions.filter(({type, status, severity}) => type !== 'Ready' && status === 'False' && !severity)
  if (failing.length === 0 && state.state === 'pending')
    return [
      ...causes,
      finding('SFL-B22', {
        object: ref,
        message: `broker ${name} is not ready yet: ${waitingFor(conditions, state.message)}`,
      }),
    ]
  const explained = failing
    .filter((condition) => ofConfig.length === 0 || !isAboutConfig(condition))
    .flatMap((condition) => explain(ref, broker, condition, className, facts))
  return unique([...explained, ...causes])
}

/** A look at the config itself says more than these conditions do. */
const isAboutConfig = ({type, reason}: Condition): boolean =>
  type === 'ConfigParsed' || reason === 'ChannelTemplateFailed' || reason === 'Failed to get broker auth secret'

const waitingFor = (conditions: readonly Condition[], message: string | undefined): string => {
  const open = conditions.filter(({type, status}) => type !== 'Ready' && status !== 'True').map(({type}) => type)
  return open.length > 0 ? `waiting for ${open.join(', ')}` : (message ?? 'its controller is still at work')
}

const unique = (findings: readonly Finding[]): Finding[] =>
  findings.filter(
    (one, index) => findings.findIndex(({code, message}) => code === one.code && message === one.message) === index,
  )

/** Only real faults; what could not be read does not explain anything. */
const runningFindings = (ref: Ref, className: string | undefined, facts: ClusterFacts): Finding[] =>
  dataPlaneFindings(ref, className, facts.deployments).filter(({code}) => code !== 'SFL-B11')

const overflowFindings = (ref: Ref, broker: KubeObject, className: string | undefined): Finding[] => {
  const delivery = readDeliverySpec(at(broker, 'spec', 'delivery'))
  if (delivery === undefined || !isKafkaClass(className)) return []
  return (['backoffDelay', 'timeout'] as const).flatMap((field) => {
    const text = delivery[field]
    const component = text === undefined ? undefined : kafkaOverflow(text)
    return text === undefined || component === undefined
      ? []
      : [
          finding('SFL-D10', {
            object: ref,
            message: `${field} ${text} is too large for the Kafka controller (integer overflow in ${component}); larger units say the same`,
            repair: sfl(
              'broker update',
              ref.name,
              '-n',
              ref.namespace ?? '',
              field === 'timeout' ? '--timeout' : '--backoff-delay',
              text,
            ),
          }),
        ]
  })
}

const configCauses = (
  ref: Ref,
  className: string | undefined,
  config: ConfigReference | undefined,
  facts: ClusterFacts,
): Finding[] => {
  const namespace = ref.namespace ?? ''
  if (config === undefined || config.kind !== 'ConfigMap') return []
  const where = {name: config.name, namespace: config.namespace ?? namespace}
  const current = configFacts(facts.configs, config, namespace)
  if (current === 'forbidden') return []
  if (current === 'absent')
    return [
      finding('SFL-B05', {
        object: {...CONFIG_MAP, ...where},
        message: `ConfigMap ${where.namespace}/${where.name}, which the broker names, does not exist`,
        repair: createConfigCommand(where, className),
      }),
    ]
  const recreate = recreateWith(ref, className)
  if (isKafkaClass(className) && isForeignToKafka(current.data))
    return [
      finding('SFL-B03', {
        object: ref,
        message: `class ${className} needs Kafka settings, and ${printBrokerConfig(config, namespace)} has none; the config of a broker cannot be changed, so it must be recreated`,
        repair: recreate,
      }),
    ]
  if (isKafkaClass(className)) return kafkaConfigFindings(where, current).filter(({code}) => code !== 'SFL-B11')
  if (className !== BrokerClass.MTChannelBased) return []
  return channelConfigFindings(ref, where, current, 'its spec.config', recreate).filter(({level}) => level === 'error')
}

const recreateWith = (ref: Ref, className: string | undefined): readonly Command[] => {
  const kafka = isKafkaClass(className)
  const where = ['-n', ref.namespace ?? '']
  const config =
    className === BrokerClass.KafkaNamespaced
      ? `cm:kafka-broker-config:${ref.namespace ?? ''}`
      : kafka
        ? `cm:kafka-broker-config:${SYSTEM_NAMESPACE}`
        : `cm:config-br-default-channel:${SYSTEM_NAMESPACE}`
  return [
    sfl('broker delete', ref.name, ...where, '--yes'),
    sfl(
      'broker create',
      ref.name,
      ...where,
      '--class',
      className ?? BrokerClass.MTChannelBased,
      '--broker-config',
      config,
    ),
  ]
}

/** eventing-kafka-broker control-plane/pkg/reconciler/base and knative/eventing broker_lifecycle.go. */
const explain = (
  ref: Ref,
  broker: KubeObject,
  condition: Condition,
  className: string | undefined,
  facts: ClusterFacts,
): Finding[] => {
  const {type, reason = ''} = condition
  const system = (...words: string[]): Command => kubectl('-n', SYSTEM_NAMESPACE, ...words)
  const say = (code: Parameters<typeof finding>[0], what: string, repair?: Command): Finding[] => [
    finding(code, {
      object: ref,
      message: `${what} (${type}: ${quoted(condition)})`,
      ...(repair === undefined ? {} : {repair}),
    }),
  ]
  if (type === 'DataPlaneAvailable') {
    const found = runningFindings(ref, className, facts)
    return found.length > 0
      ? found
      : say('SFL-B08', 'the data plane is not available', system('get', 'pods', '-l', 'app=kafka-broker-receiver'))
  }
  if (type === 'TopicReady') {
    if (reason === 'Failed to get broker auth secret')
      return say('SFL-K03', 'the Secret for Kafka could not be read', system('get', 'secrets'))
    if (reason === 'Failed to obtain Kafka cluster admin')
      return /run out of available brokers/.test(condition.message ?? '')
        ? say(
            'SFL-K08',
            'Kafka does not answer at the bootstrap servers with these credentials',
            system('logs', 'deployment/kafka-controller', '--tail=50'),
          )
        : say('SFL-K05', 'Kafka refuses the credentials, or the Secret is incomplete', system('get', 'secrets'))
    if (reason.startsWith('Failed to create topic'))
      return say(
        'SFL-K09',
        'Kafka refused to create the topic',
        configCommand(broker, /replication.?factor/i.test(condition.message ?? '') ? fewerReplicas : describeConfig),
      )
    if (reason.startsWith('Topic is not present'))
      return say(
        'SFL-K10',
        broker.metadata.annotations?.[EXTERNAL_TOPIC] === undefined
          ? 'the topic is missing or cannot be used'
          : `external topic ${broker.metadata.annotations[EXTERNAL_TOPIC]} is missing or cannot be used`,
        configCommand(broker, describeConfig),
      )
  }
  if (type === 'ConfigMapUpdated')
    return say(
      'SFL-K16',
      'the contract with the data plane could not be written',
      system('get', 'configmap', 'kafka-broker-brokers-triggers'),
    )
  if (type === 'ProbeSucceeded')
    return say(
      'SFL-K11',
      'the broker ingress does not know the broker',
      system('logs', 'deployment/kafka-broker-receiver', '--tail=50'),
    )
  if (type === 'ConfigParsed') {
    if (/DeadLetterSink/.test(reason))
      return say('SFL-D02', 'the dead letter sink could not be resolved', describeSinks(ref))
    if (/integer overflow/.test(reason)) return say('SFL-D10', 'a duration is too large for the Kafka controller')
    if (/numPartitions: 0|failed to parse/.test(reason))
      return say('SFL-K02', 'the ConfigMap of the broker cannot be used', configCommand(broker, updateConfigCommand))
  }
  if (type === 'DeadLetterSinkResolved')
    return say('SFL-D02', 'the dead letter sink could not be resolved', describeSinks(ref))
  if (type === 'TriggerChannelReady' && reason === 'ChannelTemplateFailed')
    return say('SFL-B06', 'the channel template could not be read', configCommand(broker, editConfig))
  if (type === 'IngressReady' || type === 'FilterReady') {
    const found = runningFindings(ref, className, facts)
    return found.length > 0
      ? found
      : say(
          'SFL-B08',
          'the data plane is not available',
          system('get', 'deployments', 'mt-broker-ingress', 'mt-broker-filter'),
        )
  }
  return say(
    'SFL-B19',
    `condition ${type} of broker ${ref.name} fails`,
    kubectl('-n', ref.namespace ?? '', 'describe', 'brokers.eventing.knative.dev', ref.name),
  )
}

/** The command about the ConfigMap of a Kafka broker; for another kind of config that of kubectl. */
const configCommand = (
  broker: KubeObject,
  command: (where: {name: string; namespace: string}) => Command,
): Command | undefined => {
  const config = readConfigReference(at(broker, 'spec', 'config'))
  if (config === undefined) return undefined
  const where = {name: config.name, namespace: config.namespace ?? broker.metadata.namespace ?? ''}
  return config.kind === CONFIG_MAP.kind
    ? command(where)
    : kubectl('-n', where.namespace, 'edit', config.kind.toLowerCase(), where.name)
}

const describeConfig = ({name, namespace}: {name: string; namespace: string}): Command =>
  sfl('kafka config describe', name, '-n', namespace)

const editConfig = ({name, namespace}: {name: string; namespace: string}): Command =>
  kubectl('-n', namespace, 'edit', 'configmap', name)

/** One replica is always possible; anything else is for the person to judge. */
const fewerReplicas = ({name, namespace}: {name: string; namespace: string}): Command =>
  sfl('kafka config update', name, '-n', namespace, '--replication-factor', '1')

const describeSinks = (ref: Ref): Command =>
  kubectl(
    '-n',
    ref.namespace ?? '',
    'get',
    'brokers.eventing.knative.dev',
    ref.name,
    '-o',
    'jsonpath={.spec.delivery.deadLetterSink}',
  )
