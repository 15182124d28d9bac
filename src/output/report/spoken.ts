import {printCommands, type Caller} from '../../domain/core/commands.js'
import {type CheckReport, type CheckResult, type ReportFinding} from '../../domain/check/engine/report.js'
import {type StatusView} from '../../domain/check/status.js'
import {type Finding} from '../../domain/findings/finding.js'

/** A finding as programs read it: its commands are a text, a line each, by the name by which the program was called. */
export type Spoken<F extends Finding> = Omit<F, 'repair'> & {repair?: string}

/** A finding for `-o json` and `-o yaml`. */
export const spoken = <F extends Finding>(one: F, caller: Caller): Spoken<F> => {
  const {repair, ...rest} = one
  // The order of the fields is that of the value.
  return repair === undefined ? rest : {...one, repair: printCommands(repair, caller)}
}

/** A view with findings, for `-o json` and `-o yaml`. */
export const spokenView = <F extends Finding, V extends {findings: readonly F[]}>(
  view: V,
  caller: Caller,
): Omit<V, 'findings'> & {findings: Array<Spoken<Finding>>} => ({
  ...view,
  findings: view.findings.map((one) => spoken<Finding>(one, caller)),
})

export type SpokenFinding = Spoken<ReportFinding>
export interface SpokenResult extends Omit<CheckResult, 'findings'> {
  findings: readonly SpokenFinding[]
}
/** The shape of `check -o json`. */
export interface SpokenReport extends Omit<CheckReport, 'checks'> {
  checks: readonly SpokenResult[]
}

export const spokenReport = (report: CheckReport, caller: Caller): SpokenReport => ({
  ...report,
  checks: report.checks.map((check) => ({...check, findings: check.findings.map((one) => spoken(one, caller))})),
})

/** The shape of `status -o json`. */
export interface SpokenStatus extends Omit<StatusView, 'causes'> {
  causes: readonly SpokenFinding[]
}

export const spokenStatus = (view: StatusView, caller: Caller): SpokenStatus => ({
  ...view,
  causes: view.causes.map((one) => spoken(one, caller)),
})
