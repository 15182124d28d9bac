import {sfl, type Command} from '../../core/commands.js'
import {isRepairedBy, repairedBy, repairingValue, type Finding} from '../../findings/finding.js'
import {recordAt, textAt, type Fields} from '../../core/read.js'
import {type Connection} from '../persistence/connection-options.js'
import {serviceKeys, serviceWord, type ServiceKey} from '../names.js'
import {aspects} from '../say.js'
import {type PlatformRequest} from './options.js'

/** The command lines that make a platform: of a request, and of one in which a fault is repaired. */

const brokerText = (destination: Fields): string => {
  const {name, namespace} = recordAt(destination, 'ref')
  const uri = textAt(destination, 'uri')
  return uri ?? [name, namespace].filter((one) => typeof one === 'string').join(':')
}

const connectionWords = ({serviceRef, jdbcUrl, secretRef, schemas}: Connection): string[] => {
  const {name, namespace, port, databaseName} = serviceRef ?? {}
  return [
    ...(name === undefined
      ? []
      : [
          '--service',
          `${name}${namespace === undefined ? '' : `.${namespace}`}${port === undefined ? '' : `:${port}`}`,
        ]),
    ...(databaseName === undefined ? [] : ['--database', databaseName]),
    ...serviceKeys.flatMap((key) =>
      schemas[key] === undefined ? [] : ['--schema', `${serviceWord[key]}=${schemas[key]}`],
    ),
    ...(jdbcUrl === undefined ? [] : ['--jdbc-url', jdbcUrl]),
    '--secret',
    secretRef.name,
    ...(secretRef.userKey === undefined ? [] : ['--user-key', secretRef.userKey]),
    ...(secretRef.passwordKey === undefined ? [] : ['--password-key', secretRef.passwordKey]),
  ]
}

const ownWords = (key: ServiceKey, {serviceRef, secretRef, schemas}: Connection): string[] => {
  const {name = '', namespace, port, databaseName = ''} = serviceRef ?? {}
  const address = `${name}${namespace === undefined ? '' : `.${namespace}`}${port === undefined ? '' : `:${port}`}`
  const schema = schemas[key] === undefined ? '' : `/${schemas[key]}`
  return ['--own-database', `${serviceWord[key]}=${secretRef.name}@${address}/${databaseName}${schema}`]
}

const pairs = (flag: string, texts: Readonly<Record<string, string>>): string[] =>
  Object.entries(texts).flatMap(([key, value]) => [flag, `${key}=${value}`])

/** The command that makes such a platform. */
export const platformCommandLine = (verb: 'create' | 'apply', request: PlatformRequest): Command => {
  const {name, namespace, enabled, connection, perService, own, migration, broker, source, sink} = request
  return sfl(
    `platform ${verb}`,
    name,
    '-n',
    namespace,
    ...(enabled.length === serviceKeys.length
      ? []
      : ['--services', enabled.length === 0 ? 'none' : enabled.map((key) => serviceWord[key]).join(',')]),
    ...(connection === undefined ? [] : connectionWords(connection)),
    ...(perService ? ['--per-service'] : []),
    ...serviceKeys.flatMap((key) => (own[key] === undefined ? [] : ownWords(key, own[key]))),
    ...serviceKeys.flatMap((key) =>
      migration[key] === undefined ? [] : ['--migration', `${serviceWord[key]}=${migration[key]}`],
    ),
    ...(broker === undefined ? [] : ['--broker', brokerText(broker)]),
    ...serviceKeys.flatMap((key) =>
      source[key] === undefined ? [] : ['--source', `${serviceWord[key]}=${brokerText(source[key])}`],
    ),
    ...(sink === undefined ? [] : ['--sink', brokerText(sink)]),
    ...pairs('--label', request.labels),
    ...pairs('--annotation', request.annotations),
  )
}

const somePostgres: Connection = {serviceRef: {name: 'POSTGRES_SERVICE'}, secretRef: {name: 'SECRET'}, schemas: {}}

/** The request in which what was found is repaired; `undefined` for what other flags would not repair. */
const repaired = (request: PlatformRequest, fault: Finding): PlatformRequest | undefined => {
  const {connection, source, sink} = request
  switch (fault.code) {
    case 'SFL-W01':
      return {...request, enabled: serviceKeys}
    case 'SFL-DB01':
    case 'SFL-DB03':
    case 'SFL-DB04':
      return {...request, connection: somePostgres}
    case 'SFL-DB05':
      return {...request, perService: true}
    case 'SFL-DB09': {
      // The keys that it has are in the command for a platform that exists.
      const userKey = repairingValue(fault, '--user-key')
      const passwordKey = repairingValue(fault, '--password-key')
      return connection === undefined || userKey === undefined || passwordKey === undefined
        ? undefined
        : {...request, connection: {...connection, secretRef: {...connection.secretRef, userKey, passwordKey}}}
    }
    case 'SFL-DB14':
      return connection?.serviceRef === undefined
        ? undefined
        : {...request, connection: {...connection, serviceRef: {...connection.serviceRef, databaseName: 'sonataflow'}}}
    case 'SFL-E09':
      if (sink === undefined) return source.jobService === undefined ? undefined : {...request, sink: source.jobService}
      return textAt(sink, 'ref', 'name') === undefined ? undefined : {...request, source: {...source, jobService: sink}}
    default:
      return undefined
  }
}

/**
 * Repairs for a platform that is not there: the commands that change one would not find it, so the same command is
 * recommended with other flags.
 */
export const repairsBefore = (
  verb: 'create' | 'apply',
  request: PlatformRequest,
  findings: readonly Finding[],
): Finding[] =>
  findings.map((one) => {
    if (!aspects.some((aspect) => isRepairedBy(one, 'platform', aspect))) return one
    const better = repaired(request, one)
    return better === undefined ? one : repairedBy(one, platformCommandLine(verb, better))
  })
