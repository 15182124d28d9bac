import {invalid} from '../../core/errors.js'
import {type Finding} from '../../findings/finding.js'
import {didYouMean} from '../../core/suggest.js'
import {readDelivery, type DeliveryOptions, type DeliverySettings} from '../delivery/delivery.js'
import {DELIVERY_ORDER} from '../names.js'
import {collectFaults} from '../../core/option-faults.js'
import {parseSink, type Sink} from '../reference.js'
import {checkName, readAnnotations, readLabels, single} from '../../core/syntax.js'
import {noFilterChanges, readFilterFlags, type FilterChanges, type FilterOptions} from './filter-flags.js'

/** Flags of trigger create and apply, as typed. */
export interface TriggerOptions extends DeliveryOptions, FilterOptions {
  name: string
  namespace: string
  broker?: string | undefined
  /** Where events go. */
  subscriber?: string | undefined
  order?: string | undefined
  injectBroker?: boolean | undefined
  mergeDelivery?: boolean | undefined
  labels?: readonly string[] | undefined
  annotations?: readonly string[] | undefined
}

export type Order = 'ordered' | 'unordered'

/** What is wanted of a trigger, checked as far as that goes without a cluster. */
export interface TriggerRequest {
  name: string
  namespace: string
  broker: string
  /** Always there in `trigger create`. */
  subscriber?: Sink
  filters: FilterChanges
  order?: Order
  injectBroker: boolean
  /** Write out the complete delivery settings, those of the broker included. */
  mergeDelivery: boolean
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  delivery: DeliverySettings
  findings: readonly Finding[]
}

export const DEFAULT_BROKER = 'default'

/** The value of `--order`; the Kafka controller compares in lower case. */
export const readOrder = (text: string): Order => {
  const found = (['ordered', 'unordered'] as const).find((order) => order === text.toLowerCase())
  if (found !== undefined) return found
  const near = didYouMean(text, ['ordered', 'unordered'])
  throw invalid(`invalid --order "${text}": expected ordered or unordered${near === undefined ? '' : `, ${near}`}`)
}

/** kn takes an empty `--sink` and crashes. */
export const readSubscriber = (text: string, namespace: string): Sink => {
  if (text === '') throw invalid('--sink is empty', 'for example: --sink ksvc:NAME')
  return parseSink(text, namespace)
}

/** Checks the flags of trigger create and apply. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readTriggerOptions = (options: TriggerOptions): TriggerRequest => {
  const {namespace} = options
  const {attempt, check} = collectFaults()
  const name = attempt(() => checkName(options.name, 'trigger name')) ?? ''
  const broker = attempt(() => checkName(options.broker ?? DEFAULT_BROKER, 'broker name in --broker')) ?? ''
  const labels = attempt(() => readLabels(options.labels ?? [])) ?? {}
  const annotated = attempt(() => readAnnotations(options.annotations ?? [])) ?? {}
  const {[DELIVERY_ORDER]: annotatedOrder, ...annotations} = annotated
  const order = attempt(() => {
    const text = single('--order', options.order, DELIVERY_ORDER, annotatedOrder)
    return text === undefined ? undefined : readOrder(text)
  })
  const subscriber = attempt(() =>
    options.subscriber === undefined ? undefined : readSubscriber(options.subscriber, namespace),
  )
  const filters = attempt(() => readFilterFlags(options)) ?? noFilterChanges
  const {settings, findings} = attempt(() => readDelivery(options, namespace)) ?? {settings: {}, findings: []}
  check()
  return {
    name,
    namespace,
    broker,
    ...(subscriber === undefined ? {} : {subscriber}),
    filters,
    ...(order === undefined ? {} : {order}),
    injectBroker: options.injectBroker === true,
    mergeDelivery: options.mergeDelivery === true,
    labels,
    annotations,
    delivery: settings,
    findings,
  }
}
