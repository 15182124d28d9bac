import {type KubeObject} from '../core/object.js'
import {at, listAt, textAt} from '../core/read.js'

/** What the served CRD of platforms can say; older operators ignore or refuse the rest. */
export interface PlatformSchema {
  /** The version that is served and that we write, v1alpha08. */
  served: boolean
  /** `services.*.persistence.dbMigrationStrategy`: operators since March 2025 (OpenShift Serverless Logic 1.36). */
  migrationStrategy: boolean
  /** `services.*.persistence.migrateDBOnStartUp`: operators until Nov 2024. */
  migrateOnStartUp: boolean
  /** `services.*.podTemplate.podDisruptionBudget`: operators since March 2026 (1.38). */
  disruptionBudget: boolean
  /** The names of all fields, by their paths, `services.dataIndex.enabled`; below a free-form field there are none. */
  spec: unknown
}

/** The newest generation, for work without a cluster. */
export const newestSchema: PlatformSchema = {
  served: true,
  migrationStrategy: true,
  migrateOnStartUp: false,
  disruptionBudget: true,
  spec: undefined,
}

/** Reads the CustomResourceDefinition `sonataflowplatforms.sonataflow.org`. */
export const readPlatformSchema = (crd: KubeObject): PlatformSchema => {
  const version = listAt(crd, 'spec', 'versions').find(
    (one) => textAt(one, 'name') === 'v1alpha08' && at(one, 'served') === true,
  )
  const spec = at(version, 'schema', 'openAPIV3Schema', 'properties', 'spec')
  const service = at(spec, 'properties', 'services', 'properties', 'dataIndex', 'properties')
  const persistence = at(service, 'persistence', 'properties')
  return {
    served: version !== undefined,
    migrationStrategy: at(persistence, 'dbMigrationStrategy') !== undefined,
    migrateOnStartUp: at(persistence, 'migrateDBOnStartUp') !== undefined,
    disruptionBudget: at(service, 'podTemplate', 'properties', 'podDisruptionBudget') !== undefined,
    spec,
  }
}

/** The operators that have such a CRD, in words. */
export const generationText = ({migrationStrategy, disruptionBudget}: PlatformSchema): string =>
  disruptionBudget
    ? 'OpenShift Serverless Logic 1.38 or newer'
    : migrationStrategy
      ? 'OpenShift Serverless Logic 1.36 or 1.37'
      : 'OpenShift Serverless Logic 1.35 or older'
