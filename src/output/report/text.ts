import {calledAs} from '../../domain/core/commands.js'
import {type CheckReport, type ReportFinding} from '../../domain/check/engine/report.js'

/** Findings with their commands under the name by which the program was called, for the same cluster. */
export const spokenFindings = (findings: readonly ReportFinding[], program: string): ReportFinding[] =>
  findings.map((one) => (one.repair === undefined ? one : {...one, repair: calledAs(one.repair, program)}))

/** The same for a whole report. */
export const spokenReport = (report: CheckReport, program: string): CheckReport => ({
  ...report,
  checks: report.checks.map((check) => ({...check, findings: spokenFindings(check.findings, program)})),
})
