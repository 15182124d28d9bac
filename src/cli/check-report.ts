import {type Caller} from '../domain/core/commands.js'
import {callerText, kubectl, printCommand} from '../domain/core/commands.js'
import {ExitCode, SflError} from '../domain/core/errors.js'
import {type FailLevel, type ReportFormat} from '../domain/check/engine/check-options.js'
import {type Fixes} from '../domain/check/engine/fixes.js'
import {keyOf} from '../domain/check/snapshot/cluster-state.js'
import {type CheckReport, type ReportFinding} from '../domain/check/engine/report.js'
import {handleOf} from '../domain/core/object.js'
import {subjectOf} from '../domain/core/plan.js'
import {checkText, countText, shortText} from '../output/check.js'
import {formatJson} from '../output/json.js'
import type {Origins} from '../output/report/sarif.js'
import {spokenReport} from '../output/report/spoken.js'
import {pause} from './pause.js'
import {runPlan, type WriteFlagValues} from './run-plan.js'
import type {Cluster, Runtime} from './runtime.js'

/** Formats that have no place for what was not looked at. */
const silent: readonly ReportFormat[] = ['short', 'sarif']

/** Leaves nobody in the belief that everything was looked at. */
export const sayUnverified = ({streams, caller}: Runtime, {totals}: CheckReport, format: ReportFormat): void => {
  if (!silent.includes(format) || totals.notVerified === 0) return
  const {notVerified, checks} = totals
  streams.err(
    `${streams.errPalette.yellow('warning:')} ${notVerified} of ${countText(checks, 'check')} could not look at everything; '${callerText(caller)} check' without -o says at what\n`,
  )
}

/** A report in the form that was asked for; what is not loaded for it costs nothing. */
export const reportText = async (
  {caller, streams, version}: Runtime,
  report: CheckReport,
  {format, failOn, origins}: {format: ReportFormat; failOn: FailLevel; origins: Origins},
): Promise<string> => {
  const own = spokenReport(report, caller)
  switch (format) {
    case 'text':
      return checkText(report, {
        caller,
        palette: streams.outPalette,
        ...(streams.screen === undefined ? {} : {columns: streams.screen.columns}),
      })
    case 'short':
      return shortText(report)
    case 'json':
      return `${formatJson(own)}\n`
    case 'yaml':
      return (await import('../output/yaml.js')).formatYaml(own)
    case 'junit':
      return (await import('../output/report/junit.js')).junitText(own, failOn)
    case 'sarif':
      return (await import('../output/report/sarif.js')).sarifText(own, version, origins)
  }
}

/** Says what the plan does, asks, and carries it out. Whether something was changed. */
export const carryOutFixes = async (
  runtime: Runtime,
  cluster: Cluster,
  {plan, repaired}: Fixes,
  flags: Omit<WriteFlagValues, 'output' | 'show-managed-fields'>,
  {totals}: CheckReport,
): Promise<boolean> => {
  const {streams} = runtime
  const found = totals.errors + totals.warnings
  const say = (text: string): void => streams.err(`${streams.errPalette.cyan('note:')} ${text}\n`)
  if (repaired.length === 0) {
    say(found === 0 ? 'there is nothing to repair' : 'nothing that was found can be repaired safely without you')
    return false
  }
  const lines = plan.steps.map((step) => {
    const {namespace} = subjectOf(step)
    const where = namespace === undefined ? '' : ` in namespace ${namespace}`
    return `  ${handleOf(subjectOf(step))}${where}: ${step.reason ?? ''}\n`
  })
  const rest = found - repaired.length
  streams.err(
    `${countText(repaired.length, 'finding')} can be repaired${rest > 0 ? `, ${rest} cannot be repaired safely without you` : ''}:\n${lines.join('')}`,
  )
  const question = plan.steps.length === 1 ? 'Carry out this repair?' : `Carry out these ${plan.steps.length} repairs?`
  await runPlan(runtime, cluster, [{plan, question}], {...flags, 'show-managed-fields': false})
  return flags['dry-run'] === 'none'
}

