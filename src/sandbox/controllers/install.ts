import {groupOf, type Kind, type KubeObject, type Ref, refOf} from '../../domain/core/object.js'
import {at, isRecord, listAt, textAt} from '../../domain/core/read.js'
import {equal} from '../store/equal.js'
import {type Change} from '../store/objects.js'
import {ownerOf} from './addressables.js'
import {type ClusterView} from './controller.js'

// The operators remember here what they wrote, as kubectl apply does.
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

const applied = (object: KubeObject, annotation: string): unknown => {
  const text = object.metadata.annotations?.[annotation]
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The merge patch that brings what is wanted into what is there: what was wanted before and no longer is goes away. */
const threeWay = (before: unknown, wanted: unknown, now: unknown): Record<string, unknown> => {
  const patch: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(isRecord(wanted) ? wanted : {})) {
    const present = at(now, field)
    if (isRecord(value) && isRecord(present)) {
      const inner = threeWay(at(before, field), value, present)
      if (Object.keys(inner).length > 0) patch[field] = inner
    } else if (!equal(value, present)) patch[field] = value
  }
  for (const field of Object.keys(isRecord(before) ? before : {}))
    if (at(wanted, field) === undefined && at(now, field) !== undefined) patch[field] = null
  return patch
}

/**
 * What the operators do with a manifest (manifestival): objects that are missing are created, what differs from the
 * manifest is put back, what others added beside it stays. Each object belongs to the operator's resource.
 */
export const install = (
  cluster: ClusterView,
  owner: KubeObject,
  manifest: readonly KubeObject[],
  annotations: Readonly<Record<string, string>> = {},
): void => {
  for (const object of manifest) {
    const wanted: KubeObject = {
      ...object,
      metadata: {
        ...object.metadata,
        ...(Object.keys(annotations).length > 0 ? {annotations: {...object.metadata.annotations, ...annotations}} : {}),
        ownerReferences: [ownerOf(owner)],
      },
    }
    const text = JSON.stringify(wanted)
    const present = cluster.get(refOf(wanted))
    if (present === undefined) {
      const noted = {...wanted.metadata.annotations, [lastApplied]: text, manifestival: 'new'}
      cluster.create({...wanted, metadata: {...wanted.metadata, annotations: noted}})
      continue
    }
    const patch = threeWay(applied(present, lastApplied), wanted, present)
    if (Object.keys(patch).length === 0 && present.metadata.annotations?.[lastApplied] === text) continue
    const metadata = isRecord(patch['metadata']) ? patch['metadata'] : {}
    const changed = isRecord(metadata['annotations']) ? metadata['annotations'] : {}
    cluster.patch(refOf(wanted), {
      ...patch,
      metadata: {...metadata, annotations: {...changed, [lastApplied]: text}},
    })
  }
}

export const uninstall = (cluster: ClusterView, manifest: readonly KubeObject[]): void => {
  for (const object of manifest) cluster.delete(refOf(object))
}

/** The resources of an operator that a change concerns: the resource itself, or the one that owns what changed. */
export const concernedResources = ({object, previous, type}: Change, kind: Kind): readonly Ref[] => {
  if (object.kind === kind.kind && groupOf(object.apiVersion) === groupOf(kind.apiVersion))
    return type === 'DELETED' ? [] : [refOf(object)]
  const {namespace = ''} = object.metadata
  return [...(object.metadata.ownerReferences ?? []), ...(previous?.metadata.ownerReferences ?? [])]
    .filter((owner) => owner.kind === kind.kind && groupOf(owner.apiVersion) === groupOf(kind.apiVersion))
    .map(({name}) => ({...kind, namespace, name}))
}

/** Names of the Deployments or StatefulSets of a manifest that are not there or not ready. */
export const notReady = (
  cluster: ClusterView,
  manifest: readonly KubeObject[],
  kind: 'Deployment' | 'StatefulSet',
): string[] =>
  manifest
    .filter((object) => object.kind === kind)
    .filter((object) => {
      const found = cluster.get(refOf(object))
      if (found === undefined) return true
      if (kind === 'Deployment')
        return !listAt(found, 'status', 'conditions').some(
          (condition) => textAt(condition, 'type') === 'Available' && textAt(condition, 'status') === 'True',
        )
      // One ready pod will do; zero of zero is what a dispatcher without work has.
      return at(found, 'spec', 'replicas') !== 0 && !Number(at(found, 'status', 'readyReplicas'))
    })
    .map(({metadata}) => metadata.name)

/** Adds a finalizer to an operator's resource. */
export const hold = (cluster: ClusterView, resource: KubeObject, finalizer: string): void => {
  const finalizers = resource.metadata.finalizers ?? []
  if (!finalizers.includes(finalizer)) cluster.setFinalizers(resource, [...finalizers, finalizer])
}

/** Takes the finalizer off, which lets a resource that is being deleted go. */
export const release = (cluster: ClusterView, resource: KubeObject, finalizer: string): void => {
  const finalizers = resource.metadata.finalizers ?? []
  if (finalizers.includes(finalizer))
    cluster.setFinalizers(
      resource,
      finalizers.filter((name) => name !== finalizer),
    )
}
