import {type Caller} from '../../domain/core/commands.js'
import type {TriggerDescription} from '../../domain/eventing/trigger/description.js'
import {comparisons, type Filter} from '../../domain/eventing/trigger/filter-flags.js'
import type {KubeObject} from '../../domain/core/object.js'
import {textAt} from '../../domain/core/read.js'
import {blankLine, conditionRows, formatDescription, metadataNodes, type DescribeNode} from '../describe.js'
import {plain, type Palette} from '../palette.js'
import {deletionSection, deliverySection, eventsSection, findingsText, readyWord} from '../description-sections.js'

export interface TriggerDescribeOptions {
  now: Date
  /** kn's `-v`: all labels and annotations, nothing cut. */
  verbose?: boolean
  /** False: kn's text and nothing else. */
  extras?: boolean
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

/** kn's description of a trigger, and below it what kn leaves out. */
export const triggerText = (
  trigger: KubeObject,
  description: TriggerDescription,
  options: TriggerDescribeOptions,
): string => {
  const {now, verbose = false, extras = true, palette = plain, caller} = options
  const head: DescribeNode[] = [
    ...metadataNodes(trigger, {now, verbose}),
    {label: 'Broker', value: description.broker.name},
    ...attributeNodes(description),
    ...treeNodes(description),
    blankLine,
    {label: 'Sink', children: sinkNodes(trigger)},
    blankLine,
    {label: 'Conditions', children: conditionRows(description.conditions, {now, verbose: verbose || extras, palette})},
  ]
  if (!extras) return formatDescription(head)
  const sections: DescribeNode[][] = [
    flowSection(description),
    deliverySection(description.delivery),
    orderSection(description),
    injectionSection(description),
    deletionSection(description.deletion),
    eventsSection(description.events, now),
  ]
  const body = sections.filter((nodes) => nodes.length > 0).flatMap((nodes) => [blankLine, ...nodes])
  return formatDescription([...head, ...body]) + findingsText(description.findings, caller, palette)
}

const byKey = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1)

const attributeList = (attributes: Readonly<Record<string, string>>): DescribeNode[] =>
  Object.entries(attributes)
    .sort(byKey)
    .map(([label, value]) => ({label, value}))

/** In the order of the names; kn's changes from run to run. */
const attributeNodes = ({attributes}: TriggerDescription): DescribeNode[] =>
  Object.keys(attributes).length === 0 ? [] : [{label: 'Filter', children: attributeList(attributes)}]

const treeNodes = ({filters}: TriggerDescription): DescribeNode[] =>
  filters.length === 0 ? [] : [blankLine, {label: 'Filters (experimental)', children: filters.flatMap(filterNodes)}]

/** One filter as a tree: all, any, not, exact, prefix, suffix, cesql, as kn orders them. */
export const filterNodes = (filter: Filter): DescribeNode[] => [
  ...(['all', 'any'] as const).flatMap((label): DescribeNode[] =>
    filter[label] === undefined ? [] : [{label, children: filter[label].flatMap(filterNodes)}],
  ),
  ...(filter.not === undefined ? [] : [{label: 'not', children: filterNodes(filter.not)}]),
  ...comparisons.flatMap((label): DescribeNode[] =>
    filter[label] === undefined ? [] : [{label, children: attributeList(filter[label])}],
  ),
  ...(filter.cesql === undefined ? [] : [{label: 'cesql', value: filter.cesql}]),
]

const sinkNodes = (trigger: KubeObject): DescribeNode[] => {
  const of = (...path: string[]): string => textAt(trigger, 'spec', 'subscriber', ...path) ?? ''
  const namespace = of('ref', 'namespace')
  const elsewhere = namespace !== '' && namespace !== trigger.metadata.namespace
  return [
    ...(of('ref', 'name') === ''
      ? []
      : [
          {label: 'Name', value: of('ref', 'name')},
          ...(elsewhere ? [{label: 'Namespace', value: namespace}] : []),
          {label: 'Resource', value: `${of('ref', 'kind')} (${of('ref', 'apiVersion')})`},
        ]),
    ...(of('uri') === '' ? [] : [{label: 'URI', value: of('uri')}]),
  ]
}

/** From where, which events, to where. */
const flowSection = ({broker, matches, subscriberUri}: TriggerDescription): DescribeNode[] => [
  {label: 'Broker state', value: brokerState(broker)},
  {label: 'Matches', value: matches ?? 'every event'},
  {label: 'Subscriber URI', value: subscriberUri ?? 'none yet'},
]

const brokerState = ({state, className, readiness}: TriggerDescription['broker']): string => {
  if (state === 'absent') return 'does not exist'
  if (state === 'forbidden') return 'no permission to read'
  const why = [readiness?.reason, readiness?.message].filter(Boolean).join(': ')
  const ready = readiness === undefined ? '' : `, ready ${readyWord(readiness)}${why === '' ? '' : ` (${why})`}`
  return `class ${className ?? 'none'}${ready}`
}

const orderSection = ({order, consumerGroup}: TriggerDescription): DescribeNode[] => [
  ...(order === undefined
    ? []
    : [
        {
          label: 'Order',
          value: `${order.value} (${order.given ? 'set on this trigger' : 'default of the Kafka classes'})`,
        },
      ]),
  ...(consumerGroup === undefined ? [] : [{label: 'Consumer group', value: consumerGroup}]),
]

const injectionSection = ({injection}: TriggerDescription): DescribeNode[] => {
  if (injection === undefined) return []
  const marks = [...(injection.label ? ['label'] : []), ...(injection.annotation ? ['annotation'] : [])].join(' and ')
  const answer = {
    yes: 'its broker is created whenever it is missing',
    no: 'the sugar controller does not act on it',
    unknown: 'cannot be told whether the sugar controller acts on it',
  }[injection.acts]
  return [{label: 'Injection', value: `${marks === '' ? '' : `${marks} set, `}${answer}`}]
}
