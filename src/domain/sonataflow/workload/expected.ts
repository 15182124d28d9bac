import {type KubeObject, type Manifest} from '../../core/object.js'
import {
  expectedConfigMap,
  expectedDeployment,
  expectedDisruptionBudget,
  expectedService,
  type ChildrenContext,
} from './children.js'
import {
  expectedSinkBinding,
  expectedTriggers,
  sinkBindingManifest,
  triggerManifest,
  type Brokers,
} from '../eventing/links.js'
import {expectedMigrationJob} from '../migration/job.js'
import {deployedServices} from '../model.js'
import {writtenTag} from '../release.js'
import {serviceKeys, type ServiceKey} from '../names.js'

/** Everything that the operator makes for a platform. */
export interface ExpectedChildren {
  /** By service; without a stanza there is nothing. */
  services: Readonly<Partial<Record<ServiceKey, {deployment: Manifest; service: Manifest; configMap: Manifest}>>>
  disruptionBudget?: Manifest
  triggers: readonly Manifest[]
  sinkBinding?: Manifest
  /** While it has not succeeded, the Deployments are not made, and are deleted when the Job is. */
  migrationJob?: Manifest
}

/** What the operator makes of an active platform, from its effective settings. A broker decides about the annotations. */
export const expectedChildren = (context: ChildrenContext, brokers: Brokers = {}): ExpectedChildren => {
  const {platform} = context
  const tag = writtenTag(context)
  const sinkBinding = expectedSinkBinding(platform)
  const disruptionBudget = expectedDisruptionBudget(context)
  const migrationJob = expectedMigrationJob(context)
  return {
    services: Object.fromEntries(
      deployedServices(platform).map((key) => [
        key,
        {
          deployment: expectedDeployment(key, context),
          service: expectedService(key, context),
          configMap: expectedConfigMap(key, context),
        },
      ]),
    ),
    ...(disruptionBudget === undefined ? {} : {disruptionBudget}),
    triggers: expectedTriggers(platform, brokers).map((one) => triggerManifest(one, platform, tag)),
    ...(sinkBinding === undefined ? {} : {sinkBinding: sinkBindingManifest(sinkBinding, platform, tag)}),
    ...(migrationJob === undefined ? {} : {migrationJob}),
  }
}

/** All of them, in the order in which the operator makes them. */
export const childManifests = (expected: ExpectedChildren): Manifest[] => [
  ...(expected.migrationJob === undefined ? [] : [expected.migrationJob]),
  ...serviceKeys.flatMap((key) => {
    const one = expected.services[key]
    return one === undefined ? [] : [one.configMap, one.deployment, one.service]
  }),
  ...(expected.disruptionBudget === undefined ? [] : [expected.disruptionBudget]),
  ...expected.triggers,
  ...(expected.sinkBinding === undefined ? [] : [expected.sinkBinding]),
]

/** What stayed behind: objects of services whose stanza is gone. The operator deletes none of them. */
export const leftovers = (
  expected: ExpectedChildren,
  actual: readonly KubeObject[],
  belongs: (object: KubeObject) => boolean,
): KubeObject[] => {
  const keyOf = ({kind, metadata}: KubeObject): string => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`
  const wanted = new Set(childManifests(expected).map(keyOf))
  return actual.filter((one) => belongs(one) && !wanted.has(keyOf(one)))
}
