import {BROKER_CLASS} from '../eventing/names.js'
import {type KubeObject} from '../object.js'
import {type SecretRecord} from '../secret/secret-view.js'
import {isSecret} from '../secret/secret-value.js'
import {clusterKinds, isClusterScoped, onlySystemKinds, scopedKinds, systemKinds} from './check-kinds.js'
import {keyOf, type ClusterState} from './cluster-state.js'
import {EVERYWHERE, shelfKey, type Shelf} from './shelves.js'

/** A manifest in its namespace: that of the command line where it names none. */
export const placed = (manifest: KubeObject, namespace: string): KubeObject =>
  isClusterScoped(manifest) || manifest.metadata.namespace !== undefined
    ? manifest
    : {...manifest, metadata: {...manifest.metadata, namespace}}

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

/** What the server keeps of an object that is applied anew: its identity, and the class that nobody can change. */
const applied = (manifest: KubeObject, stored: KubeObject | undefined): KubeObject => {
  const {status: _status, ...rest} = manifest
  const className = stored?.metadata.annotations?.[BROKER_CLASS]
  if (className === undefined || manifest.metadata.annotations?.[BROKER_CLASS] !== undefined) return rest
  return {
    ...rest,
    metadata: {...manifest.metadata, annotations: {...manifest.metadata.annotations, [BROKER_CLASS]: className}},
  }
}

const known: ReadonlySet<string> = new Set(
  [...scopedKinds, ...systemKinds, ...onlySystemKinds, ...clusterKinds, {apiVersion: 'v1', kind: 'Secret'}].map(
    shelfKey,
  ),
)

/** Whether some check looks at objects of a kind, `eventing.knative.dev/Broker`, or looks them up. */
export const isKnownKind = (kind: string): boolean => known.has(kind)

/**
 * The cluster as it would be with these manifests. They stand in place of what is stored under their names, and they alone
 * are judged. `secrets` are those among them, without their values.
 */
export const withManifests = (
  state: ClusterState,
  manifests: readonly KubeObject[],
  secrets: readonly SecretRecord[],
): ClusterState => {
  const shelves = new Map([...state.shelves].map(([key, rows]) => [key, new Map(rows)]))
  for (const manifest of manifests.filter((one) => !isSecret(one))) {
    const rows = shelves.get(shelfKey(manifest)) ?? new Map<string, Shelf>()
    const {namespace = EVERYWHERE, name} = manifest.metadata
    const home = rows.has(EVERYWHERE) ? EVERYWHERE : namespace
    const shelf = rows.get(home) ?? {objects: [], unseen: 'forbidden' as const}
    const isSame = ({metadata}: KubeObject): boolean =>
      metadata.name === name && (metadata.namespace ?? EVERYWHERE) === namespace
    const object = applied(manifest, shelf.objects.find(isSame))
    rows.set(home, {...shelf, objects: [...shelf.objects.filter((one) => !isSame(one)), object]})
    shelves.set(shelfKey(manifest), rows)
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
  return {
    ...state,
    shelves,
    secrets: kept,
    planned: new Set(manifests.map((manifest) => keyOf(manifest, manifest.metadata))),
  }
}
