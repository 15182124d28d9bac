import {kubectl, sfl} from '../../core/commands.js'
import {SECRET, SERVICE} from '../../eventing/names.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {isFound} from '../../core/seen.js'
import {
  currentSchema,
  hasCredentials,
  maskedUrl,
  servicePersistence,
  type EffectivePostgres,
} from '../effective/persistence.js'
import {deployedServices, type Platform, type PostgresSettings} from '../model.js'
import {SERVICE_NAME, serviceKeys, serviceTitle, serviceWord, type ServiceKey} from '../names.js'
import {type DatabaseFacts} from '../platform/facts.js'
import {enumeration, notVerified, platformCommand} from '../say.js'

/** Connections as written, with their paths and the words that address them in commands. */
const connections = (platform: Platform): Array<{path: string; target: string; written: PostgresSettings}> => [
  ...(platform.postgresql === undefined
    ? []
    : [{path: 'spec.persistence.postgresql', target: '--platform-wide', written: platform.postgresql}]),
  ...serviceKeys.flatMap((key) => {
    const written = platform.services?.[key]?.persistence?.postgresql
    return written === undefined
      ? []
      : [{path: `spec.services.${key}.persistence.postgresql`, target: serviceWord[key], written}]
  }),
]

/** The databases that the deployed services use. */
export const usedDatabases = (platform: Platform): Array<{key: ServiceKey; database: EffectivePostgres}> =>
  deployedServices(platform).flatMap((key) => {
    const database = servicePersistence(platform, key)
    return database.kind === 'postgresql' ? [{key, database}] : []
  })

/** D1: data that is lost with a pod. `before` is what the platform was: leaving a database is said too. */
export const ephemeralFindings = (platform: Platform, before?: Platform): Finding[] =>
  deployedServices(platform)
    .filter((key) => servicePersistence(platform, key).kind === 'ephemeral')
    .map((key) => {
      const left = before !== undefined && servicePersistence(before, key).kind === 'postgresql'
      return finding('SFL-DB01', {
        object: platform.ref,
        message: left
          ? `${serviceTitle[key]} leaves its database: it starts with another image and an empty embedded one, which is lost at every restart`
          : `${serviceTitle[key]} keeps its data in an embedded database, which is lost at every restart`,
        repair: platformCommand(
          platform,
          'persistence set',
          serviceWord[key],
          '--service',
          'POSTGRES_SERVICE',
          '--secret',
          'SECRET',
        ),
      })
    })

/** D8: what the CRD itself demands of a connection. */
const shapeFindings = (platform: Platform): Finding[] =>
  connections(platform).flatMap(({path, target, written}) => {
    const ways = [written.serviceRef, written.jdbcUrl].filter((one) => one !== undefined).length
    const faults = [
      ...(ways === 1
        ? []
        : [`exactly one of serviceRef and jdbcUrl is needed, and there ${ways === 0 ? 'is none' : 'are both'}`]),
      ...(written.serviceRef !== undefined && written.serviceRef.name === undefined ? ['serviceRef has no name'] : []),
      ...(written.secretRef?.name === undefined ? ['secretRef with the name of a Secret is missing'] : []),
    ]
    return faults.map((fault) =>
      finding('SFL-DB08', {
        object: platform.ref,
        message: `${path}: ${fault}`,
        repair: platformCommand(
          platform,
          'persistence set',
          target,
          '--service',
          'POSTGRES_SERVICE',
          '--secret',
          'SECRET',
        ),
      }),
    )
  })

const lookAlikes: Readonly<Record<'user' | 'password', readonly string[]>> = {
  user: ['POSTGRES_USER', 'POSTGRESQL_USER', 'username', 'user', 'database-user'],
  password: ['POSTGRES_PASSWORD', 'POSTGRESQL_PASSWORD', 'password', 'database-password'],
}

/** How a command addresses the connection that a service uses. */
const targetOf = (key: ServiceKey, {level}: EffectivePostgres): string =>
  level === 'platform' ? '--platform-wide' : serviceWord[key]

/** The connection stated again, for commands that change one thing of it. */
const restated = ({server, database, schema, jdbcUrl, secret, level}: EffectivePostgres): string[] => [
  ...(server === undefined
    ? ['--jdbc-url', maskedUrl(jdbcUrl.value)]
    : [
        '--service',
        `${server.name.value}.${server.namespace.value}:${server.port.value}`,
        ...(database === undefined ? [] : ['--database', database.value]),
        ...(level === 'platform' || schema?.origin.from !== 'field' ? [] : ['--schema', schema.value]),
      ]),
  '--secret',
  secret.name?.value ?? 'SECRET',
]

