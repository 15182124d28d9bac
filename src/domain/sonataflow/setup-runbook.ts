import {shellWord} from '../commands.js'
import {serviceWord} from './names.js'
import {type KafkaSecretWish, type SecretWish, type SetupPart} from './setup-parts.js'

/** A command of this program without its name; a password is a variable of the shell, never a value. */
export interface SetupCommand {
  words: readonly string[]
  /** The variable that names the file with the password. */
  passwordVariable?: string
  /** What it does, for people. */
  what: string
}

type Flag = readonly [string, string | undefined]

const flags = (...given: readonly Flag[]): string[] =>
  given.flatMap(([flag, value]) => (value === undefined || value === '' ? [] : [flag, value]))

const secretCommand = (
  verb: string,
  {name, namespace, user, passwordFile}: SecretWish,
  variable: string,
): SetupCommand => ({
  words: [
    'secret',
    verb,
    name,
    '-n',
    namespace,
    ...flags(['--user', user]),
    ...(user === undefined || passwordFile === undefined ? [] : ['--password-file', passwordFile]),
  ],
  ...(user === undefined || passwordFile !== undefined ? {} : {passwordVariable: variable}),
  what: `the credentials ${name}`,
})

const kafkaSecret = (wish: KafkaSecretWish): SetupCommand => {
  const {words, ...rest} = secretCommand('create-kafka-auth', wish, 'KAFKA_PASSWORD_FILE')
  return {
    ...rest,
    words: [
      ...words,
      ...flags(
        ['--mechanism', wish.mechanism],
        ['--ca-cert', wish.caCert],
        ['--client-cert', wish.clientCert],
        ['--client-key', wish.clientKey],
        ['--broker-config', wish.brokerConfig],
      ),
    ],
  }
}

/** The command that makes a part of a set-up by itself; each may be carried out again without harm. */
export const setupCommand = (part: SetupPart): SetupCommand => {
  switch (part.part) {
    case 'postgres-secret':
      return secretCommand('create-postgres-auth', part.wish, 'POSTGRES_PASSWORD_FILE')
    case 'kafka-secret':
      return kafkaSecret(part.wish)
    case 'kafka-config': {
      const {name, namespace, bootstrapServers, partitions, replicationFactor, authSecret} = part.options
      return {
        what: `where Kafka is, for brokers that name ${name}`,
        words: [
          ...['kafka', 'config', 'apply', name, '-n', namespace],
          ...flags(
            ['--bootstrap-servers', bootstrapServers],
            ['--partitions', partitions],
            ['--replication-factor', replicationFactor],
            ['--auth-secret', authSecret],
          ),
        ],
      }
    }
    case 'broker': {
      const {name, namespace, className, brokerConfig} = part.options
      return {
        what: `broker ${name}`,
        words: [
          ...['broker', 'apply', name, '-n', namespace],
          ...flags(['--class', className], ['--broker-config', brokerConfig]),
          '--wait',
        ],
      }
    }
    case 'platform': {
      const {name, namespace, services, service, database, secret, schema, perService, migration, broker} = part.options
      return {
        what: `platform ${name} with its services`,
        words: [
          ...['platform', 'apply', name, '-n', namespace],
          ...flags(
            ['--services', services?.join(',')],
            ['--service', service],
            ['--database', database],
            ['--secret', secret],
            ...(schema ?? []).map((one): Flag => ['--schema', one]),
            ...(migration ?? []).map((one): Flag => ['--migration', one]),
          ),
          ...(perService === true ? ['--per-service'] : []),
          ...flags(['--broker', broker]),
          '--wait',
        ],
      }
    }
    case 'replicas':
      return {
        what: `${part.replicas} pods of Data Index`,
        words: [
          ...['platform', 'services', 'configure', serviceWord[part.service], '-n', part.namespace],
          ...['--platform', part.platform, '--replicas', String(part.replicas), '--wait'],
        ],
      }
    case 'cluster-platform':
      return {
        what: 'its services for the workflows of all namespaces',
        words: ['cluster-platform', 'apply', part.options.name, '--platform', part.options.platform, '--wait'],
      }
  }
}

/** The line as it is typed. */
export const commandLine = ({words, passwordVariable}: SetupCommand, program: string, force = false): string =>
  [
    program,
    ...words.map(shellWord),
    ...(passwordVariable === undefined ? [] : ['--password-file', `"$${passwordVariable}"`]),
    ...(force ? ['--force'] : []),
  ].join(' ')

/**
 * A POSIX shell script that makes the same platform without asking anything. Passwords are read from files that
 * variables name, so that none is in the script, on a command line or in the shell's history.
 */
export const runbook = (parts: readonly SetupPart[], program: string, force = false): string => {
  const commands = parts.map(setupCommand)
  const variables = [...new Set(commands.flatMap(({passwordVariable}) => passwordVariable ?? []))]
  return [
    '#!/bin/sh',
    '# Sets up a SonataFlow platform; written by platform setup. It asks nothing, and may be run again.',
    '# It has no secrets in it.',
    ...variables.map((name) => `# ${name}: the file that holds the password and nothing else`),
    'set -eu',
    ...variables.map((name) => `: "\${${name}:?is the file with the password}"`),
    ...commands.flatMap((command) => ['', `# ${command.what}`, commandLine(command, program, force)]),
    '',
  ].join('\n')
}
