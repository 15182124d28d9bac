import {type KubeObject, type Kind, refOf} from '../../../src/domain/object.js'
import {at, isRecord, listAt, recordAt, textAt, textsAt} from '../../../src/domain/read.js'
import {isKubeError} from '../../../src/kube/errors.js'
import {createSandbox} from '../../../src/sandbox/sandbox.js'
import {type AdminApi} from './admin-api.js'

/** What a scenario may hold, in the order in which it must be created. */
const KINDS: readonly Kind[] = [
  {apiVersion: 'v1', kind: 'ConfigMap'},
  {apiVersion: 'v1', kind: 'Secret'},
  {apiVersion: 'v1', kind: 'Service'},
  {apiVersion: 'serving.knative.dev/v1', kind: 'Service'},
  {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker'},
  {apiVersion: 'eventing.knative.dev/v1', kind: 'Trigger'},
]
/** Those among them that a controller gives a status. */
const PLAYED = KINDS.slice(3)

const FINALIZER = 'brokers.eventing.knative.dev'

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
  const running = new Map<string, Promise<boolean>>()
  /** One at a time in one namespace; answers whether anything was changed. */
  const playNext = (namespace: string): Promise<boolean> => {
    const before = running.get(namespace) ?? Promise.resolve(false)
    const next = before.then(() => play(api, namespace))
    running.set(
      namespace,
      next.catch(() => false),
    )
    return next
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
  for (const kind of PLAYED)
    api.watch(kind, ({metadata}) => {
      const {namespace = ''} = metadata
      // settle() is where failures count.
      if (running.has(namespace)) persist(namespace).catch(() => {})
    })
  return {
    follow: (namespace) => void running.set(namespace, Promise.resolve(false)),
    settle: async (namespace) => {
      while (await persist(namespace));
    },
  }
}

const play = async (api: AdminApi, namespace: string): Promise<boolean> => {
  const lists = await Promise.all(KINDS.map((kind) => api.list(kind, namespace)))
  const objects = lists.flat()
  const expected = await imagine(objects.filter(({metadata}) => metadata.deletionTimestamp === undefined))
  let changed = false
  for (const object of objects) {
    if (!PLAYED.some(({kind, apiVersion}) => kind === object.kind && apiVersion === object.apiVersion)) continue
    const same = expected.find(
      ({apiVersion, kind, metadata}) =>
        apiVersion === object.apiVersion && kind === object.kind && metadata.name === object.metadata.name,
    )
    if (object.metadata.deletionTimestamp !== undefined) changed = (await release(api, object)) || changed
    else if (same !== undefined) changed = (await write(api, object, same)) || changed
  }
  return (await tell(api, namespace, objects, expected)) || changed
}

/** What the sandbox's webhook and controllers make of these objects. */
const imagine = async (objects: readonly KubeObject[]): Promise<KubeObject[]> => {
  const sandbox = createSandbox()
  const client = sandbox.client()
  for (const namespace of new Set(objects.map(({metadata}) => metadata.namespace ?? '')))
    await client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}})
  for (const {status: _, ...object} of objects) {
    const {name, namespace = '', labels, annotations} = object.metadata
    const metadata = {name, namespace, ...(labels && {labels}), ...(annotations && {annotations})}
    try {
      await client.create({...object, apiVersion: object.apiVersion, kind: object.kind, metadata})
    } catch (error) {
      // The webhook would not have let it in; no controller ever sees it.
      if (!isKubeError(error)) throw error
    }
  }
  await sandbox.settle()
  return sandbox.snapshot()
}

const release = async (api: AdminApi, object: KubeObject): Promise<boolean> => {
  const {finalizers = []} = object.metadata
  if (!finalizers.includes(FINALIZER)) return false
  const left = finalizers.filter((name) => name !== FINALIZER)
  await api.patch(refOf(object), {metadata: {finalizers: left.length === 0 ? null : left}})
  return true
}

