import {shellWord} from '../../domain/core/commands.js'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import type {Choice} from '../../terminal/prompts.js'
import {askQuestions} from '../wizard/ask.js'
import type {Answers, Question} from '../wizard/question.js'
import type {SflCommand} from '../command.js'
import type {GlobalFlagValues} from '../flags/global.js'
import {mayAsk} from '../run-plan.js'
import type {Cluster} from '../runtime.js'

/** A value that a command needs, given on the command line or asked for. */
export interface RequiredInput<T> {
  given: T | undefined
  /** What is missing without it, in words: `the broker name`, `--sink`. */
  what: string
  /** Left out of errors: asked about only when something else is missing, so that a bare command is a short form. */
  optional?: boolean
  question: Omit<Question<string>, 'id' | 'choices' | 'when'> & {
    /** What exists. */
    choices?(cluster: Cluster, answers: Answers<string>): Promise<readonly Choice[]>
    when?(answers: Answers<string>): boolean
  }
  read(answer: string): T
  /** The answer as it would have been typed. */
  words(answer: string): readonly string[]
  /** Its words stand behind what was typed, not in front of it. */
  behind?: boolean
}

type Values<N> = {[K in keyof N]: N[K] extends RequiredInput<infer T> ? T : never}
type Found<N> = {[K in keyof N]: Values<N>[K] | undefined}
type RequiredInputs = Readonly<Record<string, RequiredInput<unknown>>>
type Flags = GlobalFlagValues & {'no-input'?: boolean | undefined; output?: string | undefined}

/** The values of all needs; where a person is there, what is missing is asked for, and the whole command line is shown. */
export const askMissing = async <N extends RequiredInputs>(
  command: SflCommand,
  flags: Flags,
  name: string,
  needs: N,
): Promise<Found<N>> => {
  const all = Object.entries(needs)
  const given = all.map(([id, need]) => [id, need.given] as const)
  const values = Object.fromEntries(given)
  if (missing(needs).length === 0 || !mayAsk(command.runtime, flags)) return values as Found<N>

  const {prompts, streams} = command.runtime
  const cluster = await command.connect(flags)
  const open = all.filter(([, need]) => need.given === undefined)
  const questions = open.map(([id, {question}]): Question<string> => {
    const {choices, ...rest} = question
    return {...rest, id, ...(choices === undefined ? {} : {choices: (answers) => choices(cluster, answers)})}
  })
  const answers = await askQuestions({prompts, streams}, questions)
  const answered = open.flatMap(([id, need]) => {
    const answer = answers[id]
    // Nothing, chosen for what may be left out, is the same as not giving it.
    return answer === undefined || (answer === '' && need.optional === true) ? [] : [{id, need, answer}]
  })
  command.sayAtEnd(`the same in one line:\n  ${commandLine(command, name, answered)}`)
  return {
    ...values,
    ...Object.fromEntries(answered.map(({id, need, answer}) => [id, need.read(answer)])),
  } as Found<N>
}

/** As `askMissing`; throws MissingArgument, which names all that is missing, where nobody can be asked. */
export const needed = async <N extends RequiredInputs>(
  command: SflCommand,
  flags: Flags,
  name: string,
  needs: N,
): Promise<Values<N>> => {
  const {program} = command
  const left = missing(needs)
  if (left.length > 0 && !mayAsk(command.runtime, flags))
    throw new SflError('MissingArgument', `'${program} ${name}' requires ${listed(left)}`, ExitCode.Usage, {
      hint: `See '${program} ${name} --help'.`,
    })
  return (await askMissing(command, flags, name, needs)) as Values<N>
}

/** What a bare command line is short of. */
const missing = (needs: RequiredInputs): string[] =>
  Object.values(needs).flatMap(({given, optional, what}) => (given === undefined && optional !== true ? [what] : []))

/** `a`, `a and b`, `a, b and c` */
const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** The line that would have asked nothing; a token is not repeated. */
const commandLine = (
  command: SflCommand,
  name: string,
  answered: ReadonlyArray<{need: RequiredInput<unknown>; answer: string}>,
): string => {
  const typed = [...command.argv]
  const secret = typed.findIndex((word) => /^--token(=|$)/.test(word))
  if (secret >= 0) typed.splice(secret, typed[secret] === '--token' ? 2 : 1)
  const said = answered.map(({need, answer}) => ({words: need.words(answer), behind: need.behind === true}))
  const isName = ({words: [first], behind}: (typeof said)[number]): boolean =>
    !behind && first?.startsWith('--') === false
  const names = said.filter(isName).flatMap(({words}) => words)
  const rest = said.filter((one) => !isName(one)).flatMap(({words}) => words)
  return [command.program, name, ...[...names, ...typed, ...rest].map(shellWord)].join(' ')
}
