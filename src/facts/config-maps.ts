import {
  type ChannelTemplate,
  type ConfigMapFacts,
  type DefaultsFacts,
  type Selector,
  type SugarFacts,
} from '../domain/eventing/broker/facts.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {readBrokerDefaults} from '../domain/eventing/cluster-defaults/broker-defaults.js'
import {secretFacts, type SecretFacts} from '../domain/kafka/credentials/secret-format.js'
import {type KubeObject} from '../domain/core/object.js'
import {readFeatures, type Features} from '../domain/eventing/features.js'
import {
  BROKER_DEFAULTS,
  BROKER_DEFAULTS_KEY,
  CHANNEL_TEMPLATE_KEY,
  CONFIG_MAP,
  FEATURES_CONFIG,
  LEGACY_CHANNEL_TEMPLATE_KEY,
  SECRET,
  SUGAR_CONFIG,
  SYSTEM_NAMESPACE,
} from '../domain/eventing/names.js'
import {isRecord, textAt, textsAt} from '../domain/core/read.js'
import {sealed, valuesOf} from '../domain/secret/secret-value.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {parseDocument} from './document.js'
import {tryRead} from './look.js'

const getConfigMap = async (
  client: KubeClient,
  namespace: string,
  name: string,
  options?: RequestOptions,
): Promise<Lookup<{data: Record<string, string>}>> => {
  const found = await tryRead(client.get({...CONFIG_MAP, namespace, name}, options))
  return typeof found === 'string' ? found : {data: textsAt(found, 'data')}
}

const channelTemplateOf = async (data: Readonly<Record<string, string>>): Promise<ChannelTemplate> => {
  const text = data[CHANNEL_TEMPLATE_KEY] ?? data[LEGACY_CHANNEL_TEMPLATE_KEY]
  if (text === undefined || text.trim() === '') return {fault: 'it is empty or missing'}
  const parsed = await parseDocument(text)
  if ('fault' in parsed) return parsed
  const [apiVersion, kind] = [textAt(parsed.document, 'apiVersion'), textAt(parsed.document, 'kind')]
  return apiVersion && kind ? {apiVersion, kind} : {fault: 'it needs apiVersion and kind'}
}

/** A ConfigMap that a broker may name. */
export const readConfigMap = async (
  client: KubeClient,
  namespace: string,
  name: string,
  options?: RequestOptions,
): Promise<Lookup<ConfigMapFacts>> => {
  const found = await getConfigMap(client, namespace, name, options)
  return isFound(found) ? {data: found.data, channelTemplate: await channelTemplateOf(found.data)} : found
}

/** A key of a ConfigMap that holds YAML: parsed, or what is wrong with it. */
export const readYamlKey = async (
  client: KubeClient,
  namespace: string,
  name: string,
  key: string,
  options?: RequestOptions,
): Promise<Lookup<{document: unknown} | {fault: string}>> => {
  const found = await getConfigMap(client, namespace, name, options)
  if (!isFound(found)) return found
  const text = found.data[key]
  return text === undefined || text === '' ? {fault: 'the key is missing or empty'} : parseDocument(text)
}

/** config-br-defaults. */
export const readDefaults = async (client: KubeClient, options?: RequestOptions): Promise<Lookup<DefaultsFacts>> => {
  const found = await readYamlKey(client, SYSTEM_NAMESPACE, BROKER_DEFAULTS, BROKER_DEFAULTS_KEY, options)
  if (!isFound(found) || 'fault' in found) return found
  return isRecord(found.document) ? {defaults: readBrokerDefaults(found.document)} : {fault: 'it is not a map'}
}

/** config-features. */
export const readFeatureFlags = async (client: KubeClient, options?: RequestOptions): Promise<Lookup<Features>> => {
  const found = await getConfigMap(client, SYSTEM_NAMESPACE, FEATURES_CONFIG, options)
  if (isFound(found)) return readFeatures(found.data)
  return found === 'absent' ? readFeatures({}) : found
}

const selectorOf = async (text: string | undefined): Promise<Selector> => {
  if (text === undefined || text.trim() === '') return 'off'
  const parsed = await parseDocument(text)
  return 'fault' in parsed ? parsed : {selector: parsed.document}
}

/** config-sugar. */
export const readSugar = async (client: KubeClient, options?: RequestOptions): Promise<Lookup<SugarFacts>> => {
  const found = await getConfigMap(client, SYSTEM_NAMESPACE, SUGAR_CONFIG, options)
  if (!isFound(found)) return found
  return {
    namespaceSelector: await selectorOf(found.data['namespace-selector']),
    triggerSelector: await selectorOf(found.data['trigger-selector']),
  }
}

/** Keys of a Secret, and the values that are no credentials; everything else is dropped here. */
export const readKafkaSecret = async (
  client: KubeClient,
  namespace: string,
  name: string,
  options?: RequestOptions,
): Promise<Lookup<SecretFacts>> => {
  const found = await tryRead(client.get({...SECRET, namespace, name}, options))
  return typeof found === 'string' ? found : factsOfSecret(sealed(found))
}

/** What there is to know of a sealed Secret without its secrets. */
export const factsOfSecret = (secret: KubeObject): SecretFacts => {
  const values = valuesOf(secret)
  return secretFacts(Object.keys(values), (key) => values[key]?.revealText() ?? '')
}
