import {kubectl, printCommand, sfl, withWords, type Caller, type Command} from '../../core/commands.js'
import {serviceWord} from '../names.js'
import {type KafkaSecretWish, type SecretWish, type SetupPart} from './parts.js'

/** A command that makes a part; a password is a variable of the shell, never a value. */
export interface SetupCommand {
  command: Command
  /** It is needed only where this one finds nothing. */
  unless?: Command
  /** The variable that names the file with the password. */
  passwordVariable?: string
  /** What it does, for people. */
  what: string
}

type Flag = readonly [string, string | undefined]

const flags = (...given: readonly Flag[]): string[] =>
  given.flatMap(([flag, value]) => (value === undefined || value === '' ? [] : [flag, value]))

const secretCommand = (
  verb: 'create-postgres-auth' | 'create-kafka-auth',
  {name, namespace, user, passwordFile}: SecretWish,
  variable: string,
): SetupCommand => ({
  command: sfl(
    `secret ${verb}`,
    name,
    '-n',
    namespace,
    ...flags(['--user', user]),
    ...(user === undefined || passwordFile === undefined ? [] : ['--password-file', passwordFile]),
  ),
  ...(user === undefined || passwordFile !== undefined ? {} : {passwordVariable: variable}),
  what: `the credentials ${name}`,
})

const kafkaSecret = (wish: KafkaSecretWish): SetupCommand => {
  const {command, ...rest} = secretCommand('create-kafka-auth', wish, 'KAFKA_PASSWORD_FILE')
  return {
    ...rest,
    command: withWords(
      command,
      ...flags(
        ['--mechanism', wish.mechanism],
        ['--ca-cert', wish.caCert],
        ['--client-cert', wish.clientCert],
        ['--client-key', wish.clientKey],
        ['--broker-config', wish.brokerConfig],
      ),
    ),
  }
}

/** The command that makes a part of a set-up by itself; each may be carried out again without harm. */
export const setupCommand = (part: SetupPart): SetupCommand => {
  switch (part.part) {
    case 'namespace':
      return {
        what: `namespace ${part.name}`,
        command: kubectl('create', 'namespace', part.name),
        unless: kubectl('get', 'namespace', part.name),
      }
    case 'postgres-secret':
      return secretCommand(
        'create-postgres-auth',
        part.wish,
        part.wish.answerId === 'jobDatabasePasswordFile' ? 'JOB_POSTGRES_PASSWORD_FILE' : 'POSTGRES_PASSWORD_FILE',
      )
    case 'kafka-secret':
      return kafkaSecret(part.wish)
    case 'kafka-config': {
      const {name, namespace, bootstrapServers, partitions, replicationFactor, authSecret} = part.options
      return {
        what: `where Kafka is, for brokers that name ${name}`,
        command: sfl(
          'kafka config apply',
          ...[name, '-n', namespace],
          ...flags(
            ['--bootstrap-servers', bootstrapServers],
            ['--partitions', partitions],
            ['--replication-factor', replicationFactor],
            ['--auth-secret', authSecret],
          ),
        ),
      }
    }
    case 'broker': {
      const {name, namespace, className, brokerConfig} = part.options
      return {
        what: `broker ${name}`,
        command: sfl(
          'broker apply',
          ...[name, '-n', namespace],
          ...flags(['--class', className], ['--broker-config', brokerConfig]),
          '--wait',
        ),
      }
    }
    case 'platform': {
      const {name, namespace, services, service, database, secret, schema, perService, ownDatabase, migration, broker} =
        part.options
      return {
        what: `platform ${name} with its services`,
        command: sfl(
          'platform apply',
          ...[name, '-n', namespace],
          ...flags(
            ['--services', services?.join(',')],
            ['--service', service],
            ['--database', database],
            ['--secret', secret],
            ...(schema ?? []).map((one): Flag => ['--schema', one]),
            ...(ownDatabase ?? []).map((one): Flag => ['--own-database', one]),
            ...(migration ?? []).map((one): Flag => ['--migration', one]),
          ),
          ...(perService === true ? ['--per-service'] : []),
          ...flags(['--broker', broker]),
          '--wait',
        ),
      }
    }
    case 'replicas':
      return {
        what: `${part.replicas} pods of Data Index`,
        command: sfl(
          'platform services configure',
          ...[serviceWord[part.service], '-n', part.namespace],
          ...['--platform', part.platform, '--replicas', String(part.replicas), '--wait'],
        ),
      }
    case 'cluster-platform':
      return {
        what: 'its services for the workflows of all namespaces',
        command: sfl('cluster-platform apply', part.options.name, '--platform', part.options.platform, '--wait'),
      }
  }
}

/** The line as it is typed. */
export const commandLine = (
  {command, passwordVariable, unless}: SetupCommand,
  caller: Caller,
  force = false,
): string =>
  unless === undefined
    ? printCommand(
        withWords(
          command,
          ...(passwordVariable === undefined ? [] : ['--password-file', {variable: passwordVariable}]),
          ...(force ? ['--force'] : []),
        ),
        caller,
      )
    : `${printCommand(unless, caller)} >/dev/null 2>&1 || ${printCommand(command, caller)}`

/** A line end in a name would end the comment that it stands in. */
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f]/g, '?')

/** Files that the commands read, as they were named. */
const filesOf = (part: SetupPart): string[] => {
  if (part.part === 'postgres-secret') return [part.wish.passwordFile].filter((file) => file !== undefined)
  if (part.part !== 'kafka-secret') return []
  const {passwordFile, caCert, clientCert, clientKey} = part.wish
  return [passwordFile, caCert, clientCert, clientKey].filter((file) => file !== undefined)
}

/**
 * A POSIX shell script that makes the same platform without asking anything. Passwords are read from files that
 * variables name, so that none is in the script, on a command line or in the shell's history.
 */
export const runbook = (parts: readonly SetupPart[], caller: Caller, force = false): string => {
  const commands = parts.map(setupCommand)
  const variables = [...new Set(commands.flatMap(({passwordVariable}) => passwordVariable ?? []))]
  const files = [...new Set(parts.flatMap(filesOf))]
  return [
    '#!/bin/sh',
    '# Sets up a SonataFlow platform; written by platform setup. It asks nothing, and may be run again.',
    variables.length + files.length === 0
      ? '# It needs no secrets.'
      : '# It has no secrets in it: they are read when it runs,',
    ...variables.map((name) => `#   from the file that the variable ${name} names: the password and nothing else`),
    ...files.map((file) => `#   from the file ${oneLine(file)}`),
    'set -eu',
    ...variables.map((name) => `: "\${${name}:?is the file with the password}"`),
    ...commands.flatMap((command) => ['', `# ${command.what}`, commandLine(command, caller, force)]),
    '',
  ].join('\n')
}
