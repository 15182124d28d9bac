import {type Command} from '../core/commands.js'
import {type CodeEntry, type Trait} from './code-entry.js'
import {codes, type FindingCode} from './codes.js'
import {levels, type Finding, type Level} from './finding.js'

export {type FindingCode} from './codes.js'

/** Every code with its level, title and traits. */
export const catalogue: Readonly<Record<FindingCode, CodeEntry>> = codes

export const isFindingCode = (text: string): text is FindingCode => Object.hasOwn(codes, text)

/** A finding with a code of the catalogue; the level is the catalogue's unless another one is given. */
export const finding = (
  code: FindingCode,
  {
    object,
    level,
    message,
    repair,
    ...data
  }: Omit<Finding, 'code' | 'level' | 'repair'> & {repair?: Command | readonly Command[]; level?: Level},
): Finding => ({
  code,
  level: level ?? codes[code].level,
  ...(object === undefined ? {} : {object}),
  message,
  ...(repair === undefined ? {} : {repair: 'program' in repair ? [repair] : repair}),
  ...data,
})

/** Whether something follows from the code of a finding. */
export const has = ({code}: Pick<Finding, 'code'>, trait: Trait): boolean => catalogue[code].traits.includes(trait)

/** The order in which findings are told: the urgent ones first, then errors, warnings and notes. */
export const rankOf = (one: Pick<Finding, 'code' | 'level'>): number =>
  one.level === 'error' && has(one, 'urgent') ? -1 : levels.indexOf(one.level)

/** Errors that `--force` does not pass over: what the server itself would refuse. */
export const isFinal = (one: Finding): boolean => one.level === 'error' && (one.final ?? has(one, 'final'))

/** Errors become warnings, where what they are about is not done. */
export const asWarnings = (findings: readonly Finding[]): Finding[] =>
  findings.map((one) => (one.level === 'error' ? {...one, level: 'warning'} : one))

/** What `--force` does, for every command: errors become warnings, except for those that are final. */
export const applyForce = (findings: readonly Finding[], force: boolean | undefined): Finding[] =>
  force === true
    ? findings.map((one) => (one.level === 'error' && !isFinal(one) ? {...one, level: 'warning'} : one))
    : [...findings]
