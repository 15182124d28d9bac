import {type KubeObject, type Ref} from '../../core/object.js'
import {at, isRecord, listAt, textAt} from '../../core/read.js'
import {conditionOf, type Condition} from '../../core/readiness.js'
import {
  given,
  readDestination,
  readPersistence,
  readSucceed,
  type DestinationSettings,
  type PersistenceSettings,
  type PlatformStatus,
} from '../model.js'
import {clusterPlatformRef, PROFILE, SECONDARY_PLATFORM, workflowRef, type Profile, type ServiceKey} from '../names.js'

/** What a SonataFlow says. */
export interface Workflow {
  object: KubeObject
  ref: Ref
  name: string
  namespace: string
  uid?: string
  /** The annotation, as written. */
  profile?: string
  /** The image of its own, which makes a preview workflow one of profile gitops. */
  image?: string
  /** Also there when it is empty: that keeps the platform's database away. */
  persistence?: PersistenceSettings
  sink?: DestinationSettings
  sources: ReadonlyArray<DestinationSettings & {eventType: string}>
  /** Events of the flow that are consumed. */
  consumes: ReadonlyArray<{name: string; type: string}>
  hasTimeouts: boolean
  /** The platform that the operator has deployed it with. */
  platform?: {name: string; namespace: string}
  urls: Readonly<Partial<Record<ServiceKey, string>>>
  running?: Condition
  built?: Condition
  endpoint?: string
  deleting: boolean
}

/** A field of this name anywhere in the flow: `timeouts` of the workflow, its states, events and actions. */
const mentions = (value: unknown, field: string): boolean =>
  Array.isArray(value)
    ? value.some((one) => mentions(one, field))
    : isRecord(value) && (value[field] !== undefined || Object.values(value).some((one) => mentions(one, field)))

export const readWorkflow = (object: KubeObject): Workflow => {
  const {name, namespace = '', uid} = object.metadata
  const platform = [textAt(object, 'status', 'platform', 'name'), textAt(object, 'status', 'platform', 'namespace')]
  return given<Workflow>({
    object,
    ref: workflowRef(name, namespace),
    name,
    namespace,
    uid,
    profile: object.metadata.annotations?.[PROFILE],
    image: textAt(object, 'spec', 'podTemplate', 'container', 'image') || undefined,
    persistence: readPersistence(at(object, 'spec', 'persistence')),
    sink: readDestination(at(object, 'spec', 'sink')),
    sources: listAt(object, 'spec', 'sources').flatMap((one) => {
      const eventType = textAt(one, 'eventType')
      const destination = readDestination(one)
      return eventType === undefined || destination === undefined ? [] : [{...destination, eventType}]
    }),
    consumes: listAt(object, 'spec', 'flow', 'events').flatMap((event) => {
      const [eventName, type] = [textAt(event, 'name'), textAt(event, 'type')]
      return eventName === undefined || type === undefined || textAt(event, 'kind') === 'produced'
        ? []
        : [{name: eventName, type}]
    }),
    hasTimeouts: mentions(at(object, 'spec', 'flow'), 'timeouts'),
    platform:
      platform[0] === undefined || platform[1] === undefined ? undefined : {name: platform[0], namespace: platform[1]},
    urls: given<Partial<Record<ServiceKey, string>>>({
      dataIndex: textAt(object, 'status', 'services', 'dataIndexRef', 'url'),
      jobService: textAt(object, 'status', 'services', 'jobServiceRef', 'url'),
    }),
    running: conditionOf(object, 'Running'),
    built: conditionOf(object, 'Built'),
    endpoint: textAt(object, 'status', 'endpoint'),
    deleting: object.metadata.deletionTimestamp !== undefined,
  })
}

/**
 * The profile that the operator uses: preview unless the annotation names dev or gitops, and gitops for a workflow that
 * brings its own image (its internal/controller/profiles/factory/factory.go).
 */
export const profileOf = ({profile, image}: Pick<Workflow, 'profile' | 'image'>): Profile =>
  profile === 'dev' || profile === 'gitops' ? profile : image === undefined ? 'preview' : 'gitops'

/** What a SonataFlowClusterPlatform says. */
export interface ClusterPlatform {
  object: KubeObject
  ref: Ref
  name: string
  platform: {name: string; namespace: string}
  /** `capabilities.workflows` as written; without it the operator writes `services`. */
  capabilities?: readonly string[]
  secondary: boolean
  deleting: boolean
  succeed?: PlatformStatus['succeed']
  duplicated: boolean
}

export const readClusterPlatform = (object: KubeObject): ClusterPlatform => {
  const {name} = object.metadata
  const succeed = readSucceed(object)
  const capabilities = at(object, 'spec', 'capabilities', 'workflows')
  return given<ClusterPlatform>({
    object,
    ref: clusterPlatformRef(name),
    name,
    platform: {
      name: textAt(object, 'spec', 'platformRef', 'name') ?? '',
      namespace: textAt(object, 'spec', 'platformRef', 'namespace') ?? '',
    },
    capabilities: Array.isArray(capabilities)
      ? capabilities.filter((one): one is string => typeof one === 'string')
      : undefined,
    secondary: object.metadata.annotations?.[SECONDARY_PLATFORM] === 'true',
    deleting: object.metadata.deletionTimestamp !== undefined,
    succeed,
    duplicated: succeed?.reason === 'Duplicated',
  })
}

/** Whether namespaces without services of their own get those of the referenced platform. */
export const sharesServices = ({capabilities}: ClusterPlatform): boolean =>
  capabilities === undefined || capabilities.includes('services')

/** The one that counts for the whole cluster: ready, no duplicate, not secondary. */
export const activeClusterPlatform = (all: readonly ClusterPlatform[]): ClusterPlatform | undefined =>
  all.find(
    ({secondary, deleting, duplicated, succeed}) =>
      !secondary && !deleting && !duplicated && succeed?.status === 'True',
  )
