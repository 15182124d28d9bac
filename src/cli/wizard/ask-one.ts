import type {Choice} from '../../terminal/prompts.js'
import {wrapped} from '../../output/wrapped.js'
import type {Runtime} from '../runtime.js'
import {BACK, HELP, textOf, type Answers, type Question} from './question.js'

const OTHER = '…'
/** A blank at which no line is broken. */
const FIRM = '\u00A0'

export type Asking = Pick<Runtime, 'prompts' | 'streams'>

export interface Offer {
  choices: readonly Choice[]
  /** What Enter means. */
  initial: string | undefined
  /** The answer that was given before. */
  before: string | undefined
  canGoBack: boolean
}

/**
 * Asks one question until it is answered: `?` tells more, and an answer that turns out wrong is explained in place.
 * Resolves with the answer or BACK; rejects with PromptCancelled.
 */
export const askOne = async <Id extends string>(
  asking: Asking,
  question: Question<Id>,
  answers: Answers<Id>,
  offer: Offer,
): Promise<string> => {
  const {streams} = asking
  const say = (text: string, paint = streams.errPalette.dim): void => {
    for (const line of wrapped(text, streams.columns - 1)) streams.err(`${paint(line.replaceAll(FIRM, ' '))}\n`)
  }
  const why = question.why === undefined ? [] : [textOf(question.why, answers)]
  const opening = [...why, ...hints(question, offer)].join(' ')
  if (opening !== '') say(opening)
  let {before} = offer
  for (;;) {
    const answer = await askOnce(asking, question, answers, {...offer, before, initial: before ?? offer.initial})
    if (answer === BACK && offer.canGoBack) return BACK
    if (answer === HELP) {
      say(question.help ?? why[0] ?? textOf(question.text, answers))
      continue
    }
    // What is chosen from a list is not checked by the list.
    const fault = question.check?.(answer, answers) ?? true
    const verdict = fault === true ? ((await question.verify?.(answer, answers)) ?? true) : fault
    if (verdict === true) return answer
    say(verdict, streams.errPalette.red)
    before = answer
  }
}

/** Lists show `?` and `<` among their choices; where text is typed they have to be told. */
const hints = <Id extends string>({help, hidden}: Question<Id>, {choices, canGoBack}: Offer): string[] => {
  if (hidden === true || choices.length > 0) return []
  const known = [...(help === undefined ? [] : ['? tells more']), ...(canGoBack ? ['< goes back'] : [])]
  // It stays in one piece where a line is broken.
  return known.length === 0 ? [] : [`(${known.join(', ')})`.replaceAll(' ', FIRM)]
}

const askOnce = async <Id extends string>(
  {prompts}: Asking,
  {text, help, other, otherText, check, hidden}: Question<Id>,
  answers: Answers<Id>,
  {choices, initial, before, canGoBack}: Offer,
): Promise<string> => {
  const message = textOf(text, answers)
  const isControl = (answer: string): boolean => answer === HELP || (answer === BACK && canGoBack)
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
  if (chosen === OTHER) return prompts.ask(otherText ?? message, checked, known ? undefined : initial)
  return chosen
}
