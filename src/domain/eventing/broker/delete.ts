import {type Finding} from '../../findings/finding.js'
import {finding, forced} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {type Plan, type Step} from '../../core/plan.js'
import {at, textsAt} from '../../core/read.js'
import {readConfigReference} from './config.js'
import {type ConfigMapFacts, type DeleteFacts, type Trigger} from './facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {kubectl, type Command} from '../../core/commands.js'
import {judgeInjection} from '../injection/injection.js'
import {createConfigCommand, isKafkaConfig, readKafkaConfig} from '../../kafka/config/kafka-config.js'
import {
  BROKER_CLASS,
  BrokerClass,
  BROKER_FINALIZER,
  CONFIG_MAP,
  EXTERNAL_TOPIC,
  KafkaKey,
  SECRET,
  brokerRef,
  isKafkaClass,
} from '../names.js'
import {conditionOf} from '../../core/readiness.js'

export interface DeleteOptions {
  force?: boolean
  /** Wait until it is gone, at most so many milliseconds. */
  waitMs?: number
}

/** The plan of `broker delete`, with who suffers, what would bring the broker back and what may hold it. */
export const planBrokerDelete = (options: DeleteOptions, facts: DeleteFacts): Plan => {
  const {broker} = facts
  const {name, namespace = '', uid} = broker.metadata
  const ref = brokerRef(name, namespace)
  const findings = [
    ...judgeInjection(broker, facts).findings,
    ...triggerFindings(broker, facts.triggers),
    ...finalizerProspects(broker, facts.config),
    ...topicFindings(broker),
  ]
  const steps: Step[] = [
    {verb: 'delete', ref, before: broker},
    ...(options.waitMs === undefined
      ? []
      : [
          {
            verb: 'wait' as const,
            ref,
            until: 'gone' as const,
            timeoutMs: options.waitMs,
            ...(uid === undefined ? {} : {uid}),
          },
        ]),
  ]
  return {steps, findings: options.force === true ? forced(findings) : findings}
}

/** The triggers of the broker, sorted by name. */
export const attachedTriggers = (broker: KubeObject, triggers: Lookup<readonly Trigger[]>): Trigger[] =>
  isFound(triggers)
    ? triggers
        .filter((trigger) => trigger.broker === broker.metadata.name)
        .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    : []

const triggerFindings = (broker: KubeObject, triggers: Lookup<readonly Trigger[]>): Finding[] => {
  const {name, namespace = ''} = broker.metadata
  const attached = attachedTriggers(broker, triggers)
  if (attached.length === 0) return []
  const names = attached.map((trigger) => trigger.name).join(', ')
  return [
    finding('SFL-B12', {
      object: brokerRef(name, namespace),
      message:
        attached.length === 1
          ? `trigger ${names} loses its broker and delivers nothing any more`
          : `${attached.length} triggers lose their broker and deliver nothing any more: ${names}`,
      repair: kubectl(
        '-n',
        namespace,
        'get',
        'triggers.eventing.knative.dev',
        '-l',
        `eventing.knative.dev/broker=${name}`,
      ),
    }),
  ]
}

const isKafka = (broker: KubeObject): boolean => isKafkaClass(broker.metadata.annotations?.[BROKER_CLASS])

const isExternal = (broker: KubeObject): boolean => broker.metadata.annotations?.[EXTERNAL_TOPIC] !== undefined

