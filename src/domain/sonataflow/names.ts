import {invalid} from '../core/errors.js'
import {type Ref} from '../core/object.js'
import {didYouMean} from '../core/suggest.js'
import {isDnsLabel, isSubdomain} from '../core/syntax.js'
import {md5} from '../core/md5.js'
import {CLUSTER_PLATFORM, PLATFORM, WORKFLOW} from '../kinds/names.js'

/** Names and spellings of SonataFlow platforms, as the operator gives them (sonataflow.org/v1alpha08). */

export {
  AUTOSCALER,
  CLUSTER_PLATFORM,
  DISRUPTION_BUDGET,
  ENDPOINTS,
  JOB,
  NETWORK_POLICY,
  PLATFORM,
  POD,
  SONATAFLOW_API,
  SONATAFLOW_GROUP,
  WORKFLOW,
  WORKFLOW_BUILD,
} from '../kinds/names.js'

export const platformRef = (name: string, namespace: string): Ref => ({...PLATFORM, name, namespace})
export const clusterPlatformRef = (name: string): Ref => ({...CLUSTER_PLATFORM, name})
export const workflowRef = (name: string, namespace: string): Ref => ({...WORKFLOW, name, namespace})

/** The CRDs, as `kubectl get crd` names them. */
export const PLATFORM_CRD = 'sonataflowplatforms.sonataflow.org'
export const CLUSTER_PLATFORM_CRD = 'sonataflowclusterplatforms.sonataflow.org'
export const WORKFLOW_CRD = 'sonataflows.sonataflow.org'

/** Annotations, finalizers and names of the operator. */
export const PROFILE = 'sonataflow.org/profile'
export const WORKFLOW_VERSION = 'sonataflow.org/version'
export const SECONDARY_PLATFORM = 'sonataflow.org/secondary.platform'
/** On a platform whose triggers live in another namespace. */
export const TRIGGER_FINALIZER = 'trigger-deletion'
/** The platform that the operator itself creates for a workflow in a namespace without one. */
export const AUTOMATIC_PLATFORM = 'sonataflow-platform'
/** `app.kubernetes.io/managed-by` of all that the operator makes for platforms. */
export const OPERATOR = 'sonataflow-operator'
/** Where the operator's Deployment is: community, and Red Hat's OpenShift Serverless Logic. */
export const operatorDeployments: ReadonlyArray<{namespace: string; namePrefix: string}> = [
  {namespace: 'sonataflow-operator-system', namePrefix: 'sonataflow-operator-controller-manager'},
  {namespace: 'openshift-serverless-logic', namePrefix: 'logic-operator'},
]

/** A supporting service, by its key in `spec.services`. */
export type ServiceKey = 'dataIndex' | 'jobService'
export const serviceKeys: readonly ServiceKey[] = ['dataIndex', 'jobService']

/** How commands write a service. */
export const serviceWord: Readonly<Record<ServiceKey, string>> = {dataIndex: 'data-index', jobService: 'job-service'}
/** How sentences name it. */
export const serviceTitle: Readonly<Record<ServiceKey, string>> = {dataIndex: 'Data Index', jobService: 'Job Service'}
/** The name of its container, and the end of the names of its objects; the CR says jobService, the objects jobs-service. */
export const serviceSuffix: Readonly<Record<ServiceKey, string>> = {
  dataIndex: 'data-index-service',
  jobService: 'jobs-service',
}
/** The middle part of its image's name. */
export const serviceImagePart: Readonly<Record<ServiceKey, string>> = {
  dataIndex: 'data-index',
  jobService: 'jobs-service',
}

const spellings: Readonly<Record<string, ServiceKey>> = {
  'data-index': 'dataIndex',
  dataindex: 'dataIndex',
  'data-index-service': 'dataIndex',
  'job-service': 'jobService',
  jobservice: 'jobService',
  'jobs-service': 'jobService',
  jobsservice: 'jobService',
  jobs: 'jobService',
}

