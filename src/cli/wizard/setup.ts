import {printCommand, sfl} from '../../domain/core/commands.js'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import {blocking, type Finding} from '../../domain/findings/finding.js'
import type {Plan} from '../../domain/core/plan.js'
import type {SetupAnswers, SetupId} from '../../domain/sonataflow/setup/answers.js'
import {manifestsOf} from '../../domain/sonataflow/setup/changes.js'
import {setupParts, type SetupPart} from '../../domain/sonataflow/setup/parts.js'
import {runbook} from '../../domain/sonataflow/setup/runbook.js'
import type {SurveyRow} from '../../domain/sonataflow/setup/survey.js'
import {surveyText} from '../../output/sonataflow/setup-survey.js'
import {wrapped} from '../../output/wrapped.js'
import type {SflCommand} from '../command.js'
import {refused} from '../failures.js'
import {runPlan, type WriteFlagValues} from '../run-plan.js'
import type {Cluster} from '../runtime.js'
import {interview, type Interview} from './ask.js'
import {settleAnswers, type GivenAnswers} from './setup-answers.js'
import {saveSetup} from './setup-files.js'
import type {SetupQuestion} from './setup-question.js'
import {decide, showSetup, type Decision} from './setup-review.js'
import {readSetupSecrets, type KnownSecrets, type SetupSecrets} from './setup-secrets.js'

export interface SetupFlags extends WriteFlagValues {
  answers?: string | undefined
  'save-answers'?: string | undefined
  'save-runbook'?: string | undefined
  'save-manifests'?: string | undefined
  force: boolean
}

/** Which platform it is about. */
interface Subject {
  namespace: string
  name: string
}

export interface SetupWork {
  /** The answers of a file; without them a person is asked. */
  given: GivenAnswers | undefined
  /** There is no SonataFlow operator: what is made is stored, and nothing comes of it yet. */
  idle: boolean
  /** What was found before the first question. */
  rows: readonly SurveyRow[]
  /** Why there is nothing to ask. */
  fault: SflError | undefined
  questions: readonly SetupQuestion[]
  /** The namespace of the context. */
  here: string
  plan(parts: readonly SetupPart[], secrets: SetupSecrets): Promise<Plan>
  explain(subject: Subject): Promise<readonly Finding[]>
  reasons(subject: Subject): Promise<readonly Finding[]>
}

/** A plan and what it was made of. */
interface Draft {
  answers: SetupAnswers
  parts: readonly SetupPart[]
  plan: Plan
}

/** A migration Job that has failed is not tried again by its operator, and the services wait for it. */
const fatalCodes: ReadonlySet<string> = new Set(['SFL-DB07'])

/** Asks, plans, shows, asks once more, and carries out. Nothing is written before the last answer. */
export const setUp = async (
  command: SflCommand,
  cluster: Cluster,
  flags: SetupFlags,
  work: SetupWork,
): Promise<void> => {
  const {runtime} = command
  const {streams} = runtime
  // What is shown here is not said once more; with -o a script is there to read.
  const shown = flags.output === undefined || work.given === undefined
  if (shown) streams.err(surveyText(work.rows, {columns: streams.columns, palette: streams.errPalette}))
  if (work.fault !== undefined) throw work.fault
  const known: KnownSecrets = new Map()
  const draftOf = async (answers: SetupAnswers): Promise<Draft> => {
    const parts = setupParts(answers)
    const plan = await work.plan(parts, await readSetupSecrets(runtime, parts, flags, known))
    if (shown) await showSetup(runtime, plan, parts, flags.force)
    return {answers, parts, plan}
  }
  const {decision, draft} =
    work.given === undefined
      ? await talk(command, flags, work, draftOf)
      : {decision: 'go' as const, draft: await draftOf(await settleAnswers(command, work.questions, work.given, flags))}
  const {answers, parts, plan} = draft
  await saveSetup(command, flags, {
    answers,
    parts,
    script: runbook(parts, runtime.caller, flags.force),
    manifests: manifestsOf(plan),
  })
  if (decision === 'leave') throw new SflError('Cancelled', 'cancelled, nothing was changed', ExitCode.Interrupted)
  const subject = subjectOf(answers, work.here)
  const errors = blocking(plan.findings)
  if (shown && errors.length > 0) throw refused(plan, errors, runtime.caller)
  const task = {
    plan: shown ? {...plan, findings: []} : plan,
    question: questionOf(subject),
    logWaits: true,
    explainTimeout: () => work.explain(subject),
    reasons: () => work.reasons(subject),
    fatalCodes,
  }
  const asked = work.given === undefined
  await runPlan(runtime, cluster, [task], {...flags, diff: false, yes: flags.yes || asked})
  if (flags['dry-run'] === 'none')
    command.note(
      `platform "${subject.name}" ${work.idle ? 'is stored, and was not waited for since there is no SonataFlow operator' : 'is set up'}; "${printCommand(sfl('platform describe', subject.name, '-n', subject.namespace), runtime.caller)}" shows what runs`,
      flags,
    )
}

const subjectOf = ({namespace, name}: SetupAnswers, here: string): Subject => ({
  namespace: namespace ?? here,
  name: name ?? '',
})

const questionOf = ({namespace, name}: Subject): string =>
  `Set up platform "${name}" in namespace "${namespace}" like this?`

/** Asks until the plan is as it should be, or is given up. */
const talk = async (
  {runtime}: SflCommand,
  flags: SetupFlags,
  {questions, here}: SetupWork,
  draftOf: (answers: SetupAnswers) => Promise<Draft>,
): Promise<{decision: Decision; draft: Draft}> => {
  const {streams} = runtime
  const manual =
    'Enter takes what is offered, ? tells more, < goes back. Nothing is changed before the end; Ctrl-C ends it.'
  streams.err('\n')
  for (const line of wrapped(manual, streams.columns - 1)) streams.err(`${streams.errPalette.dim(line)}\n`)
  let before: Interview<SetupId> | undefined
  let again: SetupId | undefined
  for (;;) {
    const talked: Interview<SetupId> = await interview(runtime, questions, {
      ...(before === undefined ? {} : {before}),
      ...(again === undefined ? {} : {again}),
    })
    const draft = await draftOf(talked.answers)
    const settled = flags.yes || flags['dry-run'] !== 'none'
    const decision = settled
      ? 'go'
      : await decide(runtime, questions, talked, {
          plan: draft.plan,
          question: questionOf(subjectOf(talked.answers, here)),
        })
    if (typeof decision === 'string') return {decision, draft}
    before = talked
    again = decision.change
  }
}
