import {KNATIVE_EVENTING, KNATIVE_KAFKA} from '../../domain/eventing/names.js'
import {groupOf, type KubeObject} from '../../domain/core/object.js'
import {booleanAt, textAt} from '../../domain/core/read.js'
import {type KindRegistry} from '../kinds/kind.js'
import {fault} from '../store/fault.js'
import {type AdmissionRequest} from '../store/request.js'
import {systemNamespace} from './config.js'

/** Why the operator of OpenShift Serverless does not want the resource: the first reason only. */
const refusal = (object: KubeObject, registry: KindRegistry, {kind, objects}: AdmissionRequest): string | undefined => {
  const {namespace, name, deletionTimestamp} = object.metadata
  if (namespace !== systemNamespace) return `${kind.kind} may only be created in ${systemNamespace} namespace`
  if (objects.list(kind, namespace).some(({metadata}) => metadata.name !== name))
    return `Only one ${kind.kind} allowed per namespace`
  if (kind.kind !== KNATIVE_KAFKA.kind) return undefined
  const channel = (field: string) => textAt(object, 'spec', 'channel', field) ?? ''
  if (booleanAt(object, 'spec', 'channel', 'enabled') === true && channel('bootstrapServers') === '')
    return 'spec.channel.bootStrapServers is a required detail when spec.channel.enabled is true'
  const [secret, home] = [channel('authSecretName'), channel('authSecretNamespace')]
  if (secret !== '' && home === '')
    return 'spec.channel.authSecretNamespace is required when spec.channel.authSecretName is defined'
  if (home !== '' && secret === '')
    return 'spec.channel.authSecretName is required when spec.channel.authSecretNamespace is defined'
  const eventing = registry.byGroupKind(groupOf(KNATIVE_EVENTING.apiVersion), KNATIVE_EVENTING.kind)
  const installed = eventing !== undefined && objects.list(eventing, namespace).length > 0
  return installed || deletionTimestamp !== undefined
    ? undefined
    : 'KnativeEventing instance must be installed before KnativeKafka'
}

/**
 * The webhooks of OpenShift Serverless for the operators' resources (openshift-knative/serverless-operator
 * openshift-knative-operator/pkg/webhook, knative-operator/pkg/webhook). Upstream there are none.
 */
export const judgeOperatorResource = (request: AdmissionRequest, registry: KindRegistry): void => {
  const {kind, object, operation, subresource} = request
  const isResource = [KNATIVE_EVENTING, KNATIVE_KAFKA].some(
    (one) => kind.kind === one.kind && kind.group === groupOf(one.apiVersion),
  )
  if (!isResource || operation === 'DELETE' || subresource !== '') return
  if (registry.byGroupKind(groupOf(KNATIVE_KAFKA.apiVersion), KNATIVE_KAFKA.kind) === undefined) return
  const reason = refusal(object, registry, request)
  if (reason !== undefined)
    throw fault(
      403,
      'Forbidden',
      `admission webhook "validating.${kind.plural}.operator.serverless.openshift.io" denied the request: ${reason}`,
    )
}
