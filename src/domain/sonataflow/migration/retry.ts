import {type Finding} from '../../findings/finding.js'
import {applyForce, finding} from '../../findings/catalogue.js'
import {refOf, type Ref} from '../../core/object.js'
import {type Step} from '../../core/plan.js'
import {isFound} from '../../core/seen.js'
import {databaseFindings} from '../persistence/preflight.js'
import {installationFindings, operatorFindings} from '../platform/installation-preflight.js'
import {currentJob, servicesMigratedByJob} from './job.js'
import {jobState, migrationFindings, outageFindings} from './preflight.js'
import {JOB, migrationJobName, serviceTitle} from '../names.js'
import {type PersistenceFacts} from '../persistence/edit.js'
import {type AskedPlan} from '../platform/delete.js'
import {operatorRelease} from '../release.js'
import {type EditOptions} from '../platform/edit.js'
import {enumeration, notVerified, platformCommand} from '../say.js'

/** The Job that the running operator looks at. */
const jobOf = (facts: PersistenceFacts) =>
  isFound(facts.jobs) ? currentJob(facts.jobs, operatorRelease(facts)) : undefined

/** Settings with which a new Job would fail as the last one did. */
const standing = (facts: PersistenceFacts): Finding[] => {
  const {platform} = facts
  return [
    ...installationFindings(platform, facts, platform),
    ...databaseFindings(platform, facts, platform),
    ...migrationFindings(platform, facts, {before: platform}).filter(
      ({code}) => code !== 'SFL-DB06' && code !== 'SFL-DB07',
    ),
  ]
}

/**
 * The plan of `platform migration retry`: the operator creates its Job once, so the one that is there is deleted, and with
 * it, by the operator, both Deployments until the new one has succeeded (its internal/controller/platform/db_migrator_job.go).
 */
export const planMigrationRetry = (options: EditOptions & {waitMs?: number}, facts: PersistenceFacts): AskedPlan => {
  const {platform, jobs} = facts
  const migrated = servicesMigratedByJob(platform)
  if (migrated.length === 0)
    return {
      steps: [{verb: 'keep', object: platform.object}],
      findings: [
        finding('SFL-DB20', {
          object: platform.ref,
          message: `no service of platform ${platform.name} has migration strategy job, so there is nothing to retry`,
          repair: platformCommand(platform, 'migration set', 'data-index', 'job-service', 'job'),
        }),
      ],
    }
  if (jobs === 'forbidden')
    return {
      steps: [{verb: 'keep', object: platform.object}],
      findings: [
        {
          ...notVerified({...JOB, name: migrationJobName(), namespace: platform.namespace}, 'the migration Job'),
          level: 'error',
        },
      ],
    }
  const job = jobOf(facts)
  if (job === undefined)
    return {
      steps: [{verb: 'keep', object: platform.object}],
      findings: [
        ...operatorFindings(facts, platform),
        finding('SFL-DB20', {
          object: platform.ref,
          message: `there is no migration Job in namespace ${platform.namespace}; the operator creates one by itself`,
          repair: platformCommand(platform, 'migration status'),
        }),
      ],
    }
  const ref: Ref = refOf(job)
  const state = jobState(job)
  const {waitMs} = options
  const {uid} = job.metadata
  const waits: Step[] =
    waitMs === undefined
      ? []
      : [
          {verb: 'wait', ref, until: 'gone', timeoutMs: waitMs, ...(uid === undefined ? {} : {uid})},
          // The operator that made it makes the next one, under the same name.
          {verb: 'wait', ref, until: 'complete', timeoutMs: waitMs},
        ]
  return {
    steps: [{verb: 'delete', ref, before: job, reason: 'the operator runs a migration Job once only'}, ...waits],
    findings: applyForce(
      [
        ...standing(facts),
        ...(state === 'running'
          ? [
              finding('SFL-DB21', {
                object: ref,
                message: `Job ${ref.name} is still running; deleted now, it stops in the middle of a migration`,
                repair: platformCommand(platform, 'migration status'),
              }),
            ]
          : []),
        ...(state === 'succeeded'
          ? [
              finding('SFL-DB22', {
                object: ref,
                message: `Job ${ref.name} has succeeded; another run is of use only when the database of ${enumeration(migrated.map((key) => serviceTitle[key]))} is another one now`,
                repair: platformCommand(platform, 'migration status'),
              }),
            ]
          : []),
        ...outageFindings(platform, facts, {retry: true}),
      ],
      options.force,
    ),
    question: `Delete Job "${ref.name}" in namespace "${platform.namespace}", so that the operator migrates again, without Data Index and Job Service until that is done?`,
  }
}
