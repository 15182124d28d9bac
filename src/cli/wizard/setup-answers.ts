import {ExitCode, SflError} from '../../domain/core/errors.js'
import {
  placed,
  readSetupAnswers,
  setupMeaning,
  type AnswerEntry,
  type Place,
  type SetupAnswers,
  type SetupId,
} from '../../domain/sonataflow/setup/answers.js'
import {setupParts} from '../../domain/sonataflow/setup/parts.js'
import type {SflCommand} from '../command.js'
import {mayAsk} from '../run-plan.js'
import {answersWithout} from './defaults.js'
import type {SetupQuestion} from './setup-question.js'

type Parse = (text: string) => {entries: AnswerEntry[]} | {faults: string[]}

interface Flags {
  answers?: string | undefined
  'no-input'?: boolean | undefined
  output?: string | undefined
}

/** Answers of a file, and where each stands in it. */
export interface GivenAnswers {
  answers: SetupAnswers
  places: Readonly<Partial<Record<SetupId, Place>>>
}

/** The answers of `--answers`; `undefined` without it. Throws InvalidArgument with line and column of every fault. */
export const readAnswersFile = async (
  command: SflCommand,
  {answers: path, ...flags}: Flags,
  parse: () => Promise<Parse>,
): Promise<GivenAnswers | undefined> => {
  if (path === undefined) {
    if (mayAsk(command.runtime, flags)) return undefined
    throw new SflError(
      'MissingArgument',
      `'${command.program} platform setup' asks questions, but there is no terminal: --answers is missing`,
      ExitCode.Usage,
      {hint: `answer once at a terminal with --save-answers FILE, or see '${command.program} platform create --help'`},
    )
  }
  const parsed = (await parse())(await command.runtime.readFile(path))
  const {faults, ...given} =
    'faults' in parsed ? {...parsed, answers: {}, places: {}} : readSetupAnswers(parsed.entries)
  if (faults.length > 0) throw allOf(faults.map((fault) => `${path}: ${fault}`))
  return given
}

/** As the second half of a sentence. */
const sentence = (text: string): string =>
  text.replace(/^[A-Z](?=[a-z ])/, (first) => first.toLowerCase()).replace(/\.$/, '')

const allOf = (faults: readonly string[]): SflError =>
  new SflError('InvalidArgument', faults.join('\n'), ExitCode.Usage, faults.length > 1 ? {causes: faults} : {})

/** Passwords are no answers; where nobody can type them they come from files. */
const passwordsMissing = (answers: SetupAnswers): SetupId[] =>
  setupParts(answers).flatMap((part): SetupId[] => {
    if (part.part !== 'postgres-secret' && part.part !== 'kafka-secret') return []
    if (part.wish.user === undefined || part.wish.passwordFile !== undefined) return []
    return [part.wish.answerId]
  })

/** Takes what is not in the file as if Enter had been pressed. Throws InvalidArgument, all faults together. */
export const settleAnswers = async (
  command: SflCommand,
  questions: readonly SetupQuestion[],
  {answers: given, places}: GivenAnswers,
  flags: Flags,
): Promise<SetupAnswers> => {
  // A Secret without a user is one that is there.
  const there = [
    ...(given.databaseSecret !== undefined && given.databaseUser === undefined ? ['database'] : []),
    ...(given.jobDatabaseSecret !== undefined && given.jobDatabaseUser === undefined ? ['jobDatabase'] : []),
  ]
  const made = there.flatMap((id) => [`${id}User`, `${id}PasswordFile`])
  const asked = questions.filter(({id}) => !made.includes(id))
  const {answers, missing, faults, unused} = await answersWithout(asked, given)
  const untyped = mayAsk(command.runtime, flags) ? [] : passwordsMissing(answers)
  const file = flags.answers ?? ''
  const all = [
    ...faults.map(({id, fault}) => placed(places[id] ?? {line: 1, column: 1}, `${id}: ${fault}`)),
    ...[...new Set([...missing, ...untyped])].map((id) =>
      id === 'createNamespace'
        ? placed(
            places.namespace ?? {line: 1, column: 1},
            `namespace "${answers.namespace ?? ''}" does not exist; "createNamespace: yes" makes it`,
          )
        : `${id} is missing: ${sentence(setupMeaning(id))}`,
    ),
  ]
  if (all.length > 0) throw allOf(all.map((fault) => `${file}: ${fault}`))
  if (unused.length > 0)
    command.note(`${file}: without effect, with the other answers and on this cluster: ${unused.join(', ')}`, flags)
  return answers
}
