import {blocking} from '../../domain/findings/finding.js'
import type {Plan} from '../../domain/core/plan.js'
import {changesOf} from '../../domain/sonataflow/setup/changes.js'
import type {SetupAnswers, SetupId} from '../../domain/sonataflow/setup/answers.js'
import type {SetupPart} from '../../domain/sonataflow/setup/parts.js'
import {commandLine, setupCommand} from '../../domain/sonataflow/setup/runbook.js'
import {previewText} from '../preview.js'
import type {Runtime} from '../runtime.js'
import {printFindings} from '../print-findings.js'
import type {Interview} from './ask.js'
import {wrapped} from '../../output/wrapped.js'
import {BACK, HELP, textOf} from './question.js'
import type {SetupQuestion} from './setup-question.js'

/** Findings, the whole plan as a diff, and the commands that do the same. */
export const showSetup = async (
  runtime: Runtime,
  plan: Plan,
  parts: readonly SetupPart[],
  force: boolean,
): Promise<void> => {
  const {streams, caller} = runtime
  const {err, errPalette} = streams
  const heading = (text: string): void => err(`\n${errPalette.bold(text)}\n`)
  if (plan.findings.length > 0) {
    heading('Findings')
    printFindings(runtime, plan.findings, false)
  }
  heading('Plan')
  err(await previewText(changesOf(plan), errPalette))
  heading('The same without questions')
  for (const part of parts) err(`  ${commandLine(setupCommand(part), caller, force)}\n`)
  err('\n')
}

/** What is to be done with a plan that was shown: all of it, nothing, or another answer to one question. */
export type Decision = 'go' | 'leave' | {change: SetupId}

const MORE =
  'The steps are done in the order of the plan, and each is waited for until it is ready. Ctrl-C or a failure ends it: what was done by then is said, and the same set-up or runbook may be carried out again without harm. After a changed answer only those questions are asked again that look different because of it.'

/** The one question after all is known. Rejects with PromptCancelled. */
export const decide = async (
  {prompts, streams}: Runtime,
  questions: readonly SetupQuestion[],
  {asked, answers}: Interview<SetupId>,
  {plan, question}: {plan: Plan; question: string},
): Promise<Decision> => {
  const blocked = blocking(plan.findings).length > 0
  for (;;) {
    const chosen = await prompts.choose(
      blocked ? 'It cannot be done like this, see the errors above. What now?' : question,
      [
        ...(blocked ? [] : [{value: 'go', label: 'yes, carry it out'}]),
        {value: 'change', label: 'change an answer'},
        {value: 'leave', label: 'no, leave everything as it is'},
        {value: HELP, label: '? tell me more'},
      ],
      blocked ? 'change' : 'leave',
    )
    if (chosen === HELP) {
      for (const line of wrapped(MORE, streams.columns - 1)) streams.err(`${streams.errPalette.dim(line)}\n`)
      continue
    }
    if (chosen !== 'change') return chosen === 'go' ? 'go' : 'leave'
    const wanted = await prompts.choose('Which answer?', [
      ...asked.map((id) => ({value: id, label: `${titleOf(questions, id, answers)} ${answers[id] || '(nothing)'}`})),
      {value: BACK, label: '< go back'},
    ])
    const id = asked.find((one) => one === wanted)
    if (id !== undefined) return {change: id}
  }
}

/** The question as a title: `Name of the platform:` */
const titleOf = (questions: readonly SetupQuestion[], id: SetupId, answers: SetupAnswers): string => {
  const question = questions.find((one) => one.id === id)
  return question === undefined ? `${id}:` : textOf(question.text, answers)
}
