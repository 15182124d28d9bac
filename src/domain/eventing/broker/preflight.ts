import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Manifest, type Ref} from '../../core/object.js'
import {readDeliverySpec, deliverySpec} from '../delivery/delivery.js'
import {brokerFaults, kafkaBrokerFaults} from '../admission.js'
import {type ConfigReference, printBrokerConfig} from './config.js'
import {
  defaultedBroker,
  resolveBroker,
  type BrokerDefaults,
  type ResolvedBroker,
} from '../cluster-defaults/broker-defaults.js'
import {crashesController, futureCrashFindings} from './controller-crash.js'
import {configFacts, configKey, type ClusterFacts, type CreateFacts, type ResolvedSink} from './facts.js'
import {isFound} from '../../core/seen.js'
import {type BrokerRequest} from './options.js'
import {classFindings, dataPlaneFindings, nameFindings} from './class.js'
import {channelConfigFindings, configFits, systemKafkaConfig} from './fitness.js'
import {kubectl, sfl, type Command} from '../../core/commands.js'
import {deliveryFindings, sinkFindings} from '../delivery/preflight.js'
import {permissiveFeatures} from '../features.js'
import {createConfigCommand, isForeignToKafka, kafkaConfigFindings} from '../../kafka/config/kafka-config.js'
import {
  BROKER,
  BROKER_CLASS,
  BROKER_DEFAULTS,
  BROKER_DEFAULTS_KEY,
  BrokerClass,
  CHANNEL_TEMPLATE_CONFIG,
  CONFIG_MAP,
  KAFKA_BROKER_CONFIG,
  EXTERNAL_TOPIC,
  SYSTEM_NAMESPACE,
  brokerRef,
  isKafkaClass,
} from '../names.js'

/** A broker as it should be sent, and everything that can be said about it beforehand. */
export interface BrokerPreflight {
  manifest: Manifest
  resolved: ResolvedBroker
  /** Findings that `--force` may pass over. */
  findings: Finding[]
  /** Findings about what the server itself would refuse. */
  refused: Finding[]
}

const noDefaults: BrokerDefaults = {namespaceDefaults: {}}

/**
 * Works out class and config as the cluster would (defaults of config-br-defaults), writes out a config where the default
 * would not fit and a complete knative-eventing/kafka-broker-config is there, and judges the result. `mayWriteConfig` is
 * false for a broker that exists: its config cannot be changed.
 */
export const judgeBroker = (
  request: BrokerRequest,
  facts: ClusterFacts & Pick<CreateFacts, 'stored'>,
  sink: ResolvedSink | undefined,
  mayWriteConfig = true,
): BrokerPreflight => {
  const {name, namespace} = request
  const ref = brokerRef(name, namespace)
  const known = isFound(facts.defaults) && 'defaults' in facts.defaults ? facts.defaults.defaults : undefined
  const wantsDelivery = Object.keys(request.delivery).length > 0
  const delivery = wantsDelivery ? {...deliverySpec(request.delivery, sink?.destination)} : undefined
  const resolve = (config: ConfigReference | undefined): ResolvedBroker =>
    resolveBroker(known ?? noDefaults, {
      namespace,
      ...(request.className === undefined ? {} : {className: request.className}),
      ...(config === undefined ? {} : {config}),
      ...(delivery === undefined ? {} : {delivery}),
    })

  const first = resolve(request.config)
  const written = request.config ?? (mayWriteConfig ? configToWrite(first, facts, namespace) : undefined)
  const resolved = written === request.config ? first : resolve(written)
  const manifest = brokerManifest(request, written, delivery)
  const settled = known ?? (facts.defaults === 'absent' ? noDefaults : undefined)
  const stored = settled === undefined ? facts.stored : defaultedBroker(manifest, settled)
  const effective = readDeliverySpec(resolved.delivery)

  const unresolved = classUnknownFindings(ref, resolved, facts)
  const findings = [
    ...request.findings,
    ...nameFindings(ref, resolved.className),
    ...defaultsFindings(facts, request),
    ...unresolved,
    ...classFindings(ref, resolved.className),
    ...topicFindings(ref, request, resolved.className),
    ...(written !== undefined && request.config === undefined ? [writtenFinding(ref, first, written)] : []),
    ...(unresolved.length > 0 || (stored !== undefined && crashesController(stored))
      ? []
      : configFindings(ref, request, resolved, facts)),
    ...dataPlaneFindings(ref, resolved.className, facts.deployments),
    ...deliveryFindings(ref, effective, resolved.className, 'absent'),
    ...sinkFindings(ref, sink),
  ]
  const flagFindings = deliveryFindings(ref, effective, resolved.className, facts.features).filter(({code}) =>
    ['SFL-D05', 'SFL-D06', 'SFL-B11'].includes(code),
  )
  return {
    manifest,
    resolved,
    findings: [...findings, ...flagFindings.filter(({level}) => level !== 'error')],
    refused: [
      ...(mayWriteConfig && stored !== undefined
        ? futureCrashFindings(stored, retryWithConfig(ref, stored.metadata.annotations?.[BROKER_CLASS] ?? '', facts))
        : []),
      ...flagFindings.filter(({level}) => level === 'error'),
      ...admissionFindings(ref, manifest, known, unresolved.length > 0),
    ],
  }
}

