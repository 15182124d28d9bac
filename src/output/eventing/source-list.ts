import {
  describeType,
  isBuiltInSource,
  resourceCell,
  sinkOfSource,
  type InstalledType,
} from '../../domain/eventing/source/types.js'
import type {KubeObject} from '../../domain/core/object.js'
import {textAt} from '../../domain/core/read.js'
import {ageColumn, conditionsColumn, nameColumn, readyColumn, reasonColumn} from './readiness-columns.js'
import {sinkCell} from './sink-cell.js'
import type {Column} from '../table.js'

/** kn's columns of `source list` (knative/client pkg/commands/source/human_readable_flags.go), and more of them if wide. */
export const sourceColumns = (now: Date, wide: boolean): Array<Column<KubeObject>> => [
  nameColumn,
  {header: 'TYPE', cell: ({kind}) => kind},
  {header: 'RESOURCE', cell: resourceCell},
  {header: 'SINK', cell: (source) => sinkCell(sinkOfSource(source)) ?? '<unknown>'},
  readyColumn,
  ...(wide
    ? [
        ageColumn(now),
        conditionsColumn,
        {header: 'SINK URI', cell: (source: KubeObject) => textAt(source, 'status', 'sinkUri') ?? '<none>'},
        reasonColumn,
      ]
    : []),
]

/** kn's columns of `channel list-types`. */
export const channelTypeColumns: ReadonlyArray<Column<InstalledType>> = [
  {header: 'TYPE', cell: ({kind}) => kind},
  {header: 'NAME', cell: ({name}) => name},
  {header: 'DESCRIPTION', cell: describeType},
]

/** kn's columns of `source list-types`; S marks the kinds that kn can create by itself. */
export const sourceTypeColumns: ReadonlyArray<Column<InstalledType>> = [
  {header: 'TYPE', cell: ({kind}) => kind},
  {header: 'S', cell: (type) => (isBuiltInSource(type) ? 'X' : '')},
  {header: 'NAME', cell: ({name}) => name},
  {header: 'DESCRIPTION', cell: describeType},
]
