import {brokerFaults, kafkaBrokerFaults} from '../../eventing/admission.js'
import {readConfigReference} from '../../eventing/broker/config.js'
import {deletionStuck} from '../../eventing/broker/delete.js'
import {
  crashesController,
  crashFindings,
  futureCrashFindings,
  possibleCrashFindings,
} from '../../eventing/broker/controller-crash.js'
import {diagnoseBroker} from '../../eventing/broker/diagnosis.js'
import {triggerIndex, type TriggersOf} from '../snapshot/attached.js'
import {judgeInjection} from '../../eventing/injection/injection.js'
import {setCommand} from '../../eventing/cluster-defaults/class-fitness.js'
import {configFacts, type ClusterFacts} from '../../eventing/broker/facts.js'
import {nameFindings} from '../../eventing/broker/class.js'
import {fill, sfl} from '../../core/commands.js'
import {readDeliverySpec} from '../../eventing/delivery/delivery.js'
import {deliveryFindings, sinkFindings} from '../../eventing/delivery/preflight.js'
import {permissiveFeatures} from '../../eventing/features.js'
import {
  BROKER,
  BROKER_CLASS,
  BrokerClass,
  CONFIG_MAP,
  EXTERNAL_TOPIC,
  IN_MEMORY_CHANNEL,
  isKafkaClass,
} from '../../eventing/names.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {at} from '../../core/read.js'
import {readinessOf, whyNotReady} from '../../core/readiness.js'
import {isFound} from '../../core/seen.js'
import {typeFaults} from '../snapshot/manifest-types.js'
import {suffering, type Check, type Verdict} from '../engine/check.js'
import {type Snapshot} from '../snapshot/snapshot.js'

const classOf = (broker: KubeObject): string | undefined => broker.metadata.annotations?.[BROKER_CLASS] || undefined

const brokersOf = (known: Snapshot): readonly KubeObject[] => known.subjects(BROKER)

const each =
  (judge: (broker: KubeObject, known: Snapshot) => readonly Finding[]) =>
  (known: Snapshot): Verdict[] =>
    brokersOf(known).flatMap((broker) => suffering(judge(broker, known), refOf(broker)))

const count = (known: Snapshot): number => known.subjects(BROKER).length

const clusterFacts = ({defaults, features, configs, deployments}: Snapshot): ClusterFacts => ({
  defaults,
  features,
  configs,
  deployments,
})

/** Nobody has looked at it yet: what would the controller find? */
const asNew = (broker: KubeObject): KubeObject => ({...broker, status: {}})

const NOT_LOOKED_AT = 'SFL-B18'

/** What is not stored yet need not be recreated. */
const ofManifest = (one: Finding): Finding =>
  one.code === 'SFL-B03' ? {...one, message: one.message.replace(/; the config of a broker .*$/, '')} : one

/** Only the Kafka classes read the annotation. */
const topicFindings = (broker: KubeObject): Finding[] => {
  const topic = broker.metadata.annotations?.[EXTERNAL_TOPIC]
  const className = classOf(broker)
  return topic === undefined || className === undefined || isKafkaClass(className)
    ? []
    : [
        finding('SFL-K06', {
          object: refOf(broker),
          message: `external topic ${topic} needs class Kafka, and broker ${broker.metadata.name} is of class ${className}: it keeps its events elsewhere`,
        }),
      ]
}

const defaultsKnown = ({defaults}: Snapshot): boolean => isFound(defaults) && 'defaults' in defaults

/** Class, config, Secret and data plane of every broker, whatever it reports. */
const setUpFindings = (broker: KubeObject, known: Snapshot): Finding[] => {
  const planned = known.isPlanned(broker)
  const decided = !planned || defaultsKnown(known)
  if (crashesController(broker) && decided) return planned ? futureCrashFindings(broker) : crashFindings(broker)
  const found = [
    ...possibleCrashFindings(broker),
    ...diagnoseBroker(asNew(broker), clusterFacts(known))
      .filter(({code}) => code !== NOT_LOOKED_AT && code !== 'SFL-K48')
      .map((one) => (planned ? ofManifest(one) : one)),
    ...nameFindings(refOf(broker), classOf(broker)),
    ...topicFindings(broker),
  ]
  const reference = readConfigReference(at(broker, 'spec', 'config'))
  if (reference === undefined && !isFound(known.defaults)) {
    const what = classOf(broker) === undefined ? 'class and config of' : 'the config of'
    return [
      ...found,
      finding('SFL-B11', {
        object: refOf(broker),
        message: `${what} broker ${broker.metadata.name} ${classOf(broker) === undefined ? 'come' : 'comes'} from the defaults of the cluster, which are not known`,
      }),
    ]
  }
  const config =
    reference === undefined ? undefined : configFacts(known.configs, reference, broker.metadata.namespace ?? '')
  return config === 'forbidden' && reference !== undefined
    ? [
        ...found,
        finding('SFL-B11', {
          object: {...CONFIG_MAP, name: reference.name, namespace: reference.namespace ?? ''},
          message: `ConfigMap ${reference.namespace ?? broker.metadata.namespace ?? ''}/${reference.name} could not be read`,
        }),
      ]
    : found
}

