import {BROKER, SECRET, SERVICE} from '../../domain/eventing/names.js'
import {isFound} from '../../domain/core/seen.js'
import {parseJdbcUrl, parseServiceAddress} from '../../domain/sonataflow/persistence/connection-options.js'
import {parseBrokerReference, parseSinkReference} from '../../domain/sonataflow/eventing/destination-options.js'
import {readPlatform, type Platform} from '../../domain/sonataflow/model.js'
import {DEFAULT_DATABASE, migrationStrategies, PLATFORM} from '../../domain/sonataflow/names.js'
import {
  ALL_SERVICES,
  databaseTargets,
  eventingTargets,
  PLATFORM_WIDE,
  podChoices,
  serviceChoices,
  strategyChoices,
} from '../../domain/sonataflow/platform/part-choices.js'
import {choosePlatform} from '../../domain/sonataflow/platform/choice.js'
import {offeredBrokers, offeredDatabases} from '../../domain/sonataflow/setup/facts.js'
import {checkName} from '../../domain/core/syntax.js'
import type {Choice} from '../../terminal/prompts.js'
import type {RequiredInput} from './ask-missing.js'
import {textFlag} from './required-input.js'
import {existing} from './list-choices.js'
import type {Cluster} from '../runtime.js'
import {checkedBy} from '../wizard/question.js'

/** `data-index, job-service`, as errors list them. */
const KNOWN = 'data-index, job-service'

/** The platform that a command is about, as it is; where it cannot be looked at (no permission), nothing is known of it. */
const platformFor = async ({client, namespace}: Cluster, name: string | undefined): Promise<Platform | undefined> => {
  const found = await existing(client, PLATFORM, namespace)
  if (found === 'forbidden') return undefined
  const platforms = isFound(found) ? found.map(readPlatform) : found
  // A namespace without a platform is said before anything is asked.
  return choosePlatform({platforms}, {namespace, name})
}

const some = (words: readonly string[] | undefined): readonly string[] | undefined =>
  words === undefined || words.length === 0 ? undefined : words

/** The word of an answer as it is typed: services as they are, all of them by a flag. */
const typed = (answer: string): readonly string[] => [answer === ALL_SERVICES ? '--all' : answer]

interface Words {
  words: readonly string[] | undefined
  /** Of --platform. */
  platform: string | undefined
}

/** The services of a command that takes one or both. */
export const servicesNeed = (all: boolean, {words, platform}: Words): RequiredInput<readonly string[]> => ({
  given: all ? (words ?? []) : some(words),
  what: `a service or --all: ${KNOWN}`,
  read: (answer) => [answer],
  words: typed,
  question: {text: 'Which service?', choices: async (cluster) => serviceChoices(await platformFor(cluster, platform))},
})

/** The one service whose pods are configured. */
export const podNeed = (word: string | undefined, platform: string | undefined): RequiredInput<string> => ({
  given: word,
  what: `a service: ${KNOWN}`,
  read: (answer) => answer,
  words: typed,
  question: {
    text: 'The pods of which service?',
    choices: async (cluster) => podChoices(await platformFor(cluster, platform)),
  },
})

const targets = (
  wide: boolean,
  {words, platform}: Words,
  text: string,
  choicesOf: (platform: Platform | undefined) => readonly Choice[],
): RequiredInput<readonly string[]> => ({
  given: wide ? (words ?? []) : some(words),
  what: `a service or --platform-wide: ${KNOWN}`,
  read: (answer) => [answer],
  words: (answer) => [answer],
  question: {text, choices: async (cluster) => choicesOf(await platformFor(cluster, platform))},
})

/** What gets a connection with PostgreSQL, or loses it. */
export const databaseTargetNeed = (wide: boolean, words: Words, text: string): RequiredInput<readonly string[]> =>
  targets(wide, words, text, databaseTargets)

/** What is connected with brokers, or not any more. */
export const eventingTargetNeed = (wide: boolean, words: Words, text: string): RequiredInput<readonly string[]> =>
  targets(wide, words, text, eventingTargets)

const isStrategy = (word: string | undefined): boolean => migrationStrategies.some((one) => one === word)
const isService = (word: string | undefined): boolean => /^(data-?index|jobs?-?service|all)$/i.test(word ?? '')

/** `SERVICE... STRATEGY`: either may be missing; words that are neither are left to the check of the command. */
export const migrationNeeds = (
  words: readonly string[] = [],
  platform: string | undefined,
): {services: RequiredInput<readonly string[]>; strategy: RequiredInput<string>} => {
  const last = words.at(-1)
  // A strategy in the wrong place is told as such.
  const strategy = isService(last) && !words.some(isStrategy) ? undefined : last
  const services = strategy === undefined ? words : words.slice(0, -1)
  return {
    services: {
      ...servicesNeed(false, {words: services, platform}),
      what: `services: ${KNOWN}`,
      words: (answer) => (answer === ALL_SERVICES ? KNOWN.split(', ') : [answer]),
      question: {
        text: 'The database of which service?',
        choices: async (cluster) => serviceChoices(await platformFor(cluster, platform)),
      },
    },
    strategy: {
      given: strategy,
      what: `a strategy: ${migrationStrategies.join(', ')}`,
      behind: true,
      read: (answer) => answer,
      words: (answer) => [answer],
      question: {
        text: 'Who migrates it?',
        choices: async (cluster) => strategyChoices(await platformFor(cluster, platform)),
      },
    },
  }
}

