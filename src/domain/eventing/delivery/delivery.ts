import {isoDuration, type IsoDuration} from '../../core/duration.js'
import {invalid, SflError, ExitCode} from '../../core/errors.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {isRecord, numberAt, recordAt, textAt, type Fields} from '../../core/read.js'
import {didYouMean} from '../../core/suggest.js'
import {parseSink, type Destination, type Sink} from '../reference.js'

/** Delivery flags as typed. */
export interface DeliveryOptions {
  dlSink?: string | undefined
  retry?: string | number | undefined
  backoffPolicy?: string | undefined
  backoffDelay?: string | undefined
  timeout?: string | undefined
  retryAfterMax?: string | undefined
  deliveryFormat?: string | undefined
}

/** Checked delivery settings; the dead letter sink may still need a look at the cluster (its kind). */
export interface DeliverySettings {
  deadLetterSink?: Sink
  retry?: number
  timeout?: string
  backoffPolicy?: 'linear' | 'exponential'
  backoffDelay?: string
  retryAfterMax?: string
  format?: 'json' | 'binary'
}

/** DeliverySpec of the Knative API, as far as it could be read. */
export interface DeliverySpec {
  deadLetterSink?: Destination
  retry?: number
  timeout?: string
  backoffPolicy?: string
  backoffDelay?: string
  retryAfterMax?: string
  format?: string
}

/** Flag name and API field, in the order in which they are shown. */
export const deliveryFields = {
  'dl-sink': 'deadLetterSink',
  retry: 'retry',
  'backoff-policy': 'backoffPolicy',
  'backoff-delay': 'backoffDelay',
  timeout: 'timeout',
  'retry-after-max': 'retryAfterMax',
  'delivery-format': 'format',
} as const
export type DeliveryFlag = keyof typeof deliveryFields
export const deliveryFlags: readonly DeliveryFlag[] = [
  'dl-sink',
  'retry',
  'backoff-policy',
  'backoff-delay',
  'timeout',
  'retry-after-max',
  'delivery-format',
]

const largestRetry = 2_147_483_647

const readRetry = (value: string | number): number => {
  const text = String(value)
  if (/^-\d+$/.test(text)) throw invalid(`invalid --retry "${text}": it is a count and cannot be negative`)
  if (!/^\d+$/.test(text) || Number(text) > largestRetry)
    throw invalid(`invalid --retry "${text}": expected a whole number from 0 to ${largestRetry}`)
  return Number(text)
}

const oneOf = <const T extends string>(text: string, known: readonly T[], flag: string): T => {
  const found = known.find((word) => word === text)
  if (found !== undefined) return found
  const near = didYouMean(text, known)
  throw invalid(`invalid ${flag} "${text}": expected ${known.join(' or ')}${near === undefined ? '' : `, ${near}`}`)
}

/**
 * Checks the delivery flags with the rules of the webhook and the Kafka controller. Throws InvalidArgument; several faults
 * come as one error with `causes`. Notes say what was rewritten.
 */
export const readDelivery = (
  options: DeliveryOptions,
  namespace: string,
): {settings: DeliverySettings; findings: Finding[]} => {
  const faults: SflError[] = []
  const findings: Finding[] = []
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (!(error instanceof SflError)) throw error
      faults.push(error)
      return undefined
    }
  }
  const given = <T, R>(value: T | undefined, read: (value: T) => R): R | undefined =>
    value === undefined ? undefined : attempt(() => read(value))
  const duration =
    (flag: string) =>
    (text: string): string => {
      const iso: IsoDuration = isoDuration(text, flag)
      if (flag === '--timeout' && iso.ms === 0) throw invalid(`invalid ${flag} "${text}": it must be longer than zero`)
      if (iso.rewritten !== undefined)
        findings.push(finding('SFL-D04', {message: `${flag} ${text} is written as ${iso.text}: ${iso.rewritten}`}))
      return iso.text
    }

  const deadLetterSink = given(options.dlSink, (text) => {
    if (text === '') throw invalid('--dl-sink is empty', 'to remove the dead letter sink: --unset dl-sink')
    return parseSink(text, namespace)
  })
  const retry = given(options.retry, readRetry)
  const backoffPolicy = given(options.backoffPolicy, (text) =>
    oneOf(text, ['linear', 'exponential'], '--backoff-policy'),
  )
  const backoffDelay = given(options.backoffDelay, duration('--backoff-delay'))
  const timeout = given(options.timeout, duration('--timeout'))
  const retryAfterMax = given(options.retryAfterMax, duration('--retry-after-max'))
  const format = given(options.deliveryFormat, (text) => oneOf(text, ['json', 'binary'], '--delivery-format'))

  if (faults.length === 1) throw faults[0]!
  if (faults.length > 1)
    throw new SflError('InvalidArgument', faults.map(({message}) => message).join('\n'), ExitCode.Usage, {
      causes: faults.map(({message}) => message),
    })
  return {
    settings: {
      ...(deadLetterSink === undefined ? {} : {deadLetterSink}),
      ...(retry === undefined ? {} : {retry}),
      ...(backoffPolicy === undefined ? {} : {backoffPolicy}),
      ...(backoffDelay === undefined ? {} : {backoffDelay}),
      ...(timeout === undefined ? {} : {timeout}),
      ...(retryAfterMax === undefined ? {} : {retryAfterMax}),
      ...(format === undefined ? {} : {format}),
    },
    findings,
  }
}

