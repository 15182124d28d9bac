import {printSink, sinkOf} from '../../domain/eventing/reference.js'
import type {KubeObject} from '../../domain/core/object.js'
import {at, textAt} from '../../domain/core/read.js'
import {ageColumn, conditionsColumn, nameColumn, readyColumn, reasonColumn} from './readiness-columns.js'
import type {Column} from '../table.js'

/** kn's columns of `trigger list` (knative/client pkg/commands/trigger/list_flags.go). */
export const triggerColumns = (now: Date): Array<Column<KubeObject>> => [
  nameColumn,
  {header: 'BROKER', cell: (trigger) => textAt(trigger, 'spec', 'broker') ?? ''},
  {header: 'SINK', cell: sinkCell},
  ageColumn(now),
  conditionsColumn,
  readyColumn,
  reasonColumn,
]

/** kn never shows the namespace of a sink. */
const sinkCell = (trigger: KubeObject): string => {
  const sink = sinkOf(at(trigger, 'spec', 'subscriber'), trigger.metadata.namespace ?? '')
  if (sink === undefined) return ''
  return printSink(sink, 'ref' in sink ? sink.ref.namespace : '')
}
