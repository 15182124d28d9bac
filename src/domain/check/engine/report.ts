import {type Finding, type Level} from '../../findings/finding.js'
import {type Ref} from '../../core/object.js'
import {accessCheck} from '../checks/access-check.js'
import {brokerChecks} from '../checks/broker-checks.js'
import {causesAmong} from './causes.js'
import {channelChecks} from '../checks/channel-checks.js'
import {type FailLevel} from './check-options.js'
import {CATEGORIES, type Category, type Check} from './check.js'
import {clusterChecks} from '../checks/cluster-checks.js'
import {consequencesOf} from './consequences.js'
import {collect} from './collect.js'
import {type Ignored} from './ignored.js'
import {kafkaChecks} from '../checks/kafka-checks.js'
import {type Snapshot} from '../snapshot/snapshot.js'
import {platformChecks} from '../checks/platform-checks.js'
import {sourceChecks} from '../checks/source-checks.js'
import {rankOf} from '../../findings/catalogue.js'
import {type MergedFinding} from './merged-finding.js'
import {triggerChecks} from '../checks/trigger-checks.js'

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
  /** From which level on the report is a failure. Default: error. */
  failOn?: FailLevel
}

/** Asks every question, and tells each cause once: with the check that saw it first. */
export const runChecks = (known: Snapshot, options: ReportOptions = {}): CheckReport => {
  const {categories = [], about, ignored = [], failOn = 'error'} = options
  const wanted = allChecks.filter(
    (check) =>
      (categories.length === 0 || check === accessCheck || categories.includes(check.category)) &&
      (about === undefined || check.about === about),
  )
  const counted = wanted.flatMap((check) => {
    const count = check.count(known)
    return count === 0 ? [] : [{check, count}]
  })
  const gathered = collect(
    counted.map(({check}) => check),
    known,
    {consequences: consequencesOf(known), ignored},
  )
  const told = causesAmong(gathered.told, known)
  const own = groupedBy(told, ({home}) => [home])
  const others = groupedBy(told, ({elsewhere, home}) => [...elsewhere].filter((id) => id !== home))
  const checks = counted.map(({check: {id, category, question, about: kind}, count}): CheckResult => {
    const findings = (own.get(id) ?? [])
      .map(({finding, affects}): ReportFinding => ({...finding, affects: [...affects.values()]}))
      .toSorted((one, other) => rankOf(one) - rankOf(other))
    const seeAlso = (others.get(id) ?? []).map(({finding}) => finding)
    const notVerified = [...(gathered.notVerified.get(id) ?? [])]
    return {
      id,
      category,
      question,
      about: kind,
      outcome: outcomeOf(
        [...findings, ...seeAlso].map(({level}) => level),
        notVerified.length,
      ),
      count,
      findings,
      seeAlso: [...new Set(seeAlso.map(({code}) => code))],
      notVerified,
    }
  })
  return {
    apiVersion: 'sfl/v1',
    kind: 'CheckReport',
    ...(known.state.namespace === undefined ? {} : {namespace: known.state.namespace}),
    ...(known.state.planned === undefined ? {} : {manifests: known.state.planned.size}),
    ...summed(checks, gathered.ignored, failOn),
    checks: checks.toSorted((a, b) => CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category)),
  }
}

const groupedBy = (
  told: readonly MergedFinding[],
  idsOf: (one: MergedFinding) => readonly string[],
): ReadonlyMap<string, MergedFinding[]> => {
  const groups = new Map<string, MergedFinding[]>()
  for (const one of told)
    for (const id of idsOf(one)) {
      const group = groups.get(id)
      if (group === undefined) groups.set(id, [one])
      else group.push(one)
    }
  return groups
}

const outcomeOf = (found: readonly Level[], hidden: number): CheckResult['outcome'] => {
  if (found.includes('error')) return 'error'
  if (found.includes('warning')) return 'warning'
  return hidden > 0 ? 'not-verified' : 'ok'
}

const summed = (
  checks: readonly CheckResult[],
  ignored: number,
  failOn: FailLevel,
): Pick<CheckReport, 'success' | 'totals'> => {
  const all = checks.flatMap(({findings}) => findings)
  const errors = all.filter(({level}) => level === 'error').length
  const warnings = all.filter(({level}) => level === 'warning').length
  const notVerified = checks.filter((one) => one.notVerified.length > 0).length
  return {
    success: errors === 0 && (failOn === 'error' || warnings === 0) && (failOn !== 'not-verified' || notVerified === 0),
    totals: {
      checks: checks.length,
      ok: checks.filter(({outcome}) => outcome === 'ok').length,
      errors,
      warnings,
      notVerified,
      ignored,
    },
  }
}
