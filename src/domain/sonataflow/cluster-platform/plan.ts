import {droppedParts} from '../../core/applied.js'
import {sfl} from '../../core/commands.js'
import {invalid} from '../../core/errors.js'
import {deletingFindings, planForExisting, waitStep, type ExistingCodes} from '../../findings/existing.js'
import {collectFaults} from '../../core/option-faults.js'
import {type Finding} from '../../findings/finding.js'
import {applyForce, finding} from '../../findings/catalogue.js'
import {type Manifest} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {isFound} from '../../core/seen.js'
import {checkName, checkNamespace, readAnnotations, readLabels} from '../../core/syntax.js'
import {clusterPlatformPreflight} from './preflight.js'
import {CLUSTER_PLATFORM, clusterPlatformRef} from '../names.js'
import {type PlatformApplyOptions, type PlatformCreateOptions} from '../platform/create.js'
import {type ClusterFacts} from '../platform/facts.js'
import {counted, usingNamespaces, type AskedPlan} from '../platform/delete.js'
import {enumeration} from '../say.js'
import {activeClusterPlatform, readClusterPlatform, sharesServices, type ClusterPlatform} from '../workflow/model.js'

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
  const existing = isFound(facts.clusterPlatforms)
    ? facts.clusterPlatforms.find(({name}) => name === request.name)
    : undefined
  if (existing !== undefined) return planForExisting(existing.object, manifest, options, codes)
  return {
    steps: [{verb: 'create', object: manifest}, ...waitStep(clusterPlatformRef(request.name), options.waitMs)],
    findings: applyForce(clusterPlatformPreflight(readClusterPlatform(manifest), facts), options.force),
  }
}

/** The namespaces whose services are others, or none, after an apply. */
const switchedNamespaces = (
  before: ClusterPlatform | undefined,
  after: ClusterPlatform,
  {clusterPlatforms, platforms}: ClusterFacts,
): string[] => {
  const active = isFound(clusterPlatforms) ? activeClusterPlatform(clusterPlatforms) : undefined
  if (before === undefined || active?.name !== before.name) return []
  const moved = before.platform.name !== after.platform.name || before.platform.namespace !== after.platform.namespace
  // What is not stated stays as the operator has written it.
  const withdrawn = sharesServices(before) && after.capabilities !== undefined && !sharesServices(after)
  return moved || withdrawn ? usingNamespaces(before, platforms) : []
}

const switchFindings = (
  before: ClusterPlatform | undefined,
  after: ClusterPlatform,
  affected: readonly string[],
): Finding[] => {
  if (before === undefined || affected.length === 0) return []
  const place = ({platform}: ClusterPlatform): string => `${platform.namespace}/${platform.name}`
  const one = affected.length === 1
  const what =
    after.capabilities !== undefined && !sharesServices(after)
      ? `${one ? 'loses' : 'lose'} the services of platform ${place(before)}`
      : `${one ? 'gets' : 'get'} the services of platform ${place(after)} instead of those of ${place(before)}`
  return [
    finding('SFL-CP24', {
      object: after.ref,
      message: `${one ? 'namespace' : 'namespaces'} ${enumeration(affected)} ${what}; workflows that run keep the old addresses until redeployed`,
      repair: sfl('workflow list', '-A'),
    }),
  ]
}

/** The plan of `cluster-platform apply`. */
export const planClusterPlatformApply = (
  request: ClusterPlatformRequest,
  options: PlatformApplyOptions,
  facts: ClusterFacts,
): AskedPlan => {
  const manifest = clusterPlatformManifest(request)
  const existing = isFound(facts.clusterPlatforms)
    ? facts.clusterPlatforms.find(({name}) => name === request.name)
    : undefined
  const affected = switchedNamespaces(existing, readClusterPlatform(manifest), facts)
  const findings = [
    ...switchFindings(existing, readClusterPlatform(manifest), affected),
    ...deletingFindings(existing?.object, 'SFL-CP09'),
    ...clusterPlatformPreflight(readClusterPlatform(manifest), facts),
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
    findings: applyForce(findings, options.force),
    ...(affected.length === 0
      ? {}
      : {
          question: `Change the services of ${counted(affected.length, 'namespace')} by cluster platform "${request.name}"?`,
          typedName: request.name,
        }),
  }
}
