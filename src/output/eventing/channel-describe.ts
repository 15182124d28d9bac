import {type Caller} from '../../domain/core/commands.js'
import type {BackingChannel, ChannelDescription, SubscriptionLine} from '../../domain/eventing/channel/description.js'
import type {KubeObject} from '../../domain/core/object.js'
import {whyNotReady} from '../../domain/core/readiness.js'
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

export interface ChannelDescribeOptions {
  now: Date
  /** kn's `-v`: all labels and annotations, nothing cut. */
  verbose?: boolean
  /** False: kn's text and nothing else. */
  extras?: boolean
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

/** kn's description of a channel, and below it what kn leaves out. */
export const channelText = (
  channel: KubeObject,
  description: ChannelDescription,
  options: ChannelDescribeOptions,
): string => {
  const {now, verbose = false, extras = true, palette = plain, caller} = options
  const head: DescribeNode[] = [
    ...metadataNodes(channel, {now, verbose}),
    {label: 'Type', value: description.type === '' ? 'none' : description.type},
    ...(description.url === undefined ? [] : [{label: 'URL', value: description.url}]),
    blankLine,
    {label: 'Conditions', children: conditionRows(description.conditions, {now, verbose: verbose || extras, palette})},
  ]
  if (!extras) return formatDescription(head)
  const sections: DescribeNode[][] = [
    backingSection(description.backing),
    deliverySection(description.delivery),
    subscriptionsSection(description),
    deletionSection(description.deletion),
    eventsSection(description.events, now),
  ]
  const body = sections.filter((nodes) => nodes.length > 0).flatMap((nodes) => [blankLine, ...nodes])
  return formatDescription([...head, ...body]) + findingsText(description.findings, caller, palette)
}

const backingSection = (backing: BackingChannel | undefined): DescribeNode[] => {
  if (backing === undefined) return []
  const {kind, name, apiVersion, state, readiness, partitions, replicationFactor, retention} = backing
  const known = (label: string, value: string | undefined): DescribeNode[] =>
    value === undefined ? [] : [{label, value}]
  return [
    {
      label: 'Backing channel',
      value: `${kind} ${name} (${apiVersion})`,
      children: [
        {label: 'Ready', value: stateText(state, readiness)},
        ...known('Partitions', partitions),
        ...known('Replication factor', replicationFactor),
        ...known('Retention', retention),
        ...backing.failing.map(({type, reason, message}) => ({
          label: type,
          value: [reason, message].filter(Boolean).join(': '),
        })),
      ],
    },
  ]
}

/** Whether an object that another one depends on is ready, in words. */
export const stateText = (state: string, readiness: BackingChannel['readiness']): string => {
  if (state === 'forbidden') return 'no permission to read'
  if (state === 'not-served') return 'its kind is not served by the cluster'
  if (readiness === undefined) return 'does not exist'
  const why = whyNotReady(readiness)
  return `${readyWord(readiness)}${why === '' ? '' : ` (${why})`}`
}

const subscriptionsSection = ({subscriptions}: ChannelDescription): DescribeNode[] => {
  if (typeof subscriptions === 'string')
    return [{label: 'Subscriptions', value: subscriptions === 'forbidden' ? 'no permission to read' : 'none'}]
  if (subscriptions.length === 0) return [{label: 'Subscriptions', value: 'none'}]
  const rows = tableLines<SubscriptionLine>(
    [
      {header: 'NAME', cell: ({name}) => name},
      {header: 'READY', cell: ({readiness}) => readyWord(readiness)},
      {header: 'SUBSCRIBER', cell: ({subscriber}) => subscriber || '<none>'},
      {header: 'REPLY', cell: ({reply}) => reply || '<none>'},
      {header: 'DELIVERY', cell: ({ownDelivery}) => (ownDelivery ? 'own' : "channel's")},
      {header: 'REASON', cell: ({readiness}) => whyNotReady(readiness)},
    ],
    subscriptions,
  )
  return [{label: 'Subscriptions', children: rows}]
}
