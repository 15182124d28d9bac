import {type KubeObject} from './object.js'
import {numberAt, textAt} from './read.js'
import {isFound, type Lookup, type NotFound} from './seen.js'

/** One core Event, for descriptions. */
export interface EventLine {
  type: string
  reason: string
  message: string
  count: number
  /** RFC 3339 */
  lastSeen?: string
  from?: string
}

const eventLine = (event: KubeObject): EventLine => {
  const lastSeen =
    textAt(event, 'series', 'lastObservedTime') ||
    textAt(event, 'lastTimestamp') ||
    textAt(event, 'eventTime') ||
    event.metadata.creationTimestamp
  const from = textAt(event, 'source', 'component') || textAt(event, 'reportingComponent')
  return {
    type: textAt(event, 'type') ?? '',
    reason: textAt(event, 'reason') ?? '',
    message: (textAt(event, 'message') ?? '').trim(),
    count: numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? 1,
    ...(lastSeen ? {lastSeen} : {}),
    ...(from ? {from} : {}),
  }
}

const bySeen = (one: EventLine, other: EventLine): number =>
  Date.parse(one.lastSeen ?? '') - Date.parse(other.lastSeen ?? '') || 0

/** The events about an object, the newest last; left out when they were not asked for. */
export const describeEvents = (
  events: Lookup<readonly KubeObject[]> | undefined,
): {events?: readonly EventLine[] | NotFound} =>
  events === undefined ? {} : {events: isFound(events) ? events.map(eventLine).toSorted(bySeen) : events}

/** The events themselves, the newest last. */
export const eventsInOrder = (events: readonly KubeObject[]): KubeObject[] =>
  events
    .map((event) => ({event, line: eventLine(event)}))
    .toSorted((one, other) => bySeen(one.line, other.line))
    .map(({event}) => event)

/** Milliseconds since an RFC 3339 time; `now` in milliseconds since 1970. */
export const since = (timestamp: string | undefined, now: number): number | undefined => {
  const then = timestamp === undefined ? NaN : Date.parse(timestamp)
  return Number.isNaN(then) ? undefined : now - then
}

/** A deletion that is under way; nothing for any other object. */
export const describeDeletion = (
  {metadata: {deletionTimestamp, finalizers = []}}: KubeObject,
  now: number,
): {deletion?: {sinceMs?: number; finalizers: readonly string[]}} => {
  if (deletionTimestamp === undefined) return {}
  const sinceMs = since(deletionTimestamp, now)
  return {deletion: {...(sinceMs === undefined ? {} : {sinceMs}), finalizers}}
}
