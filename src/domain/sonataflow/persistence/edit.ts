import {type Finding} from '../../findings/finding.js'
import {patchBetween} from '../../core/patch-between.js'
import {type Plan} from '../../core/plan.js'
import {recordAt, type Fields} from '../../core/read.js'
import {postgresqlOf, type Connection} from './connection-options.js'
import {databaseFindings} from './preflight.js'
import {installationFindings} from '../platform/installation-preflight.js'
import {isOutageCertain, migrationFindings} from '../migration/preflight.js'
import {type Platform} from '../model.js'
import {type MigrationStrategy, type ServiceKey} from '../names.js'
import {schemaOf} from '../platform/create.js'
import {planEdit, type Edit, type EditOptions} from '../platform/edit.js'
import {type DatabaseFacts, type InstallationFacts, type NeighbourFacts} from '../platform/facts.js'
import {strategyField} from '../platform/options.js'
import {runningWorkflowFindings} from '../services/preflight.js'

/** What the commands on databases and their migration need to know. */
export interface PersistenceFacts extends InstallationFacts, DatabaseFacts, Pick<NeighbourFacts, 'workflows'> {
  platform: Platform
}

/** The whole platform, or some of its services. */
export type PersistenceTarget = 'platform' | readonly ServiceKey[]

const judged = (facts: PersistenceFacts, {before, after, unchanged}: Edit, platformWide: boolean): Finding[] => [
  ...installationFindings(after, facts, before),
  ...databaseFindings(after, facts, before),
  ...migrationFindings(after, facts, {before}),
  ...(platformWide && !unchanged ? runningWorkflowFindings(after, facts, 'database') : []),
]

/** A connection is stated whole: what is not given is taken away. */
const replaced = (present: Fields, wanted: Fields): Fields => patchBetween(present, wanted) ?? {}

/** The plan of `platform persistence set`. */
export const planPersistenceSet = (
  target: PersistenceTarget,
  connection: Connection,
  options: EditOptions,
  facts: PersistenceFacts,
): Plan => {
  const {platform} = facts
  const patch =
    target === 'platform'
      ? {
          persistence: {
            postgresql: replaced(
              recordAt(platform.object, 'spec', 'persistence', 'postgresql'),
              postgresqlOf(connection),
            ),
          },
        }
      : {
          services: Object.fromEntries(
            target.map((key) => [
              key,
              {
                persistence: {
                  postgresql: replaced(
                    recordAt(platform.object, 'spec', 'services', key, 'persistence', 'postgresql'),
                    postgresqlOf(connection, key),
                  ),
                },
              },
            ]),
          ),
        }
  return planEdit(platform, patch, options, (edit) => ({findings: judged(facts, edit, target === 'platform')}))
}

/** Without any database left, a strategy would do harm (job) or nothing, so it goes as well. */
const unsetService = (platform: Platform, key: ServiceKey): Fields | undefined => {
  const persistence = platform.services?.[key]?.persistence
  if (persistence === undefined) return undefined
  const keepsStrategy =
    platform.postgresql !== undefined &&
    persistence.dbMigrationStrategy !== undefined &&
    persistence.dbMigrationStrategy !== 'service'
  return {persistence: keepsStrategy ? {postgresql: null} : null}
}

/** The plan of `platform persistence unset`: what is inherited counts again. */
export const planPersistenceUnset = (
  target: PersistenceTarget,
  options: EditOptions,
  facts: PersistenceFacts,
): Plan => {
  const {platform} = facts
  const stanzas =
    target === 'platform'
      ? []
      : target.flatMap((key) => {
          const stanza = unsetService(platform, key)
          return stanza === undefined ? [] : [[key, stanza] as const]
        })
  const patch =
    target === 'platform' ? {persistence: null} : stanzas.length === 0 ? {} : {services: Object.fromEntries(stanzas)}
  return planEdit(platform, patch, options, (edit) => ({findings: judged(facts, edit, target === 'platform')}))
}

/**
 * The plan of `platform migration set`. What takes running services down is refused: a job without a database, one that
 * connects elsewhere, one that is there already, and the outage of every new one.
 */
export const planMigrationSet = (
  keys: readonly ServiceKey[],
  strategy: MigrationStrategy,
  options: EditOptions,
  facts: PersistenceFacts,
): Plan => {
  const field = strategyField(strategy, schemaOf(facts))
  const patch =
    Object.keys(field).length === 0
      ? {}
      : {services: Object.fromEntries(keys.map((key) => [key, {persistence: field}]))}
  return planEdit(facts.platform, patch, options, (edit) => ({
    findings: judged(facts, edit, false).map((one) =>
      one.code === 'SFL-DB06' && isOutageCertain(facts) ? {...one, level: 'error'} : one,
    ),
  }))
}
