import {droppedParts} from '../applied.js'
import {invalid} from '../errors.js'
import {deletingFindings, planForExisting, waitStep, type ExistingCodes} from '../existing.js'
import {collectFaults} from '../option-faults.js'
import {type Manifest} from '../object.js'
import {type Plan} from '../plan.js'
import {seen} from '../seen.js'
import {checkName, checkNamespace, readAnnotations, readLabels} from '../syntax.js'
import {clusterPlatformJudgement} from './cluster-judgement.js'
import {CLUSTER_PLATFORM, clusterPlatformRef} from './names.js'
import {type PlatformApplyOptions, type PlatformCreateOptions} from './platform-create.js'
import {type ClusterFacts} from './platform-facts.js'
import {passed} from './say.js'
import {readClusterPlatform} from './workflow-model.js'

/** Flags of cluster-platform create and apply, as typed. */
export interface ClusterPlatformOptions {
  name: string
  /** `NAMESPACE/NAME` of the platform whose services are shared. */
  platform: string
  /** `workflows=services`, or `workflows=` to share none; left out, the operator writes services. */
  capabilities?: readonly string[] | undefined
  labels?: readonly string[] | undefined
  annotations?: readonly string[] | undefined
}

export interface ClusterPlatformRequest {
  name: string
  platform: {name: string; namespace: string}
  capabilities?: readonly string[]
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
}

/** `NAMESPACE/NAME`. Throws InvalidArgument. */
export const parsePlatformReference = (text: string): {name: string; namespace: string} => {
  const [namespace = '', name = '', ...more] = text.split('/')
  if (name === '' || more.length > 0) throw invalid(`invalid --platform "${text}": expected NAMESPACE/NAME`)
  return {name: checkName(name, 'name in --platform'), namespace: checkNamespace(namespace, 'namespace in --platform')}
}

const readCapabilities = (texts: readonly string[]): string[] =>
  texts.flatMap((text) => {
    const [scope, value = '', ...more] = text.split('=')
    if (scope !== 'workflows' || more.length > 0 || !text.includes('=') || !['', 'services'].includes(value))
      throw invalid(`invalid --capability "${text}": expected workflows=services, or workflows= to share none`)
    return value === '' ? [] : [value]
  })

/** Throws InvalidArgument; several faults come as one error with `causes`. */
export const readClusterPlatformOptions = (options: ClusterPlatformOptions): ClusterPlatformRequest => {
  const {attempt, check} = collectFaults()
  const name = attempt(() => checkName(options.name, 'cluster platform name')) ?? ''
  const platform = attempt(() => parsePlatformReference(options.platform)) ?? {name: '', namespace: ''}
  const capabilities =
    options.capabilities === undefined || options.capabilities.length === 0
      ? undefined
      : attempt(() => readCapabilities(options.capabilities ?? []))
  const labels = attempt(() => readLabels(options.labels ?? [])) ?? {}
  const annotations = attempt(() => readAnnotations(options.annotations ?? [])) ?? {}
  check()
  return {name, platform, ...(capabilities === undefined ? {} : {capabilities}), labels, annotations}
}

export const clusterPlatformManifest = (request: ClusterPlatformRequest): Manifest => {
  const {name, platform, capabilities, labels, annotations} = request
  return {
    ...CLUSTER_PLATFORM,
    metadata: {
      name,
      ...(Object.keys(labels).length === 0 ? {} : {labels: {...labels}}),
      ...(Object.keys(annotations).length === 0 ? {} : {annotations: {...annotations}}),
    },
    spec: {
      platformRef: {...platform},
      ...(capabilities === undefined ? {} : {capabilities: {workflows: [...capabilities]}}),
    },
  }
}

const codes: ExistingCodes = {exists: 'SFL-CP07', differs: 'SFL-CP08', deleting: 'SFL-CP09'}

/** The plan of `cluster-platform create`. */
export const planClusterPlatformCreate = (
  request: ClusterPlatformRequest,
  options: PlatformCreateOptions,
  facts: ClusterFacts,
): Plan => {
  const manifest = clusterPlatformManifest(request)
  const existing = seen(facts.clusterPlatforms)
    ? facts.clusterPlatforms.find(({name}) => name === request.name)
    : undefined
  if (existing !== undefined) return planForExisting(existing.object, manifest, options, codes)
  return {
    steps: [{verb: 'create', object: manifest}, ...waitStep(clusterPlatformRef(request.name), options.waitMs)],
    findings: passed(clusterPlatformJudgement(readClusterPlatform(manifest), facts), options.force),
  }
}

/** The plan of `cluster-platform apply`. */
export const planClusterPlatformApply = (
  request: ClusterPlatformRequest,
  options: PlatformApplyOptions,
  facts: ClusterFacts,
): Plan => {
  const manifest = clusterPlatformManifest(request)
  const existing = seen(facts.clusterPlatforms)
    ? facts.clusterPlatforms.find(({name}) => name === request.name)
    : undefined
  const findings = [
    ...deletingFindings(existing?.object, 'SFL-CP09'),
    ...clusterPlatformJudgement(readClusterPlatform(manifest), facts),
  ]
  return {
    steps: [
      {
        verb: 'apply',
        object: manifest,
        before: existing?.object,
        drops: droppedParts(existing?.object, manifest, ['capabilities'], options.fieldManager),
        ...(options.forceConflicts === undefined ? {} : {force: options.forceConflicts}),
      },
      ...waitStep(clusterPlatformRef(request.name), options.waitMs),
    ],
    findings: passed(findings, options.force),
  }
}
