import {refOf} from '../../domain/core/object.js'
import {type KubeObject} from '../../domain/core/object.js'
import {type ClusterView, type Controller} from './controller.js'
import {definitionController} from './definitions.js'

const everything = (cluster: ClusterView): KubeObject[] => cluster.api.objects.all()

const contentsOf = (cluster: ClusterView, namespace: string): KubeObject[] =>
  everything(cluster).filter(({metadata}) => metadata.namespace === namespace)

/** Empties namespaces that are being deleted, and removes them when nothing is left (kube-controller-manager). */
const namespaces: Controller = {
  name: 'namespace-controller',
  wants({object, type}, cluster) {
    if (object.kind === 'Namespace' && object.metadata.deletionTimestamp !== undefined && type !== 'DELETED')
      return [refOf(object)]
    const {namespace} = object.metadata
    if (type !== 'DELETED' || namespace === undefined) return []
    const home = cluster.get({apiVersion: 'v1', kind: 'Namespace', name: namespace})
    return home?.metadata.deletionTimestamp === undefined ? [] : [refOf(home)]
  },
  reconcile(ref, cluster) {
    const namespace = cluster.get(ref)
    if (namespace?.metadata.deletionTimestamp === undefined) return
    for (const object of contentsOf(cluster, ref.name))
      if (object.metadata.deletionTimestamp === undefined) cluster.delete(refOf(object))
    const target = cluster.target(ref)
    if (contentsOf(cluster, ref.name).length === 0 && target !== undefined)
      cluster.api.objects.remove(target.kind, namespace)
  },
}

/** Deletes what belonged to a deleted owner, and carries out foreground and orphan deletions. */
const garbage: Controller = {
  name: 'generic-garbage-collector',
  wants: ({object, type}) =>
    type === 'DELETED' ||
    object.metadata.deletionTimestamp !== undefined ||
    object.metadata.ownerReferences !== undefined
      ? [refOf(object)]
      : [],
  reconcile(ref, cluster) {
    const owner = cluster.get(ref)
    const all = everything(cluster)
    const alive = new Set(all.map(({metadata}) => metadata.uid))
    const dependentsOf = (uid: string | undefined) =>
      all.filter(({metadata}) => (metadata.ownerReferences ?? []).some((reference) => reference.uid === uid))
    if (owner === undefined) {
      for (const object of all) {
        const owners = object.metadata.ownerReferences ?? []
        if (owners.length > 0 && owners.every(({uid}) => !alive.has(uid))) cluster.delete(refOf(object))
      }
      return
    }
    const owners = owner.metadata.ownerReferences ?? []
    if (owners.length > 0 && owners.every(({uid}) => !alive.has(uid))) return cluster.delete(ref)
    if (owner.metadata.deletionTimestamp === undefined) return
    const finalizers = owner.metadata.finalizers ?? []
    const dependents = dependentsOf(owner.metadata.uid)
    if (finalizers.includes('orphan')) {
      for (const object of dependents) {
        const left = (object.metadata.ownerReferences ?? []).filter(({uid}) => uid !== owner.metadata.uid)
        cluster.patch(refOf(object), {metadata: {ownerReferences: left.length === 0 ? null : left}})
      }
      cluster.setFinalizers(
        owner,
        finalizers.filter((finalizer) => finalizer !== 'orphan'),
      )
    } else if (finalizers.includes('foregroundDeletion')) {
      for (const object of dependents)
        if (object.metadata.deletionTimestamp === undefined) cluster.delete(refOf(object))
      if (dependentsOf(owner.metadata.uid).every((object) => cluster.get(refOf(object)) === undefined))
        cluster.setFinalizers(
          owner,
          finalizers.filter((finalizer) => finalizer !== 'foregroundDeletion'),
        )
    }
  },
}

/** What every cluster does, Knative or not. */
export const clusterControllers: readonly Controller[] = [namespaces, garbage, definitionController]
