import {randomBytes} from 'node:crypto'
import {BROKER_CLASS, BrokerClass, NAMESPACE, SYSTEM_NAMESPACE} from '../../../src/domain/eventing/names.js'
import {type KubeObject, type Kind, refOf} from '../../../src/domain/core/object.js'
import {at, isRecord, listAt, recordAt, textAt, textsAt} from '../../../src/domain/core/read.js'
import {ENDPOINT_SLICE, PLATFORM, WORKFLOW} from '../../../src/domain/sonataflow/names.js'
import {isKubeError} from '../../../src/kube/errors.js'
import {createSandbox, type Sandbox} from '../../../src/sandbox/sandbox.js'
import {type AdminApi} from './admin-api.js'
import {draftOf} from './draft.js'
import {bringChildren, isChild, ONLY_CHILDREN, type Written} from './hand-played-children.js'
import {noteUid, ownersFirst, type RealUids, withRealOwners} from './owners.js'

/** What a scenario may hold, in the order in which it must be created. */
const KINDS: readonly Kind[] = [
  {apiVersion: 'v1', kind: 'ConfigMap'},
  {apiVersion: 'v1', kind: 'Secret'},
  {apiVersion: 'v1', kind: 'Service'},
  ENDPOINT_SLICE,
  {apiVersion: 'apps/v1', kind: 'Deployment'},
  {apiVersion: 'serving.knative.dev/v1', kind: 'Service'},
  {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel'},
  {apiVersion: 'messaging.knative.dev/v1', kind: 'InMemoryChannel'},
  {apiVersion: 'messaging.knative.dev/v1beta1', kind: 'KafkaChannel'},
  {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker'},
  {apiVersion: 'eventing.knative.dev/v1', kind: 'Trigger'},
  {apiVersion: 'messaging.knative.dev/v1', kind: 'Subscription'},
  {apiVersion: 'sources.knative.dev/v1', kind: 'PingSource'},
  {apiVersion: 'sources.knative.dev/v1', kind: 'SinkBinding'},
  PLATFORM,
  WORKFLOW,
]
/** Those among them that a controller gives a status. */
export const PLAYED = KINDS.slice(5)

const isPlayed = (object: Kind): boolean =>
  PLAYED.some(({apiVersion, kind}) => apiVersion === object.apiVersion && kind === object.kind)

/** Nobody looks after Kafka brokers while kafka-controller is away or told to leave them out. */
const looksAt = (kafkaController: KubeObject | undefined): ((object: KubeObject) => boolean) => {
  const rests = /--disable-controllers=[^"]*\bbroker-controller/.test(JSON.stringify(kafkaController ?? 'gone'))
  const forKafka = kafkaController !== undefined && !rests
  return (object) =>
    isPlayed(object) && (forKafka || textAt(object, 'metadata', 'annotations', BROKER_CLASS) !== BrokerClass.Kafka)
}

const FINALIZERS = ['brokers.eventing.knative.dev', 'subscriptions.messaging.knative.dev']

/**
 * Plays webhook and controllers on a real API server that has none: the namespace's objects go into a throw-away
 * sandbox, and what its stand-ins make of them (defaults, finalizers, status, events) is written back. The one
 * difference that remains: defaults arrive a moment after the creation and not with its answer.
 */
export interface HandPlayedOperator {
  /** From now on every change in this namespace is answered. */
  follow(namespace: string): void
  /** Resolves when the namespace is as the controllers would leave it. */
  settle(namespace: string): Promise<void>
}

export const handPlayedOperator = (api: AdminApi): HandPlayedOperator => {
  const stages = new Map<string, PlayedNamespace>()
  /** One play at a time in one namespace; who comes while one is still to begin shares it. */
  const playNext = (namespace: string): Promise<boolean> => {
    const home: PlayedNamespace = stages.get(namespace) ?? {running: Promise.resolve(false), children: new Map()}
    stages.set(namespace, home)
    home.next ??= home.running.then(() => {
      delete home.next
      const playing = play(api, namespace, home)
      home.running = playing.catch(() => false)
      return playing
    })
    return home.next
  }
  /** Someone may change or delete an object while it is looked at; then it is looked at again, as controllers do. */
  const persist = async (namespace: string, attempts = 5): Promise<boolean> => {
    try {
      return await playNext(namespace)
    } catch (error) {
      if (attempts === 1) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
      return persist(namespace, attempts - 1)
    }
  }
  const heard = (namespace: string): void => {
    // settle() is where failures count.
    if (stages.has(namespace)) persist(namespace).catch(() => {})
  }
  for (const kind of PLAYED) api.watch(kind, ({metadata}) => heard(metadata.namespace ?? ''))
  api.watch(NAMESPACE, ({metadata}) => heard(metadata.name))
  return {
    follow: (namespace) => void stages.set(namespace, {running: Promise.resolve(false), children: new Map()}),
    settle: async (namespace) => {
      while (await persist(namespace));
    },
  }
}

interface PlayedNamespace {
  running: Promise<boolean>
  /** The play that is still to begin. */
  next?: Promise<boolean>
  children: Written
  /** Versions of all objects when nothing was left to do. */
  done?: string
}

const isGoing = ({metadata}: KubeObject): boolean => metadata.deletionTimestamp !== undefined

const sameRef =
  ({apiVersion, kind, metadata}: KubeObject) =>
  (other: KubeObject): boolean =>
    apiVersion === other.apiVersion &&
    kind === other.kind &&
    metadata.name === other.metadata.name &&
    metadata.namespace === other.metadata.namespace

/** Does once what the controllers would do; answers whether anything was changed. */
const play = async (api: AdminApi, namespace: string, stage: PlayedNamespace): Promise<boolean> => {
  const [lists, system, kafkaController] = await Promise.all([
    Promise.all([...KINDS, ...ONLY_CHILDREN].map((kind) => api.list(kind, namespace))),
    Promise.all(KINDS.slice(0, 2).map((kind) => api.list(kind, SYSTEM_NAMESPACE))),
    api.get({apiVersion: 'apps/v1', kind: 'Deployment', namespace: SYSTEM_NAMESPACE, name: 'kafka-controller'}),
  ])
  // Read last: who takes the mark off before deleting the broker must not get it back.
  const home = await api.get({...NAMESPACE, name: namespace})
  const objects = lists.flat()
  const versions = [...objects, ...system.flat(), kafkaController, home]
    .map((object) => object?.metadata.resourceVersion ?? '')
    .join()
  if (versions === stage.done) return false
  const expected = await imagine(
    {...NAMESPACE, metadata: {name: namespace, labels: {...textsAt(home, 'metadata', 'labels')}}},
    objects.filter((object) => !isGoing(object) && !isChild(object)),
    system.flat(),
  )
  const children = expected.filter((object) => object.metadata.namespace === namespace && isChild(object))
  const uids: RealUids = new Map()
  for (const object of objects.filter((one) => !isGoing(one))) {
    const same = expected.find(sameRef(object))
    if (same !== undefined) noteUid(uids, same, object)
  }
  const changed = [
    // Before the children, some of which are theirs.
    await createMissing(api, namespace, objects, expected, uids),
    await bringChildren(
      api,
      objects.filter((object) => !isGoing(object) && isChild(object)),
      children,
      stage.children,
      uids,
    ),
    await changeAll(api, objects.filter(looksAt(kafkaController)), expected),
  ].includes(true)
  await tell(api, namespace, objects, expected)
  if (!changed) stage.done = versions
  return changed
}

const changeAll = async (
  api: AdminApi,
  objects: readonly KubeObject[],
  expected: readonly KubeObject[],
): Promise<boolean> => {
  let changed = false
  for (const object of objects) {
    const same = expected.find(sameRef(object))
    if (isGoing(object)) changed = (await release(api, object)) || changed
    else if (same !== undefined) changed = (await write(api, object, same)) || changed
    else if ((object.metadata.ownerReferences ?? []).length > 0) {
      // What its owner left behind goes at once; the garbage collector would come for it a moment later.
      await api.remove(refOf(object))
      changed = true
    }
  }
  return changed
}

const createMissing = async (
  api: AdminApi,
  namespace: string,
  objects: readonly KubeObject[],
  expected: readonly KubeObject[],
  uids: RealUids,
): Promise<boolean> => {
  const missing = expected.filter(
    (object) => isPlayed(object) && object.metadata.namespace === namespace && !objects.some(sameRef(object)),
  )
  for (const object of ownersFirst(missing))
    noteUid(uids, object, await api.create(withRealOwners(draftOf(object), uids)))
  return missing.length > 0
}

/** A sandbox with these ConfigMaps and Secrets in the system namespace. */
const sandboxWith = async (system: readonly KubeObject[]): Promise<Sandbox> => {
  const sandbox = createSandbox()
  const shipped = sandbox
    .snapshot()
    .filter(({kind, metadata}) => kind === 'ConfigMap' && metadata.namespace === SYSTEM_NAMESPACE)
  for (const object of shipped) if (!system.some(sameRef(object))) await sandbox.client().delete(refOf(object))
  // Whose owner is not in this sandbox would be taken for garbage.
  sandbox.load(
    system.map(draftOf).map(({metadata: {ownerReferences: _, ...metadata}, ...object}) => ({
      ...object,
      apiVersion: object.apiVersion,
      kind: object.kind,
      metadata,
    })),
  )
  return sandbox
}

/** What the sandbox's webhook and controllers make of these objects in this namespace. */
const imagine = async (
  home: KubeObject,
  objects: readonly KubeObject[],
  system: readonly KubeObject[],
): Promise<KubeObject[]> => {
  const sandbox = await sandboxWith(system)
  const webhook = (await sandboxWith(system)).client()
  await webhook.create(home)
  sandbox.load([home])
  for (const object of objects) {
    try {
      const admitted = draftOf(await webhook.create(draftOf(withoutSubscribers(object))))
      // What controllers make of an object contains its uid and its generation.
      const {uid, generation} = object.metadata
      const identity = {...(uid !== undefined && {uid}), ...(generation !== undefined && {generation})}
      sandbox.load([{...admitted, metadata: {...admitted.metadata, ...identity}}])
    } catch (error) {
      // The webhook would not have let it in; no controller ever sees it.
      if (!isKubeError(error)) throw error
    }
  }
  await sandbox.settle()
  return sandbox.snapshot()
}

/** Subscribers are put in anew, so that those of deleted subscriptions are gone. */
const withoutSubscribers = (object: KubeObject): KubeObject => {
  const {subscribers: _, ...spec} = recordAt(object, 'spec')
  return object['spec'] === undefined ? object : {...object, spec}
}

const release = async (api: AdminApi, object: KubeObject): Promise<boolean> => {
  const {finalizers = []} = object.metadata
  const left = finalizers.filter((name) => !FINALIZERS.includes(name))
  if (left.length === finalizers.length) return false
  await api.patch(refOf(object), {metadata: {finalizers: left.length === 0 ? null : left}})
  return true
}

/** Brings what the controllers fill in and say about an object onto the real one; answers whether that changed it. */
export const write = async (api: AdminApi, object: KubeObject, expected: KubeObject): Promise<boolean> => {
  const ref = refOf(object)
  const annotations = {...textsAt(expected, 'metadata', 'annotations'), ...textsAt(object, 'metadata', 'annotations')}
  const finalizers = [...new Set([...(object.metadata.finalizers ?? []), ...(expected.metadata.finalizers ?? [])])]
  const labels = {...object.metadata.labels, ...expected.metadata.labels}
  const defaulted = {
    metadata: {
      ...(sameText(labels, object.metadata.labels ?? {}) ? {} : {labels}),
      ...(sameText(annotations, object.metadata.annotations ?? {}) ? {} : {annotations}),
      ...(sameText(finalizers, object.metadata.finalizers ?? []) ? {} : {finalizers}),
    },
    ...(sameText(expected['spec'], object['spec'])
      ? {}
      : {spec: patchTo(recordAt(expected, 'spec'), recordAt(object, 'spec'))}),
  }
  const defaults = 'spec' in defaulted || Object.keys(defaulted.metadata).length > 0
  if (defaults) await api.patch(ref, defaulted)
  const now = defaults ? await api.get(ref) : object
  if (now === undefined) return false
  const status = {...keepTimes(recordAt(expected, 'status'), now), observedGeneration: now.metadata.generation ?? 1}
  if (sameText(withoutTimes(status), withoutTimes(recordAt(now, 'status')))) return defaults
  await api.patch(ref, {status: patchTo(status, recordAt(now, 'status'))}, 'status')
  return true
}

/** The merge patch from one to the other: it must name what is no longer there. */
const patchTo = (
  wanted: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): Record<string, unknown> => {
  const gone = Object.keys(now).filter((field) => !(field in wanted))
  const kept = Object.entries(wanted).map(([field, value]) => {
    const before = now[field]
    return [field, isRecord(value) && isRecord(before) ? patchTo(value, before) : value]
  })
  return Object.fromEntries([...kept, ...gone.map((field) => [field, null])])
}

/** Copies the events that are not there yet, about the real objects. */
const tell = async (
  api: AdminApi,
  namespace: string,
  objects: readonly KubeObject[],
  expected: readonly KubeObject[],
): Promise<void> => {
  const events = expected.filter(({kind, metadata}) => kind === 'Event' && metadata.namespace === namespace)
  if (events.length === 0) return
  const key = (event: unknown): string =>
    [['involvedObject', 'kind'], ['involvedObject', 'name'], ['reason'], ['message']]
      .map((path) => textAt(event, ...path) ?? '')
      .join('\n')
  const known = new Set((await api.list({apiVersion: 'v1', kind: 'Event'}, namespace)).map(key))
  for (const event of events) {
    if (known.has(key(event))) continue
    const about = objects.find(
      ({kind, metadata}) =>
        kind === textAt(event, 'involvedObject', 'kind') && metadata.name === textAt(event, 'involvedObject', 'name'),
    )
    if (about === undefined) continue
    const {uid, resourceVersion} = about.metadata
    const {metadata, ...rest} = event
    await api.create({
      ...rest,
      apiVersion: 'v1',
      kind: 'Event',
      // The throw-away sandbox counts from the start every time.
      metadata: {name: `${metadata.name}${uid?.slice(0, 4) ?? ''}${randomBytes(3).toString('hex')}`, namespace},
      involvedObject: {...recordAt(event, 'involvedObject'), uid, resourceVersion},
    })
  }
}

const TIMES = ['lastTransitionTime', 'lastUpdateTime'] as const

const keepTimes = (status: Readonly<Record<string, unknown>>, now: KubeObject): Record<string, unknown> => {
  const before = listAt(now, 'status', 'conditions')
  const conditions = listAt(status, 'conditions').map((condition) => {
    const same = before.find(
      (old) => textAt(old, 'type') === textAt(condition, 'type') && at(old, 'status') === at(condition, 'status'),
    )
    const kept = TIMES.flatMap((field) => (at(same, field) === undefined ? [] : [[field, at(same, field)] as const]))
    return {...(isRecord(condition) ? condition : {}), ...Object.fromEntries(kept)}
  })
  return {...status, conditions}
}

const withoutTimes = (status: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...status,
  conditions: listAt(status, 'conditions').map((condition) =>
    Object.fromEntries(
      Object.entries(isRecord(condition) ? condition : {}).filter(([field]) => !TIMES.some((time) => time === field)),
    ),
  ),
})

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : isRecord(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value

/** Whether two values are the same, whatever the order of their fields. */
export const sameText = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