/** For Kafka classes whose inherited config does not fit: the one that the add-on ships, when it is complete. */
const configToWrite = (
  resolved: ResolvedBroker,
  facts: ClusterFacts,
  namespace: string,
): ConfigReference | undefined => {
  if (resolved.className !== BrokerClass.Kafka || systemKafkaConfig(facts) === undefined) return undefined
  if (resolved.config !== undefined) {
    const current = configFacts(facts.configs, resolved.config, namespace)
    if (current === 'forbidden' || configFits(resolved.className, resolved.config, current)) return undefined
    if (isFound(current) && !isForeignToKafka(current.data)) return undefined
  }
  return systemKafkaConfig(facts)
}

/** Whether what becomes of a broker depends on the defaults of the cluster in a way that can harm others. */
export const dependsOnDefaults = ({className, config}: BrokerRequest): boolean =>
  config === undefined && (className === undefined || isKafkaClass(className))

/** The broker as it is asked for, without what would be filled in. */
export const requestedBroker = (request: BrokerRequest): Manifest => brokerManifest(request, request.config, undefined)

const brokerManifest = (
  request: BrokerRequest,
  config: ConfigReference | undefined,
  delivery: Readonly<Record<string, unknown>> | undefined,
): Manifest => {
  const annotations = {
    ...request.annotations,
    ...(request.className === undefined ? {} : {[BROKER_CLASS]: request.className}),
    ...(request.externalTopic === undefined ? {} : {[EXTERNAL_TOPIC]: request.externalTopic}),
  }
  const spec = {
    ...(config === undefined ? {} : {config: {...config, namespace: config.namespace ?? request.namespace}}),
    ...(delivery === undefined ? {} : {delivery}),
  }
  return {
    ...BROKER,
    metadata: {
      name: request.name,
      namespace: request.namespace,
      ...(Object.keys(request.labels).length === 0 ? {} : {labels: {...request.labels}}),
      ...(Object.keys(annotations).length === 0 ? {} : {annotations}),
    },
    // Even when it is empty: a field that is owned makes the server keep track, and a later apply meets no conflict with
    // "before-first-apply" over what the webhook has filled in.
    spec,
  }
}

const writtenFinding = (ref: Ref, first: ResolvedBroker, written: ConfigReference): Finding => {
  const namespace = ref.namespace ?? ''
  const inherited =
    first.config === undefined
      ? 'no default config is known'
      : `the default, ${printBrokerConfig(first.config, namespace)}, does not fit class ${first.className ?? ''}`
  return finding('SFL-B04', {
    object: ref,
    message: `spec.config is set to ${printBrokerConfig(written, namespace)}: ${inherited}`,
  })
}

const defaultsFindings = (facts: ClusterFacts, request: BrokerRequest): Finding[] => {
  const object: Ref = {...CONFIG_MAP, name: BROKER_DEFAULTS, namespace: SYSTEM_NAMESPACE}
  if (isFound(facts.defaults) && 'fault' in facts.defaults)
    return [
      finding('SFL-B13', {
        object,
        message: `${BROKER_DEFAULTS_KEY} of ConfigMap ${SYSTEM_NAMESPACE}/${BROKER_DEFAULTS} cannot be read: ${facts.defaults.fault}`,
        repair: kubectl('-n', SYSTEM_NAMESPACE, 'edit', 'configmap', BROKER_DEFAULTS),
      }),
    ]
  const complete = request.className !== undefined && request.config !== undefined
  if (facts.defaults === 'forbidden' && !complete)
    return [
      finding('SFL-B11', {
        object,
        message: `the default class and config were not checked: ConfigMap ${SYSTEM_NAMESPACE}/${BROKER_DEFAULTS} could not be read`,
      }),
    ]
  return []
}

/** No class at all. Without a look at the defaults, nothing is said. */
const classUnknownFindings = (ref: Ref, resolved: ResolvedBroker, facts: ClusterFacts): Finding[] => {
  if (resolved.className !== undefined || facts.defaults === 'forbidden') return []
  return [
    finding('SFL-B07', {
      object: ref,
      message: `broker ${ref.name} has no class: none was given, and ConfigMap ${SYSTEM_NAMESPACE}/${BROKER_DEFAULTS} ${
        facts.defaults === 'absent' ? 'does not exist' : 'names no default class'
      }`,
      repair: sfl('broker create', ref.name, '-n', ref.namespace ?? '', '--class', 'Kafka'),
    }),
  ]
}

const topicFindings = (ref: Ref, request: BrokerRequest, className: string | undefined): Finding[] => {
  if (request.externalTopic === undefined) return []
  if (className !== undefined && !isKafkaClass(className))
    return [
      finding('SFL-K06', {
        object: ref,
        message: `external topic ${request.externalTopic} needs class Kafka, and the broker would be of class ${className}`,
        repair: sfl(
          'broker create',
          ref.name,
          '-n',
          ref.namespace ?? '',
          '--class',
          'Kafka',
          '--external-topic',
          request.externalTopic,
        ),
      }),
    ]
  return [
    finding('SFL-K07', {
      object: ref,
      message: `topic ${request.externalTopic} must exist in Kafka; it is neither created nor checked here`,
    }),
  ]
}