/** What the Kafka controller needs in order to finish, and will not find (eventing-kafka-broker, `FinalizeKind`). */
export const finalizerProspects = (broker: KubeObject, config: Lookup<ConfigMapFacts> | undefined): Finding[] => {
  if (!isKafka(broker) || broker.metadata.finalizers?.includes(BROKER_FINALIZER) !== true) return []
  const {name, namespace = ''} = broker.metadata
  const object = brokerRef(name, namespace)
  const copies = textsAt(broker, 'status', 'annotations')
  const reference = readConfigReference(at(broker, 'spec', 'config'))
  const findings: Finding[] = []
  const where =
    reference === undefined ? undefined : {name: reference.name, namespace: reference.namespace ?? namespace}
  if (config === 'absent' && where !== undefined && !isKafkaConfig(copies))
    findings.push(
      finding('SFL-K13', {
        object: {...CONFIG_MAP, ...where},
        message: `ConfigMap ${where.namespace}/${where.name} is gone, and the controller needs it to clean up after broker ${name}`,
        repair: createConfigCommand(where, BrokerClass.Kafka),
      }),
    )
  if (isFound(config) && config.secret === 'absent' && where !== undefined) {
    const secret = readKafkaConfig(config.data).authSecret ?? ''
    findings.push(
      finding('SFL-K15', {
        object: {...SECRET, name: secret, namespace: where.namespace},
        message: `Secret ${where.namespace}/${secret} is gone, and the controller needs it to delete the topic of broker ${name}`,
        repair: kubectl('-n', where.namespace, 'get', 'secrets'),
      }),
    )
  }
  if (copies[KafkaKey.Topic] === undefined && !isExternal(broker))
    findings.push(
      finding('SFL-K12', {
        object,
        message: `broker ${name} never got a topic, so the controller will answer "no topic annotated on broker" and keep its finalizer`,
        repair: removeFinalizer(broker),
      }),
    )
  return findings
}

/** Takes our finalizer off by hand; a topic that exists is then left behind. */
const removeFinalizer = (broker: KubeObject, finalizer: string = BROKER_FINALIZER): Command => {
  const rest = (broker.metadata.finalizers ?? []).filter((one) => one !== finalizer)
  return kubectl(
    '-n',
    broker.metadata.namespace ?? '',
    'patch',
    'brokers.eventing.knative.dev',
    broker.metadata.name,
    '--type=merge',
    '-p',
    JSON.stringify({metadata: {finalizers: rest}}),
  )
}

const topicFindings = (broker: KubeObject): Finding[] => {
  if (!isKafka(broker)) return []
  const {name, namespace = ''} = broker.metadata
  const external = broker.metadata.annotations?.[EXTERNAL_TOPIC]
  const topic = textsAt(broker, 'status', 'annotations')[KafkaKey.Topic]
  if (external === undefined && topic === undefined) return []
  return [
    finding('SFL-K14', {
      object: brokerRef(name, namespace),
      message:
        external === undefined
          ? `topic ${topic} and all events in it are deleted with the broker`
          : `topic ${external || topic || ''} is external and stays`,
    }),
  ]
}

/** Which finalizers hold a broker that is marked for deletion, and why. Empty for a broker that is not. */
export const deletionStuck = (broker: KubeObject, config: Lookup<ConfigMapFacts> | undefined): Finding[] => {
  if (broker.metadata.deletionTimestamp === undefined) return []
  const {name, namespace = ''} = broker.metadata
  const object = brokerRef(name, namespace)
  const causes = finalizerProspects(broker, config)
  return (broker.metadata.finalizers ?? []).flatMap((finalizer) => {
    if (finalizer !== BROKER_FINALIZER)
      return [
        finding('SFL-B20', {
          object,
          message: `finalizer ${finalizer} holds broker ${name}; whoever set it must remove it`,
          repair: removeFinalizer(broker, finalizer),
        }),
      ]
    const topic = conditionOf(broker, 'TopicReady')
    const unreachable = topic?.status === 'False' && topic.reason === 'Failed to obtain Kafka cluster admin'
    const why =
      causes.length > 0
        ? 'for the reason below'
        : unreachable
          ? `because Kafka cannot be reached${topic.message === undefined ? '' : `: ${topic.message}`}`
          : 'until its controller has cleaned up'
    return [
      finding('SFL-B20', {
        object,
        message: `finalizer ${finalizer} holds broker ${name} ${why}`,
        repair: removeFinalizer(broker),
      }),
      ...causes,
    ]
  })
}
