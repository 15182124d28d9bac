import {MECHANISMS} from '../../domain/kafka/credentials/secret-format.js'
import type {RequiredInput} from './ask-missing.js'
import {newName, textFlag} from './required-input.js'

interface KafkaLoginFlags extends PasswordGiven {
  'ca-cert'?: string | undefined
  'client-cert'?: string | undefined
  'client-key'?: string | undefined
  'skip-client-auth': boolean
  mechanism?: string | undefined
  user?: string | undefined
  attach: boolean
}

type Answered = Readonly<Partial<Record<string, string | undefined>>>

const isMechanism = (login: string | undefined): boolean => MECHANISMS.some((mechanism) => mechanism === login)

/** User of a server; what is typed may not be empty. */
const userFlag = (
  value: string | undefined,
  passwordGiven: boolean,
  when?: RequiredInput<string>['question']['when'],
): RequiredInput<string> => ({
  ...textFlag('--user', value, {
    text: 'User:',
    check: (answer) => answer !== '' || 'the user is empty',
    ...(when === undefined ? {} : {when}),
  }),
  // A password that was asked for comes from a file where nobody is asked.
  words: (answer) => ['--user', answer, ...(passwordGiven ? [] : ['--password-file', 'FILE'])],
})

interface PasswordGiven {
  'password-stdin': boolean
  'password-file'?: string | undefined
}

const givenIn = (flags: PasswordGiven): boolean => flags['password-stdin'] || flags['password-file'] !== undefined

const file = (flag: string, question: RequiredInput<string>['question']): RequiredInput<string> =>
  textFlag(flag, undefined, question, true)

const login: RequiredInput<string> = {
  given: undefined,
  what: '--mechanism, --client-cert or --skip-client-auth',
  read: (answer) => answer,
  words: (answer) => (isMechanism(answer) ? ['--mechanism', answer] : answer === 'none' ? ['--skip-client-auth'] : []),
  question: {
    text: 'How do brokers log in to Kafka?',
    why: 'It has to be what the listener of Kafka expects.',
    help: 'SASL sends a user with a password; SCRAM-SHA-512 is what Strimzi sets up for users with a password. A client certificate says who it is by itself. Without either, Kafka lets everybody in who reaches it.',
    choices: async () => [
      ...MECHANISMS.map((value) => ({value, label: `user and password, SASL ${value}`})),
      {value: 'certificate', label: 'client certificate'},
      {value: 'none', label: 'not at all, only TLS'},
    ],
    initial: () => 'SCRAM-SHA-512',
  },
}

const attach: RequiredInput<string> = {
  given: undefined,
  what: '--attach',
  optional: true,
  read: (answer) => answer,
  words: () => ['--attach'],
  question: {
    text: 'Put its name into the settings of the brokers?',
    why: 'Brokers do not look at the Secret before it is named there.',
    choices: async () => [
      {value: '', label: 'no, only create the Secret'},
      {value: 'yes', label: 'yes'},
    ],
  },
}

/** What is asked about credentials for Kafka; the password is asked for elsewhere, where it is not shown. */
export const kafkaAuthNeeds = (
  name: string | undefined,
  flags: KafkaLoginFlags,
): Readonly<Record<string, RequiredInput<string>>> => {
  const {user, mechanism, 'client-cert': cert, 'client-key': key, 'ca-cert': authority} = flags
  const silent = [user, mechanism, cert, key, authority].every((value) => value === undefined)
  const named = {name: newName('Secret', name)}
  if (!silent || flags['skip-client-auth'])
    return mechanism === undefined ? named : {...named, user: userFlag(user, givenIn(flags))}
  return {
    ...named,
    login,
    user: {...userFlag(undefined, givenIn(flags), (answers) => isMechanism(answers['login'])), optional: true},
    'client-cert': file('--client-cert', {
      text: 'File with the client certificate, PEM:',
      when: (answers) => answers['login'] === 'certificate',
      check: (answer) => answer !== '' || 'the name of the file is empty',
    }),
    'client-key': file('--client-key', {
      text: 'File with its key, PEM, PKCS #8:',
      when: (answers) => answers['login'] === 'certificate',
      check: (answer) => answer !== '' || 'the name of the file is empty',
    }),
    'ca-cert': file('--ca-cert', {
      text: 'File with the CA certificate, PEM (nothing for a public CA):',
      why: 'What the certificates of the servers are checked against.',
    }),
    ...(name === undefined && !flags.attach ? {attach} : {}),
  }
}

/** The flags as if all had been typed. */
export const withLogin = <F extends KafkaLoginFlags>(flags: F, found: Answered): F => ({
  ...flags,
  ...(isMechanism(found['login']) ? {mechanism: found['login']} : {}),
  ...Object.fromEntries(
    (['user', 'client-cert', 'client-key', 'ca-cert'] as const).flatMap((flag) =>
      found[flag] === undefined ? [] : [[flag, found[flag]]],
    ),
  ),
  'skip-client-auth': flags['skip-client-auth'] || found['login'] === 'none',
  attach: flags.attach || found['attach'] === 'yes',
})

/** How a platform logs in to PostgreSQL. */
export const postgresAuthNeeds = (name: string | undefined, flags: PasswordGiven & {user?: string | undefined}) => ({
  name: newName('Secret', name),
  user: userFlag(flags.user, givenIn(flags)),
})
