import {permissiveFeatures} from '../../eventing/features.js'
import {BROKER, BROKER_CLASS, CHANNEL} from '../../eventing/names.js'
import {defaultedByWebhook, type WebhookSettings} from '../../eventing/webhook.js'
import {isFound} from '../../core/seen.js'
import {type KubeObject} from '../../core/object.js'
import {at, recordAt, type Fields} from '../../core/read.js'
import {type SecretRecord} from '../../secret/secret-view.js'
import {isSecret} from '../../secret/secret-value.js'
import {clusterKinds, isClusterScoped, onlySystemKinds, scopedKinds, systemKinds} from './kinds.js'
import {keyOf, type ClusterState, type ParseYaml} from './cluster-state.js'
import {snapshotOf, type Snapshot} from './snapshot.js'
import {expectedStatus} from './expected-status.js'
import {EVERYWHERE, indexKey, type IndexedList} from './resource-index.js'

/** A manifest in its namespace: that of the command line where it names none. */
export const placed = (manifest: KubeObject, namespace: string): KubeObject =>
  isClusterScoped(manifest) || manifest.metadata.namespace !== undefined
    ? manifest
    : {...manifest, metadata: {...manifest.metadata, namespace}}

/** The namespace in which everything about manifests is found; left out: they are in several, so that all are read. */
export const scopeOf = (manifests: readonly KubeObject[], home: string): string | undefined => {
  const places = [...new Set(manifests.flatMap(({metadata}) => metadata.namespace ?? []))]
  return places.length > 1 ? undefined : (places[0] ?? home)
}

/** What is known when no cluster is asked: nothing, and that is no absence. */
export const emptyState = (namespace: string | undefined): ClusterState => ({
  ...(namespace === undefined ? {} : {namespace}),
  shelves: new Map(),
  secrets: new Map(),
  kafkaPods: 'forbidden',
  servicePods: 'forbidden',
  jobPods: 'forbidden',
  warnings: 'forbidden',
  schema: 'forbidden',
  operator: 'forbidden',
  rights: [],
  offline: true,
})

/** What nobody can change, and what a manifest that does not name it therefore leaves as it is. */
const fixed: Readonly<Record<string, string>> = {[BROKER.kind]: 'config', [CHANNEL.kind]: 'channelTemplate'}

/** What of the metadata the server alone writes: a manifest cannot change it. */
const ofServer: ReadonlySet<string> = new Set([
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
])

