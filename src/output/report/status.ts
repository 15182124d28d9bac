import {type Caller} from '../../domain/core/commands.js'
import {type ReportFinding} from '../../domain/check/engine/report.js'
import {type StatusRow, type StatusView} from '../../domain/check/status.js'
import {findingLines, spelledOut} from '../check.js'
import {plain, type Palette} from '../palette.js'
import {printable} from '../../domain/core/printable.js'
import {formatTable} from '../table.js'
import {folded} from '../wrapped.js'

export interface StatusTextOptions {
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
  /** The width of the terminal; left out, lines may be as long as they are. */
  columns?: number | undefined
}

/** What fits one screen; `check` tells the rest. */
const CAUSES_SHOWN = 10
const NAMES_SHOWN = 4

const titleOf = ({what}: StatusRow): string => what.charAt(0).toUpperCase() + what.slice(1)

const readyCell = ({total, ready, unseen}: StatusRow): string => {
  if (total > 0) return unseen === 'forbidden' ? `${ready}/${total} seen` : `${ready}/${total}`
  return unseen === 'forbidden' ? '<unknown>' : '<none>'
}

/** As many names as there is room for. */
const namesCell = ({notReady}: StatusRow, home: string | undefined, room: number): string => {
  const names = notReady.slice(0, NAMES_SHOWN).map(({name, namespace, state}) => {
    const text = namespace === undefined || namespace === home ? name : `${namespace}/${name}`
    return state === 'pending' ? `${text} (pending)` : text
  })
  const cell = (shown: number): string => {
    const more = notReady.length - shown
    if (shown === 0) return more === 0 ? '' : `${more} of them`
    return `${names.slice(0, shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  }
  const fitting = Array.from(names, (_, index) => cell(names.length - index)).find((text) => text.length <= room)
  return fitting ?? cell(0)
}

const kafkaText = ({by, version}: StatusView['kafka']): string => {
  const release = version === undefined ? '' : ` ${version}`
  switch (by) {
    case 'nothing':
      return 'Kafka: not installed'
    case 'unknown':
      return 'Kafka: not verified'
    case 'release files':
      return `Kafka${release}, from release files`
    default:
      return `Kafka${release}, by ${by}`
  }
}

/** Columns before the names: the longest kind, the counts, and blanks. */
const BEFORE_NAMES = 16

const table = ({rows, namespace}: StatusView, palette: Palette, columns: number | undefined): string => {
  const counts = Math.max(7, ...rows.map((row) => readyCell(row).length)) + 2
  const room = columns === undefined ? Infinity : columns - BEFORE_NAMES - counts
  return formatTable<StatusRow>(
    [
      {header: 'KIND', cell: titleOf},
      {
        header: 'READY',
        cell: readyCell,
        paint: (text, {notReady, total}) =>
          notReady.length > 0 ? palette.red(text) : total > 0 ? palette.green(text) : text,
      },
      {header: 'NOT READY', cell: (row) => namesCell(row, namespace, room)},
    ],
    rows,
  )
}

interface Told extends ReportFinding {
  /** The command repairs one of many. */
  eachRepaired: boolean
}

/** The same about many objects is told once; who suffers then are these objects, and whoever suffers with them. */
const alike = (causes: readonly ReportFinding[]): Told[] => {
  const groups = new Map<string, ReportFinding[]>()
  for (const one of causes) {
    const key = `${one.level} ${one.code} ${one.message}`
    const others = groups.get(key)
    if (others === undefined) groups.set(key, [one])
    else others.push(one)
  }
  const told = [...groups.values()].map((group): Told => {
    const [first] = group
    if (first === undefined || group.length === 1) return {...group[0]!, eachRepaired: false}
    const {object: _one, ...rest} = first
    return {
      ...rest,
      eachRepaired: group.some(({repair}) => JSON.stringify(repair) !== JSON.stringify(first.repair)),
      affects: group.flatMap(({object, affects}) => (object === undefined ? affects : [object, ...affects])),
    }
  })
  return told.toSorted(
    (one, other) =>
      Number(other.level === 'error') - Number(one.level === 'error') || other.affects.length - one.affects.length,
  )
}

const causesText = (view: StatusView, options: StatusTextOptions): string => {
  const {namespace} = view
  const causes = alike(view.causes)
  if (causes.length === 0) return ''
  const shown = causes
    .slice(0, CAUSES_SHOWN)
    .flatMap((one) => [
      ...findingLines(one.object === undefined ? one : spelledOut(one, namespace), namespace, options),
      ...(one.eachRepaired ? ['           and so on: each by its own name'] : []),
    ])
  const more = causes.length > CAUSES_SHOWN ? [`and ${causes.length - CAUSES_SHOWN} more`] : []
  const title = causes.length === 1 ? 'Cause:' : 'Causes, the one with the most consequences first:'
  return `\n${title}\n${[...shown, ...more].map((line) => `  ${line}\n`).join('')}`
}

const lastLine = (view: StatusView): string => {
  if (view.causes.length > 0) return ''
  const waiting = view.rows.some(({notReady}) => notReady.length > 0)
  const blind = view.rows.some(({unseen}) => unseen === 'forbidden')
  if (blind && !waiting) return '\nNothing that you may look at fails.\n'
  const nothing = view.rows.every(({total}) => total === 0)
  if (nothing) return '\nThere is nothing here yet.\n'
  return waiting ? '\nNothing says why something is not ready.\n' : '\nEverything is ready.\n'
}

/** One screen: what there is, what of it is not ready, and why. */
export const statusText = (view: StatusView, options: StatusTextOptions): string => {
  const {palette = plain, columns} = options
  const {namespace, kafka, notVerified} = view
  const head = `${palette.bold(namespace === undefined ? 'All namespaces' : `Namespace ${namespace}`)}   ${kafkaText(kafka)}\n\n`
  const hidden = notVerified
    .slice(0, NAMES_SHOWN)
    .map((text) => `${palette.yellow('not verified:')} ${printable(text)}\n`)
  const more = notVerified.length > NAMES_SHOWN ? [`and ${notVerified.length - NAMES_SHOWN} more not verified\n`] : []
  const rest = [...hidden, ...more].join('')
  const text = `${head}${table(view, palette, columns)}${causesText(view, options)}${lastLine(view)}${rest === '' ? '' : `\n${rest}`}`
  return columns === undefined ? text : folded(text, columns)
}
