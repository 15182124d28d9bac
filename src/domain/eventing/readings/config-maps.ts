import {isRecord, textAt, textsAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {readKafkaConfig} from '../../kafka/config/kafka-config.js'
import {ask, each, given, shared, together, type Reading} from '../../reading/reading.js'
import {type Place} from '../../reading/reader.js'
import {
  configKey,
  type ChannelTemplate,
  type ConfigMapFacts,
  type ConfigMaps,
  type DefaultsFacts,
  type InjectionFacts,
  type Selector,
  type SugarFacts,
} from '../broker/facts.js'
import {type ChannelDefaultsFacts} from '../channel/facts.js'
import {readChannelDefaults} from '../channel/defaults.js'
import {readBrokerDefaults} from '../cluster-defaults/broker-defaults.js'
import {readFeatures, type Features} from '../features.js'
import {
  BROKER_DEFAULTS,
  BROKER_DEFAULTS_KEY,
  CHANNEL_DEFAULTS,
  CHANNEL_DEFAULTS_KEY,
  CHANNEL_TEMPLATE_KEY,
  CONFIG_MAP,
  FEATURES_CONFIG,
  LEGACY_CHANNEL_TEMPLATE_KEY,
  NAMESPACE,
  SUGAR_CONFIG,
  SYSTEM_NAMESPACE,
} from '../names.js'

/** The data of a ConfigMap. */
function* dataOf(place: Place): Reading<Lookup<{data: Record<string, string>}>> {
  const found = yield* ask((reader) => reader.get({...CONFIG_MAP, ...place}))
  if (found === 'not-served') return 'absent'
  return isFound(found) ? {data: textsAt(found, 'data')} : found
}

const ofSystem = (name: string) => dataOf({namespace: SYSTEM_NAMESPACE, name})

/** A key that holds YAML: its text and what stands in it, or what is wrong with it. */
export type YamlKey = {text: string; document: unknown} | {text: string; fault: string}

/** A key of a ConfigMap of the system namespace that holds YAML; `absent` without the ConfigMap. */
export const yamlKey = shared(function* (name: string, key: string): Reading<Lookup<YamlKey>> {
  const found = yield* ofSystem(name)
  if (!isFound(found)) return found
  const text = found.data[key]
  if (text === undefined || text.trim() === '') return {text: '', fault: 'the key is missing or empty'}
  return {text, ...(yield* ask((reader) => reader.parse(text)))}
})

const mapIn = <T extends object>(
  found: Lookup<YamlKey>,
  read: (document: Readonly<Record<string, unknown>>) => T,
): Lookup<{defaults: T} | {fault: string}> => {
  if (!isFound(found)) return found
  if ('fault' in found) return {fault: found.fault}
  return isRecord(found.document) ? {defaults: read(found.document)} : {fault: 'it is not a map'}
}

/** config-br-defaults: the class, the config and the delivery settings of brokers that name none. */
export const brokerDefaults = shared(function* (): Reading<Lookup<DefaultsFacts>> {
  return mapIn(yield* yamlKey(BROKER_DEFAULTS, BROKER_DEFAULTS_KEY), readBrokerDefaults)
})

/** default-ch-webhook: the type of channels that name none. */
export const channelDefaults = shared(function* (): Reading<Lookup<ChannelDefaultsFacts>> {
  return mapIn(yield* yamlKey(CHANNEL_DEFAULTS, CHANNEL_DEFAULTS_KEY), readChannelDefaults)
})

/** config-features; without it everything has its default. */
export const featureFlags = shared(function* (): Reading<Lookup<Features>> {
  const found = yield* ofSystem(FEATURES_CONFIG)
  if (found === 'forbidden') return found
  return readFeatures(isFound(found) ? found.data : {})
})

function* selectorIn(text: string | undefined): Reading<Selector> {
  if (text === undefined || text.trim() === '') return 'off'
  const parsed = yield* ask((reader) => reader.parse(text))
  return 'fault' in parsed ? parsed : {selector: parsed.document}
}

/** config-sugar: which namespaces and triggers get a broker by injection. */
export const sugar = shared(function* (): Reading<Lookup<SugarFacts>> {
  const found = yield* ofSystem(SUGAR_CONFIG)
  if (!isFound(found)) return found
  return yield* together({
    namespaceSelector: selectorIn(found.data['namespace-selector']),
    triggerSelector: selectorIn(found.data['trigger-selector']),
  })
})

/** The labels of a namespace. */
export function* namespaceLabels(name: string): Reading<Lookup<Readonly<Record<string, string>>>> {
  const found = yield* ask((reader) => reader.get({...NAMESPACE, name}))
  if (found === 'not-served') return 'absent'
  return isFound(found) ? (found.metadata.labels ?? {}) : found
}

/** What config-sugar says, and the labels that it is held against. */
export const injection = (namespace: string): Reading<InjectionFacts> =>
  together({sugar: sugar(), namespaceLabels: namespaceLabels(namespace)})

function* channelTemplateIn(data: Readonly<Record<string, string>>): Reading<ChannelTemplate> {
  const text = data[CHANNEL_TEMPLATE_KEY] ?? data[LEGACY_CHANNEL_TEMPLATE_KEY]
  if (text === undefined || text.trim() === '') return {fault: 'it is empty or missing'}
  const parsed = yield* ask((reader) => reader.parse(text))
  if ('fault' in parsed) return parsed
  const [apiVersion, kind] = [textAt(parsed.document, 'apiVersion'), textAt(parsed.document, 'kind')]
  return apiVersion && kind ? {apiVersion, kind} : {fault: 'it needs apiVersion and kind'}
}

/** A ConfigMap that a broker may name. */
export const configMap = shared(function* (namespace: string, name: string): Reading<Lookup<ConfigMapFacts>> {
  const found = yield* dataOf({namespace, name})
  return isFound(found) ? {data: found.data, channelTemplate: yield* channelTemplateIn(found.data)} : found
})

/** The same with the Secret that it names. */
export const configMapWithSecret = shared(function* (namespace: string, name: string): Reading<Lookup<ConfigMapFacts>> {
  const found = yield* configMap(namespace, name)
  const secret = isFound(found) ? readKafkaConfig(found.data).authSecret : undefined
  if (!isFound(found) || secret === undefined) return found
  return {...found, secret: yield* ask((reader) => reader.secret({namespace, name: secret}))}
})

/** ConfigMaps that brokers may name, each once. `secrets`: with the Secrets that they name. */
export function* configMaps(places: readonly Place[], {secrets = false} = {}): Reading<ConfigMaps> {
  const unique = [...new Map(places.map((place) => [configKey(place.namespace, place.name), place]))]
  const read = secrets ? configMapWithSecret : configMap
  const found = yield* each(unique, ([, {namespace, name}]) => read(namespace, name))
  return Object.fromEntries(unique.map(([key], index) => [key, found[index] ?? 'absent']))
}

/** For readings that depend on whether something else is wanted. */
export const maybe = <T>(reading: Reading<T> | undefined): Reading<T | undefined> => reading ?? given(undefined)