/** DeliverySpec for a manifest. `deadLetterSink` is the resolved destination of `settings.deadLetterSink`. */
export const deliverySpec = (settings: DeliverySettings, deadLetterSink?: Destination): DeliverySpec => {
  const {retry, timeout, backoffPolicy, backoffDelay, retryAfterMax, format} = settings
  return {
    ...(deadLetterSink === undefined ? {} : {deadLetterSink}),
    ...(retry === undefined ? {} : {retry}),
    ...(timeout === undefined ? {} : {timeout}),
    ...(backoffPolicy === undefined ? {} : {backoffPolicy}),
    ...(backoffDelay === undefined ? {} : {backoffDelay}),
    ...(retryAfterMax === undefined ? {} : {retryAfterMax}),
    ...(format === undefined ? {} : {format}),
  }
}

/** What a stored `spec.delivery` says; `undefined` when there is none. */
export const readDeliverySpec = (value: unknown): DeliverySpec | undefined => {
  if (!isRecord(value)) return undefined
  const text = (field: string): string | undefined => textAt(value, field)
  const sink = readDestination(value.deadLetterSink)
  const retry = numberAt(value, 'retry')
  return {
    ...(sink === undefined ? {} : {deadLetterSink: sink}),
    ...(retry === undefined ? {} : {retry}),
    ...Object.fromEntries(
      ['timeout', 'backoffPolicy', 'backoffDelay', 'retryAfterMax', 'format'].flatMap((field) => {
        const found = text(field)
        return found === undefined ? [] : [[field, found]]
      }),
    ),
  }
}

const readDestination = (value: unknown): Destination | undefined => {
  if (!isRecord(value)) return undefined
  const uri = textAt(value, 'uri')
  const {apiVersion, kind, name, namespace} = recordAt(value, 'ref')
  const ref =
    typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string'
      ? {apiVersion, kind, name, ...(typeof namespace === 'string' ? {namespace} : {})}
      : undefined
  return {...(ref === undefined ? {} : {ref}), ...(uri === undefined ? {} : {uri})}
}

/** `existing` with the fields of `wanted` set; fields that this program does not know are kept. */
export const mergeDelivery = (existing: unknown, wanted: DeliverySpec): Fields => ({
  ...(isRecord(existing) ? existing : {}),
  ...wanted,
})

/** `existing` without the API fields of these flags; `undefined` when there was no delivery at all. */
export const unsetDelivery = (existing: unknown, flags: readonly DeliveryFlag[]): Fields | undefined => {
  if (!isRecord(existing)) return undefined
  const gone = new Set<string>(flags.map((flag) => deliveryFields[flag]))
  return Object.fromEntries(Object.entries(existing).filter(([field]) => !gone.has(field)))
}

/** What `--unset` names. */
export type Unset = {delivery: DeliveryFlag | 'all'} | {label: string} | {annotation: string}

/** `dl-sink`, `retry`, …, `delivery` (all of it), `label:KEY`, `annotation:KEY`; the API's field names are taken too. */
export const parseUnset = (text: string, otherFields: readonly string[] = []): Unset => {
  const colon = text.indexOf(':')
  const [subject, key] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
  if (colon >= 0 && (subject === 'label' || subject === 'annotation')) {
    if (key === '') throw invalid(`invalid --unset "${text}": expected ${subject}:KEY`)
    return subject === 'label' ? {label: key} : {annotation: key}
  }
  if (text === 'delivery') return {delivery: 'all'}
  const flag = deliveryFlags.find((name) => name === text || deliveryFields[name] === text)
  if (flag !== undefined) return {delivery: flag}
  if (['class', 'broker-config', 'config'].includes(text))
    throw invalid(`invalid --unset "${text}": class and config of a broker cannot be changed`)
  const known = [...deliveryFlags, 'delivery', 'label:KEY', 'annotation:KEY', ...otherFields]
  const near = didYouMean(text, known)
  throw invalid(
    `invalid --unset "${text}": no such field${near === undefined ? '' : `, ${near}`}`,
    `fields: ${known.join(', ')}`,
  )
}

/** The same settings, whatever the order of the fields. */
export const sameDelivery = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other)

const canonical = (value: unknown): string =>
  isRecord(value)
    ? `{${Object.keys(value)
        .filter((key) => value[key] !== undefined)
        .sort()
        .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
        .join(',')}}`
    : Array.isArray(value)
      ? `[${value.map(canonical).join(',')}]`
      : JSON.stringify(value ?? null)
