import type {Answers, Question} from './question.js'

/** What the questions come to where nobody is asked. */
export interface Settled<Id extends string> {
  answers: Answers<Id>
  /** Questions without an answer, and without one that Enter would mean. */
  missing: readonly Id[]
  /** What is wrong with given answers. */
  faults: ReadonlyArray<{id: Id; fault: string}>
  /** Given, but not asked about with these answers: without effect. */
  unused: readonly Id[]
}

/** What the questions would be answered with where nobody is asked: what is given, or else what Enter means. */
export const answersWithout = async <Id extends string>(
  questions: ReadonlyArray<Question<Id>>,
  given: Answers<Id>,
): Promise<Settled<Id>> => {
  let answers: Answers<Id> = given
  const missing: Id[] = []
  const faults: Array<{id: Id; fault: string}> = []
  const unused: Id[] = []
  for (const {id, when, check, verify, choices, initial} of questions) {
    const said = given[id]
    if ((await when?.(answers)) === false) {
      if (said !== undefined) unused.push(id)
      continue
    }
    if (said !== undefined) {
      const verdict = check?.(said, answers) ?? true
      const fault = verdict === true ? ((await verify?.(said, answers)) ?? true) : verdict
      if (fault !== true) faults.push({id, fault})
      continue
    }
    const offered = initial?.(answers) ?? (initial === undefined ? (await choices?.(answers))?.[0]?.value : undefined)
    if (offered === undefined) missing.push(id)
    else answers = {...answers, [id]: offered}
  }
  const used = Object.entries(answers).filter(([id]) => !unused.some((one) => one === id))
  return {answers: Object.fromEntries(used) as Answers<Id>, missing, faults, unused}
}
