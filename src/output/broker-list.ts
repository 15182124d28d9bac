import type {KubeObject} from '../domain/object.js'
import {textAt} from '../domain/read.js'
import {conditionOf, countConditions} from '../domain/readiness.js'
import {ageOf} from './age.js'
import type {Column} from './table.js'

/** kn's columns of `broker list`, cell by cell as kn fills them (knative/client pkg/commands/broker/list.go). */
export const brokerColumns = (now: Date): Array<Column<KubeObject>> => [
  {header: 'NAME', cell: ({metadata}) => metadata.name},
  {header: 'URL', cell: (broker) => textAt(broker, 'status', 'address', 'url') ?? ''},
  {header: 'AGE', cell: ({metadata}) => ageOf(metadata.creationTimestamp, now)},
  {header: 'CONDITIONS', cell: conditionsCell},
  {header: 'READY', cell: (broker) => conditionOf(broker, 'Ready')?.status ?? '<unknown>'},
  {header: 'REASON', cell: reasonCell},
]

const conditionsCell = (broker: KubeObject): string => {
  const {ok, total} = countConditions(broker)
  return `${ok} OK / ${total}`
}

const reasonCell = (broker: KubeObject): string => {
  const ready = conditionOf(broker, 'Ready')
  if (ready === undefined) return '<unknown>'
  if (ready.status === 'True') return ''
  const {reason = '', message} = ready
  return message === undefined ? reason : `${reason} : ${message}`
}
