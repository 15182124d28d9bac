import {invalid} from '../../core/errors.js'
import {type Finding} from '../../findings/finding.js'
import {type ConfigReference, parseBrokerConfig} from './config.js'
import {readDelivery, type DeliveryOptions, type DeliverySettings} from '../delivery/delivery.js'
import {BROKER_CLASS, BrokerClass, EXTERNAL_TOPIC} from '../names.js'
import {collectFaults} from '../../core/option-faults.js'
import {checkName, readAnnotations, readLabels, single} from '../../core/syntax.js'

/** Flags of broker create and apply, as typed. */
export interface BrokerOptions extends DeliveryOptions {
  name: string
  namespace: string
  className?: string | undefined
  brokerConfig?: string | undefined
  externalTopic?: string | undefined
  labels?: readonly string[] | undefined
  annotations?: readonly string[] | undefined
}

/** What is wanted of a broker, checked as far as that goes without a cluster. */
export interface BrokerRequest {
  name: string
  namespace: string
  className?: string
  config?: ConfigReference
  externalTopic?: string
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  delivery: DeliverySettings
  /** What was rewritten. */
  findings: readonly Finding[]
}

const topicName = /^[a-zA-Z0-9._-]{1,249}$/

const readTopic = (topic: string): string => {
  if (!topicName.test(topic) || topic === '.' || topic === '..')
    throw invalid(`invalid --external-topic "${topic}": a topic's name has 1 to 249 letters, digits, ".", "_" and "-"`)
  return topic
}

/**
 * Checks the flags of broker create and apply. Throws InvalidArgument; several faults come as one error with `causes`.
 * `--class ""` is kn's way of not giving a class.
 */
export const readBrokerOptions = (options: BrokerOptions): BrokerRequest => {
  const {attempt, check} = collectFaults()
  const name = attempt(() => checkName(options.name, 'broker name')) ?? ''
  const labels = attempt(() => readLabels(options.labels ?? [])) ?? {}
  const annotated = attempt(() => readAnnotations(options.annotations ?? [])) ?? {}
  const {[BROKER_CLASS]: annotatedClass, [EXTERNAL_TOPIC]: annotatedTopic, ...annotations} = annotated
  const className = attempt(() => single('--class', options.className || undefined, BROKER_CLASS, annotatedClass))
  const externalTopic = attempt(() => {
    const topic = single('--external-topic', options.externalTopic, EXTERNAL_TOPIC, annotatedTopic)
    if (topic !== undefined && className !== undefined && className !== BrokerClass.Kafka)
      throw invalid(
        `--external-topic contradicts class ${className}: only brokers of class Kafka use a topic of others`,
      )
    return topic === undefined ? undefined : readTopic(topic)
  })
  const config = attempt(() =>
    options.brokerConfig === undefined ? undefined : parseBrokerConfig(options.brokerConfig),
  )
  const {settings, findings} = attempt(() => readDelivery(options, options.namespace)) ?? {settings: {}, findings: []}

  check()
  return {
    name,
    namespace: options.namespace,
    ...(className === undefined ? {} : {className}),
    ...(config === undefined ? {} : {config}),
    ...(externalTopic === undefined ? {} : {externalTopic}),
    labels,
    annotations,
    delivery: settings,
    findings,
  }
}
