import {ENTER, type Move} from './screen.js'

/** How one question is answered, in the keys of a person. */
export interface Answered {
  /** The beginning of the question, as it stands on the screen. */
  question: string
  /** What is typed; with `take`, so that a list shows less. Left out: Enter alone. */
  typed?: string | undefined
  /** The beginning of the choice that is to be under the cursor before Enter. */
  take?: string | undefined
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A question that waits for its answer; between its parts may be the names of colours. */
export const waiting = (question: string): RegExp =>
  new RegExp(`\\?(?:‹›)? (?:‹bold›)?${literally(question).replaceAll(' ', '(?:‹›)? (?:‹dim›)?')}`)

const cursorAt = (choice: string): RegExp => new RegExp(`❯ ${literally(choice)}`)

/** The keys for these questions, in their order; each is looked at first, and with `keep` its screen is kept. */
export const movesFor = (answers: readonly Answered[], {keep = true}: {keep?: boolean} = {}): Move[] =>
  answers.flatMap(({question, typed = '', take}): Move[] => {
    const kept = keep ? {keep: question} : {}
    if (take === undefined) return [{see: waiting(question), keys: `${typed}${ENTER}`, ...kept}]
    const first = {see: waiting(question), ...kept}
    return typed === ''
      ? [first, {see: cursorAt(take), keys: ENTER}]
      : [
          {...first, keys: typed},
          {see: cursorAt(take), keys: ENTER},
        ]
  })

/** A choice of a list, found by a part of it. */
export const takes = (question: string, typed: string, take: string): Answered => ({question, typed, take})
