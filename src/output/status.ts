import {type ReportFinding} from '../domain/check/report.js'
import {type StatusRow, type StatusView} from '../domain/check/status.js'
import {findingLines, spelledOut} from './check.js'
import {plain, type Palette} from './palette.js'
import {printable} from './printable.js'
import {formatTable} from './table.js'

export interface StatusTextOptions {
  /** How the program was called, for the commands in findings. */
  program: string
  palette?: Palette
}

/** What fits one screen; `check` tells the rest. */
const CAUSES_SHOWN = 10
const NAMES_SHOWN = 4

const titleOf = ({what}: StatusRow): string => what.charAt(0).toUpperCase() + what.slice(1)

const readyCell = ({total, ready, unseen}: StatusRow): string => {
  if (unseen === 'forbidden') return '<unknown>'
  if (total === 0) return '<none>'
  return `${ready}/${total}`
}

const namesCell = ({notReady}: StatusRow, home: string | undefined): string => {
  const names = notReady.slice(0, NAMES_SHOWN).map(({name, namespace, state}) => {
    const text = namespace === undefined || namespace === home ? name : `${namespace}/${name}`
    return state === 'pending' ? `${text} (pending)` : text
  })
  return `${names.join(', ')}${notReady.length > NAMES_SHOWN ? ` and ${notReady.length - NAMES_SHOWN} more` : ''}`
}

const kafkaText = ({by, version}: StatusView['kafka']): string => {
  const release = version === undefined ? '' : ` ${version}`
  switch (by) {
    case 'nothing':
      return 'not installed'
    case 'unknown':
      return 'cannot be told'
    case 'release files':
      return `release files${release}`
    default:
      return `${by}${release}`
  }
}

const table = ({rows, namespace}: StatusView, palette: Palette): string =>
  formatTable<StatusRow>(
    [
      {header: 'KIND', cell: titleOf},
      {
        header: 'READY',
        cell: readyCell,
        paint: (text, {notReady, total}) =>
          notReady.length > 0 ? palette.red(text) : total > 0 ? palette.green(text) : text,
      },
      {header: 'NOT READY', cell: (row) => namesCell(row, namespace)},
    ],
    rows,
  )

const causesText = (view: StatusView, options: StatusTextOptions): string => {
  const {causes, namespace} = view
  if (causes.length === 0) return ''
  const shown = causes
    .slice(0, CAUSES_SHOWN)
    .flatMap((one: ReportFinding) => findingLines(spelledOut(one, namespace), namespace, options))
  const more = causes.length > CAUSES_SHOWN ? [`and ${causes.length - CAUSES_SHOWN} more`] : []
  return `\nCauses, the one with the most consequences first:\n${[...shown, ...more].map((line) => `  ${line}\n`).join('')}`
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
  const {palette = plain} = options
  const {namespace, kafka, notVerified} = view
  const head = `${palette.bold(namespace === undefined ? 'All namespaces' : `Namespace ${namespace}`)}   Kafka: ${kafkaText(kafka)}\n\n`
  const hidden = notVerified
    .slice(0, NAMES_SHOWN)
    .map((text) => `${palette.yellow('not verified:')} ${printable(text)}\n`)
  const more = notVerified.length > NAMES_SHOWN ? [`and ${notVerified.length - NAMES_SHOWN} more not verified\n`] : []
  const rest = [...hidden, ...more].join('')
  return `${head}${table(view, palette)}${causesText(view, options)}${lastLine(view)}${rest === '' ? '' : `\n${rest}`}`
}
