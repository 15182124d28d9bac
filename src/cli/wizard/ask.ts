import type {Choice} from '../../terminal/prompts.js'
import {wrapped} from '../../output/wrapped.js'
import type {Runtime} from '../runtime.js'
import {BACK, HELP, type Answers, type Question} from './question.js'

const OTHER = '…'

type Asking = Pick<Runtime, 'prompts' | 'streams'>

/**
 * Asks the questions in their order, leaving out those that are answered in `given` and those that do not apply. `<` goes
 * back to the last answer, which is then the default; `?` tells more. Answers only what was asked on the way that was
 * taken in the end, together with `given`. Rejects with PromptCancelled.
 */
export const askQuestions = async <Id extends string>(
  asking: Asking,
  questions: ReadonlyArray<Question<Id>>,
  given: Answers<Id> = none(),
): Promise<Answers<Id>> => {
  const way: Id[] = []
  let kept: Answers<Id> = none()
  const soFar = (): Answers<Id> => ({...given, ...only(kept, way)})
  for (let index = 0; index < questions.length;) {
    const question = questions[index]!
    const answers = soFar()
    if (given[question.id] !== undefined || question.when?.(answers) === false) {
      index += 1
      continue
    }
    const answer = await askOne(asking, question, answers, kept[question.id], way.length > 0)
    if (answer === BACK) {
      const last = way.pop()
      index = questions.findIndex(({id}) => id === last)
    } else {
      kept = {...kept, [question.id]: answer}
      way.push(question.id)
      index += 1
    }
  }
  return soFar()
}

const none = <Id extends string>(): Answers<Id> => ({}) as Answers<Id>

const only = <Id extends string>(answers: Answers<Id>, ids: readonly Id[]): Answers<Id> => {
  const entries = ids.map((id) => [id, answers[id]])
  return Object.fromEntries(entries) as Answers<Id>
}

const textOf = <Id extends string>(text: Question<Id>['text'], answers: Answers<Id>): string =>
  typeof text === 'string' ? text : text(answers)

const askOne = async <Id extends string>(
  asking: Asking,
  question: Question<Id>,
  answers: Answers<Id>,
  before: string | undefined,
  canGoBack: boolean,
): Promise<string> => {
  const {streams} = asking
  const say = (text: string): void => {
    const {dim} = streams.errPalette
    for (const line of wrapped(text, streams.columns)) streams.err(`${dim(line)}\n`)
  }
  const choices = (await question.choices?.(answers)) ?? []
  const initial = before ?? question.initial?.(answers)
  if (question.why !== undefined) say(textOf(question.why, answers))
  for (;;) {
    const answer = await askOnce(asking, question, answers, {choices, initial, before, canGoBack})
    if (answer !== HELP) return answer
    say(question.help ?? textOf(question.why ?? question.text, answers))
  }
}

interface Asked {
  choices: readonly Choice[]
  initial: string | undefined
  /** The answer before going back. */
  before: string | undefined
  canGoBack: boolean
}

const askOnce = async <Id extends string>(
  {prompts}: Asking,
  {text, help, other, check, hidden}: Question<Id>,
  answers: Answers<Id>,
  {choices, initial, before, canGoBack}: Asked,
): Promise<string> => {
  const message = textOf(text, answers)
  const isControl = (answer: string): boolean =>
    (answer === HELP && help !== undefined) || (answer === BACK && canGoBack)
  const checked = (answer: string): true | string => isControl(answer) || (check?.(answer, answers) ?? true)
  // A password may be anything, so there are no signs with another meaning.
  if (hidden === true) return prompts.askHidden(message, (answer) => check?.(answer, answers) ?? true)
  if (choices.length === 0) return prompts.ask(message, checked, initial)
  const known = choices.some(({value}) => value === initial)
  // What was typed before and is not among them is typed again.
  const typed = !known && other !== undefined && before !== undefined
  const chosen = await prompts.choose(
    message,
    [
      ...choices,
      ...(other === undefined ? [] : [{value: OTHER, label: other, always: true}]),
      ...(help === undefined ? [] : [{value: HELP, label: '? tell me more'}]),
      ...(canGoBack ? [{value: BACK, label: '< go back'}] : []),
    ],
    known ? initial : typed ? OTHER : undefined,
  )
  return chosen === OTHER ? prompts.ask(message, checked, known ? undefined : initial) : chosen
}
