import {printSink, sinkOf} from '../../domain/eventing/reference.js'
import {DELIVERY_ORDER} from '../../domain/eventing/names.js'
import {filterText} from '../../domain/eventing/trigger/filter-spec.js'
import type {KubeObject} from '../../domain/core/object.js'
import {at, textAt} from '../../domain/core/read.js'
import {triggerColumns} from './trigger-list.js'
import type {Column} from '../table.js'

/** What kn leaves out and an operator looks for first: which events go where, and what becomes of them in the end. */
export const wideTriggerColumns = (now: Date): Array<Column<KubeObject>> => [
  ...triggerColumns(now),
  {header: 'FILTERS', cell: (trigger) => filterText(trigger) ?? '<all>'},
  {header: 'SUBSCRIBER URI', cell: (trigger) => textAt(trigger, 'status', 'subscriberUri') || '<none>'},
  {header: 'DEAD LETTER SINK', cell: deadLetterCell},
  {header: 'ORDER', cell: ({metadata}) => metadata.annotations?.[DELIVERY_ORDER] || '<none>'},
]

/** Of the trigger, or else where the controller sends its dead letters because of the broker. */
const deadLetterCell = (trigger: KubeObject): string => {
  const namespace = trigger.metadata.namespace ?? ''
  const sink = sinkOf(at(trigger, 'spec', 'delivery', 'deadLetterSink'), namespace)
  if (sink !== undefined) return printSink(sink, namespace)
  return textAt(trigger, 'status', 'deadLetterSinkUri') || '<none>'
}