/** The status that is believed: what the cluster says of this object, else what the file says, else what will be. */
const reported = (
  manifest: KubeObject,
  stored: KubeObject | undefined,
): {status: Fields; metadata: Readonly<Record<string, unknown>>} => {
  const pick = (from: KubeObject, fields: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(fields.flatMap((field) => (field in from.metadata ? [[field, from.metadata[field]]] : [])))
  const isTold = (object: KubeObject | undefined): object is KubeObject =>
    object !== undefined && Object.keys(recordAt(object, 'status')).length > 0
  const believed = [stored, manifest].find(isTold)
  return {
    status: believed === undefined ? expectedStatus(manifest) : recordAt(believed, 'status'),
    // A status tells of which generation it is.
    metadata: {
      ...(stored === undefined ? {} : pick(stored, [...ofServer])),
      ...(believed === undefined ? {} : pick(believed, ['generation'])),
    },
  }
}

/** What the server keeps of an object that is applied anew: the class and whatever else is fixed, and its own fields. */
const applied = (manifest: KubeObject, stored: KubeObject | undefined): KubeObject => {
  const field = fixed[manifest.kind]
  const value = field === undefined ? undefined : at(stored, 'spec', field)
  const spec = recordAt(manifest, 'spec')
  const kept = field === undefined || value === undefined || spec[field] !== undefined ? {} : {[field]: value}
  const className = stored?.metadata.annotations?.[BROKER_CLASS]
  const annotations = {
    ...(className === undefined ? {} : {[BROKER_CLASS]: className}),
    ...manifest.metadata.annotations,
  }
  const {status, metadata} = reported(manifest, stored)
  const {name, namespace, ...own} = manifest.metadata
  return {
    ...manifest,
    ...(Object.keys(kept).length === 0 ? {} : {spec: {...kept, ...spec}}),
    status,
    metadata: {
      name,
      ...(namespace === undefined ? {} : {namespace}),
      ...Object.fromEntries(Object.entries(own).filter(([key]) => !ofServer.has(key))),
      ...metadata,
      ...(Object.keys(annotations).length === 0 ? {} : {annotations}),
    },
  }
}

const known: ReadonlySet<string> = new Set(
  [...scopedKinds, ...systemKinds, ...onlySystemKinds, ...clusterKinds, {apiVersion: 'v1', kind: 'Secret'}].map(
    indexKey,
  ),
)

/** Whether some check looks at objects of a kind, `eventing.knative.dev/Broker`, or looks them up. */
export const isKnownKind = (kind: string): boolean => known.has(kind)

/** The settings by which the webhooks would complete the manifests: those of the cluster, or of the manifests themselves. */
const settingsOf = ({features, defaults, channelDefaults}: Snapshot): WebhookSettings => ({
  features: isFound(features) ? features : permissiveFeatures,
  ...(isFound(defaults) && 'defaults' in defaults ? {brokerDefaults: defaults.defaults} : {}),
  ...(isFound(channelDefaults) && 'defaults' in channelDefaults ? {channelDefaults: channelDefaults.defaults} : {}),
})

/** The manifests as the webhooks would store them. */
const completed = (state: ClusterState, parse: ParseYaml): ClusterState => {
  const settings = settingsOf(snapshotOf(state, parse, 0))
  const shelves = new Map(
    [...state.shelves].map(([key, rows]) => [
      key,
      new Map(
        [...rows].map(([home, shelf]) => [
          home,
          {
            ...shelf,
            objects: shelf.objects.map((object) =>
              state.planned?.has(keyOf(object, object.metadata)) === true
                ? defaultedByWebhook(object, settings)
                : object,
            ),
          },
        ]),
      ),
    ]),
  )
  return {...state, shelves}
}

/**
 * The cluster as it would be with these manifests: completed by the webhooks, and looked at by their controllers. They stand
 * in place of what is stored under their names, and they alone are judged. `secrets` are those among them, without their
 * values.
 */
export const withManifests = (
  state: ClusterState,
  manifests: readonly KubeObject[],
  secrets: readonly SecretRecord[],
  parse: ParseYaml,
): ClusterState => {
  const shelves = new Map([...state.shelves].map(([key, rows]) => [key, new Map(rows)]))
  const replaced = new Map<string, KubeObject>()
  for (const manifest of manifests.filter((one) => !isSecret(one))) {
    const rows = shelves.get(indexKey(manifest)) ?? new Map<string, IndexedList>()
    const {namespace = EVERYWHERE, name} = manifest.metadata
    const home = rows.has(EVERYWHERE) ? EVERYWHERE : namespace
    const shelf = rows.get(home) ?? {objects: [], unseen: 'forbidden' as const}
    const isSame = ({metadata}: KubeObject): boolean =>
      metadata.name === name && (metadata.namespace ?? EVERYWHERE) === namespace
    const stored = shelf.objects.find(isSame)
    const object = applied(manifest, stored)
    if (stored !== undefined) replaced.set(keyOf(manifest, manifest.metadata), stored)
    rows.set(home, {...shelf, objects: [...shelf.objects.filter((one) => !isSame(one)), object]})
    shelves.set(indexKey(manifest), rows)
  }
  const kept = new Map(state.secrets)
  for (const record of secrets) {
    const {namespace = '', name} = record.metadata
    const home = kept.has(EVERYWHERE) ? EVERYWHERE : namespace
    const shelf = kept.get(home) ?? {records: [], unseen: 'forbidden' as const}
    const others = shelf.records.filter(
      ({metadata}) => metadata.name !== name || (metadata.namespace ?? '') !== namespace,
    )
    kept.set(home, {...shelf, records: [...others, record]})
  }
  const merged: ClusterState = {
    ...state,
    shelves,
    secrets: kept,
    replaced,
    planned: new Set(manifests.map((manifest) => keyOf(manifest, manifest.metadata))),
  }
  return completed(merged, parse)
}