const readyFindings = (broker: KubeObject, known: Snapshot): Finding[] => {
  if (known.isPlanned(broker) || crashesController(broker)) return []
  const config = readConfigReference(at(broker, 'spec', 'config'))
  const facts = config === undefined ? undefined : configFacts(known.configs, config, broker.metadata.namespace ?? '')
  const stuck = deletionStuck(broker, facts)
  const readiness = readinessOf(broker)
  if (stuck.length > 0 || readiness.state === 'ready') return stuck
  const found = diagnoseBroker(broker, clusterFacts(known))
  return found.length > 0
    ? found.map((one) => (one.level === 'note' ? {...one, level: 'warning' as const} : one))
    : [
        finding('SFL-B19', {
          object: refOf(broker),
          message: `broker ${broker.metadata.name} is not ready: ${whyNotReady(readiness) || 'nothing says why'}`,
          repair: sfl('broker describe', broker.metadata.name, '-n', broker.metadata.namespace ?? ''),
        }),
      ]
}

const withSomeClass = (broker: KubeObject): KubeObject => ({
  ...broker,
  metadata: {...broker.metadata, annotations: {...broker.metadata.annotations, [BROKER_CLASS]: 'unknown'}},
})

const refusals = (broker: KubeObject, known: Snapshot): Finding[] => {
  if (!known.isPlanned(broker)) return []
  // What the flags of delivery settings keep out has findings of its own.
  const features = {
    ...(isFound(known.features) ? known.features : permissiveFeatures),
    deliveryTimeout: true,
    deliveryRetryAfter: true,
  }
  const defaults = isFound(known.defaults) && 'defaults' in known.defaults ? known.defaults.defaults : undefined
  const object = refOf(broker)
  // The class may come from defaults that are not known.
  const classed = classOf(broker) !== undefined || defaults !== undefined ? broker : withSomeClass(broker)
  return [
    ...typeFaults(broker),
    ...brokerFaults(classed, known.storedOf(broker), features, defaults),
    ...kafkaBrokerFaults(broker),
  ].map((text) => finding('SFL-B09', {object, message: `the server would refuse it: ${text}`}))
}

const deliveryOf = (broker: KubeObject, known: Snapshot): Finding[] => {
  const ref = refOf(broker)
  const sink = known.resolve(at(broker, 'spec', 'delivery', 'deadLetterSink'), broker.metadata.namespace ?? '')
  const features = known.isPlanned(broker) ? known.features : 'absent'
  return [
    ...sinkFindings(ref, sink),
    ...deliveryFindings(ref, readDeliverySpec(at(broker, 'spec', 'delivery')), classOf(broker), features),
  ]
}

const isOwn = (trigger: KubeObject): boolean => at(trigger, 'spec', 'delivery') !== undefined

/** The triggers that live on the delivery settings of their broker. */
const heirs = (broker: KubeObject, triggersOf: TriggersOf): KubeObject[] =>
  triggersOf(broker).filter((trigger) => !isOwn(trigger))

/** RabbitMQ's own controllers look after what is not delivered. */
const isOurs = (broker: KubeObject): boolean => classOf(broker) !== BrokerClass.RabbitMQ

/** Of a manifest without any: the defaults may give it some, and they are not known. */
const deliveryUnknown = (broker: KubeObject, known: Snapshot): boolean =>
  known.isPlanned(broker) && !isFound(known.defaults) && at(broker, 'spec', 'delivery') === undefined

const lossFindings = (known: Snapshot): Verdict[] => {
  const triggersOf = triggerIndex(known)
  return brokersOf(known).flatMap((broker): Verdict[] => {
    const delivery = readDeliverySpec(at(broker, 'spec', 'delivery'))
    if (!isOurs(broker) || delivery?.deadLetterSink !== undefined || deliveryUnknown(broker, known)) return []
    const {name, namespace = ''} = broker.metadata
    const affects = heirs(broker, triggersOf).map(refOf)
    return [
      {
        ...finding('SFL-D09', {
          level: 'warning',
          object: refOf(broker),
          message: `broker ${name} has no dead letter sink; events that cannot be delivered are dropped`,
          repair: sfl('broker update', name, '-n', namespace, '--dl-sink', fill('SINK')),
        }),
        ...(affects.length === 0 ? {} : {affects}),
      },
    ]
  })
}

