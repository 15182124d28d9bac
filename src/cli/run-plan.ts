import {ExitCode, SflError} from '../domain/core/errors.js'
import {blocking, identityOf, untold, type Finding} from '../domain/findings/finding.js'
import {handleOf, refOf, type KubeObject} from '../domain/core/object.js'
import {isWatching, subjectOf, type Plan} from '../domain/core/plan.js'
import {masked, revealed} from '../domain/secret/secret-value.js'
import type {ExecutedPlan, DoneStep, DryRun} from '../kube/execute-plan.js'
import {isObjectFormat, parseFormat, type Format, type ObjectFormat} from '../output/format.js'
import {objectWriter} from '../output/object-writer.js'
import {formatFindings} from '../output/report/findings.js'
import {outcome} from '../output/outcome.js'
import {watchedLine} from '../output/step-line.js'
import {causesOf, failureOf, refused, stopped, withCauses} from './failures.js'
import {previewText, showPreview, type Change} from './preview.js'
import type {Cluster, Runtime} from './runtime.js'
import {printFindings} from './print-findings.js'
import {aggregateFailures} from './aggregate-failures.js'
import {watchReasons} from './watch-reasons.js'

/** The flags of every command that changes the cluster, as parsed. */
export interface WriteFlagValues {
  'dry-run': DryRun
  diff: boolean
  'field-manager': string
  output?: string | undefined
  'show-managed-fields': boolean
  /** Values of Secrets in json and yaml; only commands about Secrets have it. */
  'show-secrets'?: boolean | undefined
  yes: boolean
  /** Names that were given instead of being typed; only commands whose danger asks for that have it. */
  confirm?: readonly string[] | undefined
  'no-input'?: boolean | undefined
  /** Only commands have it that may go on in spite of errors. */
  force?: boolean | undefined
}

/** One object's worth of work. Several are carried out one after the other and fail independently. */
export interface Task {
  plan: Plan
  /** Asked before anything is written; tasks without one are not asked about. */
  question?: string
  /** The name that has to be typed instead of y, or given with --confirm: for what others depend on. */
  typedName?: string
  /** Looks again when waiting or watching ended badly, and says why. */
  explainTimeout?(): Promise<readonly Finding[]>
  /** Looks, from time to time while something is waited for, for what will not heal by itself. */
  reasons?(): Promise<readonly Finding[]>
  /** Codes among those reasons with which waiting on is in vain. */
  fatalCodes?: ReadonlySet<string>
  /** Says in logs as well, and not only at a terminal, how long each thing was waited for. */
  logWaits?: boolean
}

/** A name for which no plan could be made. */
export interface Failed {
  failure: SflError
}

/** Makes a task of every name, all at once; what fails for one name does not keep the others from being done. */
export const tasksFor = async (
  runtime: Runtime,
  names: readonly string[],
  make: (name: string) => Promise<Task>,
): Promise<Array<Task | Failed>> =>
  Promise.all(names.map((name) => make(name).catch((error: unknown): Failed => ({failure: runtime.translate(error)}))))

const WRITE_FORMATS = ['json', 'yaml', 'name', 'jsonpath', 'jsonpath-as-json', 'custom-columns'] as const

/** Checks `-o` before the first request. */
export const writeFormat = (output: string | undefined): Format => parseFormat(output, {allowed: [...WRITE_FORMATS]})

/**
 * Judge, show, ask, carry out, report: the second half of every command that changes something. Findings go to stderr;
 * an error among them keeps its task from being carried out. Nothing is written before everything was judged and asked.
 */