interface DatabaseGiven {
  service?: string | undefined
  'jdbc-url'?: string | undefined
  database?: string | undefined
  secret?: string | undefined
}

const isUrl = (answer: string | undefined): boolean => answer?.includes('://') === true

/** Where the PostgreSQL is and who logs in (OpenShift Serverless Logic, "PostgreSQL persistence configuration"). */
export const connectionNeeds = (
  flags: DatabaseGiven,
): {server: RequiredInput<string>; database: RequiredInput<string>; secret: RequiredInput<string>} => ({
  server: {
    ...textFlag('--service', flags.service ?? flags['jdbc-url'], {
      text: 'Which PostgreSQL?',
      other: 'another one: NAME[.NAMESPACE][:PORT] of a Service, or a URL jdbc:postgresql://…',
      check: checkedBy((answer) => (isUrl(answer) ? parseJdbcUrl(answer) : parseServiceAddress(answer))),
      choices: async ({client, namespace}) => {
        const all = await existing(client, SERVICE, undefined)
        const services = all === 'forbidden' ? await existing(client, SERVICE, namespace) : all
        return offeredDatabases({services}, namespace)
      },
    }),
    what: '--service or --jdbc-url',
    words: (answer) => [isUrl(answer) ? '--jdbc-url' : '--service', answer],
  },
  database: {
    ...textFlag('--database', flags.database, {
      text: 'Database in it, which must exist:',
      initial: () => DEFAULT_DATABASE,
      check: (answer) => answer !== '' || 'the name is empty',
      when: ({server}) => flags['jdbc-url'] === undefined && !isUrl(server),
    }),
    optional: true,
  },
  secret: textFlag('--secret', flags.secret, {
    text: 'Which Secret has user and password?',
    why: 'It has to be in the namespace of the platform, whose pods read it.',
    other: 'one that does not exist yet',
    check: checkedBy((answer) => checkName(answer, 'Secret name')),
    choices: async ({client, namespace}) => {
      const found = await existing(client, {...SECRET, metadataOnly: true}, namespace)
      return isFound(found) ? found.map((object) => ({value: object.metadata.name})) : []
    },
  }),
})

/** The flags as if all had been typed. */
export const withConnection = <F extends DatabaseGiven>(
  flags: F,
  {server, database, secret}: {[part in 'server' | 'database' | 'secret']: string | undefined},
): F => ({
  ...flags,
  ...(server === undefined || flags.service !== undefined || flags['jdbc-url'] !== undefined
    ? {}
    : {[isUrl(server) ? 'jdbc-url' : 'service']: server}),
  ...(database === undefined ? {} : {database}),
  ...(secret === undefined ? {} : {secret}),
})

const brokers = async ({client, namespace}: Cluster): Promise<readonly Choice[]> => {
  const all = await existing(client, BROKER, undefined)
  const found = all === 'forbidden' ? await existing(client, BROKER, namespace) : all
  return offeredBrokers({brokers: found}, namespace)
}

/** The brokers of a platform or a service, asked for where none was given. */
export const eventingNeeds = (
  target: string | undefined,
  platform: string | undefined,
): Readonly<Record<'target' | 'broker' | 'source' | 'sink', RequiredInput<string>>> => {
  const of = (answers: {target?: string | undefined}): string => target ?? answers.target ?? PLATFORM_WIDE
  const isWide = (answers: {target?: string | undefined}): boolean => of(answers) === PLATFORM_WIDE
  const flag = (name: 'broker' | 'source' | 'sink', question: RequiredInput<string>['question'], optional: boolean) =>
    textFlag(
      `--${name}`,
      undefined,
      {other: 'another one, NAME or NAME:NAMESPACE', choices: brokers, ...question},
      optional,
    )
  return {
    target: {
      given: target,
      what: 'a service or --platform-wide',
      optional: true,
      read: (answer) => answer,
      words: (answer) => [answer],
      question: {
        text: 'What is connected?',
        choices: async (cluster) => eventingTargets(await platformFor(cluster, platform)),
      },
    },
    broker: flag(
      'broker',
      {
        text: 'With which broker?',
        check: checkedBy((answer) => parseBrokerReference(answer, '--broker')),
        when: isWide,
      },
      target !== undefined && target !== PLATFORM_WIDE,
    ),
    source: flag(
      'source',
      {
        text: 'From which broker does it take its events?',
        check: checkedBy((answer) => parseBrokerReference(answer, '--source')),
        when: (answers) => !isWide(answers),
      },
      target === undefined || target === PLATFORM_WIDE,
    ),
    sink: flag(
      'sink',
      {
        text: 'To which broker does it send its events?',
        other: 'another one, NAME or NAME:NAMESPACE, or a URL',
        check: checkedBy((answer) => answer === '' || parseSinkReference(answer, '--sink')),
        when: (answers) => /^job/.test(of(answers)),
        choices: async (cluster) => [{value: '', label: 'where the platform sends them'}, ...(await brokers(cluster))],
      },
      true,
    ),
  }
}