const retryFindings = (known: Snapshot): Verdict[] => {
  const triggersOf = triggerIndex(known)
  return brokersOf(known).flatMap((broker): Verdict[] => {
    const delivery = readDeliverySpec(at(broker, 'spec', 'delivery'))
    const written = at(broker, 'spec', 'delivery', 'retry')
    if (deliveryUnknown(broker, known)) return []
    // What is no number is told where the server refuses it.
    if (!isOurs(broker) || (delivery?.retry ?? 0) > 0 || (written !== undefined && typeof written !== 'number'))
      return []
    const {name, namespace = ''} = broker.metadata
    const affects = heirs(broker, triggersOf).map(refOf)
    return [
      {
        ...finding('SFL-H06', {
          object: refOf(broker),
          message: `broker ${name} has no retries: an event that is not taken at once is given up`,
          repair: sfl(
            'broker update',
            name,
            '-n',
            namespace,
            '--retry',
            '10',
            '--backoff-policy',
            'exponential',
            '--backoff-delay',
            'PT0.2S',
          ),
        }),
        ...(affects.length === 0 ? {} : {affects}),
      },
    ]
  })
}

/** One finding for each ConfigMap, however many brokers go by it. */
const memoryFindings = (known: Snapshot): Verdict[] =>
  brokersOf(known).flatMap((broker): Verdict[] => {
    const reference = readConfigReference(at(broker, 'spec', 'config'))
    if (classOf(broker) !== BrokerClass.MTChannelBased || reference === undefined) return []
    const home = broker.metadata.namespace ?? ''
    const config = configFacts(known.configs, reference, home)
    if (!isFound(config) || 'fault' in config.channelTemplate) return []
    if (config.channelTemplate.kind !== IN_MEMORY_CHANNEL.kind) return []
    const place = {name: reference.name, namespace: reference.namespace ?? home}
    return [
      {
        ...finding('SFL-H07', {
          object: {...CONFIG_MAP, ...place},
          message: `brokers with ConfigMap ${place.namespace}/${place.name} keep their events in the memory of one pod: what is not delivered when it restarts is lost; brokers of class Kafka keep them on disk`,
          repair: setCommand(BrokerClass.Kafka, undefined),
        }),
        affects: [refOf(broker)],
      },
    ]
  })

/** A broker that is to go and will be made again. */
const returnFindings = (known: Snapshot): Verdict[] => {
  const going = brokersOf(known).filter(({metadata}) => metadata.deletionTimestamp !== undefined)
  const triggersOf = triggerIndex(known)
  return going.flatMap((broker) => {
    const {namespace = ''} = broker.metadata
    const triggers = triggersOf(broker).map((object) => ({
      name: object.metadata.name,
      namespace,
      labels: object.metadata.labels ?? {},
      annotations: object.metadata.annotations ?? {},
      broker: broker.metadata.name,
      object,
    }))
    const {findings} = judgeInjection(broker, {...known.injection(namespace), triggers})
    const sources = findings.filter(({code}) => ['SFL-I01', 'SFL-I02', 'SFL-I03'].includes(code))
    return suffering(
      sources.map((one) => ({...one, level: 'warning' as const})),
      refOf(broker),
    )
  })
}

export const brokerChecks: readonly Check[] = [
  {
    id: 'broker-accepted',
    category: 'brokers',
    question: 'The server takes every broker',
    about: 'health',
    count: (known) => (known.state.planned === undefined ? 0 : count(known)),
    judge: each(refusals),
  },
  {
    id: 'broker-set-up',
    category: 'brokers',
    question: 'Class, config, credentials and data plane of every broker fit together',
    about: 'health',
    count,
    judge: each(setUpFindings),
  },
  {
    id: 'broker-ready',
    category: 'brokers',
    question: 'Every broker is ready',
    about: 'health',
    count: (known) => (known.state.planned === undefined ? count(known) : 0),
    judge: each(readyFindings),
  },
  {
    id: 'broker-delivery',
    category: 'brokers',
    question: 'Delivery settings of brokers mean what they say',
    about: 'health',
    count,
    judge: each(deliveryOf),
  },
  {
    id: 'broker-dead-letters',
    category: 'brokers',
    question: 'Brokers have a dead letter sink',
    about: 'audit',
    count,
    judge: lossFindings,
  },
  {
    id: 'broker-retries',
    category: 'brokers',
    question: 'Brokers have retries',
    about: 'audit',
    count,
    judge: retryFindings,
  },
  {
    id: 'broker-storage',
    category: 'brokers',
    question: 'Brokers keep events safe from a restart',
    about: 'audit',
    count,
    judge: memoryFindings,
  },
  {
    id: 'broker-return',
    category: 'brokers',
    question: 'Brokers that are deleted stay away',
    about: 'audit',
    count: (known) => brokersOf(known).filter(({metadata}) => metadata.deletionTimestamp !== undefined).length,
    judge: returnFindings,
  },
]
