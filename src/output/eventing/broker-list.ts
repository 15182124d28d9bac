import type {KubeObject} from '../../domain/core/object.js'
import {textAt} from '../../domain/core/read.js'
import {ageColumn, conditionsColumn, nameColumn, readyColumn, reasonColumn} from './readiness-columns.js'
import type {Column} from '../table.js'

/** kn's columns of `broker list` (knative/client pkg/commands/broker/list.go). */
export const brokerColumns = (now: Date): Array<Column<KubeObject>> => [
  nameColumn,
  {header: 'URL', cell: (broker) => textAt(broker, 'status', 'address', 'url') ?? ''},
  ageColumn(now),
  conditionsColumn,
  readyColumn,
  reasonColumn,
]
