import {type Finding, type Level} from '../finding.js'
import {type Ref} from '../object.js'
import {accessCheck} from './access-check.js'
import {brokerChecks} from './broker-checks.js'
import {channelChecks} from './channel-checks.js'
import {CATEGORIES, isSame, type Category, type Check, type Verdict} from './check.js'
import {clusterChecks} from './cluster-checks.js'
import {keyOf} from './cluster-state.js'
import {consequencesOf, withConsequences, type Consequences} from './consequences.js'
import {withoutIgnored, type Ignored} from './ignored.js'
import {kafkaChecks} from './kafka-checks.js'
import {type Knowledge} from './knowledge.js'
import {platformChecks} from './platform-checks.js'
import {sourceChecks} from './source-checks.js'
import {triggerChecks} from './trigger-checks.js'

/** Every check there is; their order is the order of reports. */
export const allChecks: readonly Check[] = [
  accessCheck,
  ...clusterChecks,
  ...kafkaChecks,
  ...brokerChecks,
  ...triggerChecks,
  ...channelChecks,
  ...sourceChecks,
  ...platformChecks,
]

/** A finding in a report: one for each cause, with everyone who suffers from it. */
export interface ReportFinding extends Finding {
  affects: readonly Ref[]
}

export interface CheckResult {
  id: string
  category: Category
  question: string
  about: Check['about']
  outcome: 'ok' | 'warning' | 'error' | 'not-verified'
  /** How many objects were looked at. */
  count: number
  findings: readonly ReportFinding[]
  /** Codes of findings that stand with an earlier check. */
  seeAlso: readonly string[]
  /** What could not be looked at, in words. */
  notVerified: readonly string[]
}

/** What `check` found, as data; the shape of `-o json`. */
export interface CheckReport {
  apiVersion: 'sfl/v1'
  kind: 'CheckReport'
  /** Left out: all namespaces. */
  namespace?: string
  /** How many manifests were judged; left out when the cluster itself was. */
  manifests?: number
  success: boolean
  totals: {checks: number; ok: number; errors: number; warnings: number; notVerified: number; ignored: number}
  checks: readonly CheckResult[]
}

export interface ReportOptions {
  categories?: readonly Category[]
  about?: Check['about']
  ignored?: readonly Ignored[]
  /** From which level on a finding makes the report a failure. */
  failOn?: 'error' | 'warning'
}

const notLookedAt: readonly string[] = ['SFL-B11', 'SFL-P06', 'SFL-I05']
/** Notes that are worth a line; the others tell what commands do. */
const notesKept: readonly string[] = ['SFL-H13', 'SFL-H14']

/** That something waits for another object: only worth a line when nothing is said of that one itself. */
const waitingFor: readonly string[] = ['SFL-T04', 'SFL-S03']

const keyOfObject = ({object}: Finding): string => (object === undefined ? '' : keyOf(object, object))

const identity = ({code, object, message}: Finding): string =>
  `${code} ${object === undefined ? '' : keyOf(object, object)} ${message}`

const unique = (refs: readonly Ref[]): Ref[] => [...new Map(refs.map((ref) => [keyOf(ref, ref), ref])).values()]

/** Everyone who suffers from a finding, the object itself left out. */
const sufferers = (finding: Verdict, consequences: Consequences): Ref[] => {
  const roots = [...(finding.object === undefined ? [] : [finding.object]), ...(finding.affects ?? [])]
  const all = finding.level === 'note' ? roots : withConsequences(roots, consequences)
  return unique(all).filter((ref) => finding.object === undefined || !isSame(finding.object, ref))
}

interface Gathered {
  finding: Verdict
  affects: Map<string, Ref>
}