/** A service in any of its spellings, in upper or lower case. Throws InvalidArgument. */
export const parseService = (text: string): ServiceKey => {
  const lower = text.toLowerCase()
  const key = Object.hasOwn(spellings, lower) ? spellings[lower] : undefined
  if (key !== undefined) return key
  const hint = didYouMean(lower, Object.keys(spellings))
  throw invalid(
    `unknown service "${text}"${hint === undefined ? '' : `, ${hint}`}`,
    'services: data-index, job-service (dataIndex, jobService and jobs-service are accepted)',
  )
}

/** Several services, each once, Data Index first. `all` stands for both. Throws InvalidArgument. */
export const parseServices = (texts: readonly string[]): ServiceKey[] => {
  const wanted = texts
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .flatMap((text) => (text === 'all' ? serviceKeys : [parseService(text)]))
  return serviceKeys.filter((key) => wanted.includes(key))
}

/** Deployment, Service and PodDisruptionBudget: `P-data-index-service`, `P-jobs-service`. Also the default schema. */
export const serviceObjectName = (platform: string, key: ServiceKey): string => `${platform}-${serviceSuffix[key]}`
/** Where PostgreSQL keeps the service's tables unless `databaseSchema` says otherwise. */
export const defaultSchema = serviceObjectName
/** The ConfigMap with `application.properties`. */
export const propertiesName = (platform: string, key: ServiceKey): string => `${serviceObjectName(platform, key)}-props`
/** The key of that ConfigMap. */
export const PROPERTIES_KEY = 'application.properties'
export const serviceUrl = (platform: string, namespace: string, key: ServiceKey): string =>
  `http://${serviceObjectName(platform, key)}.${namespace}`
/** The SinkBinding that gives the Job Service its K_SINK. */
export const sinkBindingName = (platform: string): string => `${serviceObjectName(platform, 'jobService')}-sb`
export const workflowSinkBindingName = (workflow: string): string => `${workflow}-sb`.toLowerCase()

/** Of labels' values, and of the names of Services. */
export const LONGEST = 63
const HEAD = LONGEST - 32

/** A name may not end in anything but a letter or digit. */
const trimmedEnd = (name: string): string => name.replace(/[^a-zA-Z0-9]+$/, '')

/**
 * The name of a child: parent and suffix, or, beyond 63 characters, the parent's beginning, an MD5 sum, and as much of the
 * suffix as fits (knative.dev/pkg kmeta/names.go).
 */
export const childName = (parent: string, suffix: string): string => {
  if (parent.length + suffix.length <= LONGEST) return parent + suffix
  const room = HEAD - suffix.length
  if (room > 0) return `${parent.slice(0, room)}${md5(parent)}${suffix}`
  const hashed = parent.slice(0, HEAD) + md5(parent + suffix)
  return trimmedEnd(hashed + suffix.slice(0, Math.max(0, LONGEST - hashed.length)))
}

/** One of the triggers by which a service gets its events (document 5.3.5.7). */
export interface PlatformTrigger {
  service: ServiceKey
  /** What its name begins with; the platform's uid follows. */
  base: string
  /** The CloudEvents type it filters. */
  eventType: string
  /** Where the service takes these events. */
  path: string
  /** Has the annotation for ordered delivery when the broker is a Kafka one. */
  ordered: boolean
}

const toDataIndex = (tag: string, eventType: string, path = '/processes', ordered = false): PlatformTrigger => ({
  service: 'dataIndex',
  base: `data-index-${tag}-`,
  eventType,
  path,
  ordered,
})
const toJobService = (tag: string, eventType: string): PlatformTrigger => ({
  service: 'jobService',
  base: `jobs-service-${tag}-`,
  eventType,
  path: '/v2/jobs/events',
  ordered: true,
})

/** In the order in which the operator makes them (its internal/controller/platform/services/services.go). */
export const platformTriggers: readonly PlatformTrigger[] = [
  toDataIndex('process-error', 'ProcessInstanceErrorDataEvent'),
  toDataIndex('process-node', 'ProcessInstanceNodeDataEvent'),
  toDataIndex('process-state', 'ProcessInstanceStateDataEvent'),
  toDataIndex('process-variable', 'ProcessInstanceVariableDataEvent'),
  toDataIndex('process-definition', 'ProcessDefinitionEvent', '/definitions', true),
  toDataIndex('process-instance-multiple', 'MultipleProcessInstanceDataEvent'),
  toDataIndex('jobs', 'JobEvent', '/jobs', true),
  toJobService('create-job', 'job.create'),
  toJobService('delete-job', 'job.delete'),
]

