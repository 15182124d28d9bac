import type {Choice} from '../../terminal/prompts.js'
import {askOne, type Asking} from './ask-one.js'
import {BACK, textOf, type Answers, type Question} from './question.js'

/** An answer, and the form in which its question was asked: it counts for as long as the question stays the same. */
interface Kept {
  answer: string
  form: string
}

/** What an interview came to; with it the interview can be taken up again. */
export interface Interview<Id extends string> {
  /** What was asked on the way that was taken in the end, together with what was given. */
  answers: Answers<Id>
  /** Those that were asked, in their order. */
  asked: readonly Id[]
  kept: ReadonlyMap<Id, Kept>
}

export interface InterviewOptions<Id extends string> {
  /** Answers to questions that are not asked. */
  given?: Answers<Id>
  /** An earlier interview: what was answered there is asked only where the question has become another one. */
  before?: Interview<Id>
  /** The answer of it that is to be changed. */
  again?: Id
}

/**
 * Asks the questions in their order, leaving out those that are answered in `given` and those that do not apply. `<` goes
 * back to the last answer, which is then what Enter means; `?` tells more. After an answer was changed, only those
 * questions are asked again that show something else because of it, or whose answer is not good any more. Rejects with
 * PromptCancelled.
 */
export const interview = async <Id extends string>(
  asking: Asking,
  questions: ReadonlyArray<Question<Id>>,
  {given = none(), before, again: first}: InterviewOptions<Id> = {},
): Promise<Interview<Id>> => {
  const kept = new Map(before?.kept)
  let way: readonly Id[] = []
  let again = first
  const soFar = (): Answers<Id> => ({...given, ...answersOf(kept, way)})
  for (let index = 0; index < questions.length; index += 1) {
    const question = questions[index]!
    const {id} = question
    const answers = soFar()
    if (given[id] !== undefined || (await question.when?.(answers)) === false) continue
    const choices = (await question.choices?.(answers)) ?? []
    const initial = question.initial?.(answers)
    const form = formOf(question, answers, choices, initial)
    const last = kept.get(id)
    const holds = last !== undefined && last.form === form && (question.check?.(last.answer, answers) ?? true) === true
    if (holds && id !== again) {
      way = [...way, id]
      continue
    }
    // What was chosen from a list that has become another one is no default of this one.
    const fits = last !== undefined && (last.form === form || id === again || choices.length === 0)
    const known = fits || choices.some(({value}) => value === last?.answer)
    const offer = {choices, initial, before: known ? last?.answer : undefined, canGoBack: way.length > 0}
    const answer = await askOne(asking, question, answers, offer)
    if (answer === BACK) {
      again = way.at(-1)
      way = way.slice(0, -1)
      index = questions.findIndex((one) => one.id === again) - 1
    } else {
      if (id === again) again = undefined
      kept.set(id, {answer, form})
      way = [...way, id]
    }
  }
  return {answers: soFar(), asked: way, kept}
}

/** The answers of an interview that is had once. Rejects with PromptCancelled. */
export const askQuestions = async <Id extends string>(
  asking: Asking,
  questions: ReadonlyArray<Question<Id>>,
  given: Answers<Id> = none(),
): Promise<Answers<Id>> => (await interview(asking, questions, {given})).answers

const none = <Id extends string>(): Answers<Id> => ({}) as Answers<Id>

const answersOf = <Id extends string>(kept: ReadonlyMap<Id, Kept>, ids: readonly Id[]): Answers<Id> =>
  Object.fromEntries(ids.map((id) => [id, kept.get(id)?.answer])) as Answers<Id>

/** What a question shows: another text, choice or default makes it another question. */
const formOf = <Id extends string>(
  {text}: Question<Id>,
  answers: Answers<Id>,
  choices: readonly Choice[],
  initial: string | undefined,
): string => JSON.stringify([textOf(text, answers), choices.map(({value, label}) => [value, label]), initial])
