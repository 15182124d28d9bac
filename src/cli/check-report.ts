import {ExitCode, SflError} from '../domain/errors.js'
import {type ReportFormat} from '../domain/check/check-options.js'
import {type Fixes} from '../domain/check/fixes.js'
import {type CheckReport} from '../domain/check/report.js'
import {handleOf} from '../domain/object.js'
import {subjectOf} from '../domain/plan.js'
import {checkText, countText, shortText} from '../output/check.js'
import {formatJson} from '../output/json.js'
import type {Origins} from '../output/report-sarif.js'
import {spokenReport} from '../output/spoken-report.js'
import {pause} from './pause.js'
import {perform, type WriteFlagValues} from './perform.js'
import type {Cluster, Runtime} from './runtime.js'

/** A report in the form that was asked for; what is not loaded for it costs nothing. */
export const reportText = async (
  {spoken, streams, version}: Runtime,
  report: CheckReport,
  {format, failOn, origins}: {format: ReportFormat; failOn: 'error' | 'warning'; origins: Origins},
): Promise<string> => {
  const own = spokenReport(report, spoken)
  switch (format) {
    case 'text':
      return checkText(report, {program: spoken, palette: streams.outPalette})
    case 'short':
      return shortText(report)
    case 'json':
      return `${formatJson(own)}\n`
    case 'yaml':
      return (await import('../output/yaml.js')).formatYaml(own)
    case 'junit':
      return (await import('../output/report-junit.js')).junitText(own, failOn)
    case 'sarif':
      return (await import('../output/report-sarif.js')).sarifText(own, version, origins)
  }
}

/** Says what the plan does, asks, and carries it out. */
export const carryOutFixes = async (
  runtime: Runtime,
  cluster: Cluster,
  {plan, repaired}: Fixes,
  flags: Omit<WriteFlagValues, 'output' | 'show-managed-fields'>,
  healthy: boolean,
): Promise<void> => {
  const {streams} = runtime
  if (repaired.length === 0) {
    streams.err(
      `${streams.errPalette.cyan('note:')} ${healthy ? 'there is nothing to repair' : 'nothing that was found can be repaired safely without you'}\n`,
    )
    return
  }
  const lines = plan.steps.map((step) => {
    const {namespace} = subjectOf(step)
    const where = namespace === undefined ? '' : ` in namespace ${namespace}`
    return `  ${handleOf(subjectOf(step))}${where}: ${step.reason ?? ''}\n`
  })
  streams.err(`${countText(repaired.length, 'finding')} can be repaired:\n${lines.join('')}`)
  const question = plan.steps.length === 1 ? 'Carry out this repair?' : `Carry out these ${plan.steps.length} repairs?`
  await perform(runtime, cluster, [{plan, question}], {...flags, 'show-managed-fields': false})
}

/** Exit code 5, with what was found. */
export const unhealthy = (
  report: CheckReport,
  program: string,
  {timedOut = false, repaired = 0}: {timedOut?: boolean; repaired?: number} = {},
): SflError => {
  const {errors, warnings} = report.totals
  const found = [
    ...(errors > 0 ? [countText(errors, 'error')] : []),
    ...(warnings > 0 ? [countText(warnings, 'warning')] : []),
  ].join(' and ')
  const all = report.checks.flatMap(({findings}) => findings)
  const [worst] = ['error', 'warning'].flatMap((level) => all.filter((one) => one.level === level))
  const message = timedOut
    ? `time is over, and there are still ${found}`
    : repaired > 0
      ? `${found} left`
      : `found ${found}`
  return new SflError(timedOut ? 'Timeout' : 'Unhealthy', message, timedOut ? ExitCode.TimedOut : ExitCode.Unhealthy, {
    hint: `'${program} explain ${worst?.code ?? ''}' tells the story of a finding.`,
  })
}

/** Looks again until the report is a success or the time is over; the last report is returned either way. */
export const untilHealthy = async (
  runtime: Runtime,
  look: () => Promise<CheckReport>,
  timeoutMs: number,
): Promise<{report: CheckReport; timedOut: boolean}> => {
  const progress = runtime.startProgress()
  const end = runtime.now().getTime() + timeoutMs
  let pauseMs = 250
  let waited = 0
  try {
    for (;;) {
      const report = await look()
      if (report.success || runtime.signal.aborted) return {report, timedOut: false}
      // A clock that stands still ends it too.
      if (waited >= timeoutMs || runtime.now().getTime() >= end) return {report, timedOut: true}
      const {errors, warnings} = report.totals
      progress.update(`waiting for ${countText(errors, 'error')} and ${countText(warnings, 'warning')} to go away`)
      const ms = Math.min(pauseMs, timeoutMs - waited)
      await pause(ms, runtime.signal)
      waited += ms
      pauseMs = Math.min(2000, pauseMs * 2)
    }
  } finally {
    progress.done()
  }
}
