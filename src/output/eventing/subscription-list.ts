import type {KubeObject} from '../../domain/core/object.js'
import {at, textAt} from '../../domain/core/read.js'
import {nameColumn, readyColumn, reasonColumn} from './readiness-columns.js'
import {sinkCell} from './sink-cell.js'
import type {Column} from '../table.js'

const channelCell = (subscription: KubeObject): string => {
  const [kind, name] = ['kind', 'name'].map((field) => textAt(subscription, 'spec', 'channel', field) ?? '')
  return `${kind}:${name}`
}

/** kn's columns of `subscription list` (knative/client pkg/commands/subscription/list_flags.go). */
export const subscriptionColumns: ReadonlyArray<Column<KubeObject>> = [
  nameColumn,
  {header: 'CHANNEL', cell: channelCell},
  {header: 'SUBSCRIBER', cell: (subscription) => sinkCell(at(subscription, 'spec', 'subscriber')) ?? ''},
  {header: 'REPLY', cell: (subscription) => sinkCell(at(subscription, 'spec', 'reply')) ?? ''},
  {
    header: 'DEAD LETTER SINK',
    cell: (subscription) => sinkCell(at(subscription, 'spec', 'delivery', 'deadLetterSink')) ?? '',
  },
  readyColumn,
  reasonColumn,
]
