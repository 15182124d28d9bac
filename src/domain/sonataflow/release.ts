import {type KubeObject} from '../core/object.js'
import {listAt, textAt} from '../core/read.js'
import {isFound, type Lookup} from '../core/seen.js'
import {type PlatformSchema} from './generation.js'
import {isMigrationJob, MIGRATION_JOB, OPERATOR} from './names.js'

/** A change of the operator that its users notice. */
interface Change {
  /** Day of the change in the operator's sources (kubesmarts/logic-operator main-1.x), YYYY-MM-DD. */
  day: string
  /** The first release with it, in words. */
  release: string
}

/** What differs between releases of the operator, each with the day and the release it came with. */
export const changes = {
  /** There is no trigger for ProcessInstanceSLADataEvent any more; events about jobs are delivered in order. */
  orderedJobs: {day: '2024-11-27', release: 'OpenShift Serverless Logic 1.36'},
  /** `dbMigrationStrategy` instead of `migrateDBOnStartUp`, and a Job that migrates. */
  migrationStrategies: {day: '2025-03-13', release: 'OpenShift Serverless Logic 1.36'},
  /** Definitions of processes are delivered in order. */
  orderedDefinitions: {day: '2025-03-25', release: 'OpenShift Serverless Logic 1.36'},
  /** The reactive URL of Job Service is a variable, not a property. */
  reactiveVariable: {day: '2025-07-25', release: 'OpenShift Serverless Logic 1.37'},
  /** Data Index on PostgreSQL has no `QUARKUS_HIBERNATE_ORM_DATABASE_GENERATION` any more. */
  noSchemaGeneration: {day: '2026-01-11', release: 'OpenShift Serverless Logic 1.38'},
  disruptionBudgets: {day: '2026-03-05', release: 'OpenShift Serverless Logic 1.38'},
  /**
   * The name of the migration Job ends with a hash of the operator's version, and both services are deleted before such a
   * Job is made (its internal/controller/platform/db_migrator_job.go).
   */
  versionedMigrationJob: {day: '2026-03-19', release: 'OpenShift Serverless Logic 1.38'},
} as const satisfies Record<string, Change>

export type ChangeName = keyof typeof changes

/** What is known of the release of the operator that runs; `{}` when nothing is. */
export interface OperatorRelease {
  /** Its sources are of this day or later, YYYY-MM-DD. */
  from?: string
  /** Its sources are older than this day, YYYY-MM-DD. */
  before?: string
  /** The version that is compiled into it, as it writes it on what it makes; its image may have another tag. */
  version?: string
}

/** Whether an operator has a change; `undefined` when what is known of it does not decide that. */
export const has = (change: ChangeName, {from, before}: OperatorRelease = {}): boolean | undefined => {
  const {day} = changes[change]
  if (from !== undefined && from >= day) return true
  return before !== undefined && before <= day ? false : undefined
}

/** A release of which the sources are known to the day. */
export const releaseOf = (day: string, version?: string): OperatorRelease => ({
  from: day,
  before: `${day}T24`,
  ...(version === undefined ? {} : {version}),
})

type Bounds = Pick<OperatorRelease, 'from' | 'before'>

/** Evidence narrows what is known; what contradicts better evidence does not count. */
const narrowed = (known: Bounds, {from = '', before = '9999'}: Bounds): Bounds => {
  const bounds = {
    from: from > (known.from ?? '') ? from : (known.from ?? ''),
    before: before < (known.before ?? '9999') ? before : (known.before ?? '9999'),
  }
  if (bounds.from >= bounds.before) return known
  return {
    ...(bounds.from === '' ? {} : {from: bounds.from}),
    ...(bounds.before === '9999' ? {} : {before: bounds.before}),
  }
}

const since = (change: ChangeName): Bounds => ({from: changes[change].day})
const until = (change: ChangeName): Bounds => ({before: changes[change].day})

/** The release branches, by the beginnings of their versions: of OpenShift Serverless Logic, and of the community. */
const branches: ReadonlyArray<readonly [RegExp, Bounds]> = [
  [/^v?1\.(2\d|3[0-5])(\D|$)/, until('migrationStrategies')],
  [/^v?1\.36(\D|$)/, {...since('orderedDefinitions'), ...until('reactiveVariable')}],
  [/^v?1\.37(\D|$)/, {...since('reactiveVariable'), ...until('noSchemaGeneration')}],
  [/^v?1\.(3[89]|[4-9]\d)(\D|$)/, since('versionedMigrationJob')],
  [/^v?10\.0(\D|$)/, until('migrationStrategies')],
  [/^v?10\.1(\D|$)/, {...since('migrationStrategies'), ...until('noSchemaGeneration')}],
]

