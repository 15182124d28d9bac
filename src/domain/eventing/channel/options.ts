import {isoDuration} from '../../core/duration.js'
import {invalid} from '../../core/errors.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Kind} from '../../core/object.js'
import {isKafkaChannel, parseChannelType} from './type.js'
import {readDelivery, type DeliveryOptions, type DeliverySettings} from '../delivery/delivery.js'
import {collectFaults} from '../../core/option-faults.js'
import {checkName, readAnnotations, readLabels} from '../../core/syntax.js'

/** Flags of channel create and apply, as typed. */
export interface ChannelOptions extends DeliveryOptions {
  name: string
  namespace: string
  type?: string | undefined
  partitions?: string | undefined
  replicationFactor?: string | undefined
  retention?: string | undefined
  labels?: readonly string[] | undefined
  annotations?: readonly string[] | undefined
}

/** Settings of a KafkaChannel, as its spec has them. */
export interface KafkaChannelSettings {
  numPartitions?: number
  replicationFactor?: number
  retentionDuration?: string
}

/** What is wanted of a channel, checked as far as that goes without a cluster. */
export interface ChannelRequest {
  name: string
  namespace: string
  type?: Kind
  kafka: KafkaChannelSettings
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  delivery: DeliverySettings
  /** What was rewritten. */
  findings: readonly Finding[]
}

const count = (flag: string, text: string, most: number): number => {
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > most)
    throw invalid(`invalid ${flag} "${text}": expected a whole number from 1 to ${most}`)
  return Number(text)
}

/** How many the int32 and int16 fields of a KafkaChannel hold. */
const mostPartitions = 2_147_483_647
const mostReplicas = 32_767

/** Checks the flags of channel create and apply. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readChannelOptions = (options: ChannelOptions): ChannelRequest => {
  const {attempt, check} = collectFaults()
  const findings: Finding[] = []
  const given = <T>(text: string | undefined, read: (text: string) => T): T | undefined =>
    text === undefined ? undefined : attempt(() => read(text))
  const name = attempt(() => checkName(options.name, 'channel name'))
  const type = given(options.type, parseChannelType)
  const numPartitions = given(options.partitions, (text) => count('--partitions', text, mostPartitions))
  const replicationFactor = given(options.replicationFactor, (text) =>
    count('--replication-factor', text, mostReplicas),
  )
  const retentionDuration = given(options.retention, (text) => {
    const iso = isoDuration(text, '--retention')
    if (iso.ms === 0) throw invalid(`invalid --retention "${text}": it must be longer than zero`)
    if (iso.rewritten !== undefined)
      findings.push(finding('SFL-D04', {message: `--retention ${text} is written as ${iso.text}: ${iso.rewritten}`}))
    return iso.text
  })
  const forKafka = [
    ...(options.partitions === undefined ? [] : ['--partitions']),
    ...(options.replicationFactor === undefined ? [] : ['--replication-factor']),
    ...(options.retention === undefined ? [] : ['--retention']),
  ]
  attempt(() => {
    if (forKafka.length === 0 || isKafkaChannel(type) || (type === undefined && options.type !== undefined)) return
    throw invalid(
      `${forKafka.join(', ')}: only a KafkaChannel has such a setting`,
      type === undefined ? 'Add --type kafka.' : undefined,
    )
  })
  const labels = attempt(() => readLabels(options.labels ?? [])) ?? {}
  const annotations = attempt(() => readAnnotations(options.annotations ?? [])) ?? {}
  const delivery = attempt(() => readDelivery(options, options.namespace))
  check()
  return {
    name: name ?? options.name,
    namespace: options.namespace,
    ...(type === undefined ? {} : {type}),
    kafka: {
      ...(numPartitions === undefined ? {} : {numPartitions}),
      ...(replicationFactor === undefined ? {} : {replicationFactor}),
      ...(retentionDuration === undefined ? {} : {retentionDuration}),
    },
    labels,
    annotations,
    delivery: delivery?.settings ?? {},
    findings: [...findings, ...(delivery?.findings ?? [])],
  }
}