const keyFindings = (
  key: ServiceKey,
  database: EffectivePostgres,
  keys: readonly string[],
  platform: Platform,
  ref: Ref,
): Finding[] => {
  const {userKey, passwordKey} = database.secret
  const missing = [userKey.value, passwordKey.value].filter((one) => !keys.includes(one))
  if (missing.length === 0) return []
  const user = keys.includes(userKey.value) ? userKey.value : lookAlikes.user.find((one) => keys.includes(one))
  const password = keys.includes(passwordKey.value)
    ? passwordKey.value
    : lookAlikes.password.find((one) => keys.includes(one))
  const found = user !== undefined && password !== undefined
  return [
    finding('SFL-DB09', {
      object: ref,
      message: `Secret ${ref.name} has no key ${missing.join(' and no key ')}${found ? `; it has ${user} and ${password}` : keys.length === 0 ? '; it is empty' : `; its keys are ${keys.join(', ')}`}`,
      repair: found
        ? platformCommand(
            platform,
            'persistence set',
            targetOf(key, database),
            ...restated(database),
            '--user-key',
            user,
            '--password-key',
            password,
          )
        : sfl('secret create-postgres-auth', ref.name, '-n', ref.namespace ?? ''),
    }),
  ]
}

/** D9: the Secret is in the namespace of the pods and has both keys. */
const secretFindings = (platform: Platform, facts: Pick<DatabaseFacts, 'secrets'>): Finding[] =>
  usedDatabases(platform).flatMap(({key, database}) => {
    const name = database.secret.name?.value
    if (name === undefined) return []
    const ref: Ref = {...SECRET, name, namespace: platform.namespace}
    const secret = facts.secrets[`${platform.namespace}/${name}`]
    if (secret === undefined) return []
    if (secret === 'forbidden')
      return [
        finding('SFL-DB09', {
          level: 'warning',
          object: ref,
          message: `Secret ${platform.namespace}/${name} was not checked: it could not be read`,
        }),
      ]
    if (isFound(secret)) return keyFindings(key, database, secret.keys, platform, ref)
    const home = database.server?.namespace.value
    const elsewhere = home === undefined ? undefined : facts.secrets[`${home}/${name}`]
    return [
      finding('SFL-DB09', {
        object: ref,
        message: `Secret ${name} does not exist in namespace ${platform.namespace}${
          elsewhere !== undefined && isFound(elsewhere)
            ? `; there is one in ${home ?? ''}, beside the database, but the pods of ${serviceTitle[key]} cannot use that`
            : ''
        }`,
        repair: sfl('secret create-postgres-auth', name, '-n', platform.namespace),
      }),
    ]
  })

/** D10: there is a database behind the Service. */
const serverFindings = (platform: Platform, facts: Pick<DatabaseFacts, 'services'>): Finding[] =>
  usedDatabases(platform).flatMap(({key, database}) => {
    const {server} = database
    if (server === undefined) return []
    const [name, namespace, port] = [server.name.value, server.namespace.value, server.port.value]
    const ref: Ref = {...SERVICE, name, namespace}
    const service = facts.services[`${namespace}/${name}`]
    if (service === undefined) return []
    if (service === 'forbidden') return [notVerified(ref, `the database of ${serviceTitle[key]}`)]
    const place = ['-n', namespace, 'get']
    const [fault, repair] = !isFound(service)
      ? [`Service ${name} does not exist in namespace ${namespace}`, kubectl(...place, 'services')]
      : !service.ports.includes(port)
        ? [
            `Service ${namespace}/${name} has no port ${port}${service.ports.length === 0 ? '' : `, only ${service.ports.join(', ')}`}`,
            kubectl(...place, 'service', name),
          ]
        : service.readyAddresses === 0
          ? [
              `Service ${namespace}/${name} has no ready endpoints: the database is not running`,
              kubectl(...place, 'endpointslices', '-l', `${SERVICE_NAME}=${name}`),
            ]
          : []
    return fault === undefined || repair === undefined
      ? []
      : [
          finding('SFL-DB10', {
            object: ref,
            message: `${fault}; ${serviceTitle[key]} could not reach its database`,
            repair,
          }),
        ]
  })

/** D11: two services in one schema. */
const sharedFindings = (platform: Platform): Finding[] => {
  const used = usedDatabases(platform)
  const [one, another] = used
  if (one === undefined || another === undefined || one.database.jdbcUrl.value !== another.database.jdbcUrl.value)
    return []
  const url = one.database.server === undefined
  return [
    finding('SFL-DB11', {
      object: platform.ref,
      message: `Data Index and Job Service share one schema${url && one.database.level === 'platform' ? ', and so does every workflow: the URL of the platform is used as it is' : ''}; their migrations get in each other's way`,
      repair: platformCommand(
        platform,
        'persistence set',
        'job-service',
        ...restatedApart(another.database, 'jobs-schema'),
      ),
    }),
  ]
}