const write = async (api: AdminApi, object: KubeObject, expected: KubeObject): Promise<boolean> => {
  const ref = refOf(object)
  const annotations = {...textsAt(expected, 'metadata', 'annotations'), ...textsAt(object, 'metadata', 'annotations')}
  const finalizers = [...new Set([...(object.metadata.finalizers ?? []), ...(expected.metadata.finalizers ?? [])])]
  const defaulted = {
    metadata: {
      ...(sameText(annotations, object.metadata.annotations ?? {}) ? {} : {annotations}),
      ...(sameText(finalizers, object.metadata.finalizers ?? []) ? {} : {finalizers}),
    },
    ...(sameText(expected['spec'], object['spec']) ? {} : {spec: expected['spec']}),
  }
  const defaults = 'spec' in defaulted || Object.keys(defaulted.metadata).length > 0
  if (defaults) await api.patch(ref, defaulted)
  const now = defaults ? await api.get(ref) : object
  if (now === undefined) return false
  const status = {...keepTimes(recordAt(expected, 'status'), now), observedGeneration: now.metadata.generation ?? 1}
  if (sameText(withoutTimes(status), withoutTimes(recordAt(now, 'status')))) return defaults
  // A merge patch keeps what it does not name: what is no longer there must be named.
  const gone = Object.keys(recordAt(now, 'status')).filter((field) => !(field in status))
  await api.patch(ref, {status: {...status, ...Object.fromEntries(gone.map((field) => [field, null]))}}, 'status')
  return true
}

/** Copies the events that are not there yet, about the real objects. */
const tell = async (
  api: AdminApi,
  namespace: string,
  objects: readonly KubeObject[],
  expected: readonly KubeObject[],
): Promise<boolean> => {
  const events = expected.filter(({kind, metadata}) => kind === 'Event' && metadata.namespace === namespace)
  if (events.length === 0) return false
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
      metadata: {name: `${metadata.name}${uid?.slice(0, 4) ?? ''}`, namespace},
      involvedObject: {...recordAt(event, 'involvedObject'), uid, resourceVersion},
    })
  }
  return false
}

const keepTimes = (status: Readonly<Record<string, unknown>>, now: KubeObject): Record<string, unknown> => {
  const before = listAt(now, 'status', 'conditions')
  const conditions = listAt(status, 'conditions').map((condition) => {
    const same = before.find(
      (old) => textAt(old, 'type') === textAt(condition, 'type') && at(old, 'status') === at(condition, 'status'),
    )
    return {
      ...(isRecord(condition) ? condition : {}),
      ...(same === undefined ? {} : {lastTransitionTime: at(same, 'lastTransitionTime')}),
    }
  })
  return {...status, conditions}
}

const withoutTimes = (status: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...status,
  conditions: listAt(status, 'conditions').map((condition) => ({
    ...(isRecord(condition) ? condition : {}),
    lastTransitionTime: '',
  })),
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

const sameText = (one: unknown, other: unknown): boolean =>
  JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))

/** Knative Serving's Service, as far as it takes to be a sink. */
const servingServices: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: {name: 'services.serving.knative.dev'},
  spec: {
    group: 'serving.knative.dev',
    scope: 'Namespaced',
    names: {
      plural: 'services',
      singular: 'service',
      kind: 'Service',
      listKind: 'ServiceList',
      shortNames: ['kservice', 'ksvc'],
    },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        subresources: {status: {}},
        schema: {openAPIV3Schema: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}},
      },
    ],
  },
}

/** Installs on a real API server what the sandbox has from the start; doing it again changes nothing. */
export const installKnative = async (api: AdminApi): Promise<void> => {
  if ((await api.get(refOf(servingServices))) === undefined) await createOrMeet(api, servingServices)
  const system = createSandbox()
    .snapshot()
    .filter(({kind, metadata}) => kind !== 'Event' && metadata.namespace === 'knative-eventing')
  for (const {status, ...object} of system) {
    const {name, namespace = '', labels = {}} = object.metadata
    const manifest = {...object, apiVersion: object.apiVersion, kind: object.kind, metadata: {name, namespace, labels}}
    const ref = refOf(manifest)
    const found = await api.get(ref)
    if (found === undefined) await createOrMeet(api, manifest)
    const alreadyPlayed = at(found, 'status', 'readyReplicas') ?? at(found, 'status', 'containerStatuses')
    if (status !== undefined && alreadyPlayed === undefined) await api.patch(ref, {status}, 'status')
  }
  await served(api)
}

/** Test files install at the same time; one of them is first. */
const createOrMeet = async (api: AdminApi, object: KubeObject): Promise<void> => {
  try {
    await api.create(object)
  } catch (error) {
    if (!(error instanceof Error && error.message.includes(': 409 '))) throw error
  }
}

const served = async (api: AdminApi): Promise<void> => {
  for (let attempt = 0; attempt < 100; attempt++) {
    const {code} = await api.ask('GET', '/apis/serving.knative.dev/v1/services')
    if (code === 200) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server does not serve the Services of Knative Serving')
}
