import {printBrokerConfig, readConfigReference} from '../domain/eventing/broker-config.js'
import {BROKER_CLASS} from '../domain/eventing/names.js'
import {printSink, sinkOf} from '../domain/eventing/reference.js'
import type {KubeObject} from '../domain/object.js'
import {at, textAt} from '../domain/read.js'
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

/** What kn leaves out and an operator looks for first. `triggers` counts by `namespace/name` of the broker. */
export const wideBrokerColumns = (
  now: Date,
  triggers: ReadonlyMap<string, number> | undefined,
): Array<Column<KubeObject>> => [
  ...brokerColumns(now),
  {header: 'CLASS', cell: ({metadata}) => metadata.annotations?.[BROKER_CLASS] || '<none>'},
  {header: 'CONFIG', cell: configCell},
  {
    header: 'TRIGGERS',
    cell: ({metadata}) =>
      triggers === undefined ? '<unknown>' : String(triggers.get(`${metadata.namespace ?? ''}/${metadata.name}`) ?? 0),
  },
  {header: 'DEAD LETTER SINK', cell: deadLetterCell},
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

const configCell = (broker: KubeObject): string => {
  const config = readConfigReference(at(broker, 'spec', 'config'))
  return config === undefined ? '<none>' : printBrokerConfig(config, broker.metadata.namespace ?? '')
}

const deadLetterCell = (broker: KubeObject): string => {
  const namespace = broker.metadata.namespace ?? ''
  const sink = sinkOf(at(broker, 'spec', 'delivery', 'deadLetterSink'), namespace)
  return sink === undefined ? '<none>' : printSink(sink, namespace)
}
