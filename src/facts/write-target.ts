import {KNATIVE_EVENTING, KNATIVE_KAFKA, SYSTEM_NAMESPACE} from '../domain/eventing/names.js'
import {configMapRef, type ConfigMapPlace, type WriteTargetFacts} from '../domain/kafka/write-target/write-target.js'
import {type Kind, type KubeObject} from '../domain/core/object.js'
import {type Lookup} from '../domain/core/seen.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {listAll, tryRead} from './look.js'

/** The operators' resources of the system namespace; an operator looks after no other. */
export const readOperators = async (
  client: KubeClient,
  options?: RequestOptions,
): Promise<Omit<WriteTargetFacts, 'configMap'>> => {
  const all = (kind: Kind): Promise<Lookup<readonly KubeObject[]>> =>
    tryRead(listAll(client, {...kind, namespace: SYSTEM_NAMESPACE}, options))
  const [knativeKafkas, knativeEventings] = await Promise.all([all(KNATIVE_KAFKA), all(KNATIVE_EVENTING)])
  return {knativeKafkas, knativeEventings}
}

/** What `chooseTarget` needs for one ConfigMap, in one round. Operators write none outside the system namespace. */
export const readWriteTarget = async (
  client: KubeClient,
  place: ConfigMapPlace,
  options?: RequestOptions,
): Promise<WriteTargetFacts> => {
  const [configMap, operators] = await Promise.all([
    tryRead(client.get(configMapRef(place), options)),
    place.namespace === SYSTEM_NAMESPACE
      ? readOperators(client, options)
      : {knativeKafkas: 'absent' as const, knativeEventings: 'absent' as const},
  ])
  return {configMap, ...operators}
}
