import {eventsInOrder, since} from '../../core/event-lines.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {textAt} from '../../core/read.js'
import {conditionOf} from '../../core/readiness.js'
import {isFound, type NotFound} from '../../core/seen.js'
import {serviceDetails} from '../effective/effective.js'
import {maskedUrl} from '../effective/persistence.js'
import {contextOf} from '../workload/live-service.js'
import {type PlatformDescribeFacts} from '../workload/live-facts.js'
import {currentJob, expectedJobName, expectedMigrationJob, migrationJobs, migrationTarget} from './job.js'
import {jobState, migrationFindings, type JobState} from './preflight.js'
import {deployedServices} from '../model.js'
import {JOB, serviceTitle, type ServiceKey} from '../names.js'
import {originText} from '../origin.js'
import {operatorRelease} from '../release.js'
import {podLine, type PodLine} from '../workload/pod-state.js'
import {platformCommand} from '../say.js'

/** Who migrates the database of one service. */
export interface MigrationServiceLine {
  service: ServiceKey
  title: string
  strategy: string
  origin: string
  /** `QUARKUS_FLYWAY_MIGRATE_AT_START`; left out without PostgreSQL. */
  atStart?: boolean
  /** Where the Job connects to, without credentials; left out when it takes no part. */
  jobTarget?: string
}

export interface MigrationJobLine {
  name: string
  /** It is the one of the operator that runs. */
  current: boolean
  state: JobState
  /** RFC 3339 */
  started?: string
  finished?: string
  ageMs?: number
  why?: string
  pods: readonly PodLine[]
}

/** The end of what a pod of a migration Job wrote; `unread` says why there is none. */
export interface MigrationLog {
  pod: string
  lines: readonly string[]
  unread?: string
}

/** What `platform migration status` prints. */
export interface MigrationView {
  platform: string
  namespace: string
  services: readonly MigrationServiceLine[]
  /** The Job that the running operator uses, with `-*` where its hash is not known; left out when no service asks for one. */
  expectedJob?: string
  /** What the status of the platform says; it only ever says that it has succeeded. */
  reported?: {status?: string; message?: string; reason?: string}
  jobs: readonly MigrationJobLine[] | NotFound
  logs: readonly MigrationLog[]
  findings: readonly Finding[]
}

const jobLine = (job: KubeObject, current: boolean, facts: PlatformDescribeFacts, now: number): MigrationJobLine => {
  const started = textAt(job, 'status', 'startTime')
  const finished = textAt(job, 'status', 'completionTime')
  const ageMs = since(started ?? job.metadata.creationTimestamp, now)
  const failed = conditionOf(job, 'Failed')
  const why = failed?.status === 'True' ? [failed.reason, failed.message].filter(Boolean).join(': ') : undefined
  const warnings = isFound(facts.warnings) ? eventsInOrder(facts.warnings) : []
  const pods = isFound(facts.jobPods)
    ? facts.jobPods
        .filter(({metadata}) => metadata.labels?.['job-name'] === job.metadata.name)
        .map((pod) => podLine(pod, warnings))
    : []
  return {
    name: job.metadata.name,
    current,
    state: jobState(job),
    ...(started === undefined ? {} : {started}),
    ...(finished === undefined ? {} : {finished}),
    ...(ageMs === undefined ? {} : {ageMs}),
    ...(why === undefined || why === '' ? {} : {why}),
    pods,
  }
}

/** The migration Jobs of the namespace with their pods. */
export const migrationJobLines = (
  facts: PlatformDescribeFacts,
  now: number,
): readonly MigrationJobLine[] | NotFound => {
  if (!isFound(facts.jobs)) return facts.jobs
  const current = currentJob(facts.jobs, operatorRelease(facts))
  return migrationJobs(facts.jobs).map((job) => jobLine(job, job === current, facts, now))
}

/** L5: a Job that is under way, or cannot start. */
export const unfinishedJobFindings = (facts: PlatformDescribeFacts, now: number): Finding[] => {
  const {platform} = facts
  const jobs = migrationJobLines(facts, now)
  if (expectedMigrationJob(contextOf(facts)(platform)) === undefined || typeof jobs === 'string') return []
  return jobs
    .filter(({current, state}) => current && state === 'running')
    .map(({name, pods}) => {
      const stuck = pods.find(({phase, why}) => phase === 'Pending' && why !== undefined)
      return finding('SFL-L05', {
        ...(stuck === undefined ? {} : {level: 'error'}),
        object: {...JOB, name, namespace: platform.namespace},
        message:
          stuck === undefined
            ? `Job ${name} is still migrating the databases; no service is deployed before it has succeeded`
            : `Job ${name} cannot migrate the databases (${stuck.why}); no service is deployed before it has succeeded`,
        repair: platformCommand(platform, 'migration status', '--platform', platform.name),
      })
    })
}

export const migrationServiceLines = (facts: PlatformDescribeFacts): MigrationServiceLine[] => {
  const {platform} = facts
  const context = contextOf(facts)(platform)
  return deployedServices(platform).map((key) => {
    const {migration} = serviceDetails(platform, key, context)
    const target = migration.job ? migrationTarget(platform, key) : undefined
    return {
      service: key,
      title: serviceTitle[key],
      strategy: migration.typo === undefined ? migration.strategy.value : `none (not a strategy: ${migration.typo})`,
      origin: originText(migration.strategy.origin, platform.ref),
      ...(migration.atStart === undefined ? {} : {atStart: migration.atStart}),
      ...(target === undefined ? {} : {jobTarget: maskedUrl(target.jdbcUrl)}),
    }
  })
}

/** Passwords in URLs and assignments do not belong into a report. */
const harmless = (line: string): string =>
  maskedUrl(line).replace(/\b([\w.-]*(?:password|passwd|secret|token)[\w.-]*\s*[=:]\s*)\S+/gi, '$1***')

export const migrationLog = (pod: string, text: string): MigrationLog => ({
  pod,
  lines: text.split(/\r?\n/).filter(Boolean).map(harmless),
})

/** Who migrates the databases of a platform, and how far that has come. */
export const viewMigration = (
  facts: PlatformDescribeFacts,
  logs: readonly MigrationLog[],
  now: number,
): MigrationView => {
  const {platform} = facts
  const context = contextOf(facts)(platform)
  const expected = expectedMigrationJob(context)
  return {
    platform: platform.name,
    namespace: platform.namespace,
    services: migrationServiceLines(facts),
    ...(expected === undefined
      ? {}
      : {expectedJob: expectedJobName(context.release ?? {}) ?? `${expected.metadata.name}-*`}),
    ...(platform.status.migration === undefined ? {} : {reported: platform.status.migration}),
    jobs: migrationJobLines(facts, now),
    logs,
    findings: [...unfinishedJobFindings(facts, now), ...migrationFindings(platform, facts, {before: platform})],
  }
}
