import type {Answers, Question} from './question.js'

/**
 * What the questions would be answered with where nobody is asked: what is given, or else what Enter means. `missing` are
 * those that have no such answer.
 */
export const answersWithout = async <Id extends string>(
  questions: ReadonlyArray<Question<Id>>,
  given: Answers<Id>,
): Promise<{answers: Answers<Id>; missing: readonly Id[]; faults: readonly string[]}> => {
  let answers: Answers<Id> = given
  const missing: Id[] = []
  const faults: string[] = []
  for (const {id, when, check, choices, initial} of questions) {
    if (when?.(answers) === false) continue
    const said = given[id]
    if (said !== undefined) {
      const verdict = check?.(said, answers) ?? true
      if (verdict !== true) faults.push(`${id}: ${verdict}`)
      continue
    }
    const offered = initial?.(answers) ?? (initial === undefined ? (await choices?.(answers))?.[0]?.value : undefined)
    if (offered === undefined) missing.push(id)
    else answers = {...answers, [id]: offered}
  }
  return {answers, missing, faults}
}
