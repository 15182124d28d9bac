import {ExitCode, SflError} from '../domain/core/errors.js'
import type {Finding} from '../domain/findings/finding.js'
import {kubectl, shellWord} from '../domain/core/commands.js'
import {rowOf} from '../domain/kinds/registry.js'
import {isFinal} from '../domain/findings/catalogue.js'
import {handleOf} from '../domain/core/object.js'
import {subjectOf, type Plan, type Step, type WaitStep} from '../domain/core/plan.js'
import type {ExecutedPlan} from '../kube/execute-plan.js'
import type {Runtime} from './runtime.js'
import {withCommandPrefix} from './print-findings.js'

/** A plan that was not carried out because of what was found. */
export const refused = (plan: Plan, errors: readonly Finding[], program: string): SflError => {
  const [step] = plan.steps
  const what = step === undefined ? 'nothing was' : `${handleOf(subjectOf(step))} was not`
  const codes = [...new Set(errors.map(({code}) => code))].join(', ')
  const hint = hintFor(errors)
  return new SflError('PreflightFailed', `${what} ${pastOf(step)} (${codes})`, ExitCode.Failed, {
    causes: causesOf(errors, program),
    ...(hint === undefined ? {} : {hint}),
  })
}

/** Findings as causes of an error, for `-o json`. */
export const causesOf = (findings: readonly Finding[], program: string): string[] =>
  withCommandPrefix(program, findings).map(({code, message, repair}) =>
    [`${code}: ${message}`, ...(repair === undefined ? [] : [`repair: ${repair}`])].join('\n'),
  )

/** The codes of all kinds for what exists already. */
const EXISTS: ReadonlySet<string> = new Set(['SFL-B01', 'SFL-T01', 'SFL-C01', 'SFL-S01', 'SFL-P07', 'SFL-CP07'])

const hintFor = (errors: readonly Finding[]): string | undefined => {
  if (errors.some(({code}) => EXISTS.has(code)))
    return `Add --if-not-exists to accept what is there, or change it with ${errors.some(({code}) => code.endsWith('P07')) ? '' : 'update or '}apply.`
  if (errors.some(isFinal)) return undefined
  return 'Repair what is named above and repeat the command, or go on all the same with --force.'
}

const pastOf = (step: Step | undefined): string => {
  switch (step?.verb) {
    case 'create':
      return 'created'
    case 'delete':
      return 'deleted'
    case 'apply':
      return 'applied'
    default:
      return 'changed'
  }
}

/** A failure half-way says what was done and what was not, so that the run can be taken up again. */
export const failureOf = ({done, failed, left}: ExecutedPlan, runtime: Runtime): SflError => {
  const error = runtime.translate(failed?.error)
  // Repeating the command would stumble over what it has made; what is left is to wait.
  const again = recreation(done, failed === undefined ? left : [failed.step, ...left])
  // A deletion that is still waited for has only been asked for.
  const going = failed?.step.verb === 'wait' && failed.step.until === 'gone'
  const finished = done.filter(
    ({outcome: verb}) => verb !== 'unchanged' && verb !== 'condition met' && !(going && verb === 'deleted'),
  )
  if (finished.length === 0 && failed?.step.verb !== 'wait') return error
  const story = [
    ...(finished.length === 0
      ? []
      : [`done: ${finished.map(({step, outcome: verb}) => `${handleOf(subjectOf(step))} ${verb}`).join(', ')}`]),
    ...(left.length === 0
      ? []
      : [`not done: ${left.map((step) => `${wordOf(step)} ${handleOf(subjectOf(step))}`).join(', ')}`]),
  ]
  return new SflError(error.reason, error.message, error.exitCode, {
    ...(error.code === undefined ? {} : {code: error.code}),
    causes: [...error.causes, ...story],
    hint:
      failed?.step.verb === 'wait' && error.reason !== 'Failed'
        ? [`Go on waiting with: ${resumption(failed.step, runtime.commandPrefix)}`, ...again].join('\n')
        : (again[0] ?? error.hint ?? 'Repeat the command; what is done already is left as it is.'),
    cause: error,
  })
}

const wordOf = ({verb}: Step): string => (verb === 'stay-gone' ? 'watch' : verb)

/** What was deleted in order to be created anew must not be lost: the command that creates it after all. */
const recreation = (done: ExecutedPlan['done'], undone: readonly Step[]): string[] =>
  undone.flatMap((step) =>
    step.verb === 'create' && done.some((one) => one.step.verb === 'delete' && sameObject(one.step, step))
      ? [`Create it with: echo ${shellWord(JSON.stringify(step.object))} | kubectl create -f -`]
      : [],
  )

const sameObject = (one: Step, other: Step): boolean => {
  const [a, b] = [subjectOf(one), subjectOf(other)]
  return handleOf(a) === handleOf(b) && a.namespace === b.namespace
}

/** The run was ended from outside: what was begun may be taken up again, the rest was not touched. */
export const stopped = (result: ExecutedPlan, rest: readonly Plan[], runtime: Runtime): SflError => {
  const {hint, causes} = failureOf(result, runtime)
  const left = rest.flatMap(({steps}) => steps.slice(0, 1).map((step) => handleOf(subjectOf(step))))
  return new SflError('Interrupted', 'interrupted', ExitCode.Interrupted, {
    causes: [...causes, ...(left.length === 0 ? [] : [`not begun: ${left.join(', ')}`])],
    ...(hint === undefined ? {} : {hint}),
  })
}

export const withCauses = (error: SflError, causes: readonly string[]): SflError =>
  new SflError(error.reason, error.message, error.exitCode, {
    ...(error.code === undefined ? {} : {code: error.code}),
    ...(error.hint === undefined ? {} : {hint: error.hint}),
    causes: [...error.causes, ...causes],
    cause: error,
  })

/** What to type to go on waiting. */
const resumption = ({ref, until}: WaitStep, program: string): string => {
  const where = ref.namespace === undefined ? [] : ['-n', ref.namespace]
  if (until === 'observed' || typeof until === 'object')
    return kubectl(...where, 'get', ref.kind.toLowerCase(), ref.name, '-o', 'yaml', '-w')
  if (until === 'complete')
    return kubectl(...where, 'wait', '--for=condition=Complete', `${ref.kind.toLowerCase()}/${ref.name}`)
  if (until === 'available') return kubectl(...where, 'rollout', 'status', `${ref.kind.toLowerCase()}/${ref.name}`)
  const {noun = '', hasWait} = rowOf(ref) ?? {}
  if (hasWait !== true)
    return kubectl(...where, 'wait', until === 'gone' ? '--for=delete' : '--for=condition=Ready', handleOf(ref))
  const target = until === 'gone' ? 'delete' : 'ready'
  return [program, noun, 'wait', ref.name, ...where, '--for', target].join(' ')
}