const byVersion = (version: string | undefined): Bounds =>
  version === undefined ? {} : (branches.find(([pattern]) => pattern.test(version))?.[1] ?? {})

const bySchema = ({served, migrationStrategy, disruptionBudget}: PlatformSchema): Bounds => {
  if (!served) return {}
  if (disruptionBudget) return since('disruptionBudgets')
  return migrationStrategy
    ? {...since('migrationStrategies'), ...until('disruptionBudgets')}
    : until('migrationStrategies')
}

/** A Job is made once a version: while there is only one without a hash, the operator does not make others. */
const byJobs = (jobs: readonly KubeObject[]): Bounds => {
  const names = jobs.map(({metadata}) => metadata.name).filter(isMigrationJob)
  if (names.length === 0) return {}
  return names.every((name) => name === MIGRATION_JOB) ? until('versionedMigrationJob') : since('versionedMigrationJob')
}

/** The change that gave the migration Job its hash also took the proxy beside the operator from another registry. */
const byProxy = (images: readonly string[]): Bounds => {
  const proxy = images.find((image) => image.includes('kube-rbac-proxy'))
  if (proxy?.startsWith('gcr.io/kubebuilder/')) return until('versionedMigrationJob')
  return proxy?.startsWith('quay.io/brancz/') ? since('versionedMigrationJob') : {}
}

const VERSION_LABEL = 'app.kubernetes.io/version'

/**
 * The version on the newest of what the operator makes. It keeps the labels of a Deployment as they were when that was
 * made, and brings those of its pods up to date.
 */
const writtenVersion = (children: readonly KubeObject[]): string | undefined =>
  children
    .filter(({metadata}) => metadata.labels?.['app.kubernetes.io/managed-by'] === OPERATOR)
    .toSorted((one, other) =>
      (one.metadata.creationTimestamp ?? '') < (other.metadata.creationTimestamp ?? '') ? 1 : -1,
    )
    .map(
      (child) =>
        textAt(child, 'spec', 'template', 'metadata', 'labels', VERSION_LABEL) ??
        child.metadata.labels?.[VERSION_LABEL],
    )
    .find((version) => version !== undefined)

/** What is known of the operator's own Deployment. */
export interface OperatorDeploymentFacts {
  /** The version in the name of its ClusterServiceVersion, where OLM installed it. */
  olmVersion?: string
  imageTag?: string
  /** Of all containers of its pods. */
  containerImages?: readonly string[]
}

/** Reads what tells the release of the operator out of its Deployment. */
export const operatorDeploymentFacts = (deployment: KubeObject): OperatorDeploymentFacts => {
  const olmVersion = /\.v(\d[\w.-]*)$/.exec(deployment.metadata.labels?.['olm.owner'] ?? '')?.[1]
  return {
    ...(olmVersion === undefined ? {} : {olmVersion}),
    containerImages: listAt(deployment, 'spec', 'template', 'spec', 'containers').flatMap(
      (container) => textAt(container, 'image') ?? [],
    ),
  }
}

/** Where a release is looked for. */
export interface ReleaseEvidence {
  schema?: Lookup<PlatformSchema>
  operator?: Lookup<{settings: OperatorDeploymentFacts}>
  deployments?: Lookup<readonly KubeObject[]>
  jobs?: Lookup<readonly KubeObject[]>
}

/** What the cluster tells of the release of the operator, the best evidence first. */
export const operatorRelease = ({schema, operator, deployments, jobs}: ReleaseEvidence): OperatorRelease => {
  const settings = operator !== undefined && isFound(operator) ? operator.settings : {}
  const known = jobs !== undefined && isFound(jobs) ? jobs : []
  const children = [...known, ...(deployments !== undefined && isFound(deployments) ? deployments : [])]
  const version = writtenVersion(children)
  const bounds = [
    schema !== undefined && isFound(schema) ? bySchema(schema) : {},
    byVersion(settings.olmVersion),
    byVersion(version),
    byProxy(settings.containerImages ?? []),
    byJobs(known),
    byVersion(settings.imageTag),
  ].reduce(narrowed, {})
  return {...bounds, ...(version === undefined ? {} : {version})}
}

/** The version on what the operator makes; as long as nothing of it was seen, the tag of its image is the best guess. */
export const writtenTag = ({
  release,
  operator,
}: {
  release?: OperatorRelease
  operator?: OperatorDeploymentFacts
}): string | undefined => release?.version ?? operator?.imageTag
