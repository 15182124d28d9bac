import {type KubeObject, type Ref, refOf} from '../../domain/core/object.js'
import {numberAt, recordAt} from '../../domain/core/read.js'
import {systemNamespace} from '../admission/config.js'
import {ownerOf} from './addressables.js'
import {type ClusterView, type Controller} from './controller.js'
import {readyPod, readyStatus} from './shipped.js'

const kinds = ['Deployment', 'StatefulSet']

const isOwned = (object: KubeObject): boolean => (object.metadata.ownerReferences ?? []).length > 0

/** Pod names as the real ones look, but the same in every run: tests compare them. */
const podName = ({kind, metadata}: KubeObject, index: number): string =>
  kind === 'StatefulSet'
    ? `${metadata.name}-${index}`
    : `${metadata.name}-7d9c5b8f6-x2x${String(index).padStart(2, '0')}`

const podsOf = (owner: KubeObject, cluster: ClusterView): KubeObject[] =>
  cluster
    .list('v1', 'Pod', systemNamespace)
    .filter(({metadata}) => (metadata.ownerReferences ?? []).some(({uid}) => uid === owner.metadata.uid))

/**
 * Runs what the operators install: every owned workload of the system namespace gets its pods, ready at once. Workloads
 * that nobody owns are a scenario's own, and stay as it made them.
 */
export const workloadController: Controller = {
  name: 'kube-controller-manager',
  wants({object, type}): readonly Ref[] {
    const {namespace, ownerReferences = []} = object.metadata
    if (namespace !== systemNamespace) return []
    if (kinds.includes(object.kind)) return type !== 'DELETED' && isOwned(object) ? [refOf(object)] : []
    if (object.kind !== 'Pod') return []
    return ownerReferences
      .filter(({kind}) => kinds.includes(kind))
      .map(({kind, name}) => ({apiVersion: 'apps/v1', kind, namespace, name}))
  },
  reconcile(ref, cluster) {
    const found = cluster.get(ref)
    if (found === undefined || found.metadata.deletionTimestamp !== undefined) return
    const replicas = numberAt(found, 'spec', 'replicas') ?? 1
    const wanted = Array.from({length: replicas}, (_, index) => podName(found, index))
    const present = podsOf(found, cluster)
    for (const pod of present) if (!wanted.includes(pod.metadata.name)) cluster.delete(refOf(pod))
    for (const name of wanted)
      if (!present.some((pod) => pod.metadata.name === name)) {
        const pod = readyPod(found.metadata.name, name)
        cluster.create({...pod, metadata: {...pod.metadata, ownerReferences: [ownerOf(found)]}})
        cluster.setStatus(refOf(pod), recordAt(pod, 'status'))
      }
    cluster.setStatus(ref, {
      ...readyStatus(found.kind, replicas),
      observedGeneration: found.metadata.generation ?? 1,
    })
  },
}
