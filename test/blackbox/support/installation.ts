import {KNATIVE_EVENTING, KNATIVE_KAFKA, SYSTEM_NAMESPACE} from '../../../src/domain/eventing/names.js'
import {type Kind, type KubeObject, refOf} from '../../../src/domain/core/object.js'
import {at, isRecord, recordAt, textAt} from '../../../src/domain/core/read.js'
import {operatorDeployments} from '../../../src/domain/sonataflow/names.js'
import {type Layout} from '../../../src/sandbox/kinds/all.js'
import {createSandbox} from '../../../src/sandbox/sandbox.js'
import {type AdminApi, objectOf, pathOf} from './admin-api.js'
import {draftOf} from './draft.js'
import {PLAYED, sameText} from './hand-played-operator.js'
import {noteUid, ownersFirst, type RealUids, withRealOwners} from './owners.js'

/** The resources of operators, in the order in which they must be created. */
export const RESOURCES: readonly Kind[] = [KNATIVE_EVENTING, KNATIVE_KAFKA]
const WORKLOADS: readonly Kind[] = [
  {apiVersion: 'apps/v1', kind: 'Deployment'},
  {apiVersion: 'apps/v1', kind: 'StatefulSet'},
  {apiVersion: 'v1', kind: 'Pod'},
]
const CONFIG_MAP: Kind = {apiVersion: 'v1', kind: 'ConfigMap'}
const SECRET: Kind = {apiVersion: 'v1', kind: 'Secret'}

/** How the namespaces of scenarios begin. */
export const STAGE_PREFIX = 'box-'

/** What operators write in the system namespace. */
const WRITTEN: readonly Kind[] = [CONFIG_MAP, ...WORKLOADS]

const isOf =
  (kinds: readonly Kind[]) =>
  ({apiVersion, kind, metadata}: KubeObject): boolean =>
    metadata.namespace === SYSTEM_NAMESPACE && kinds.some((one) => one.apiVersion === apiVersion && one.kind === kind)

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

/**
 * Installs on a real API server what the sandbox has from the start; doing it again changes nothing. With `own`, the
 * system namespace becomes exactly that, whatever was there: no other test may be looking at it then.
 */
export const installKnative = async (api: AdminApi, layout: Layout = 'knative', own = false): Promise<void> => {
  if ((await api.get(refOf(servingServices))) === undefined) await createOrMeet(api, servingServices)
  const system = createSandbox({layout}).snapshot()
  if (own) await clear(api)
  const uids = new Map<string, string>()
  for (const resource of system.filter(isOf(RESOURCES))) {
    const {metadata} = await api.create(draftOf(resource))
    const {finalizers = []} = resource.metadata
    if (finalizers.length > 0) await api.patch(refOf(resource), {metadata: {finalizers}})
    await api.patch(refOf(resource), {status: recordAt(resource, 'status')}, 'status')
    uids.set(resource.metadata.uid ?? '', metadata.uid ?? '')
  }
  await bring(
    api,
    system.filter(isOf(WRITTEN)).map((object) => ownedAnew(object, uids)),
    own,
  )
  if (layout === 'knative') await bringOperator(api, system)
  await served(api)
}

/** The operator of SonataFlow, in a namespace of its own. */
const bringOperator = async (api: AdminApi, system: readonly KubeObject[]): Promise<void> => {
  for (const {namespace} of operatorDeployments)
    for (const object of system.filter(({metadata}) => metadata.namespace === namespace)) {
      const {status: _, ...manifest} = object
      if ((await api.get(refOf(object))) !== undefined) continue
      await createOrMeet(api, {apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}})
      await createOrMeet(api, draftOf({...manifest, apiVersion: object.apiVersion, kind: object.kind}))
      await api.patch(refOf(object), {status: recordAt(object, 'status')}, 'status')
    }
}

/** Who wrote an object is told by uid, in its references and in what operators remember of it. */
const ownedAnew = (object: KubeObject, uids: ReadonlyMap<string, string>): KubeObject => {
  let text = JSON.stringify(object)
  for (const [before, now] of uids) text = text.replaceAll(before, now)
  return objectOf(JSON.parse(text))
}

/** Takes away what operators have written, what users put beside it, and what earlier scenarios left behind. */
const clear = async (api: AdminApi): Promise<void> => {
  const left = (await Promise.all(PLAYED.map((kind) => api.list(kind)))).flat()
  const scenery = left.filter(({metadata}) => metadata.namespace?.startsWith(STAGE_PREFIX))
  const system = await Promise.all([...RESOURCES, ...WRITTEN, SECRET].map((kind) => api.list(kind, SYSTEM_NAMESPACE)))
  for (const object of [...scenery, ...system.flat()]) {
    const {finalizers = [], deletionTimestamp} = object.metadata
    if (deletionTimestamp === undefined) await api.remove(refOf(object))
    if (finalizers.length > 0) await api.release(refOf(object))
  }
}

/** What makes two of them different for a user. Deployments and pods get defaults from the server. */
const essence = ({metadata, ...object}: KubeObject): unknown => ({
  data: recordAt(object, 'data'),
  labels: metadata.labels ?? {},
  annotations: metadata.annotations ?? {},
  owners: metadata.ownerReferences ?? [],
  replicas: at(object, 'spec', 'replicas') ?? 1,
})

/**
 * Writes ConfigMaps and workloads into the system namespace, with their status; answers whether anything was changed.
 * With `own`, what else of these kinds is there goes away.
 */
export const bring = async (api: AdminApi, wanted: readonly KubeObject[], own: boolean): Promise<boolean> => {
  const lists = await Promise.all(WRITTEN.map((kind) => api.list(kind, SYSTEM_NAMESPACE)))
  const present = new Map(lists.flat().map((object) => [`${object.kind} ${object.metadata.name}`, object]))
  const uids: RealUids = new Map()
  let changed = false
  for (const object of ownersFirst(wanted)) {
    const {status} = object
    const draft = withRealOwners(draftOf(object), uids)
    const key = `${object.kind} ${object.metadata.name}`
    const found = present.get(key)
    present.delete(key)
    if (found !== undefined) noteUid(uids, object, found)
    if (found !== undefined && (!own || sameText(essence(found), essence(draft)))) continue
    const stored = found === undefined ? await createOrMeet(api, draft) : await replace(api, draft)
    noteUid(uids, object, stored)
    if (status !== undefined) {
      const seen = isRecord(status) &&
        'observedGeneration' in status && {observedGeneration: stored.metadata.generation}
      await api.patch(refOf(draft), {status: {...recordAt(object, 'status'), ...seen}}, 'status')
    }
    changed = true
  }
  if (!own) return changed
  for (const object of present.values()) await api.remove(refOf(object))
  return changed || present.size > 0
}

const replace = async (api: AdminApi, object: KubeObject): Promise<KubeObject> => {
  const {code, body} = await api.ask('PUT', pathOf(refOf(object)), object)
  if (code !== 200) throw new Error(`replace ${object.metadata.name}: ${code} ${textAt(body, 'message') ?? ''}`)
  return objectOf(body)
}

/** Test files install at the same time; one of them is first. */
const createOrMeet = async (api: AdminApi, object: KubeObject): Promise<KubeObject> => {
  try {
    return await api.create(object)
  } catch (error) {
    const met = error instanceof Error && error.message.includes(': 409 ') ? await api.get(refOf(object)) : undefined
    if (met === undefined) throw error
    return met
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
