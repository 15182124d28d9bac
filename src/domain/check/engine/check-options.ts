import {invalid} from '../../core/errors.js'
import {collectFaults} from '../../core/option-faults.js'
import {PROGRAM} from '../../core/commands.js'
import {didYouMean} from '../../core/suggest.js'
import {kinds} from '../../kinds/registry.js'
import {CATEGORIES, type Category} from './check.js'
import {readIgnored, type Ignored} from './ignored.js'

/** How a report is printed. `text` is what people get without `-o`. */
export const REPORT_FORMATS = ['short', 'json', 'yaml', 'junit', 'sarif'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number] | 'text'

/** From which level on a report is a failure; `not-verified` is also what could not be looked at. */
export const FAIL_LEVELS = ['error', 'warning', 'not-verified'] as const
export type FailLevel = (typeof FAIL_LEVELS)[number]

/** Flags and arguments of `check`, as typed. */
export interface CheckOptions {
  categories: readonly string[]
  ignore: readonly string[]
  failOn: string
  output?: string | undefined
  files: readonly string[]
  offline: boolean
  fix: boolean
  wait: boolean
  yes: boolean
  diff: boolean
  'dry-run': string
}

export interface CheckRequest {
  categories: readonly Category[]
  ignored: readonly Ignored[]
  failOn: FailLevel
  format: ReportFormat
}

/** One and several: `broker`, `platforms`; and the nouns of the kinds that a category is about. */
const spellings: ReadonlyMap<string, Category> = new Map([
  ...CATEGORIES.flatMap((one): Array<[string, Category]> => (one.endsWith('s') ? [[one.slice(0, -1), one]] : [])),
  ...kinds.flatMap(({judged, noun, several}): Array<[string, Category]> =>
    judged === undefined || noun === undefined
      ? []
      : [
          [noun, judged],
          [several, judged],
        ],
  ),
])

const readCategory = (text: string): Category => {
  const lower = text.toLowerCase()
  const found = CATEGORIES.find((one) => one === lower) ?? spellings.get(lower)
  if (found !== undefined) return found
  const near = didYouMean(lower, CATEGORIES)
  throw invalid(
    `there are no checks of "${text}"${near === undefined ? '' : `, ${near}`}`,
    `Checks: ${CATEGORIES.join(', ')}. One object is looked at with ${PROGRAM} NOUN describe NAME.`,
  )
}

const readFormat = (text: string | undefined): ReportFormat => {
  if (text === undefined) return 'text'
  const found = REPORT_FORMATS.find((one) => one === text.toLowerCase())
  if (found !== undefined) return found
  throw invalid(
    `unable to match a printer suitable for the output format "${text}", allowed formats are: ${[...REPORT_FORMATS].sort().join(',')}`,
  )
}

const readLevel = (text: string): FailLevel => {
  const found = FAIL_LEVELS.find((one) => one === text)
  if (found !== undefined) return found
  throw invalid(`invalid --fail-on "${text}": expected error, warning or not-verified`)
}

/** Checks flags and arguments. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readCheckOptions = (options: CheckOptions): CheckRequest => {
  const {attempt, reject, check} = collectFaults()
  const categories = options.categories.flatMap((text) => attempt(() => readCategory(text)) ?? [])
  const ignored = attempt(() => readIgnored(options.ignore)) ?? []
  const failOn = attempt(() => readLevel(options.failOn)) ?? 'error'
  const format = attempt(() => readFormat(options.output)) ?? 'text'
  const files = options.files.length > 0
  if (options.offline && !files) reject('--offline needs manifests to judge: -f FILE or -k DIR')
  if (options.offline && options.wait) reject('--wait waits for a cluster, and --offline asks none')
  if (options.fix && files) reject('--fix repairs what is stored; manifests are yours to correct')
  if (options.fix && options.output !== undefined) reject('--fix shows a plan and asks, which -o leaves no room for')
  const forFix = [
    ...(options['dry-run'] === 'none' ? [] : ['--dry-run']),
    ...(options.diff ? ['--diff'] : []),
    ...(options.yes ? ['--yes'] : []),
  ]
  if (!options.fix && forFix.length > 0)
    reject(`${forFix.join(' and ')} ${forFix.length === 1 ? 'is' : 'are'} for --fix: nothing else changes anything`)
  if (options.wait && files) reject('--wait waits for what is stored, not for manifests')
  check()
  return {categories: [...new Set(categories)], ignored, failOn, format}
}
