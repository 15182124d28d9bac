import {type Caller} from '../domain/core/commands.js'
import type {BrokerDescription} from '../domain/eventing/broker/description.js'
import type {EventLine} from '../domain/core/event-lines.js'
import type {Finding} from '../domain/findings/finding.js'
import type {Readiness} from '../domain/core/readiness.js'
import {shortAgeOf, shortHumanDuration} from './age.js'
import type {DescribeNode} from './describe.js'
import {formatFindings} from './report/findings.js'
import type {Palette} from './palette.js'
import {formatTable, type Column} from './table.js'

/** Sections that descriptions of several kinds have. */

/** Each setting with its origin, and the retries in plain words. */
export const deliverySection = ({
  settings,
  schedule,
  deadLetterSinkUri,
}: BrokerDescription['delivery']): DescribeNode[] => [
  {
    label: 'Delivery',
    children: [
      ...settings.map(({flag, value, origin}) => ({label: flag, value: `${value} (${origin.text})`})),
      {label: 'Schedule', value: schedule.text},
      ...(deadLetterSinkUri === undefined ? [] : [{label: 'Dead letter URI', value: deadLetterSinkUri}]),
    ],
  },
]

/** The word of the condition Ready. */
export const readyWord = ({state}: Readiness): string => {
  if (state === 'pending') return 'Unknown'
  return state === 'ready' ? 'True' : 'False'
}

/** Recent events, the newest last. */
export const eventsSection = (events: BrokerDescription['events'], now: Date): DescribeNode[] => {
  if (events === undefined) return []
  if (typeof events === 'string')
    return [{label: 'Events', value: events === 'absent' ? 'none' : 'no permission to read'}]
  if (events.length === 0) return [{label: 'Events', value: 'none'}]
  const rows = tableLines<EventLine>(
    [
      {header: 'TYPE', cell: ({type}) => type},
      {header: 'REASON', cell: ({reason}) => reason},
      {header: 'AGE', cell: ({lastSeen, count}) => `${shortAgeOf(lastSeen, now)}${count > 1 ? ` (x${count})` : ''}`},
      {header: 'FROM', cell: ({from}) => from ?? ''},
      {header: 'MESSAGE', cell: ({message}) => message},
    ],
    events,
  )
  return [{label: 'Events', children: rows}]
}

/** A deletion that is under way. */
export const deletionSection = (deletion: BrokerDescription['deletion']): DescribeNode[] => {
  if (deletion === undefined) return []
  const since = deletion.sinceMs === undefined ? '' : ` for ${shortHumanDuration(deletion.sinceMs)}`
  const held = deletion.finalizers.length === 0 ? '' : `, held by ${deletion.finalizers.join(', ')}`
  return [{label: 'Deletion', value: `under way${since}${held}`}]
}

/** A table as lines of a description. */
export const tableLines = <T>(columns: readonly Column<T>[], items: readonly T[]): DescribeNode[] =>
  formatTable(columns, items)
    .trimEnd()
    .split('\n')
    .map((line) => ({line}))

/** What was found wrong, with commands under the name by which the program was called. */
export const findingsText = (findings: readonly Finding[], caller: Caller, palette: Palette): string => {
  if (findings.length === 0) return ''
  const indented = formatFindings(findings, {caller, palette})
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
  return `\nFindings:\n${indented.join('\n')}\n`
}
