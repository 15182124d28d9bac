import {SERVICE} from '../../domain/eventing/names.js'
import {groupOf, type KubeObject, type Ref, refOf} from '../../domain/core/object.js'
import {listAt, numberAt, textAt, textsAt} from '../../domain/core/read.js'
import {ENDPOINTS, POD} from '../../domain/sonataflow/names.js'
import {type ClusterView, type Controller} from './controller.js'

/** On what the stand-in wrote itself; addresses that somebody else wrote stay. */
const managed = {'endpoints.kubernetes.io/managed-by': 'endpoint-controller'}

const isService = ({apiVersion, kind}: KubeObject): boolean => kind === SERVICE.kind && groupOf(apiVersion) === ''

/** Whether a pod says that it is ready. */
export const isReady = (pod: KubeObject): boolean =>
  listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  )

/** Whether a selector by labels finds a pod; an empty one finds none. */
export const selects = (selector: Readonly<Record<string, string>>, {metadata}: KubeObject): boolean =>
  Object.keys(selector).length > 0 &&
  Object.entries(selector).every(([label, value]) => metadata.labels?.[label] === value)

const subsetsOf = (service: KubeObject, cluster: ClusterView): unknown[] => {
  const {namespace = ''} = service.metadata
  const selector = textsAt(service, 'spec', 'selector')
  const pods = cluster.list(POD.apiVersion, POD.kind, namespace).filter((pod) => selects(selector, pod))
  const addressed = (ready: boolean) =>
    pods
      .filter((pod) => isReady(pod) === ready && textAt(pod, 'status', 'podIP') !== undefined)
      .map((pod) => ({
        ip: textAt(pod, 'status', 'podIP') ?? '',
        targetRef: {kind: 'Pod', name: pod.metadata.name, namespace, uid: pod.metadata.uid},
      }))
  const [addresses, notReadyAddresses] = [addressed(true), addressed(false)]
  if (addresses.length + notReadyAddresses.length === 0) return []
  return [
    {
      ...(addresses.length === 0 ? {} : {addresses}),
      ...(notReadyAddresses.length === 0 ? {} : {notReadyAddresses}),
      ports: listAt(service, 'spec', 'ports').map((port) => {
        const name = textAt(port, 'name')
        return {
          ...(name === undefined ? {} : {name}),
          port: numberAt(port, 'targetPort') ?? numberAt(port, 'port') ?? 0,
          protocol: textAt(port, 'protocol') ?? 'TCP',
        }
      }),
    },
  ]
}

/** Endpoints of the Services that select pods (kubernetes pkg/controller/endpoint). */
export const endpointsController: Controller = {
  name: 'endpoint-controller',
  wants({object, previous}, cluster): readonly Ref[] {
    if (isService(object)) return [refOf(object)]
    if (object.kind !== POD.kind) return []
    return cluster
      .list(SERVICE.apiVersion, SERVICE.kind, object.metadata.namespace)
      .filter((service) =>
        [object, previous].some((pod) => pod !== undefined && selects(textsAt(service, 'spec', 'selector'), pod)),
      )
      .map(refOf)
  },
  reconcile(ref, cluster) {
    const service = cluster.get(ref)
    const target = {...ENDPOINTS, name: ref.name, namespace: ref.namespace ?? ''}
    const found = cluster.get(target)
    if (service === undefined) return cluster.delete(target)
    if (Object.keys(textsAt(service, 'spec', 'selector')).length === 0) return
    if (found !== undefined && found.metadata.labels?.['endpoints.kubernetes.io/managed-by'] === undefined) return
    const subsets = subsetsOf(service, cluster)
    if (found === undefined)
      cluster.create({
        ...ENDPOINTS,
        metadata: {name: ref.name, namespace: ref.namespace ?? '', labels: {...service.metadata.labels, ...managed}},
        subsets,
      })
    else cluster.patch(target, {subsets})
  },
}