/** Asks every question, and puts each cause where it is first met. */
export const runChecks = (known: Knowledge, options: ReportOptions = {}): CheckReport => {
  const {categories = [], about, ignored = [], failOn = 'error'} = options
  const wanted = allChecks.filter(
    (check) =>
      (categories.length === 0 || check === accessCheck || categories.includes(check.category)) &&
      (about === undefined || check.about === about),
  )
  const consequences = consequencesOf(known)
  const gathered = new Map<string, Gathered>()
  const covered = new Map<string, Map<string, Level>>()
  let dropped = 0
  const asked = wanted.flatMap((check) => {
    const count = check.count(known)
    if (count === 0) return []
    const own = new Map<string, Gathered>()
    const seeAlso = new Map<string, Level>()
    const notVerified = new Set<string>()
    for (const verdict of check.judge(known)) {
      if (notLookedAt.includes(verdict.code)) {
        notVerified.add(verdict.message)
        continue
      }
      if (verdict.level === 'note' && !notesKept.includes(verdict.code)) continue
      const kept = withoutIgnored(verdict, ignored)
      if (kept === undefined) {
        dropped += 1
        continue
      }
      const finding = forManifest(kept, known)
      const cause = waitingFor.includes(finding.code) ? covered.get(keyOfObject(finding)) : undefined
      if (cause !== undefined) {
        for (const [code, level] of cause) seeAlso.set(code, level)
        continue
      }
      const id = identity(finding)
      const affects = (check.about === 'health' ? sufferers(finding, consequences) : [...(finding.affects ?? [])]).map(
        (ref) => [keyOf(ref, ref), ref] as const,
      )
      const earlier = gathered.get(id)
      const entry = earlier ?? {finding, affects: new Map<string, Ref>()}
      for (const [key, ref] of affects) entry.affects.set(key, ref)
      if (earlier === undefined) own.set(id, entry)
      else if (!own.has(id)) seeAlso.set(finding.code, finding.level)
      gathered.set(id, entry)
      if (check.about === 'health' && finding.level !== 'note')
        for (const key of [keyOfObject(finding), ...entry.affects.keys()])
          covered.set(key, (covered.get(key) ?? new Map<string, Level>()).set(finding.code, finding.level))
    }
    return [{check, count, own, seeAlso, notVerified}]
  })
  const checks = asked.map(({check, count, own, seeAlso, notVerified}): CheckResult => {
    const findings = [...own.values()]
      .map(({finding, affects}): ReportFinding => ({...finding, affects: [...affects.values()]}))
      .toSorted((one, other) => rank(one.level) - rank(other.level))
    const levels = [...findings.map(({level}) => level), ...seeAlso.values()]
    return {
      id: check.id,
      category: check.category,
      question: check.question,
      about: check.about,
      outcome: outcomeOf(levels, notVerified.size),
      count,
      findings,
      seeAlso: [...seeAlso.keys()],
      notVerified: [...notVerified],
    }
  })
  return {
    apiVersion: 'sfl/v1',
    kind: 'CheckReport',
    ...(known.state.namespace === undefined ? {} : {namespace: known.state.namespace}),
    ...(known.state.planned === undefined ? {} : {manifests: known.state.planned.size}),
    ...summed(checks, dropped, failOn),
    checks: checks.toSorted((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category)),
  }
}

/** What a report comes to without some of its findings. */
export const withoutFindings = (
  report: CheckReport,
  gone: readonly ReportFinding[],
  failOn: 'error' | 'warning',
): CheckReport => {
  const checks = report.checks.map((check) => ({
    ...check,
    findings: check.findings.filter((one) => !gone.includes(one)),
  }))
  return {...report, ...summed(checks, report.totals.ignored, failOn), checks}
}

/** What is not applied yet cannot be changed by a command: the manifest is to be corrected. */
const forManifest = (verdict: Verdict, {state}: Knowledge): Verdict => {
  if (state.planned?.has(keyOfObject(verdict)) !== true) return verdict
  const {repair: _repair, ...rest} = verdict
  return rest
}

const levels: readonly Level[] = ['error', 'warning', 'note']
const rank = (level: Level): number => levels.indexOf(level)

const outcomeOf = (found: readonly Level[], hidden: number): CheckResult['outcome'] => {
  if (found.includes('error')) return 'error'
  if (found.includes('warning')) return 'warning'
  return hidden > 0 ? 'not-verified' : 'ok'
}

const summed = (
  checks: readonly CheckResult[],
  ignored: number,
  failOn: 'error' | 'warning',
): Pick<CheckReport, 'success' | 'totals'> => {
  const all = checks.flatMap(({findings}) => findings)
  const errors = all.filter(({level}) => level === 'error').length
  const warnings = all.filter(({level}) => level === 'warning').length
  return {
    success: errors === 0 && (failOn === 'error' || warnings === 0),
    totals: {
      checks: checks.length,
      ok: checks.filter(({outcome}) => outcome === 'ok').length,
      errors,
      warnings,
      notVerified: checks.filter(({notVerified}) => notVerified.length > 0).length,
      ignored,
    },
  }
}
