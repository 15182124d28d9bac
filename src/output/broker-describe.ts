import {calledAs} from '../domain/eventing/commands.js'
import type {BrokerDescription, EventLine, TriggerLine} from '../domain/eventing/broker-description.js'
import type {Finding} from '../domain/finding.js'
import type {KubeObject} from '../domain/object.js'
import type {Readiness} from '../domain/readiness.js'
import {shortAgeOf, shortHumanDuration} from './age.js'
import {blankLine, conditionRows, formatDescription, metadataNodes, type DescribeNode} from './describe.js'
import {formatFindings} from './findings.js'
import {plain, type Palette} from './palette.js'
import {formatTable} from './table.js'

export interface BrokerDescribeOptions {
  now: Date
  /** kn's `-v`: all labels and annotations, nothing cut. */
  verbose?: boolean
  /** False: kn's text and nothing else. */
  extras?: boolean
  /** How the program was called, for the commands in findings. */
  program: string
  palette?: Palette
}

/** kn's description of a broker, and below it what kn leaves out. */
export const brokerText = (
  broker: KubeObject,
  description: BrokerDescription,
  options: BrokerDescribeOptions,
): string => {
  const {now, verbose = false, extras = true, palette = plain, program} = options
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
    deliverySection(description),
    kafkaSection(description),
    channelSection(description),
    triggersSection(description),
    injectionSection(description),
    deletionSection(description),
    eventsSection(description, now),
  ]
  const body = sections.filter((nodes) => nodes.length > 0).flatMap((nodes) => [blankLine, ...nodes])
  return formatDescription([...head, ...body]) + findingsSection(description.findings, program, palette)
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

const deliverySection = ({delivery: {settings, schedule, deadLetterSinkUri}}: BrokerDescription): DescribeNode[] => [
  {
    label: 'Delivery',
    children: [
      ...settings.map(({flag, value, origin}) => ({label: flag, value: `${value} (${origin.text})`})),
      {label: 'Schedule', value: schedule.text},
      ...(deadLetterSinkUri === undefined ? [] : [{label: 'Dead letter URI', value: deadLetterSinkUri}]),
    ],
  },
]

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
  if (typeof triggers === 'string') return [{label: 'Triggers', value: 'may not be read'}]
  if (triggers.length === 0) return [{label: 'Triggers', value: 'none'}]
  const rows = formatTable<TriggerLine>(
    [
      {header: 'NAME', cell: ({name}) => name},
      {header: 'READY', cell: ({readiness}) => readyWord(readiness)},
      {header: 'SUBSCRIBER', cell: ({subscriber}) => subscriber || '<none>'},
      {header: 'DELIVERY', cell: ({ownDelivery}) => (ownDelivery ? 'own' : "broker's")},
      {header: 'REASON', cell: ({readiness: {reason, message}}) => [reason, message].filter(Boolean).join(': ')},
    ],
    triggers,
  )
  return [{label: 'Triggers', children: linesOf(rows)}]
}

const readyWord = ({state}: Readiness): string => {
  if (state === 'pending') return 'Unknown'
  return state === 'ready' ? 'True' : 'False'
}

/** Who would re-create it stands among the findings, with the repair. */
const injectionSection = ({injection: {injected, recreated}}: BrokerDescription): DescribeNode[] => {
  if (!injected && recreated === 'no') return []
  const answer = {
    yes: 'would be created again after a deletion',
    no: 'would not be created again after a deletion',
    unknown: 'cannot be told whether it would be created again',
  }[recreated]
  return [{label: 'Injection', value: `${injected ? 'created by injection, ' : ''}${answer}`}]
}

const deletionSection = ({deletion}: BrokerDescription): DescribeNode[] => {
  if (deletion === undefined) return []
  const since = deletion.sinceMs === undefined ? '' : ` for ${shortHumanDuration(deletion.sinceMs)}`
  const held = deletion.finalizers.length === 0 ? '' : `, held by ${deletion.finalizers.join(', ')}`
  return [{label: 'Deletion', value: `under way${since}${held}`}]
}

const eventsSection = ({events}: BrokerDescription, now: Date): DescribeNode[] => {
  if (events === undefined) return []
  if (typeof events === 'string') return [{label: 'Events', value: events === 'absent' ? 'none' : 'may not be read'}]
  if (events.length === 0) return [{label: 'Events', value: 'none'}]
  const rows = formatTable<EventLine>(
    [
      {header: 'TYPE', cell: ({type}) => type},
      {header: 'REASON', cell: ({reason}) => reason},
      {header: 'AGE', cell: ({lastSeen, count}) => `${shortAgeOf(lastSeen, now)}${count > 1 ? ` (x${count})` : ''}`},
      {header: 'FROM', cell: ({from}) => from ?? ''},
      {header: 'MESSAGE', cell: ({message}) => message},
    ],
    events,
  )
  return [{label: 'Events', children: linesOf(rows)}]
}

const linesOf = (text: string): DescribeNode[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => ({line}))

const findingsSection = (findings: readonly Finding[], program: string, palette: Palette): string => {
  if (findings.length === 0) return ''
  const spoken = findings.map((finding) =>
    finding.repair === undefined ? finding : {...finding, repair: calledAs(finding.repair, program)},
  )
  const indented = formatFindings(spoken, {palette})
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
  return `\nFindings:\n${indented.join('\n')}\n`
}
