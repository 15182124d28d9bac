import {type Caller} from '../../domain/core/commands.js'
import type {BrokerDescription, TriggerLine} from '../../domain/eventing/broker/description.js'
import type {KubeObject} from '../../domain/core/object.js'
import {blankLine, conditionRows, formatDescription, metadataNodes, type DescribeNode} from '../describe.js'
import {plain, type Palette} from '../palette.js'
import {
  deletionSection,
  deliverySection,
  eventsSection,
  findingsText,
  readyWord,
  tableLines,
} from '../description-sections.js'

export interface BrokerDescribeOptions {
  now: Date
  /** kn's `-v`: all labels and annotations, nothing cut. */
  verbose?: boolean
  /** False: kn's text and nothing else. */
  extras?: boolean
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

/** kn's description of a broker, and below it what kn leaves out. */
export const brokerText = (
  broker: KubeObject,
  description: BrokerDescription,
  options: BrokerDescribeOptions,
): string => {
  const {now, verbose = false, extras = true, palette = plain, caller} = options
  const head: DescribeNode[] = [
    ...metadataNodes(broker, {now, verbose}),
    blankLine,
    {
      label: 'Address',
      children: [{label: 'URL', value: description.url ?? ''}, ...(extras ? moreAddresses(description) : [])],
    },
    blankLine,
    {label: 'Conditions', children: conditionRows(description.conditions, {now, verbose: verbose || extras, palette})},
  ]
  if (!extras) return formatDescription(head)
  const sections: DescribeNode[][] = [
    classSection(description),
    deliverySection(description.delivery),
    kafkaSection(description),
    channelSection(description),
    triggersSection(description),
    injectionSection(description),
    deletionSection(description.deletion),
    eventsSection(description.events, now),
  ]
  const body = sections.filter((nodes) => nodes.length > 0).flatMap((nodes) => [blankLine, ...nodes])
  return formatDescription([...head, ...body]) + findingsText(description.findings, caller, palette)
}

const moreAddresses = ({addresses, url}: BrokerDescription): DescribeNode[] =>
  addresses.filter((address) => address.url !== url).map(({name, url: other}) => ({label: name ?? 'URL', value: other}))

const classSection = ({className, classOrigin, config}: BrokerDescription): DescribeNode[] => [
  {
    label: 'Class',
    value: className === undefined ? `none (${classOrigin.text})` : `${className} (${classOrigin.text})`,
  },
  {
    label: 'Config',
    value: config === undefined ? 'none' : `${config.text} (${config.origin.text})${stateOf(config.state)}`,
    children: Object.entries(config?.values ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, value]) => ({label, value: value.trimEnd().split('\n')})),
  },
]

const stateOf = (state: 'found' | 'absent' | 'forbidden'): string => {
  if (state === 'found') return ''
  return state === 'absent' ? ' - does not exist' : ' - may not be read'
}

const kafkaSection = ({kafka}: BrokerDescription): DescribeNode[] => {
  if (kafka === undefined) return []
  const {topic, external, partitions, replicationFactor, bootstrapServers, authSecret} = kafka
  const known = (label: string, value: string | undefined): DescribeNode[] =>
    value === undefined ? [] : [{label, value}]
  return [
    {
      label: 'Kafka',
      children: [
        {label: 'Topic', value: topic === undefined ? 'none yet' : `${topic}${external ? ' (external)' : ''}`},
        ...known('Partitions', partitions),
        ...known('Replication factor', replicationFactor),
        ...known('Bootstrap servers', bootstrapServers),
        ...known('Auth secret', authSecret),
      ],
    },
  ]
}

const channelSection = ({channel}: BrokerDescription): DescribeNode[] => {
  if (channel === undefined) return []
  const {apiVersion, kind, name, address} = channel
  return [
    {
      label: 'Backing channel',
      value: `${kind} ${name} (${apiVersion})`,
      children: address === undefined ? [] : [{label: 'URL', value: address}],
    },
  ]
}

const triggersSection = ({triggers}: BrokerDescription): DescribeNode[] => {
  if (typeof triggers === 'string') return [{label: 'Triggers', value: 'no permission to read'}]
  if (triggers.length === 0) return [{label: 'Triggers', value: 'none'}]
  const rows = tableLines<TriggerLine>(
    [
      {header: 'NAME', cell: ({name}) => name},
      {header: 'READY', cell: ({readiness}) => readyWord(readiness)},
      {header: 'SUBSCRIBER', cell: ({subscriber}) => subscriber || '<none>'},
      {header: 'DELIVERY', cell: ({ownDelivery}) => (ownDelivery ? 'own' : "broker's")},
      {header: 'REASON', cell: ({readiness: {reason, message}}) => [reason, message].filter(Boolean).join(': ')},
    ],
    triggers,
  )
  return [{label: 'Triggers', children: rows}]
}

const injectionSection = ({injection: {injected, recreated}}: BrokerDescription): DescribeNode[] => {
  if (!injected && recreated === 'no') return []
  const answer = {
    yes: 'would be created again after a deletion',
    no: 'would not be created again after a deletion',
    unknown: 'cannot be told whether it would be created again',
  }[recreated]
  return [{label: 'Injection', value: `${injected ? 'created by injection, ' : ''}${answer}`}]
}
