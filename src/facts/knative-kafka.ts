import {
  DEPLOYMENT,
  KAFKA_BROKER_CONFIG,
  KNATIVE_KAFKA,
  POD,
  STATEFUL_SET,
  SYSTEM_NAMESPACE,
} from '../domain/eventing/names.js'
import {isKafkaBroker} from '../domain/kafka/config/use.js'
import {type KafkaDisableFacts, type PartObjects} from '../domain/kafka/installation/disable.js'
import {type KafkaInstallFacts} from '../domain/kafka/installation/installation.js'
import {controlPlane, dataPlane, partObjects, PARTS, type Part} from '../domain/kafka/installation/parts.js'
import {type KafkaStatusFacts} from '../domain/kafka/installation/status.js'
import {type KubeObject} from '../domain/core/object.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {kafkaConfigFacts} from './kafka-config.js'
import {checkInstalled, listAll, tryRead} from './look.js'

const place = {namespace: SYSTEM_NAMESPACE, name: KAFKA_BROKER_CONFIG}

const isServed = async (client: KubeClient, options?: RequestOptions): Promise<boolean> => {
  const kinds = await tryRead((async () => ({served: await client.served(KNATIVE_KAFKA.apiVersion, options)}))())
  return isFound(kinds) && kinds.served?.some(({kind}) => kind === KNATIVE_KAFKA.kind) === true
}

const readWorkloads = async (client: KubeClient, options?: RequestOptions): Promise<Lookup<readonly KubeObject[]>> => {
  const [deployments, statefulSets] = await Promise.all(
    [DEPLOYMENT, STATEFUL_SET].map((kind) => tryRead(listAll(client, {...kind, namespace: SYSTEM_NAMESPACE}, options))),
  )
  if (!isFound(deployments) || !isFound(statefulSets)) return 'forbidden'
  return [...deployments, ...statefulSets]
}

/** What `planKafkaEnable` needs, in at most two rounds. Rejects with KnativeNotInstalled. */
export const kafkaEnableFacts = async (
  client: KubeClient,
  {authSecret}: {authSecret?: string | undefined},
  options?: RequestOptions,
): Promise<KafkaInstallFacts> => {
  const [, config, knativeKafkaServed, workloads] = await Promise.all([
    checkInstalled(client, options),
    kafkaConfigFacts(client, {...place, authSecret}, options),
    isServed(client, options),
    readWorkloads(client, options),
  ])
  return {...config, knativeKafkaServed, workloads}
}

/** The objects of parts, of all namespaces; brokers were read before. */
const readObjects = async (
  client: KubeClient,
  parts: readonly Part[],
  options?: RequestOptions,
): Promise<PartObjects> =>
  Object.fromEntries(
    await Promise.all(
      parts
        .filter((part) => part !== 'broker')
        .map(async (part) => [part, await tryRead(listAll(client, partObjects[part].kind, options))] as const),
    ),
  )

const withBrokers = (objects: PartObjects, {brokers, onlyIn}: KafkaInstallFacts): PartObjects => ({
  ...objects,
  broker: onlyIn !== undefined ? 'forbidden' : isFound(brokers) ? brokers.filter(isKafkaBroker) : brokers,
})

/** What `planKafkaDisable` needs, in at most two rounds. Rejects with KnativeNotInstalled. */
export const kafkaDisableFacts = async (
  client: KubeClient,
  parts: readonly Part[],
  options?: RequestOptions,
): Promise<KafkaDisableFacts> => {
  const [facts, objects] = await Promise.all([
    kafkaEnableFacts(client, {}, options),
    readObjects(client, parts, options),
  ])
  return {...facts, objects: withBrokers(objects, facts)}
}

/** What `viewKafkaStatus` needs, in at most two rounds. Rejects with KnativeNotInstalled. */
export const kafkaStatusFacts = async (client: KubeClient, options?: RequestOptions): Promise<KafkaStatusFacts> => {
  const apps = [...controlPlane, ...PARTS.flatMap((part) => dataPlane[part])].map(({name}) => name)
  const labelSelector = `app in (${apps.join(',')})`
  const [facts, pods] = await Promise.all([
    kafkaDisableFacts(client, PARTS, options),
    tryRead(listAll(client, {...POD, namespace: SYSTEM_NAMESPACE, labelSelector}, options)),
  ])
  return {...facts, pods}
}