/** Made until Nov 2024 and never deleted since. */
export const retiredTriggers: readonly PlatformTrigger[] = [toDataIndex('process-sla', 'ProcessInstanceSLADataEvent')]

export const triggerName = ({base}: PlatformTrigger, platformUid: string): string => childName(base, platformUid)

/** The beginning of the names of all migration Jobs; until March 2026 the whole name. */
export const MIGRATION_JOB = 'sonataflow-db-migrator-job'
export const MIGRATION_CONTAINER = 'db-migration-container'

/** FNV-1a, 32 bits, as hex digits without leading zeros. */
const fnv32a = (text: string): string =>
  new TextEncoder()
    .encode(text)
    .reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5)
    .toString(16)

/**
 * The Job that migrates the databases of both services; one per namespace and version of the operator, which is the one
 * compiled into it and not the tag of its image. Without a version: the name of operators before March 2026.
 */
export const migrationJobName = (version?: string): string =>
  version === undefined ? MIGRATION_JOB : `${MIGRATION_JOB}-${fnv32a(version)}`

export const isMigrationJob = (name: string): boolean => name === MIGRATION_JOB || name.startsWith(`${MIGRATION_JOB}-`)

/** `P-data-index-service` and the like are names of Services and values of labels, both of at most 63 characters. */
export const longestWithService = (key: ServiceKey): number => LONGEST - serviceObjectName('', key).length
/** With strategy `job`, `P-<job>` is also the value of a label; the hash in its name came in March 2026. */
export const longestWithMigrationJob = (hashed = true): number =>
  LONGEST - 1 - (hashed ? `${MIGRATION_JOB}-00000000`.length : MIGRATION_JOB.length)

/** What decides how a platform may be called. */
export interface PlatformNameUse {
  /** The services that are deployed; each has objects named after the platform. */
  services: readonly ServiceKey[]
  /** Whether a migration Job is made. */
  migrationJob?: boolean
  /** Whether the name of that Job ends with a hash. */
  hashedJob?: boolean
}

/** What is wrong with a platform's name, in words; `undefined` when the operator can work with it. */
export const platformNameFault = (
  name: string,
  {services, migrationJob = false, hashedJob = true}: PlatformNameUse,
): string | undefined => {
  if (services.length === 0)
    return isSubdomain(name) ? undefined : 'it has only lower-case letters, digits, "-" and "." (DNS-1123 subdomain)'
  const [longest, key] = services
    .map((one) => [longestWithService(one), one] as const)
    .toSorted(([one], [other]) => one - other)[0]!
  if (name.length > longest)
    return `it has ${name.length} characters, and more than ${longest} leave no room for "${serviceObjectName('', key)}"`
  if (!isDnsLabel(name))
    return 'its services are named after it, so it has only lower-case letters, digits and "-", and begins and ends with a letter or digit (DNS-1123 label)'
  const mostWithJob = longestWithMigrationJob(hashedJob)
  if (migrationJob && name.length > mostWithJob)
    return `it has ${name.length} characters, and with migration strategy job more than ${mostWithJob} make a label of the migration Job too long`
  return undefined
}

/** Profiles of workflows; the annotation is missing or unknown: preview. */
export type Profile = 'dev' | 'preview' | 'gitops'

/** The operator's keys for user and password in a database Secret, unless the CR names others. */
export const DEFAULT_USER_KEY = 'POSTGRESQL_USER'
export const DEFAULT_PASSWORD_KEY = 'POSTGRESQL_PASSWORD'
export const DEFAULT_POSTGRES_PORT = 5432
export const DEFAULT_DATABASE = 'sonataflow'

/** `spec.persistence.dbMigrationStrategy`; the CRD has no enum, and anything else means none. */
export type MigrationStrategy = 'service' | 'job' | 'none'
export const migrationStrategies: readonly MigrationStrategy[] = ['service', 'job', 'none']
