import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {invalid} from '../../domain/core/errors.js'
import type {ConnectionOptions} from '../../domain/sonataflow/persistence/connection-options.js'
import type {PlatformOptions} from '../../domain/sonataflow/platform/options.js'
import {completing} from './completing.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from './write.js'

/** `SERVICE...`: data-index, job-service. */
export const servicesArg = {
  services: completing(
    ['data-index', 'job-service'],
    Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: 'Services: data-index, job-service.',
    }),
  ),
}

/** `SERVICE`: data-index or job-service. */
export const serviceArg = {
  service: completing(
    ['data-index', 'job-service'],
    Args.string({required: false, ignoreStdin: true, description: 'Service: data-index or job-service.'}),
  ),
}

/** Which platform a command is about. */
export const platformFlag = completing(
  'PLATFORM',
  Flags.string({
    helpValue: 'PLATFORM',
    summary: 'Name of the platform; without it, the one that is active in the namespace.',
  }),
)

/** The settings of the platform itself instead of those of a service. */
export const platformWideFlag = Flags.boolean({
  summary: 'For the whole platform: its services, and the workflows of its namespace.',
})

/** Flags of every command that changes a part of a platform. */
export const editFlags = {
  platform: platformFlag,
  force: forceFlag('Change it despite preflight errors.'),
  ...waitFlags,
  wait: Flags.boolean({...waitFlags.wait, summary: 'Return only once the platform and its services are ready.'}),
  ...writeFlags,
}

/** The time to wait, when waiting was asked for. */
export const waitMsOf = (flags: {wait: boolean; 'wait-timeout'?: number | undefined}): number | undefined =>
  flags.wait ? (flags['wait-timeout'] ?? DEFAULT_WAIT) : undefined

const database = 'DATABASE'

/** Where a PostgreSQL is and who logs in there. */
export const databaseFlags = {
  service: Flags.string({
    helpGroup: database,
    helpValue: 'NAME[.NAMESPACE][:PORT]',
    summary: 'Service of the PostgreSQL; namespace of the platform and port 5432 unless given.',
  }),
  database: Flags.string({
    helpGroup: database,
    helpValue: 'NAME',
    summary: 'Database, which must exist (default sonataflow).',
  }),
  schema: Flags.string({
    helpGroup: database,
    helpValue: '[SERVICE=]SCHEMA',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Schema of a service (repeatable); left out, PLATFORM-data-index-service or PLATFORM-jobs-service.',
  }),
  'jdbc-url': Flags.string({
    helpGroup: database,
    helpValue: 'URL',
    summary: 'jdbc:postgresql://... instead of --service; used as it is.',
  }),
  secret: Flags.string({
    helpGroup: database,
    helpValue: 'SECRET',
    summary: 'Secret with user and password, in the namespace of the platform.',
  }),
  'user-key': Flags.string({
    helpGroup: database,
    helpValue: 'KEY',
    summary: 'Key of the user in the Secret (default POSTGRESQL_USER).',
  }),
  'password-key': Flags.string({
    helpGroup: database,
    helpValue: 'KEY',
    summary: 'Key of the password in the Secret (default POSTGRESQL_PASSWORD).',
  }),
}

interface DatabaseFlagValues {
  service?: string | undefined
  database?: string | undefined
  schema?: string[] | undefined
  'jdbc-url'?: string | undefined
  secret?: string | undefined
  'user-key'?: string | undefined
  'password-key'?: string | undefined
}

/** What those flags say, as the domain takes it. */
export const connectionOf = (flags: DatabaseFlagValues): ConnectionOptions => ({
  service: flags.service,
  database: flags.database,
  schema: flags.schema,
  jdbcUrl: flags['jdbc-url'],
  secret: flags.secret,
  userKey: flags['user-key'],
  passwordKey: flags['password-key'],
})

const eventing = 'EVENTING'

/** By which brokers services and workflows talk to each other. */
export const platformEventingFlags = {
  broker: completing(
    'BROKER',
    Flags.string({
      helpGroup: eventing,
      helpValue: 'NAME',
      summary: 'Broker of the whole platform: NAME, or NAME:NAMESPACE of one elsewhere.',
    }),
  ),
  source: completing(
    'BROKER',
    Flags.string({
      helpGroup: eventing,
      helpValue: '[SERVICE=]BROKER',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Broker that a service takes its events from instead (repeatable).',
    }),
  ),
  sink: completing(
    'BROKER',
    Flags.string({
      char: 's',
      helpGroup: eventing,
      helpValue: 'SINK',
      summary: 'Broker, or URL, that Job Service sends its events to instead.',
    }),
  ),
}

/** What a platform is made of; the same in create and apply. */
export const platformFlags = {
  services: Flags.string({
    helpValue: 'SERVICE,...',
    summary: 'Services to deploy and enable: data-index,job-service (the default), one of them, or none.',
  }),
  ...databaseFlags,
  'per-service': Flags.boolean({
    helpGroup: database,
    summary: 'Give the connection to each service instead of the platform, whose workflows would use it as well.',
  }),
  'own-database': Flags.string({
    helpGroup: database,
    helpValue: 'SERVICE=SECRET@ADDRESS/DATABASE[/SCHEMA]',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Another database for one service, ADDRESS as in --service (repeatable).',
  }),
  migration: Flags.string({
    helpGroup: database,
    helpValue: '[SERVICE=]STRATEGY',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Who migrates the databases: service, job or none (repeatable, per service).',
  }),
  ...platformEventingFlags,
}

/** What those flags say of one platform, as the domain takes it. */
export const platformOptions = (
  name: string,
  namespace: string,
  flags: DatabaseFlagValues & {
    services?: string | undefined
    'per-service': boolean
    'own-database'?: string[] | undefined
    migration?: string[] | undefined
    broker?: string | undefined
    source?: string[] | undefined
    sink?: string | undefined
    label?: string[] | undefined
    annotation?: string[] | undefined
  },
): PlatformOptions => ({
  name,
  namespace,
  ...(flags.services === undefined ? {} : {services: [flags.services]}),
  ...connectionOf(flags),
  perService: flags['per-service'],
  ownDatabase: flags['own-database'],
  migration: flags.migration,
  broker: flags.broker,
  source: flags.source,
  ...(flags.sink === undefined ? {} : {sink: [flags.sink]}),
  labels: flags.label,
  annotations: flags.annotation,
})

/** The one value of a repeatable flag in a command about one service. Throws InvalidArgument for more. */
export const onlyOne = (flag: string, values: readonly string[] | undefined): string | undefined => {
  if (values === undefined || values.length < 2) return values?.[0]
  throw invalid(`${flag} is given ${values.length} times, and this command is about one service`)
}
