import {KAFKA_CHANNEL_CONFIG, SYSTEM_NAMESPACE} from '../domain/eventing/names.js'
import {type CertificateBundle} from '../domain/kafka/credentials/certificates.js'
import {type KafkaAuthRequest} from '../domain/kafka/credentials/kafka-auth-options.js'
import {
  homeOf,
  kafkaConfigPlace,
  type ConfigPlace,
  type KafkaAuthFacts,
} from '../domain/kafka/credentials/kafka-auth-plan.js'
import {SecretKey} from '../domain/kafka/credentials/secret-format.js'
import {configMapRef} from '../domain/kafka/write-target/write-target.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {convertKey, examineCertificates} from './certificates.js'
import {readDefaults} from './config-maps.js'
import {tryRead} from './look.js'
import {readSecret} from './secret.js'
import {readWriteTarget} from './write-target.js'

/** Looks at certificates and key of a request, after converting the key where that was asked for. */
export const examineRequest = (
  request: KafkaAuthRequest,
  convert: boolean,
): {request: KafkaAuthRequest; bundle: CertificateBundle} => {
  const {[SecretKey.Key]: given, ...rest} = request.data
  const key = given === undefined || !convert ? given : (convertKey(given) ?? given)
  const data = key === undefined ? rest : {...rest, [SecretKey.Key]: key}
  const [authority, client] = [data[SecretKey.Authority], data[SecretKey.Certificate]]
  return {
    request: {...request, data},
    bundle: examineCertificates({
      ...(authority === undefined ? {} : {authority: authority.revealText()}),
      ...(client === undefined ? {} : {client: client.revealText()}),
      ...(key === undefined ? {} : {key: key.revealText()}),
    }),
  }
}

/** Where brokers of class Kafka look for their Secret. */
export const readConfigPlace = async (client: KubeClient, options?: RequestOptions): Promise<ConfigPlace> =>
  kafkaConfigPlace(await readDefaults(client, options))

/** What `planKafkaAuth` needs beside the place, in one round. */
export const kafkaAuthFacts = async (
  client: KubeClient,
  request: KafkaAuthRequest,
  place: ConfigPlace,
  bundle: CertificateBundle,
  options?: RequestOptions,
): Promise<KafkaAuthFacts> => {
  const {attach, forChannels, name, config = place} = request
  const channelPlace = {namespace: SYSTEM_NAMESPACE, name: KAFKA_CHANNEL_CONFIG}
  const [existing, brokers, channels, alone] = await Promise.all([
    readSecret(client, {namespace: homeOf(request, place), name}, options),
    attach ? readWriteTarget(client, config, options) : undefined,
    attach && forChannels ? readWriteTarget(client, channelPlace, options) : undefined,
    attach ? undefined : tryRead(client.get(configMapRef(config), options)),
  ])
  return {
    place,
    existing,
    bundle,
    config: brokers?.configMap ?? alone ?? 'forbidden',
    ...(brokers === undefined ? {} : {brokers}),
    ...(channels === undefined ? {} : {channels}),
  }
}
