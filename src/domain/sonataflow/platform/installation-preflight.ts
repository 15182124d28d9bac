import {kubectl, sfl} from '../../core/commands.js'
import {CUSTOM_RESOURCE} from '../../eventing/names.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {at} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {generationText, type PlatformSchema} from '../generation.js'
import {servicesMigratedByJob} from '../migration/job.js'
import {activePlatform, deployedServices, type Platform} from '../model.js'
import {AUTOMATIC_PLATFORM, LONGEST, PLATFORM_CRD, platformNameFault, SONATAFLOW_API} from '../names.js'
import {changes, has, operatorRelease, type ReleaseEvidence} from '../release.js'
import {type InstallationFacts} from './facts.js'
import {notListed, notVerified, platformCommand} from '../say.js'
import {unknownFields} from './unknown-fields.js'

const crdRef: Ref = {...CUSTOM_RESOURCE, name: PLATFORM_CRD}

/** P1: platforms can be stored at all. */
export const schemaFindings = ({schema}: Pick<InstallationFacts, 'schema'>): Finding[] => {
  if (schema === 'forbidden') return [notVerified(crdRef, 'the version of the CRDs')]
  if (!isFound(schema) || !schema.served)
    return [
      finding('SFL-P01', {
        object: crdRef,
        message: isFound(schema)
          ? `the server does not serve ${SONATAFLOW_API}: the SonataFlow operator is of another version`
          : 'the server does not know SonataFlow platforms: the SonataFlow operator (OpenShift Serverless Logic) is not installed',
        repair: kubectl('get', 'crd', PLATFORM_CRD, '-o', 'jsonpath={.spec.versions[*].name}'),
      }),
    ]
  return []
}

const isBare = ({services, postgresql, broker}: Platform): boolean =>
  services === undefined && postgresql === undefined && broker === undefined

/** P2: one active platform in a namespace. */
export const placementFindings = (platform: Platform, {platforms}: Pick<InstallationFacts, 'platforms'>): Finding[] => {
  const {ref, name, namespace, secondary} = platform
  if (secondary) return []
  if (platforms === 'forbidden')
    return [
      notListed(
        ref,
        `whether namespace ${namespace} has another platform`,
        `SonataFlowPlatforms of namespace ${namespace}`,
      ),
    ]
  const others = isFound(platforms) ? platforms.filter((one) => one.name !== name) : []
  const active = activePlatform(others)
  const stored = isFound(platforms) ? platforms.find((one) => one.name === name) : undefined
  if (
    active === undefined ||
    (stored !== undefined && !stored.status.duplicated && stored.status.succeed !== undefined)
  )
    return []
  const automatic = active.name === AUTOMATIC_PLATFORM && isBare(active)
  return [
    finding('SFL-P02', {
      object: ref,
      message: `platform ${active.name} is active in namespace ${namespace}, so ${name} is a duplicate and nothing of it is deployed${
        automatic ? '; the operator created that one for a workflow, and it has no services' : ''
      }`,
      repair: automatic
        ? platformCommand(platform, 'services enable', '--all', '--platform', active.name)
        : platformCommand(platform, 'describe', active.name),
    }),
  ]
}

/** P3: somebody is there who acts on it. `stored` is the platform as the server has it. */
export const operatorFindings = ({operator}: Pick<InstallationFacts, 'operator'>, stored?: Platform): Finding[] => {
  const running = isFound(operator) ? operator.deployments.filter(({ready}) => ready > 0) : []
  if (operator === 'forbidden' || (isFound(operator) && running.length > 0))
    return stored === undefined || stored.status.observed || stored.deleting
      ? []
      : [
          finding('SFL-P03', {
            object: stored.ref,
            message:
              stored.status.succeed === undefined
                ? `the operator has not reported about platform ${stored.name} yet`
                : `the operator has not yet seen the newest version of platform ${stored.name}`,
            repair: platformCommand(stored, 'wait', stored.name),
          }),
        ]
  const stopped = isFound(operator) ? operator.deployments[0] : undefined
  return [
    finding('SFL-P03', {
      ...(stored === undefined ? {} : {object: stored.ref}),
      message:
        stopped === undefined
          ? 'no SonataFlow operator was found running; the platform would only be stored'
          : `the SonataFlow operator is not ready (Deployment ${stopped.namespace}/${stopped.name}); nothing happens until it is`,
      repair:
        stopped === undefined
          ? kubectl('get', 'deployments', '-A', '-l', 'app.kubernetes.io/name=sonataflow-operator')
          : kubectl('-n', stopped.namespace, 'get', 'pods'),
    }),
  ]
}

