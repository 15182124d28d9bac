import {ExitCode, invalid, SflError} from '../../domain/errors.js'
import {
  readSetupAnswers,
  type AnswerEntry,
  type SetupAnswers,
  type SetupId,
} from '../../domain/sonataflow/setup-answers.js'
import {setupParts} from '../../domain/sonataflow/setup-parts.js'
import type {SflCommand} from '../command.js'
import {mayAsk} from '../perform.js'
import {askQuestions} from './ask.js'
import {answersWithout} from './defaults.js'
import type {Question} from './question.js'

type Parse = (text: string) => {entries: AnswerEntry[]} | {fault: string}

interface Flags {
  answers?: string | undefined
  'no-input'?: boolean | undefined
  output?: string | undefined
}

/** The answers of `--answers`; `undefined` without it. Throws InvalidArgument with line and column of every fault. */
export const readAnswersFile = async (
  command: SflCommand,
  {answers: path, ...flags}: Flags,
  parse: () => Promise<Parse>,
): Promise<SetupAnswers | undefined> => {
  if (path === undefined) {
    if (mayAsk(command.runtime, flags)) return undefined
    throw new SflError(
      'MissingArgument',
      `'${command.program} platform setup' asks questions, and nobody can be asked here: --answers is missing`,
      ExitCode.Usage,
      {hint: `answer once at a terminal with --save-answers FILE, or see '${command.program} platform create --help'`},
    )
  }
  const parsed = (await parse())(await command.runtime.readFile(path))
  if ('fault' in parsed) throw invalid(`${path}: ${parsed.fault}`)
  const {answers, faults} = readSetupAnswers(parsed.entries)
  if (faults.length > 0) throw allOf(faults.map((fault) => `${path}: ${fault}`))
  return answers
}

/** Passwords are no answers; where nobody can type them they come from files. */
const passwordsMissing = (answers: SetupAnswers): SetupId[] =>
  setupParts(answers).flatMap((part): SetupId[] => {
    if (part.part !== 'postgres-secret' && part.part !== 'kafka-secret') return []
    if (part.wish.user === undefined || part.wish.passwordFile !== undefined) return []
    return [part.part === 'postgres-secret' ? 'databasePasswordFile' : 'kafkaPasswordFile']
  })

const allOf = (faults: readonly string[]): SflError =>
  new SflError('InvalidArgument', faults.join('\n'), ExitCode.Usage, faults.length > 1 ? {causes: faults} : {})

/** Asks; or, with the answers of a file, takes what is not in there as if Enter had been pressed. */
export const settleAnswers = async (
  command: SflCommand,
  questions: ReadonlyArray<Question<SetupId>>,
  given: SetupAnswers | undefined,
  flags: Flags,
): Promise<SetupAnswers> => {
  if (given === undefined) return askQuestions(command.runtime, questions)
  // A Secret without a user is one that is there.
  const settled = given.databaseSecret === undefined ? given : {databaseUser: '', ...given}
  const {answers, missing: unsaid, faults} = await answersWithout(questions, settled)
  const missing = [...unsaid, ...(mayAsk(command.runtime, flags) ? [] : passwordsMissing(answers))]
  const lacking = missing.length === 0 ? [] : [`${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing`]
  const all = [...faults, ...lacking]
  if (all.length > 0) throw allOf(all.map((fault) => `${flags.answers ?? ''}: ${fault}`))
  return answers
}