export const runPlan = async (
  runtime: Runtime,
  cluster: Cluster,
  given: ReadonlyArray<Task | Failed>,
  flags: WriteFlagValues,
): Promise<void> => {
  const format = writeFormat(flags.output)
  const failures = given.flatMap((task) => ('failure' in task ? [task.failure] : []))
  const tasks = given.flatMap((task) => ('failure' in task ? [] : [task]))
  const ready: Task[] = []
  const findings = tasks.flatMap(({plan}) => plan.findings)
  // Under -o json a failure is one Status and nothing beside it; what was found is said when all went well.
  const silent = format.name === 'json'
  if (!silent) printFindings(runtime, findings, given.length > 1)
  for (const task of tasks) {
    const errors = blocking(task.plan.findings)
    if (errors.length === 0) ready.push(task)
    else failures.push(refused(task.plan, errors, runtime.caller, flags))
  }

  if (flags.diff && ready.length > 0) await previewAll(runtime, cluster, ready, flags)
  await askAll(runtime, ready, flags)

  const results: DoneStep[] = []
  for (const [index, task] of ready.entries()) {
    const told = new Set(findings.map(identityOf))
    const result = await carryOutTold(runtime, cluster, task, {flags, silent, told, lines: format.name === 'table'})
    results.push(...result.done)
    if (result.failed !== undefined) {
      const failure = failureOf(result, runtime)
      const explained = isWatching(result.failed.step) ? await explainTimeout(task) : []
      if (!silent) printFindings(runtime, untold(explained, told), given.length > 1)
      failures.push(silent ? withCauses(failure, causesOf(explained, runtime.caller)) : failure)
    }
    if (runtime.signal.aborted)
      throw stopped(
        result,
        ready.slice(index + 1).map(({plan}) => plan),
        runtime,
      )
  }
  if (isObjectFormat(format)) await printObjects(runtime, format, results, flags)
  if (silent && failures.length === 0) printFindings(runtime, findings, given.length > 1)
  aggregateFailures(runtime, failures, given.length)
}

interface Telling {
  flags: WriteFlagValues
  /** One Status and nothing beside it. */
  silent: boolean
  /** A line for every outcome. */
  lines: boolean
  /** What was said, by `identityOf`; what is said meanwhile is added. */
  told: Set<string>
}

/** Carries out one plan, and says what becomes of it while it does. */
const carryOutTold = async (
  runtime: Runtime,
  cluster: Cluster,
  task: Task,
  {flags, silent, lines, told}: Telling,
): Promise<ExecutedPlan> => {
  const {streams, caller} = runtime
  const progress = silent ? undefined : runtime.startProgress()
  const dryRun = flags['dry-run']
  const look = task.reasons
  const giveUp = new AbortController()
  const reasons =
    look === undefined || progress === undefined || dryRun !== 'none'
      ? undefined
      : watchReasons(
          () => look(),
          (reason) => {
            const text = formatFindings(untold([reason], told), {caller, palette: streams.errPalette})
            if (text !== '') progress.say(text.trimEnd())
            if (task.fatalCodes?.has(reason.code) === true) giveUp.abort()
          },
        )
  let begun = runtime.now().getTime()
  const onDone = (done: DoneStep): void => {
    progress?.done()
    const spent = runtime.now().getTime() - begun
    begun += spent
    if (!isWatching(done.step)) {
      if (lines) streams.out(outcomeLine(done, dryRun))
    } else if (streams.errIsTerminal || task.logWaits === true)
      progress?.say(`${streams.errPalette.green('✔')} ${watchedLine(done.step, spent)}`)
  }
  const onNote = (note: string): void => progress?.update(note)
  try {
    return await cluster.carryOut(task.plan, {
      dryRun,
      fieldManager: flags['field-manager'],
      giveUp: giveUp.signal,
      onNote,
      onDone,
    })
  } finally {
    reasons?.stop()
    progress?.done()
  }
}

/** The second look is a courtesy: when it fails, the time-out itself is what counts. */
const explainTimeout = async (task: Task): Promise<readonly Finding[]> => {
  try {
    return (await task.explainTimeout?.()) ?? []
  } catch {
    return []
  }
}

const previewAll = async (
  runtime: Runtime,
  cluster: Cluster,
  tasks: readonly Task[],
  flags: WriteFlagValues,
): Promise<void> => {
  const changes: Change[] = []
  for (const {plan} of tasks) {
    const steps = plan.steps.filter((step) => !isWatching(step))
    const dryRun = flags['dry-run'] === 'client' ? 'client' : 'server'
    const result = await cluster.carryOut({...plan, steps}, {dryRun, fieldManager: flags['field-manager']})
    if (result.failed !== undefined) throw result.failed.error
    changes.push(...result.done.map(changeOf))
  }
  const external = runtime.env['KUBECTL_EXTERNAL_DIFF']
  if (external) await showPreview(runtime, external, changes)
  else runtime.streams.err(await previewText(changes, runtime.streams.errPalette))
}