/** P4: the names and labels that are made of the platform's; a rule of some operators only is a warning where that is not known. */
export const nameFindings = (platform: Platform, evidence: ReleaseEvidence): Finding[] => {
  const use = {services: deployedServices(platform), migrationJob: servicesMigratedByJob(platform).length > 0}
  const hashed = has('versionedMigrationJob', operatorRelease(evidence))
  const fault = platformNameFault(platform.name, {...use, hashedJob: hashed !== false})
  if (fault === undefined)
    return platform.name.length <= LONGEST
      ? []
      : [
          finding('SFL-P04', {
            level: 'warning',
            object: platform.ref,
            message: `no workflow can be deployed in namespace ${platform.namespace}: the name of its platform becomes a label, which has at most ${LONGEST} characters, and has ${platform.name.length}`,
            repair: sfl('platform create', AUTOMATIC_PLATFORM, '-n', platform.namespace),
          }),
        ]
  const certain = hashed !== undefined || platformNameFault(platform.name, {...use, hashedJob: false}) !== undefined
  const {release} = changes.versionedMigrationJob
  return [
    finding('SFL-P04', {
      ...(certain ? {} : {level: 'warning'}),
      object: platform.ref,
      message: certain
        ? `"${platform.name}" cannot be the name of a platform: ${fault}`
        : `"${platform.name}" cannot be the name of a platform since ${release}, and which release runs here is not known: ${fault}`,
      repair: sfl('platform create', AUTOMATIC_PLATFORM, '-n', platform.namespace),
    }),
  ]
}

const hintFor = (path: string, schema: PlatformSchema): string => {
  if (/^spec\.persistence\.(dataIndex|jobService)/.test(path))
    return '; it belongs under spec.services (the documents print it wrongly)'
  if (path === 'spec.persistence.postgresql.serviceRef.databaseSchema')
    return '; only services name a schema, the platform gives each its own'
  if (path.endsWith('.migrateDBOnStartUp')) return '; since OpenShift Serverless Logic 1.36 it is dbMigrationStrategy'
  if (path.endsWith('.dbMigrationStrategy') || path.includes('.podDisruptionBudget'))
    return `; this cluster has ${generationText(schema)}`
  return ''
}

/** P5: fields that the server would drop. */
export const fieldFindings = (platform: Platform, {schema}: Pick<InstallationFacts, 'schema'>): Finding[] =>
  !isFound(schema) || !schema.served
    ? []
    : unknownFields(at(platform.object, 'spec'), schema.spec, 'spec').map((path) =>
        finding('SFL-P05', {
          object: platform.ref,
          message: `${path} is no field of a platform${hintFor(path, schema)}`,
          repair: kubectl(
            'explain',
            `sonataflowplatform.${path
              .replace(/\[\d+\]/g, '')
              .split('.')
              .slice(0, -1)
              .join('.')}`,
          ),
        }),
      )

/** P1 to P5. `stored` is left out for a platform that is about to be made. */
export const installationFindings = (platform: Platform, facts: InstallationFacts, stored?: Platform): Finding[] => {
  const schema = schemaFindings(facts)
  if (schema.some(({level}) => level === 'error')) return schema
  return [
    ...schema,
    ...nameFindings(platform, facts),
    ...fieldFindings(platform, facts),
    ...placementFindings(platform, facts),
    ...operatorFindings(facts, stored),
  ]
}
