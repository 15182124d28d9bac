import type {Check, Choice} from '../../terminal/prompts.js'

/** Answers by the id of their question. */
export type Answers<Id extends string> = Readonly<Partial<Record<Id, string>>>

/** A question as data. Every part may depend on what was answered before. */
export interface Question<Id extends string> {
  id: Id
  text: string | ((answers: Answers<Id>) => string)
  /** Why it matters, one line. */
  why?: string | ((answers: Answers<Id>) => string)
  /** The longer story, for those who type `?`. */
  help?: string
  /** Left out where this is false. */
  when?(answers: Answers<Id>): boolean | Promise<boolean>
  /** What can be chosen; none at all makes it a question for free text. */
  choices?(answers: Answers<Id>): readonly Choice[] | Promise<readonly Choice[]>
  /** The label of one more choice: to type something that is not among them. */
  other?: string
  /** The question then; left out, it is the same. */
  otherText?: string
  check?(answer: string, answers: Answers<Id>): true | string
  /** What can only be said after a look at the cluster or at a file; asked once `check` is content. */
  verify?(answer: string, answers: Answers<Id>): Promise<true | string>
  /** What Enter means. */
  initial?(answers: Answers<Id>): string | undefined
  /** What is typed is not shown. */
  hidden?: boolean
}

/** Typed instead of an answer. */
export const BACK = '<'
export const HELP = '?'

/** A check from a function that throws what is wrong, as those of the domain do. */
export const checkedBy =
  (read: (answer: string) => unknown): Check =>
  (answer) => {
    try {
      read(answer)
      return true
    } catch (error) {
      if (error instanceof Error) return error.message
      throw error
    }
  }

export const textOf = <Id extends string>(text: Question<Id>['text'], answers: Answers<Id>): string =>
  typeof text === 'string' ? text : text(answers)
