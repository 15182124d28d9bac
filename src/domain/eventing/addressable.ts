import {groupOf, type Kind, type KubeObject} from '../core/object.js'
import {textAt} from '../core/read.js'
import {CLUSTER_PLATFORM, PLATFORM} from '../sonataflow/names.js'
import {BROKER, KNATIVE_SERVICE, SERVICE, SUBSCRIPTION, TRIGGER} from './names.js'

const typeOf = ({apiVersion, kind}: Kind): string => `${groupOf(apiVersion)}/${kind}`

/**
 * Groups whose kinds no controller gives an address: those of Kubernetes itself (a Service is looked up by its name), the
 * sources of Knative, which only send, and the resources of operators.
 */
const silentGroups: ReadonlySet<string> = new Set([
  '',
  'apiextensions.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'operator.knative.dev',
  'operator.serverless.openshift.io',
  'policy',
  'rbac.authorization.k8s.io',
  'sources.knative.dev',
])

/** Kinds without an address in groups that have addressable ones. */
const silentKinds: ReadonlySet<string> = new Set(
  [
    TRIGGER,
    SUBSCRIPTION,
    PLATFORM,
    CLUSTER_PLATFORM,
    {...BROKER, kind: 'EventType'},
    {...BROKER, kind: 'EventPolicy'},
    {...KNATIVE_SERVICE, kind: 'Configuration'},
    {...KNATIVE_SERVICE, kind: 'Revision'},
  ].map(typeOf),
)

/** No event can ever be sent to an object of this kind: nobody gives it an address. Kinds that are not known may get one. */
export const neverAddressed = (kind: Kind): boolean =>
  typeOf(kind) !== typeOf(SERVICE) && (silentGroups.has(groupOf(kind.apiVersion)) || silentKinds.has(typeOf(kind)))

/** Events can be sent to it: a Service of Kubernetes as it is, all else at the address in its status (knative.dev/pkg resolver). */
export const isAddressable = (object: KubeObject): boolean =>
  typeOf(object) === typeOf(SERVICE) || Boolean(textAt(object, 'status', 'address', 'url'))

/** Where a sink stands that was found. */
export const addressState = (object: KubeObject): 'addressable' | 'no-address' | 'never-addressed' => {
  if (isAddressable(object)) return 'addressable'
  return neverAddressed(object) ? 'never-addressed' : 'no-address'
}
