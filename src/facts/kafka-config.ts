import {type ConfigMapFacts} from '../domain/eventing/broker/facts.js'
import {BROKER} from '../domain/eventing/names.js'
import {dataOf, type KafkaConfigFacts} from '../domain/kafka/config/preflight.js'
import {type BrokersFacts} from '../domain/kafka/config/use.js'
import {readKafkaConfig} from '../domain/kafka/config/kafka-config.js'
import {configMapRef, type ConfigMapPlace} from '../domain/kafka/write-target/write-target.js'
import {type KubeObject} from '../domain/core/object.js'
import {CONFIG_MAP} from '../domain/eventing/names.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readDefaults, readKafkaSecret} from './config-maps.js'
import {listAll, tryRead} from './look.js'
import {readWriteTarget} from './write-target.js'

/** The brokers of all namespaces; where these cannot be listed (no permission), those of one. */
export const readAllBrokers = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<BrokersFacts> => {
  const everywhere = await tryRead(listAll(client, BROKER, options))
  if (everywhere !== 'forbidden') return {brokers: everywhere}
  const here = await tryRead(listAll(client, {...BROKER, namespace}, options))
  return here === 'forbidden' ? {brokers: here} : {brokers: here, onlyIn: namespace}
}

export interface ConfigQuestion extends ConfigMapPlace {
  /** The Secret that will be named; left out, the one that the ConfigMap names. */
  authSecret?: string | undefined
  /** No Secret will be named. */
  withoutSecret?: boolean
}

/** What the plans and the description of a ConfigMap for Kafka brokers need, in at most two rounds. */
export const kafkaConfigFacts = async (
  client: KubeClient,
  {authSecret, withoutSecret = false, ...place}: ConfigQuestion,
  options?: RequestOptions,
): Promise<KafkaConfigFacts> => {
  const readSecret = (name: string): Promise<ConfigMapFacts['secret']> =>
    readKafkaSecret(client, place.namespace, name, options)
  const [target, brokers, defaults, given] = await Promise.all([
    readWriteTarget(client, place, options),
    readAllBrokers(client, place.namespace, options),
    readDefaults(client, options),
    authSecret === undefined ? undefined : readSecret(authSecret),
  ])
  const facts = {...target, ...brokers, defaults}
  if (withoutSecret) return facts
  const stored = readKafkaConfig(dataOf(target.configMap)).authSecret
  const secret = given ?? (stored === undefined || authSecret !== undefined ? undefined : await readSecret(stored))
  return secret === undefined ? facts : {...facts, secret}
}

/** The ConfigMap that a command is about. Rejects with the server's NotFound. */
export const getConfigMap = (
  client: KubeClient,
  place: ConfigMapPlace,
  options?: RequestOptions,
): Promise<KubeObject> => client.get(configMapRef(place), options)

/** All ConfigMaps of a namespace, or of all, with who may use them; in one round. */
export const kafkaConfigListFacts = async (
  client: KubeClient,
  {
    namespace,
    home,
    ...query
  }: {namespace?: string; home: string; labelSelector?: string; fieldSelector?: string; pageSize?: number},
  options?: RequestOptions,
): Promise<BrokersFacts & {configMaps: KubeObject[]; defaults: KafkaConfigFacts['defaults']}> => {
  const [configMaps, brokers, defaults] = await Promise.all([
    listAll(client, {...CONFIG_MAP, ...query, ...(namespace === undefined ? {} : {namespace})}, options),
    readAllBrokers(client, home, options),
    readDefaults(client, options),
  ])
  return {...brokers, configMaps, defaults}
}