const restatedApart = (database: EffectivePostgres, schema: string): string[] =>
  database.server === undefined
    ? [
        '--jdbc-url',
        withSchema(maskedUrl(database.jdbcUrl.value), schema),
        '--secret',
        database.secret.name?.value ?? 'SECRET',
      ]
    : [
        '--service',
        `${database.server.name.value}.${database.server.namespace.value}:${database.server.port.value}`,
        '--schema',
        schema,
        '--secret',
        database.secret.name?.value ?? 'SECRET',
      ]

const withSchema = (url: string, schema: string): string => {
  const present = currentSchema(url)
  if (present !== undefined) return url.replace(`currentSchema=${present}`, `currentSchema=${schema}`)
  return `${url}${url.includes('?') ? '&' : '?'}currentSchema=${schema}`
}

const bytes = (text: string): number => new TextEncoder().encode(text).length

/** D12: PostgreSQL cuts identifiers at 63 bytes. */
const schemaFindings = (platform: Platform): Finding[] =>
  usedDatabases(platform).flatMap(({key, database}) => {
    const {schema} = database
    if (schema === undefined) return []
    if (bytes(schema.value) > 63)
      return [
        finding('SFL-DB12', {
          object: platform.ref,
          message: `schema ${schema.value} of ${serviceTitle[key]} has ${bytes(schema.value)} bytes, and PostgreSQL keeps 63`,
          repair: platformCommand(
            platform,
            'persistence set',
            serviceWord[key],
            ...restatedApart(database, serviceWord[key]),
          ),
        }),
      ]
    return schema.origin.from === 'operator'
      ? [
          finding('SFL-DB12', {
            level: 'note',
            object: platform.ref,
            message: `${serviceTitle[key]} uses schema ${schema.value}`,
          }),
        ]
      : []
  })

/** D13: what is unwise in a URL. */
const urlFindings = (platform: Platform): Finding[] =>
  connections(platform).flatMap(({path, target, written}) => {
    const {jdbcUrl} = written
    if (jdbcUrl === undefined) return []
    const repair = platformCommand(
      platform,
      'persistence set',
      target,
      '--jdbc-url',
      'jdbc:postgresql://HOST:5432/DATABASE?currentSchema=SCHEMA',
      '--secret',
      written.secretRef?.name ?? 'SECRET',
    )
    const say = (message: string, level: 'error' | 'warning'): Finding =>
      finding('SFL-DB13', {level, object: platform.ref, message: `${path}.jdbcUrl ${message}`, repair})
    return [
      ...(jdbcUrl.startsWith('jdbc:postgresql://')
        ? []
        : [say('does not begin with jdbc:postgresql://, and there is no driver for anything else', 'error')]),
      ...(currentSchema(jdbcUrl) === undefined
        ? [say('names no currentSchema: the tables go into the default schema of the user', 'warning')]
        : []),
      ...(hasCredentials(jdbcUrl)
        ? [
            say(
              'has credentials in it, which everyone can read who may read the platform; the Secret is for them',
              'warning',
            ),
          ]
        : []),
    ]
  })

/** D14: a database that nobody named. */
const databaseNameFindings = (platform: Platform): Finding[] => {
  const defaulted = usedDatabases(platform).filter(({database}) => database.database?.origin.from === 'operator')
  const [first] = defaulted
  return first === undefined
    ? []
    : [
        finding('SFL-DB14', {
          object: platform.ref,
          message: `${enumeration(defaulted.map(({key}) => serviceTitle[key]))} ${defaulted.length === 1 ? 'uses' : 'use'} database ${first.database.database?.value ?? ''}, the default; it must exist, only schemas are created`,
          repair: platformCommand(
            platform,
            'persistence set',
            targetOf(first.key, first.database),
            ...restated(first.database),
          ),
        }),
      ]
}

/** What is true of both services, because they share a connection, is said once. */
const once = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((one) => [`${one.code} ${one.message}`, one])).values(),
]

/** D1 and D8 to D14: the databases of a platform as it would be. */
export const databaseFindings = (
  platform: Platform,
  facts: Pick<DatabaseFacts, 'secrets' | 'services'>,
  before?: Platform,
): Finding[] => {
  const shape = shapeFindings(platform)
  return [
    ...shape,
    ...urlFindings(platform),
    ...(shape.length > 0
      ? []
      : [
          ...once([...secretFindings(platform, facts), ...serverFindings(platform, facts)]),
          ...sharedFindings(platform),
          ...schemaFindings(platform),
          ...databaseNameFindings(platform),
        ]),
    ...ephemeralFindings(platform, before),
  ]
}
