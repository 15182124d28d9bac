import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject, type Ref} from '../../core/object.js'
import {conditionOf} from '../../core/readiness.js'
import {isFound} from '../../core/seen.js'
import {servicePersistence} from '../effective/persistence.js'
import {currentJob, expectedJobName, migrationTarget, servicesMigratedByJob} from './job.js'
import {deployedServices, type Platform} from '../model.js'
import {
  DEFAULT_POSTGRES_PORT,
  JOB,
  migrationJobName,
  migrationStrategies,
  serviceKeys,
  serviceObjectName,
  serviceTitle,
  serviceWord,
  type ServiceKey,
} from '../names.js'
import {objectText} from '../origin.js'
import {type DatabaseFacts} from '../platform/facts.js'
import {changes, has, operatorRelease, type ReleaseEvidence} from '../release.js'
import {enumeration, notVerified, platformCommand} from '../say.js'

export type JobState = 'running' | 'succeeded' | 'failed'

/** What a judgement about migrations needs; the release of the operator is looked for in the rest. */
export type MigrationFacts = Pick<DatabaseFacts, 'jobs' | 'deployments'> & ReleaseEvidence

/** What a Job has come to. */
export const jobState = (job: KubeObject): JobState => {
  if (conditionOf(job, 'Failed')?.status === 'True') return 'failed'
  return conditionOf(job, 'Complete')?.status === 'True' ? 'succeeded' : 'running'
}

const written = (platform: Platform, key: ServiceKey): string | undefined =>
  platform.services?.[key]?.persistence?.dbMigrationStrategy

const isStrategy = (text: string): boolean => migrationStrategies.some((one) => one === text)

const hasDatabase = (platform: Platform, key: ServiceKey): boolean =>
  servicePersistence(platform, key).kind === 'postgresql'

/** D2 to D4: strategies that mean nothing, or too much. */
const strategyFindings = (platform: Platform): Finding[] =>
  deployedServices(platform).flatMap((key): Finding[] => {
    const strategy = written(platform, key)
    const object = platform.ref
    if (strategy === undefined) return []
    if (!isStrategy(strategy))
      return [
        finding('SFL-DB02', {
          object,
          message: `"${strategy}" is no migration strategy; the operator takes it for none, so nobody migrates the database of ${serviceTitle[key]}`,
          repair: platformCommand(platform, 'migration set', serviceWord[key], 'service'),
        }),
      ]
    if (hasDatabase(platform, key)) return []
    return strategy === 'job'
      ? [
          finding('SFL-DB03', {
            object,
            message: `strategy job for ${serviceTitle[key]}, which has no PostgreSQL: the migration Job is refused by the server, and neither service is deployed, or comes back`,
            repair: platformCommand(
              platform,
              'persistence set',
              serviceWord[key],
              '--service',
              'POSTGRES_SERVICE',
              '--secret',
              'SECRET',
            ),
          }),
        ]
      : [
          finding('SFL-DB04', {
            object,
            message: `strategy ${strategy} for ${serviceTitle[key]} has no effect: it has no PostgreSQL`,
            repair: platformCommand(
              platform,
              'persistence set',
              serviceWord[key],
              '--service',
              'POSTGRES_SERVICE',
              '--secret',
              'SECRET',
            ),
          }),
        ]
  })

/** D5: a Job that connects to another database than its service. */
const targetFindings = (platform: Platform): Finding[] =>
  servicesMigratedByJob(platform).flatMap((key) => {
    const target = migrationTarget(platform, key)
    const database = servicePersistence(platform, key)
    if (target === undefined || target.dropped.length === 0 || database.kind !== 'postgresql') return []
    const server = database.server
    const name = server?.name.value ?? ''
    const real = `${name}.${server?.namespace.value ?? ''}:${server?.port.value ?? ''}`
    return [
      finding('SFL-DB05', {
        object: platform.ref,
        message: `the migration Job would connect to ${name}.${platform.namespace}:${DEFAULT_POSTGRES_PORT}, and ${serviceTitle[key]} to ${real}: of the platform's connection the operator gives the Job neither namespace nor port`,
        repair: platformCommand(
          platform,
          'persistence set',
          serviceWord[key],
          '--service',
          real,
          '--database',
          database.database?.value ?? '',
          '--secret',
          database.secret.name?.value ?? 'SECRET',
        ),
      }),
    ]
  })

