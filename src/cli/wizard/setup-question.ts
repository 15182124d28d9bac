import {setupFault, type SetupAnswers, type SetupId} from '../../domain/sonataflow/setup/answers.js'
import type {SetupFacts, SetupLookups} from '../../domain/sonataflow/setup/facts.js'
import {checkName} from '../../domain/core/syntax.js'
import type {Choice} from '../../terminal/prompts.js'
import {checkedBy, type Question} from './question.js'

export type SetupQuestion = Question<SetupId>

/** What the questions can look at while they are asked. */
export interface SetupSources {
  facts: SetupFacts
  lookups: SetupLookups
  /** The namespace of the context. */
  here: string
  /** Nothing will be made, or whatever is found: what is missing today does not count. */
  preparing: boolean
  /** Why a file cannot be read as a password; `undefined` when it can. */
  passwordFault(path: string, forKafka: boolean): Promise<string | undefined>
  /** Why a file cannot be read at all. */
  fileFault(path: string): Promise<string | undefined>
}

export const filled = (what: string) => (answer: string) => answer !== '' || `${what} is empty`
export const named = (what: string) => checkedBy((answer) => checkName(answer, what))
export const whole = (id: SetupId) => (answer: string) =>
  setupFault(id, answer) === undefined || 'expected a whole number from 1 on'
export const withServices = ({services}: SetupAnswers): boolean => services !== 'none'
/** Names of Secrets as choices; where they cannot be listed (no permission) there are none, and a name is typed. */
export const secretChoices = async ({lookups}: SetupSources, namespace = ''): Promise<readonly Choice[]> => {
  const found = await lookups.secrets(namespace)
  return found === 'forbidden' ? [] : found.map((value) => ({value}))
}

/** Where a password comes from: from a file, or typed later. */
export const passwordFile = (
  {passwordFault}: SetupSources,
  forKafka: boolean,
): Pick<SetupQuestion, 'text' | 'why' | 'help' | 'choices' | 'other' | 'otherText' | 'initial' | 'verify'> => ({
  text: 'Where does its password come from?',
  why: 'Neither the runbook nor the answers keep it: they name the file, or ask for one.',
  help: 'The file has the password and nothing else; a line end after it does not count. Typed, it is asked for twice when all else is answered, and not shown. A replay with --answers needs a file where nobody can type; the runbook reads it from the file that a variable names.',
  choices: () => [{value: '', label: 'I type it when all else is answered'}],
  other: 'it is in a file',
  otherText: 'File with the password:',
  initial: () => '',
  verify: async (path) => (path === '' ? true : ((await passwordFault(path, forKafka)) ?? true)),
})
