import {type Offered} from '../../core/offered.js'
import {destinationText, platformBroker, serviceSink, serviceSource} from '../effective/eventing.js'
import {maskedUrl, servicePersistence, serviceMigration, type EffectivePersistence} from '../effective/persistence.js'
import {deployedServices, enabledInSpec, type Platform} from '../model.js'
import {
  migrationStrategies,
  serviceKeys,
  serviceTitle,
  serviceWord,
  type MigrationStrategy,
  type ServiceKey,
} from '../names.js'

/** An answer with a label of its own. */
export type LabelledChoice = Offered & {label: string}

/** Stands for all services, or for the platform itself, in answers. */
export const ALL_SERVICES = 'all'
export const PLATFORM_WIDE = '--platform-wide'

/** What the services are for (OpenShift Serverless Logic, "Supporting services and workflow integration" and "Supporting services deployment with the SonataFlowPlatform CR"). */
const roles: Readonly<Record<ServiceKey, string>> = {
  dataIndex: 'keeps what workflows have done, and answers queries about it',
  jobService: 'wakes workflows up when their timers are due',
}

const joined = (...texts: ReadonlyArray<string | undefined>): string => texts.filter(Boolean).join('; ')

const absent = (platform: Platform, key: ServiceKey): string | undefined =>
  deployedServices(platform).includes(key) ? undefined : `not part of platform ${platform.name} now`

const stateOf = (platform: Platform, key: ServiceKey): string => {
  const missing = absent(platform, key)
  if (missing !== undefined) return missing
  return `${enabledInSpec(platform, key) ? 'enabled' : 'deployed, but disabled'} in platform ${platform.name} now`
}

const aboutEach = (platform: Platform | undefined, now: (found: Platform, key: ServiceKey) => string) =>
  serviceKeys.map((key): LabelledChoice => ({
    value: serviceWord[key],
    label: serviceWord[key],
    about: joined(`${serviceTitle[key]} ${roles[key]}`, platform === undefined ? undefined : now(platform, key)),
  }))

/** Each service with its state, and both. */
export const serviceChoices = (platform: Platform | undefined): LabelledChoice[] => [
  ...aboutEach(platform, stateOf),
  {value: ALL_SERVICES, label: 'both'},
]

/** One service, with its replicas. */
export const podChoices = (platform: Platform | undefined): LabelledChoice[] =>
  aboutEach(platform, (found, key) =>
    joined(stateOf(found, key), replicas(found.services?.[key]?.podTemplate.replicas)),
  )

const replicas = (count: number | undefined): string | undefined =>
  count === undefined ? undefined : `${count} ${count === 1 ? 'replica' : 'replicas'}`

const databaseText = (persistence: EffectivePersistence): string => {
  if (persistence.kind !== 'postgresql') return 'an embedded database now, lost at every restart'
  const {server, jdbcUrl, level} = persistence
  const place = server === undefined ? maskedUrl(jdbcUrl.value) : `${server.name.value}.${server.namespace.value}`
  return `PostgreSQL ${place} now${level === 'platform' ? ', by the platform' : ''}`
}

/** What a connection with PostgreSQL is for, with what there is now (OpenShift Serverless Logic, "Supporting services persistence configurations"). */
export const databaseTargets = (platform: Platform | undefined): LabelledChoice[] => [
  {
    value: PLATFORM_WIDE,
    label: 'the whole platform',
    about: 'its services that have no connection of their own, and the workflows of its namespace',
  },
  ...aboutEach(platform, (found, key) => absent(found, key) ?? databaseText(servicePersistence(found, key))),
]

const brokersOf = (platform: Platform, key: ServiceKey): string => {
  const source = destinationText(serviceSource(platform, key))
  if (key === 'dataIndex') return `gets events by ${source} now`
  const sink = destinationText(serviceSink(platform))
  return source === sink
    ? `gets and sends events by ${source} now`
    : `gets events by ${source}, sends them to ${sink} now`
}

/** What is connected with brokers, with what there is now (OpenShift Serverless Logic, "Supporting services eventing system configurations"). */
export const eventingTargets = (platform: Platform | undefined): LabelledChoice[] => {
  const broker = platform === undefined ? undefined : platformBroker(platform)
  const now =
    platform === undefined ? undefined : broker === undefined ? 'no broker now' : `${destinationText(broker)} now`
  return [
    {
      value: PLATFORM_WIDE,
      label: 'the whole platform',
      about: joined('its services, and workflows that name no broker', now),
    },
    ...aboutEach(platform, (found, key) => absent(found, key) ?? brokersOf(found, key)),
  ]
}

/** Who migrates (OpenShift Serverless Logic, "Database migration configuration"; the operator's internal/controller/platform/db_migrator_job.go). */
const strategies: Readonly<Record<MigrationStrategy, string>> = {
  service: 'each service at its own start; for one replica and small databases',
  job: 'one Job before the services start; services that run already are taken down until it is done',
  none: 'nobody: an administrator does it by hand, and services fail on a schema that does not fit',
}

const strategyNow = (platform: Platform, strategy: MigrationStrategy): string | undefined => {
  const users = deployedServices(platform).filter((key) => {
    const postgresql = servicePersistence(platform, key).kind === 'postgresql'
    return serviceMigration(platform, key, {postgresql}).strategy.value === strategy
  })
  return users.length === 0 ? undefined : `${users.map((key) => serviceWord[key]).join(' and ')} now`
}

/** The strategies with what each means, and who has which now. */
export const strategyChoices = (platform: Platform | undefined): LabelledChoice[] =>
  migrationStrategies.map((value) => ({
    value,
    label: value,
    about: joined(strategies[value], platform === undefined ? undefined : strategyNow(platform, value)),
  }))
