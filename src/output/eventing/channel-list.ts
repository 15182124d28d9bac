import type {KubeObject} from '../../domain/core/object.js'
import {textAt} from '../../domain/core/read.js'
import {ageColumn, nameColumn, readyColumn, reasonColumn} from './readiness-columns.js'
import type {Column} from '../table.js'

/** kn's columns of `channel list` (knative/client pkg/commands/channel/list_flags.go); kn has no CONDITIONS here. */
export const channelColumns = (now: Date): Array<Column<KubeObject>> => [
  nameColumn,
  {header: 'TYPE', cell: (channel) => textAt(channel, 'spec', 'channelTemplate', 'kind') ?? ''},
  {header: 'URL', cell: (channel) => textAt(channel, 'status', 'address', 'url') ?? ''},
  ageColumn(now),
  readyColumn,
  reasonColumn,
]
