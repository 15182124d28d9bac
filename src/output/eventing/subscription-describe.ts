import type {DestinationDescription, SubscriptionDescription} from '../../domain/eventing/subscription/description.js'
import type {KubeObject} from '../../domain/core/object.js'
import {stateText, type ChannelDescribeOptions} from './channel-describe.js'
import {blankLine, conditionRows, formatDescription, metadataNodes, type DescribeNode} from '../describe.js'
import {deletionSection, deliverySection, eventsSection, findingsText} from '../description-sections.js'
import {plain} from '../palette.js'

/** kn's description of a subscription, and below it what kn leaves out. */
export const subscriptionText = (
  subscription: KubeObject,
  description: SubscriptionDescription,
  options: ChannelDescribeOptions,
): string => {
  const {now, verbose = false, extras = true, palette = plain, caller} = options
  const {channel} = description
  const head: DescribeNode[] = [
    ...metadataNodes(subscription, {now, verbose}),
    {label: 'Channel', value: `${channel.kind}:${channel.name} (${channel.apiVersion})`},
    ...destinationNodes('Subscriber', description.subscriber),
    ...destinationNodes('Reply', description.reply),
    ...destinationNodes('DeadLetterSink', description.deadLetterSink),
    blankLine,
    {label: 'Conditions', children: conditionRows(description.conditions, {now, verbose: verbose || extras, palette})},
  ]
  if (!extras) return formatDescription(head)
  const sections: DescribeNode[][] = [
    flowSection(description),
    deliverySection(description.delivery),
    deletionSection(description.deletion),
    eventsSection(description.events, now),
  ]
  const body = sections.filter((nodes) => nodes.length > 0).flatMap((nodes) => [blankLine, ...nodes])
  return formatDescription([...head, ...body]) + findingsText(description.findings, caller, palette)
}

const destinationNodes = (label: string, destination: DestinationDescription | undefined): DescribeNode[] => {
  if (destination === undefined) return []
  const {name, namespace, resource, uri} = destination
  const entries = {Name: name, Namespace: namespace, Resource: resource, URI: uri}
  return [
    {
      label,
      children: Object.entries(entries).flatMap(([child, value]) =>
        value === undefined ? [] : [{label: child, value}],
      ),
    },
  ]
}

/** From where, and where to in the end. */
const flowSection = ({channelState, resolved}: SubscriptionDescription): DescribeNode[] => {
  const {state, readiness, type, url} = channelState
  return [
    {
      label: 'Channel state',
      value: `${type === undefined ? '' : `${type}, ready `}${stateText(state, readiness)}`,
      children: url === undefined ? [] : [{label: 'URL', value: url}],
    },
    {label: 'Subscriber URI', value: resolved.subscriberUri ?? 'none yet'},
    ...(resolved.replyUri === undefined ? [] : [{label: 'Reply URI', value: resolved.replyUri}]),
  ]
}
