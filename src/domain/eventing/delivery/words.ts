import {at, isRecord} from '../../core/read.js'
import {deliveryFields, deliveryFlags} from './delivery.js'
import {printSink, sinkOf} from '../reference.js'

/** The flags that mean these stored delivery settings, for commands that findings recommend. */
export const deliveryWords = (delivery: unknown, namespace: string): string[] =>
  deliverySettingsOf(delivery, namespace).flatMap(([flag, value]) => [`--${flag}`, value])

/** `retry=5 backoff-policy=linear`: stored delivery settings in one cell of a list; `<none>` when there are none. */
export const deliveryCell = (delivery: unknown, namespace: string): string =>
  deliverySettingsOf(delivery, namespace)
    .filter(([flag]) => flag !== 'dl-sink')
    .map((pair) => pair.join('='))
    .join(',') || '<none>'

const deliverySettingsOf = (delivery: unknown, namespace: string): Array<[string, string]> => {
  if (!isRecord(delivery)) return []
  return deliveryFlags.flatMap((flag): Array<[string, string]> => {
    const value = at(delivery, deliveryFields[flag])
    if (flag === 'dl-sink') {
      const sink = sinkOf(value, namespace)
      return sink === undefined ? [] : [[flag, printSink(sink, namespace)]]
    }
    return typeof value === 'string' || typeof value === 'number' ? [[flag, String(value)]] : []
  })
}
