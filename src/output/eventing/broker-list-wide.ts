import {printBrokerConfig, readConfigReference} from '../../domain/eventing/broker/config.js'
import {BROKER_CLASS} from '../../domain/eventing/names.js'
import {printSink, sinkOf} from '../../domain/eventing/reference.js'
import type {KubeObject} from '../../domain/core/object.js'
import {at} from '../../domain/core/read.js'
import {brokerColumns} from './broker-list.js'
import type {Column} from '../table.js'

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

const configCell = (broker: KubeObject): string => {
  const config = readConfigReference(at(broker, 'spec', 'config'))
  return config === undefined ? '<none>' : printBrokerConfig(config, broker.metadata.namespace ?? '')
}

const deadLetterCell = (broker: KubeObject): string => {
  const namespace = broker.metadata.namespace ?? ''
  const sink = sinkOf(at(broker, 'spec', 'delivery', 'deadLetterSink'), namespace)
  return sink === undefined ? '<none>' : printSink(sink, namespace)
}
