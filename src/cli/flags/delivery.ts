import * as Flags from '@oclif/core/flags'
import {parseGoDuration} from '../../domain/core/duration.js'
import {deliveryFields, type DeliveryOptions} from '../../domain/eventing/delivery/delivery.js'
import {invalid} from '../../domain/core/errors.js'
import {completing} from './completing.js'

const helpGroup = 'DELIVERY'

/**
 * One flag group for every kind with a `spec.delivery` (OpenShift Serverless, "Configurable event delivery parameters"). Names and grammar are kn's. Values stay text
 * here: the rules, with the Kafka controller's limits, are the domain's.
 */
export const deliveryFlags = {
  'dl-sink': Flags.string({
    helpGroup,
    helpValue: 'SINK',
    summary:
      'Where events go that cannot be delivered: ksvc:NAME, svc:NAME, broker:NAME, channel:NAME, kafkasink:NAME or a URL.',
  }),
  retry: Flags.string({helpGroup, helpValue: 'N', summary: 'Number of retries after a failed delivery.'}),
  'backoff-policy': completing(
    ['linear', 'exponential'],
    Flags.string({
      helpGroup,
      helpValue: 'POLICY',
      summary: 'Growth of the delay between retries: linear or exponential.',
    }),
  ),
  'backoff-delay': Flags.string({
    helpGroup,
    helpValue: 'DURATION',
    summary: 'Delay before a retry, ISO 8601 (PT0.5S); 500ms and 1s are converted.',
  }),
  timeout: Flags.string({
    helpGroup,
    helpValue: 'DURATION',
    summary: 'Time limit of one delivery attempt, ISO 8601 (PT10S). With --wait, a value like 2m is how long to wait.',
  }),
  'delivery-timeout': Flags.string({
    helpGroup,
    helpValue: 'DURATION',
    summary: 'Time limit of one delivery attempt, whatever --timeout says.',
  }),
  'retry-after-max': Flags.string({
    helpGroup,
    helpValue: 'DURATION',
    summary: 'Longest Retry-After that is obeyed; needs the feature delivery-retryafter.',
  }),
  'delivery-format': completing(
    ['json', 'binary'],
    Flags.string({
      helpGroup,
      helpValue: 'FORMAT',
      summary: 'Format of delivered events: json or binary.',
    }),
  ),
}

/** What `--unset` takes of them. */
export const unsettableDelivery: readonly string[] = [...Object.keys(deliveryFields), 'delivery']

export interface DeliveryFlagValues {
  'dl-sink'?: string | undefined
  retry?: string | undefined
  'backoff-policy'?: string | undefined
  'backoff-delay'?: string | undefined
  timeout?: string | undefined
  'delivery-timeout'?: string | undefined
  'retry-after-max'?: string | undefined
  'delivery-format'?: string | undefined
  wait?: boolean | undefined
  'wait-timeout'?: number | undefined
}

export interface DeliveryAndWait {
  delivery: DeliveryOptions
  /** Milliseconds; left out when the user named none. */
  waitMs?: number
  /** Said on stderr when `--timeout` could be read in two ways. */
  note?: string
}

/**
 * `--timeout` means two things: kn's delivery time-out and kubectl's time to wait. ISO 8601 is always the delivery's
 * (kn takes nothing else); a value like 2m together with --wait is how long to wait.
 */
export const readDeliveryFlags = (flags: DeliveryFlagValues): DeliveryAndWait => {
  const {timeout, wait} = flags
  const waiting = wait === true && timeout !== undefined ? parseGoDuration(timeout) : undefined
  if (waiting !== undefined && flags['wait-timeout'] !== undefined) {
    throw invalid('--timeout and --wait-timeout both say how long to wait', 'Use --delivery-timeout for the delivery.')
  }
  const deliveryTimeout = flags['delivery-timeout'] ?? (waiting === undefined ? timeout : undefined)
  const waitMs = waiting ?? flags['wait-timeout']
  const delivery: DeliveryOptions = {
    ...given('dlSink', flags['dl-sink']),
    ...given('retry', flags.retry),
    ...given('backoffPolicy', flags['backoff-policy']),
    ...given('backoffDelay', flags['backoff-delay']),
    ...given('timeout', deliveryTimeout),
    ...given('retryAfterMax', flags['retry-after-max']),
    ...given('deliveryFormat', flags['delivery-format']),
  }
  return {
    delivery,
    ...(waitMs === undefined ? {} : {waitMs}),
    ...(waiting === undefined
      ? {}
      : {note: `--timeout ${timeout} is how long to wait; --delivery-timeout sets the time-out of a delivery`}),
  }
}

const given = <K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> =>
  value === undefined ? {} : ({[key]: value} as Record<K, string>)