const changeOf = ({step, object}: DoneStep): Change => {
  const ref = subjectOf(step)
  switch (step.verb) {
    case 'create':
      return {ref, before: undefined, after: object}
    case 'delete':
      return {ref, before: step.before, after: undefined}
    case 'keep':
      return {ref, before: step.object, after: step.object}
    case 'apply':
    case 'patch':
      return {ref, before: step.before, after: object}
    case 'wait':
    case 'stay-gone':
      return {ref, before: object, after: object}
  }
}

interface Question {
  text: string
  /** To be typed instead of y. */
  name?: string
}

const askAll = async (runtime: Runtime, tasks: readonly Task[], flags: WriteFlagValues): Promise<void> => {
  const questions = tasks.flatMap(({question, typedName}): Question[] =>
    question === undefined ? [] : [typedName === undefined ? {text: question} : {text: question, name: typedName}],
  )
  if (flags.diff && questions.length === 0 && tasks.some(({plan}) => plan.steps.some(({verb}) => verb !== 'keep')))
    questions.push({text: 'Carry this out?'})
  if (flags['dry-run'] !== 'none') return
  const open = questions.filter(({name}) => (name === undefined ? !flags.yes : flags.confirm?.includes(name) !== true))
  const [first] = open
  if (first === undefined) return
  if (!mayAsk(runtime, flags)) {
    const names = open.flatMap(({name}) => name ?? [])
    throw new SflError(
      'ConfirmationRequired',
      `confirmation required, but there is no terminal: ${first.text}`,
      ExitCode.Usage,
      {
        hint: `${flags.yes && names.length > 0 ? '--yes is not enough here: repeat' : 'Repeat'} the command with ${[
          ...(open.some(({name}) => name === undefined) ? ['--yes'] : []),
          ...names.map((name) => `--confirm ${name}`),
        ].join(' ')}, or look first with --dry-run=server.`,
      },
    )
  }
  for (const question of open) {
    if (!(await answered(runtime, question)))
      throw new SflError('Cancelled', 'cancelled, nothing was changed', ExitCode.Interrupted)
  }
}

/** y/N, or the name; an empty answer is no. */
const answered = async ({prompts}: Runtime, {text, name}: Question): Promise<boolean> => {
  if (name === undefined) return prompts.confirm(text)
  const answer = await prompts.ask(
    `${text} Type its name to go on, or nothing to leave it:`,
    (typed) => typed === name || typed === '' || `that is not "${name}"`,
  )
  return answer === name
}

/** Whether a person is there to answer: two terminals, no CI, no --no-input, no machine output. */
export const mayAsk = (
  {streams, env}: Runtime,
  flags: {'no-input'?: boolean | undefined; output?: string | undefined},
): boolean =>
  streams.interactive && !env['CI'] && flags['no-input'] !== true && !/^(json|yaml|jsonpath)/.test(flags.output ?? '')

const outcomeLine = ({step, outcome: verb}: DoneStep, dryRun: DryRun): string =>
  `${outcome(subjectOf(step), verb, dryRun)}\n`

const printObjects = async (
  runtime: Runtime,
  format: ObjectFormat,
  results: readonly DoneStep[],
  flags: WriteFlagValues,
): Promise<void> => {
  const objects = newest(results).map((object) => (flags['show-secrets'] === true ? revealed(object) : masked(object)))
  if (objects.length === 0) return
  const writer = await objectWriter(format, {list: objects.length > 1, showManagedFields: flags['show-managed-fields']})
  runtime.streams.data(writer.page(objects) + writer.end())
}

/** Each object once, as the last step left it (a wait brings the status). */
const newest = (results: readonly DoneStep[]): KubeObject[] => {
  const byHandle = new Map<string, KubeObject>()
  for (const {object} of results) {
    if (object !== undefined) byHandle.set(`${handleOf(refOf(object))} ${object.metadata.namespace ?? ''}`, object)
  }
  return [...byHandle.values()]
}
