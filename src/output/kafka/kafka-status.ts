import {type Caller} from '../../domain/core/commands.js'
import type {KafkaStatus, PartStatus, PodLine, WorkloadLine} from '../../domain/kafka/installation/status.js'
import {partObjects} from '../../domain/kafka/installation/parts.js'
import {ageOf} from '../age.js'
import {blankLine, conditionRows, formatDescription, type DescribeNode} from '../describe.js'
import {findingsText, tableLines} from '../description-sections.js'
import {plain, type Palette} from '../palette.js'

export interface KafkaStatusOptions {
  now: Date
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

/** How Kafka is installed, part by part, and what is wrong. */
export const kafkaStatusText = (status: KafkaStatus, {now, caller, palette = plain}: KafkaStatusOptions): string => {
  const sections: DescribeNode[][] = [
    [{label: 'Installed by', value: installedBy(status)}],
    partsSection(status),
    defaultsSection(status),
    brokersSection(status),
    conditionsSection(status, now, palette),
    podsSection(status, now),
  ]
  const body = sections
    .filter((nodes) => nodes.length > 0)
    .flatMap((nodes, index) => (index === 0 ? nodes : [blankLine, ...nodes]))
  return formatDescription(body) + findingsText(status.findings, caller, palette)
}

const installedBy = ({installation: {by, resource, version, knativeKafkaServed}}: KafkaStatus): string => {
  const release = version === undefined ? '' : `, version ${version}`
  switch (by) {
    case 'KnativeKafka':
      return `OpenShift Serverless: KnativeKafka ${resource}${release}`
    case 'KnativeEventing':
      return `the Knative operator: KnativeEventing ${resource}${release}`
    case 'release files':
      return `release files of eventing-kafka-broker${release}`
    case 'nothing':
      return knativeKafkaServed
        ? 'nobody yet: OpenShift Serverless is there, without a KnativeKafka'
        : 'nobody: there is no Kafka for Knative'
    case 'unknown':
      return 'cannot be told: namespace knative-eventing cannot be looked at (no permission)'
  }
}

const stateOf = ({state, wanted, ready}: WorkloadLine): string => {
  if (state === 'missing') return '<none>'
  if (state === 'unknown') return '<unknown>'
  return `${ready ?? 0}/${wanted ?? 0}`
}

/** A row for each workload; the name of the part stands in its first one only. */
interface PartRow extends WorkloadLine {
  part: string
  enabled: string
  objects: string
}

const enabledWord = ({enabled}: PartStatus): string => {
  if (enabled === 'unknown') return '<unknown>'
  return enabled ? 'yes' : 'no'
}

const objectsWord = ({part, objects}: PartStatus): string => {
  if (typeof objects === 'string') return '<unknown>'
  return `${objects} ${objects === 1 ? partObjects[part].one : partObjects[part].many}`
}

const partsSection = ({controlPlane, parts}: KafkaStatus): DescribeNode[] => {
  const rows = (workloads: readonly WorkloadLine[], head: Omit<PartRow, keyof WorkloadLine>): PartRow[] =>
    workloads.map((line, index) => ({...line, ...(index === 0 ? head : {part: '', enabled: '', objects: ''})}))
  return [
    {
      label: 'Parts',
      children: tableLines<PartRow>(
        [
          {header: 'PART', cell: ({part}) => part},
          {header: 'ENABLED', cell: ({enabled}) => enabled},
          {header: 'WORKLOAD', cell: ({kind, name}) => `${kind.toLowerCase()}/${name}`},
          {header: 'READY', cell: stateOf},
          {header: 'IN USE BY', cell: ({objects}) => objects},
        ],
        [
          ...parts.flatMap((part) =>
            rows(part.workloads, {part: part.part, enabled: enabledWord(part), objects: objectsWord(part)}),
          ),
          ...rows(controlPlane, {part: 'control plane', enabled: '', objects: ''}),
        ],
      ),
    },
  ]
}

const defaultsSection = ({defaults}: KafkaStatus): DescribeNode[] => {
  if (typeof defaults === 'string')
    return [
      {
        label: 'Defaults',
        value:
          defaults === 'absent'
            ? 'there is no ConfigMap knative-eventing/kafka-broker-config'
            : 'ConfigMap knative-eventing/kafka-broker-config cannot be read (no permission)',
      },
    ]
  const {configMap, writtenBy, bootstrapServers, partitions, replicationFactor, authSecret} = defaults
  return [
    {
      label: 'Defaults',
      value: `ConfigMap ${configMap}`,
      children: [
        {label: 'Written by', value: writtenBy},
        {label: 'Bootstrap servers', value: bootstrapServers ?? 'none'},
        {label: 'Partitions', value: partitions ?? 'none'},
        {label: 'Replication factor', value: replicationFactor ?? 'none'},
        {label: 'Auth secret', value: authSecret === undefined ? 'none' : `${authSecret.name} (${authSecret.state})`},
      ],
    },
  ]
}

const brokersSection = ({brokers, parts}: KafkaStatus): DescribeNode[] => {
  if (typeof brokers === 'string')
    return [{label: 'Kafka brokers', value: brokers === 'absent' ? 'none' : 'no permission to list'}]
  const {total, notReady} = brokers
  if (total === 0) return [{label: 'Kafka brokers', value: 'none'}]
  // What they say of themselves stays as it was when nobody looks after them any more.
  const since = parts.some(({part, enabled}) => part === 'broker' && enabled === false)
    ? ' when broker was last enabled'
    : ''
  const children = notReady.map(({namespace, name, reason}) => ({
    line: `${namespace}/${name}: ${reason || 'Ready is Unknown'}`,
  }))
  return [
    {
      label: 'Kafka brokers',
      value: `${total}, ${notReady.length === 0 ? 'all ready' : `${notReady.length} not ready`}${since}`,
      children,
    },
  ]
}

const conditionsSection = ({conditions}: KafkaStatus, now: Date, palette: Palette): DescribeNode[] =>
  conditions.length === 0
    ? []
    : [{label: 'Conditions', children: conditionRows(conditions, {now, verbose: true, palette})}]

const podsSection = ({pods}: KafkaStatus, now: Date): DescribeNode[] => {
  if (typeof pods === 'string') return [{label: 'Pods', value: pods === 'absent' ? 'none' : 'no permission to list'}]
  if (pods.length === 0) return [{label: 'Pods', value: 'none'}]
  const rows = tableLines<PodLine>(
    [
      {header: 'NAME', cell: ({name}) => name},
      {header: 'READY', cell: ({ready, containers}) => `${ready}/${containers}`},
      {header: 'STATUS', cell: ({status}) => status},
      {header: 'RESTARTS', cell: ({restarts}) => String(restarts)},
      {header: 'AGE', cell: ({created}) => ageOf(created, now)},
    ],
    pods,
  )
  return [{label: 'Pods', children: rows}]
}
