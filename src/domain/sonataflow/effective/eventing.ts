import {type Ref} from '../../core/object.js'
import {type DestinationSettings, type Platform} from '../model.js'
import {type ServiceKey} from '../names.js'
import {type Origin} from '../origin.js'
import {type Workflow} from '../workflow/model.js'

/**
 * Where events come from or go to. `broken` is what the operator fails over: a broker that is only a URI makes its
 * reconciler crash.
 */
export type EffectiveDestination =
  | {mode: 'ref'; apiVersion?: string; kind?: string; name: string; namespace: string; origin: Origin}
  | {mode: 'uri'; uri: string; origin: Origin}
  | {mode: 'http'; origin: Origin}
  | {mode: 'broken'; uri?: string; origin: Origin}

const directHttp: EffectiveDestination = {mode: 'http', origin: {from: 'operator', note: 'direct HTTP'}}

const field = (ref: Ref, path: string): Origin => ({from: 'field', ref, path})

const destination = (
  written: DestinationSettings,
  namespace: string,
  ref: Ref,
  path: string,
): EffectiveDestination | undefined => {
  const {ref: named, uri} = written
  if (named?.name !== undefined)
    return {
      mode: 'ref',
      ...(named.apiVersion === undefined ? {} : {apiVersion: named.apiVersion}),
      ...(named.kind === undefined ? {} : {kind: named.kind}),
      name: named.name,
      namespace: named.namespace ?? namespace,
      origin: field(ref, `${path}.ref`),
    }
  return uri === undefined ? undefined : {mode: 'uri', uri, origin: field(ref, `${path}.uri`)}
}

/** `spec.eventing.broker`; `undefined` when there is none. Without a `ref` the operator fails (its services.go). */
export const platformBroker = (platform: Platform): EffectiveDestination | undefined => {
  const {broker, namespace, ref} = platform
  if (broker === undefined) return undefined
  const found = destination(broker, namespace, ref, 'spec.eventing.broker')
  if (found?.mode === 'ref') return found
  // A ref without a name counts as none; no ref at all is dereferenced nevertheless.
  if (broker.ref !== undefined) return directHttp
  return {
    mode: 'broken',
    ...(broker.uri === undefined ? {} : {uri: broker.uri}),
    origin: field(ref, 'spec.eventing.broker'),
  }
}

/**
 * The broker from which a service of the platform gets its events: its own, when that has a `ref`, else the platform's,
 * else none. The cluster platform's is not asked (OpenShift Serverless Logic, "Eventing system configuration precedence rules for supporting services" says so, the operator does not do it).
 */
export const serviceSource = (platform: Platform, key: ServiceKey): EffectiveDestination => {
  const own = platform.services?.[key]?.source
  if (own?.ref !== undefined) {
    const found = destination(own, platform.namespace, platform.ref, `spec.services.${key}.source`)
    return found?.mode === 'ref' ? found : directHttp
  }
  return platformBroker(platform) ?? directHttp
}

/** Where the Job Service sends its events: its own sink, a URI too, else the platform's broker, else Data Index directly. */
export const serviceSink = (platform: Platform): EffectiveDestination => {
  const own = platform.services?.jobService?.sink
  if (own !== undefined)
    return (
      destination(own, platform.namespace, platform.ref, 'spec.services.jobService.sink') ?? {
        mode: 'broken',
        origin: field(platform.ref, 'spec.services.jobService.sink'),
      }
    )
  const broker = platformBroker(platform)
  if (broker?.mode !== 'broken') return broker ?? directHttp
  return broker.uri === undefined ? broker : {mode: 'uri', uri: broker.uri, origin: broker.origin}
}

/** The broker that a workflow without settings of its own uses: of its platform, else of the platform of the cluster. */
export const inheritedBroker = (
  platform: Platform | undefined,
  clusterwide: Platform | undefined,
): EffectiveDestination =>
  (platform === undefined ? undefined : platformBroker(platform)) ??
  (clusterwide === undefined ? undefined : platformBroker(clusterwide)) ??
  directHttp

/** Where a workflow sends its events; this chain does have three levels (internal/controller/knative/knative.go). */
export const workflowSink = (
  workflow: Workflow,
  platform: Platform | undefined,
  clusterwide: Platform | undefined,
): EffectiveDestination =>
  (workflow.sink === undefined
    ? undefined
    : destination(workflow.sink, workflow.namespace, workflow.ref, 'spec.sink')) ??
  inheritedBroker(platform, clusterwide)

/** Where a workflow gets events of one type from. */
export const workflowSource = (
  eventType: string,
  workflow: Workflow,
  platform: Platform | undefined,
  clusterwide: Platform | undefined,
): EffectiveDestination => {
  const index = workflow.sources.findIndex((source) => source.eventType === eventType)
  const own = workflow.sources[index]
  return (
    (own === undefined ? undefined : destination(own, workflow.namespace, workflow.ref, `spec.sources[${index}]`)) ??
    inheritedBroker(platform, clusterwide)
  )
}

/** `broker shop/orders`, the URI, or `direct HTTP`. */
export const destinationText = (one: EffectiveDestination): string => {
  switch (one.mode) {
    case 'ref':
      return `${(one.kind ?? 'Broker').toLowerCase()} ${one.namespace}/${one.name}`
    case 'uri':
      return one.uri
    case 'http':
      return 'direct HTTP'
    case 'broken':
      return one.uri === undefined ? 'none: neither ref nor uri' : `${one.uri}: the operator needs a ref`
  }
}

/** The same broker, by name and namespace. */
export const sameDestination = (one: EffectiveDestination, other: EffectiveDestination): boolean =>
  one.mode === 'ref' && other.mode === 'ref'
    ? one.name === other.name && one.namespace === other.namespace
    : one.mode === other.mode && destinationText(one) === destinationText(other)
