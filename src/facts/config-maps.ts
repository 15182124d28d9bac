import {type DefaultsFacts} from '../domain/eventing/broker/facts.js'
import {type Features} from '../domain/eventing/features.js'
import {brokerDefaults, featureFlags} from '../domain/eventing/readings/config-maps.js'
import {type Lookup} from '../domain/core/seen.js'
import {type SecretFacts} from '../domain/kafka/credentials/secret-format.js'
import {ask} from '../domain/reading/reading.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readLive} from './live.js'

/** config-br-defaults. */
export const readDefaults = (client: KubeClient, options?: RequestOptions): Promise<Lookup<DefaultsFacts>> =>
  readLive(client, brokerDefaults(), options)

/** config-features. */
export const readFeatureFlags = (client: KubeClient, options?: RequestOptions): Promise<Lookup<Features>> =>
  readLive(client, featureFlags(), options)

/** Keys of a Secret, and the values that are no credentials; everything else is dropped here. */
export const readKafkaSecret = (
  client: KubeClient,
  namespace: string,
  name: string,
  options?: RequestOptions,
): Promise<Lookup<SecretFacts>> =>
  readLive(
    client,
    ask((reader) => reader.secret({namespace, name})),
    options,
  )