const liveDeployments = (platform: Platform, {deployments}: Pick<DatabaseFacts, 'deployments'>): string[] => {
  const names = serviceKeys.map((key) => serviceObjectName(platform.name, key))
  return isFound(deployments) ? names.filter((name) => deployments.some(({metadata}) => metadata.name === name)) : []
}

/**
 * D6: a new Job takes both services down first, since March 2026. Also said before a retry, with `retry`. Of an operator
 * whose release is not known it is a warning that says so.
 */
export const outageFindings = (
  platform: Platform,
  facts: MigrationFacts,
  {retry = false}: {retry?: boolean} = {},
): Finding[] => {
  if (servicesMigratedByJob(platform).length === 0) return []
  const live = liveDeployments(platform, facts)
  const release = operatorRelease(facts)
  const deletes = has('versionedMigrationJob', release)
  if (deletes === false || live.length === 0 || !isFound(facts.jobs)) return []
  if (!retry && currentJob(facts.jobs, release) !== undefined) return []
  return [
    finding('SFL-DB06', {
      object: platform.ref,
      message: deletes
        ? `before the migration Job starts, the operator deletes the running ${enumeration(live)}; they come back when it has succeeded, and not before`
        : `an operator of ${changes.versionedMigrationJob.release} or newer deletes the running ${enumeration(live)} before the migration Job starts, until it has succeeded; which release runs here is not known`,
      repair: platformCommand(platform, 'migration status'),
    }),
  ]
}

/** Whether it is certain that a new migration Job takes the services down. */
export const isOutageCertain = (facts: ReleaseEvidence): boolean =>
  has('versionedMigrationJob', operatorRelease(facts)) === true

const target = (platform: Platform, key: ServiceKey): string => JSON.stringify(migrationTarget(platform, key))

/** D7: a Job that is there is never changed or run again. `before` is what the platform was. */
const finishedJobFindings = (platform: Platform, facts: MigrationFacts, before: Platform | undefined): Finding[] => {
  const {jobs} = facts
  const migrated = servicesMigratedByJob(platform)
  if (migrated.length === 0) return []
  const release = operatorRelease(facts)
  const place: Ref = {...JOB, name: expectedJobName(release) ?? migrationJobName(), namespace: platform.namespace}
  if (jobs === 'forbidden') return [notVerified(place, 'the migration Job')]
  const job = isFound(jobs) ? currentJob(jobs, release) : undefined
  if (job === undefined) return []
  const object: Ref = {...place, name: job.metadata.name}
  const state = jobState(job)
  const added = before === undefined ? [] : migrated.filter((key) => !servicesMigratedByJob(before).includes(key))
  const moved =
    before === undefined
      ? []
      : migrated.filter((key) => !added.includes(key) && target(before, key) !== target(platform, key))
  const unserved = [...added, ...moved].map((key) => serviceTitle[key])
  if (unserved.length === 0 && state !== 'failed') return []
  return [
    finding('SFL-DB07', {
      object,
      message:
        unserved.length === 0
          ? `${objectText(object)} has failed; neither service is deployed until it is deleted and a new one succeeds`
          : `${objectText(object)} is there already (${state}) and is never run again, so the database of ${enumeration(unserved)} is not migrated`,
      repair: platformCommand(platform, 'migration retry'),
    }),
  ]
}

/** D15: databases that nobody migrates, by intent. */
const unmigratedFindings = (platform: Platform): Finding[] =>
  deployedServices(platform).flatMap((key) => {
    const database = servicePersistence(platform, key)
    if (written(platform, key) !== 'none' || database.kind !== 'postgresql') return []
    const schema = database.schema?.value
    return [
      finding('SFL-DB15', {
        object: platform.ref,
        message: `nobody migrates the database of ${serviceTitle[key]}: ${
          schema === undefined
            ? 'its schema'
            : `schema "${schema}"${schema.includes('-') ? ' (in SQL with its double quotes)' : ''}`
        } and all tables must be there, and brought up to date by hand before every new version`,
      }),
    ]
  })

/** D2 to D7 and D15: who migrates the databases of a platform as it would be. */
export const migrationFindings = (
  platform: Platform,
  facts: MigrationFacts,
  {before}: {before?: Platform | undefined} = {},
): Finding[] => [
  ...strategyFindings(platform),
  ...targetFindings(platform),
  ...outageFindings(platform, facts),
  ...finishedJobFindings(platform, facts, before),
  ...unmigratedFindings(platform),
]