/** Exit code 5, with what was found. */
export const unhealthy = (
  report: CheckReport,
  {program, caller}: Pick<Runtime, 'program' | 'caller'>,
  {timedOut = false, repaired = false}: {timedOut?: boolean; repaired?: boolean} = {},
): SflError => {
  const {errors, warnings} = report.totals
  if (errors + warnings === 0) return unseen(report, caller, timedOut)
  const found = counted(report)
  const all = report.checks.flatMap(({findings}) => findings)
  const [worst] = ['error', 'warning'].flatMap((level) => all.filter((one) => one.level === level))
  const message = timedOut
    ? `timed out, and there ${errors + warnings === 1 ? 'is' : 'are'} still ${found}`
    : repaired
      ? `${found} left`
      : `found ${found}`
  return new SflError(timedOut ? 'Timeout' : 'Unhealthy', message, timedOut ? ExitCode.TimedOut : ExitCode.Unhealthy, {
    hint: `Run '${program} explain ${worst?.code ?? ''}' for details.`,
  })
}

/** A report without findings that is a failure all the same: `--fail-on not-verified`. */
const unseen = ({namespace, totals}: CheckReport, caller: Caller, timedOut: boolean): SflError => {
  const message = `${countText(totals.notVerified, 'check')} could not look at everything`
  const where = namespace === undefined ? [] : ['-n', namespace]
  const rights = printCommand(kubectl('auth', 'can-i', '--list', ...where), caller)
  return new SflError(
    timedOut ? 'Timeout' : 'Unhealthy',
    timedOut ? `timed out, and ${message}` : message,
    timedOut ? ExitCode.TimedOut : ExitCode.Unhealthy,
    {hint: `What you may read: ${rights}. Without --fail-on not-verified only findings count.`},
  )
}

const counted = ({totals: {errors, warnings}}: CheckReport): string =>
  [...(errors > 0 ? [countText(errors, 'error')] : []), ...(warnings > 0 ? [countText(warnings, 'warning')] : [])].join(
    ' and ',
  )

/** How long controllers get to take note of a repair, in milliseconds. */
const GRACE = 15_000

const concerned = (findings: readonly ReportFinding[]): ReadonlySet<string> =>
  new Set(
    findings.flatMap(({object, affects}) =>
      [...(object === undefined ? [] : [object]), ...affects].map((ref) => keyOf(ref, ref)),
    ),
  )

/** Looks again after repairs. What was repaired gets a moment to become ready; nothing else is waited for. */
export const afterRepairs = async (
  runtime: Runtime,
  look: () => Promise<CheckReport>,
  repaired: readonly ReportFinding[],
): Promise<{report: CheckReport; timedOut: boolean}> => {
  const healing = concerned(repaired)
  const rests = ({checks}: CheckReport): boolean =>
    checks
      .filter(({about}) => about === 'health')
      .flatMap(({findings}) => findings)
      .every((one) => one.level !== 'error' || [...concerned([one])].every((key) => !healing.has(key)))
  const {report} = await untilHealthy(runtime, look, GRACE, rests)
  return {report, timedOut: false}
}

/** Looks again until the report is a success or the time is over; the last report is returned either way. */
export const untilHealthy = async (
  runtime: Runtime,
  look: () => Promise<CheckReport>,
  timeoutMs: number,
  isDone: (report: CheckReport) => boolean = ({success}) => success,
): Promise<{report: CheckReport; timedOut: boolean}> => {
  const progress = runtime.startProgress()
  const end = runtime.now().getTime() + timeoutMs
  let pauseMs = 250
  let waited = 0
  try {
    for (;;) {
      const report = await look()
      if (isDone(report) || runtime.signal.aborted) return {report, timedOut: false}
      // A clock that stands still ends it too.
      if (waited >= timeoutMs || runtime.now().getTime() >= end) return {report, timedOut: true}
      progress.update(`waiting for ${counted(report)} to go away`)
      const ms = Math.min(pauseMs, timeoutMs - waited)
      await pause(ms, runtime.signal)
      waited += ms
      pauseMs = Math.min(2000, pauseMs * 2)
    }
  } finally {
    progress.done()
  }
}
