import {deliveryCell} from '../../domain/eventing/delivery/words.js'
import {printSink, sinkOf} from '../../domain/eventing/reference.js'
import type {KubeObject} from '../../domain/core/object.js'
import {at, textAt} from '../../domain/core/read.js'
import {channelColumns} from './channel-list.js'
import {conditionsColumn} from './readiness-columns.js'
import type {Column} from '../table.js'

/** What kn leaves out and an operator looks for first. `subscriptions` counts by `namespace/name` of the channel. */
export const wideChannelColumns = (
  now: Date,
  subscriptions: ReadonlyMap<string, number> | undefined,
): Array<Column<KubeObject>> => [
  ...channelColumns(now),
  conditionsColumn,
  {header: 'BACKING CHANNEL', cell: backingCell},
  {
    header: 'SUBSCRIPTIONS',
    cell: ({metadata}) =>
      subscriptions === undefined
        ? '<unknown>'
        : String(subscriptions.get(`${metadata.namespace ?? ''}/${metadata.name}`) ?? 0),
  },
  {header: 'DEAD LETTER SINK', cell: deadLetterCell},
  {
    header: 'DELIVERY',
    cell: (channel) => deliveryCell(at(channel, 'spec', 'delivery'), channel.metadata.namespace ?? ''),
  },
]

const backingCell = (channel: KubeObject): string => {
  const [kind, name] = [textAt(channel, 'status', 'channel', 'kind'), textAt(channel, 'status', 'channel', 'name')]
  return kind && name ? `${kind}:${name}` : '<none>'
}

/** The dead letter sink of an object's own delivery settings. */
export const deadLetterCell = (object: KubeObject): string => {
  const namespace = object.metadata.namespace ?? ''
  const sink = sinkOf(at(object, 'spec', 'delivery', 'deadLetterSink'), namespace)
  return sink === undefined ? '<none>' : printSink(sink, namespace)
}