/** The same broker with the usual config of its class, after creating that where it is not known to be there. */
const retryWithConfig = (ref: Ref, className: string, facts: ClusterFacts): readonly Command[] => {
  const name = isKafkaClass(className) ? KAFKA_BROKER_CONFIG : CHANNEL_TEMPLATE_CONFIG
  // The namespaced class reads its config in its own namespace only.
  const namespace = className === BrokerClass.KafkaNamespaced ? (ref.namespace ?? '') : SYSTEM_NAMESPACE
  const config = printBrokerConfig({...CONFIG_MAP, name, namespace}, '')
  const again = sfl(
    'broker create',
    ref.name,
    '-n',
    ref.namespace ?? '',
    '--class',
    className,
    '--broker-config',
    config,
  )
  const there = facts.configs[configKey(namespace, name)]
  const missing = there === 'absent' || (there === undefined && className === BrokerClass.KafkaNamespaced)
  return missing ? [createConfigCommand({name, namespace}, className), again] : [again]
}

const configFindings = (ref: Ref, request: BrokerRequest, resolved: ResolvedBroker, facts: ClusterFacts): Finding[] => {
  const {className, config} = resolved
  const namespace = ref.namespace ?? ''
  if (className === undefined) return []
  const kafka = isKafkaClass(className)
  if (!kafka && className !== BrokerClass.MTChannelBased) return []
  const retry = retryWithConfig(ref, className, facts)
  if (config === undefined) {
    if (facts.defaults === 'forbidden') return []
    return [
      finding('SFL-B03', {
        object: ref,
        message: `a broker of class ${className} needs a config, and there is none: ${resolved.configOrigin.text}`,
        repair: retry,
      }),
    ]
  }
  if (config.apiVersion !== 'v1' || config.kind !== 'ConfigMap')
    return kafka
      ? []
      : [
          finding('SFL-B03', {
            object: ref,
            message: `class ${className} takes only a ConfigMap as config, not ${config.kind} ${config.name}`,
            repair: retry,
          }),
        ]
  const where = {name: config.name, namespace: config.namespace ?? namespace}
  const object: Ref = {...CONFIG_MAP, ...where}
  const current = configFacts(facts.configs, config, namespace)
  if (current === 'forbidden')
    return [
      finding('SFL-B11', {
        object,
        message: `ConfigMap ${where.namespace}/${where.name} was not checked: it could not be read`,
      }),
    ]
  if (current === 'absent') return [missingConfig(object, where, request, facts, retry)]
  if (kafka && isForeignToKafka(current.data))
    return [
      finding('SFL-B03', {
        object: ref,
        message: `a broker of class ${className} would use ConfigMap ${where.namespace}/${where.name} (${resolved.configOrigin.text}), which has no Kafka settings; it could never become ready`,
        repair: retry,
      }),
    ]
  return kafka
    ? kafkaConfigFindings(where, current)
    : channelConfigFindings(ref, where, current, resolved.configOrigin.text, retry)
}

const missingConfig = (
  object: Ref,
  where: {name: string; namespace: string},
  request: BrokerRequest,
  facts: ClusterFacts,
  retry: readonly Command[],
): Finding => {
  const inSystem = facts.configs[`${SYSTEM_NAMESPACE}/${where.name}`]
  const elsewhere = request.config !== undefined && request.config.namespace === undefined && isFound(inSystem)
  return finding('SFL-B05', {
    object,
    message: `ConfigMap ${where.namespace}/${where.name} does not exist${
      elsewhere ? `; there is one in namespace ${SYSTEM_NAMESPACE}` : ''
    }`,
    repair: elsewhere
      ? sfl(
          'broker create',
          request.name,
          '-n',
          request.namespace,
          ...(request.className === undefined ? [] : ['--class', request.className]),
          '--broker-config',
          `cm:${where.name}:${SYSTEM_NAMESPACE}`,
        )
      : request.config === undefined
        ? retry
        : createConfigCommand(where, request.className),
  })
}

/** What the validating webhooks would say of the broker after defaulting. */
const admissionFindings = (
  ref: Ref,
  manifest: Manifest,
  defaults: BrokerDefaults | undefined,
  withoutClass: boolean,
): Finding[] => {
  const stored = defaultedBroker(manifest, defaults ?? noDefaults)
  // The feature flags have findings of their own, and so has a missing class.
  const faults = [
    ...brokerFaults(stored, undefined, permissiveFeatures, defaults).filter((text) => !text.endsWith(BROKER_CLASS)),
    ...(withoutClass ? [] : kafkaBrokerFaults(stored)),
  ]
  return faults.map((text) => finding('SFL-B09', {object: ref, message: `the server would refuse it: ${text}`}))
}
