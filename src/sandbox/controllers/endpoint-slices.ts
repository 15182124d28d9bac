import {SERVICE} from '../../domain/eventing/names.js'
import {groupOf, type KubeObject, type Ref, refOf} from '../../domain/core/object.js'
import {isRecord, listAt, numberAt, textAt, textsAt} from '../../domain/core/read.js'
import {ENDPOINT_SLICE, ENDPOINTS, POD} from '../../domain/kinds/names.js'
import {SERVICE_NAME} from '../../domain/sonataflow/names.js'
import {ownerOf} from './addressables.js'
import {type ClusterView, type Controller} from './controller.js'

/** Ends the names of slices that are made of Endpoints. */
const MIRROR = 'x2x6m'

const isCore = ({apiVersion, kind}: KubeObject, wanted: string): boolean =>
  kind === wanted && groupOf(apiVersion) === ''

/** Whether a pod says that it is ready. */
export const isReady = (pod: KubeObject): boolean =>
  listAt(pod, 'status', 'conditions').some(
    (condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True',
  )

/** Whether a selector by labels finds a pod; an empty one finds none. */
export const selects = (selector: Readonly<Record<string, string>>, {metadata}: KubeObject): boolean =>
  Object.keys(selector).length > 0 &&
  Object.entries(selector).every(([label, value]) => metadata.labels?.[label] === value)

/** What a slice says besides whose it is. */
interface Addresses {
  endpoints: unknown[]
  ports: unknown[]
}

const endpointOf = (address: string, ready: boolean, targetRef: unknown): unknown => ({
  addresses: [address],
  conditions: {ready, serving: ready, terminating: false},
  ...(targetRef === undefined ? {} : {targetRef}),
})

const addressesOf = (service: KubeObject, cluster: ClusterView): Addresses => {
  const {namespace = ''} = service.metadata
  const selector = textsAt(service, 'spec', 'selector')
  const pods = cluster.list(POD.apiVersion, POD.kind, namespace).filter((pod) => selects(selector, pod))
  const endpoints = pods.flatMap((pod) => {
    const address = textAt(pod, 'status', 'podIP')
    const {name, uid} = pod.metadata
    return address === undefined ? [] : [endpointOf(address, isReady(pod), {kind: POD.kind, name, namespace, uid})]
  })
  if (endpoints.length === 0) return {endpoints, ports: []}
  const ports = listAt(service, 'spec', 'ports').map((port) => ({
    name: textAt(port, 'name') ?? '',
    port: numberAt(port, 'targetPort') ?? numberAt(port, 'port') ?? 0,
    protocol: textAt(port, 'protocol') ?? 'TCP',
  }))
  return {endpoints, ports}
}

/** Its name looks like a real one, but is always the same. */
const sliceRef = (name: string, namespace: string, suffix: string): Ref => ({
  ...ENDPOINT_SLICE,
  name: `${name}-${suffix}`,
  namespace,
})

/** The slice of a Service that one of the controllers writes. */
const bring = (
  owner: KubeObject,
  controller: string,
  suffix: string,
  {endpoints, ports}: Addresses,
  cluster: ClusterView,
): void => {
  const {name, namespace = '', labels} = owner.metadata
  const ref = sliceRef(name, namespace, suffix)
  if (cluster.get(ref) !== undefined) return cluster.patch(ref, {endpoints, ports})
  cluster.create({
    ...ENDPOINT_SLICE,
    metadata: {
      name: ref.name,
      namespace,
      labels: {...labels, [SERVICE_NAME]: name, 'endpointslice.kubernetes.io/managed-by': controller},
      ownerReferences: [ownerOf(owner)],
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  })
}

/** EndpointSlices of the Services that select pods (kubernetes pkg/controller/endpointslice). */
export const endpointSliceController: Controller = {
  name: 'endpointslice-controller',
  wants({object, previous}, cluster): readonly Ref[] {
    if (isCore(object, SERVICE.kind)) return [refOf(object)]
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
    if (service === undefined || Object.keys(textsAt(service, 'spec', 'selector')).length === 0) return
    bring(service, 'endpointslice-controller.k8s.io', 'x2x5p', addressesOf(service, cluster), cluster)
  },
}

const mirrored = (endpoints: KubeObject): Addresses => {
  const subsets = listAt(endpoints, 'subsets')
  const addresses = (field: string, ready: boolean): unknown[] =>
    subsets
      .flatMap((subset) => listAt(subset, field))
      .flatMap((address) => {
        const ip = textAt(address, 'ip')
        return ip === undefined ? [] : [endpointOf(ip, ready, isRecord(address) ? address['targetRef'] : undefined)]
      })
  return {
    endpoints: [...addresses('addresses', true), ...addresses('notReadyAddresses', false)],
    ports: subsets.flatMap((subset) => listAt(subset, 'ports')),
  }
}

/**
 * EndpointSlices for the Endpoints that somebody wrote by hand beside a Service without a selector (kubernetes
 * pkg/controller/endpointslicemirroring). All subsets go into one slice, since the stand-ins do not look at ports.
 */
export const endpointSliceMirroringController: Controller = {
  name: 'endpointslicemirroring-controller',
  wants: ({object}) =>
    isCore(object, ENDPOINTS.kind) || isCore(object, SERVICE.kind) ? [{...refOf(object), ...ENDPOINTS}] : [],
  reconcile(ref, cluster) {
    const [endpoints, service] = [cluster.get(ref), cluster.get({...ref, ...SERVICE})]
    if (endpoints === undefined) return
    if (service === undefined) return cluster.delete(sliceRef(ref.name, ref.namespace ?? '', MIRROR))
    if (Object.keys(textsAt(service, 'spec', 'selector')).length > 0) return
    bring(endpoints, 'endpointslicemirroring-controller.k8s.io', MIRROR, mirrored(endpoints), cluster)
  },
}
