import {addressState} from '../../eventing/addressable.js'
import {
  configKey,
  type ChannelTemplate,
  type ConfigMapFacts,
  type ConfigMaps,
  type DefaultsFacts,
  type Deployments,
  type InjectionFacts,
  type ResolvedSink,
  type Selector,
  type SugarFacts,
} from '../../eventing/broker/facts.js'
import {readChannelDefaults, type ChannelDefaults} from '../../eventing/channel/defaults.js'
import {readBrokerDefaults} from '../../eventing/cluster-defaults/broker-defaults.js'
import {readFeatures, type Features} from '../../eventing/features.js'
import {
  BROKER_DEFAULTS,
  BROKER_DEFAULTS_KEY,
  CHANNEL_DEFAULTS,
  CHANNEL_DEFAULTS_KEY,
  CHANNEL_TEMPLATE_KEY,
  CONFIG_MAP,
  DEPLOYMENT,
  FEATURES_CONFIG,
  LEGACY_CHANNEL_TEMPLATE_KEY,
  NAMESPACE,
  SUGAR_CONFIG,
  SYSTEM_NAMESPACE,
} from '../../eventing/names.js'
import {sinkOf} from '../../eventing/reference.js'
import {readKafkaConfig} from '../../kafka/config/kafka-config.js'
import {type Kind, type KubeObject} from '../../core/object.js'
import {isRecord, numberAt, textAt, textsAt} from '../../core/read.js'
import {type SecretRecord} from '../../secret/secret-view.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {keyOf, type ClusterState, type ParseYaml} from './cluster-state.js'
import {targetOf} from './destinations.js'
import {EVERYWHERE, resourceLookup, type ResourceLookup} from './resource-index.js'

/** What checks ask of the lists that were read: each answer costs the same, however large the cluster is. */
export interface Snapshot extends ResourceLookup {
  state: ClusterState
  /** Milliseconds since 1970. */
  now: number
  parse: ParseYaml
  /** The objects that are judged: those of the namespace that is looked at, or, with manifests, these alone. */
  subjects(...kinds: readonly Kind[]): readonly KubeObject[]
  /** It comes from a manifest and is not applied yet. */
  isPlanned(object: KubeObject): boolean
  /** It comes from a manifest, and nothing is stored under its name: no controller has ever looked at it. */
  isNew(object: KubeObject): boolean
  /** What is stored under the name of a manifest. */
  storedOf(manifest: KubeObject): KubeObject | undefined
  configMap(namespace: string, name: string): Lookup<ConfigMapFacts>
  /** The same for what takes many; asks when it is looked into. */
  configs: ConfigMaps
  secret(namespace: string, name: string): Lookup<SecretRecord>
  /** A key of a ConfigMap of the system namespace that holds YAML; `absent` without the ConfigMap. */
  yamlOf(name: string, key: string): Lookup<{text: string; document: unknown} | {text: string; fault: string}>
  defaults: Lookup<DefaultsFacts>
  /** Types for channels that name none; left out where nobody knows them, or they cannot be read. */
  channelDefaults: ChannelDefaults | undefined
  features: Lookup<Features>
  /** Ready replicas of the Deployments in the system namespace. */
  deployments: Lookup<Deployments>
  sugar: Lookup<SugarFacts>
  injection(namespace: string): InjectionFacts
  /** Looks up where a destination of the API leads; nothing when it names nothing. */
  resolve(destination: unknown, namespace: string): ResolvedSink | undefined
}

const once = <T>(make: () => T): (() => T) => {
  let made: {value: T} | undefined
  return () => (made ??= {value: make()}).value
}

const remembered = <T>(make: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, {value: T}>()
  return (key) => {
    const found = known.get(key) ?? {value: make(key)}
    known.set(key, found)
    return found.value
  }
}

const templateOf = (data: Readonly<Record<string, string>>, parse: ParseYaml): ChannelTemplate => {
  const text = data[CHANNEL_TEMPLATE_KEY] ?? data[LEGACY_CHANNEL_TEMPLATE_KEY]
  if (text === undefined || text.trim() === '') return {fault: 'it is empty or missing'}
  const parsed = parse(text)
  if ('fault' in parsed) return parsed
  const [apiVersion, kind] = [textAt(parsed.document, 'apiVersion'), textAt(parsed.document, 'kind')]
  return apiVersion && kind ? {apiVersion, kind} : {fault: 'it needs apiVersion and kind'}
}

const selectorOf = (text: string | undefined, parse: ParseYaml): Selector => {
  if (text === undefined || text.trim() === '') return 'off'
  const parsed = parse(text)
  return 'fault' in parsed ? parsed : {selector: parsed.document}
}

/** ConfigMaps under `namespace/name`, found when they are asked for. */
const asConfigs = (find: (key: string) => Lookup<ConfigMapFacts>): ConfigMaps =>
  new Proxy<Record<string, Lookup<ConfigMapFacts>>>(
    {},
    {get: (_target, key) => (typeof key === 'string' ? find(key) : undefined)},
  )

/** Opens what was read for questions. `now` is in milliseconds since 1970. */
export const snapshotOf = (state: ClusterState, parse: ParseYaml, now: number): Snapshot => {
  const library = resourceLookup(state.shelves)
  const secrets = secretIndex(state)
  const system = (name: string) => library.get(CONFIG_MAP, SYSTEM_NAMESPACE, name)
  const secret = (namespace: string, name: string): Lookup<SecretRecord> => {
    const found = secrets.get(configKey(namespace, name))
    if (found !== undefined) return found
    const shelf = state.secrets.get(EVERYWHERE) ?? state.secrets.get(namespace)
    return shelf === undefined ? 'forbidden' : (shelf.unseen ?? 'absent')
  }
  const config = remembered((key): Lookup<ConfigMapFacts> => {
    const [namespace = '', name = ''] = key.split('/')
    const found = library.get(CONFIG_MAP, namespace, name)
    if (!isFound(found)) return found
    const data = textsAt(found, 'data')
    const {authSecret} = readKafkaConfig(data)
    const record = authSecret === undefined ? undefined : secret(namespace, authSecret)
    return {
      data,
      channelTemplate: templateOf(data, parse),
      ...(record === undefined ? {} : {secret: isFound(record) ? record.facts : record}),
    }
  })
  const yamlOf = (name: string, key: string): ReturnType<Snapshot['yamlOf']> => {
    const found = system(name)
    if (!isFound(found)) return found
    const text = textAt(found, 'data', key)
    if (text === undefined || text.trim() === '') return {text: '', fault: 'the key is missing or empty'}
    return {text, ...parse(text)}
  }
  const defaults = once((): Lookup<DefaultsFacts> => {
    const found = yamlOf(BROKER_DEFAULTS, BROKER_DEFAULTS_KEY)
    if (!isFound(found)) return found
    if ('fault' in found) return {fault: found.fault}
    return isRecord(found.document) ? {defaults: readBrokerDefaults(found.document)} : {fault: 'it is not a map'}
  })
  const channelDefaults = once((): ChannelDefaults | undefined => {
    const found = yamlOf(CHANNEL_DEFAULTS, CHANNEL_DEFAULTS_KEY)
    return isFound(found) && 'document' in found ? readChannelDefaults(found.document) : undefined
  })
  const features = once((): Lookup<Features> => {
    const found = system(FEATURES_CONFIG)
    if (found === 'forbidden') return found
    return readFeatures(isFound(found) ? textsAt(found, 'data') : {})
  })
  const deployments = once((): Lookup<Deployments> => {
    const found = library.list(DEPLOYMENT, SYSTEM_NAMESPACE)
    return isFound(found)
      ? Object.fromEntries(found.map((one) => [one.metadata.name, numberAt(one, 'status', 'readyReplicas') ?? 0]))
      : found
  })
  const sugar = once((): Lookup<SugarFacts> => {
    const found = system(SUGAR_CONFIG)
    if (!isFound(found)) return found
    return {
      namespaceSelector: selectorOf(textAt(found, 'data', 'namespace-selector'), parse),
      triggerSelector: selectorOf(textAt(found, 'data', 'trigger-selector'), parse),
    }
  })
  const {planned, namespace: scope} = state
  const isSubject = (object: KubeObject): boolean =>
    planned !== undefined
      ? planned.has(keyOf(object, object.metadata))
      : scope === undefined || object.metadata.namespace === undefined || object.metadata.namespace === scope
  const isPlanned = (object: KubeObject): boolean => planned?.has(keyOf(object, object.metadata)) === true
  const storedOf = (manifest: KubeObject): KubeObject | undefined =>
    state.replaced?.get(keyOf(manifest, manifest.metadata))
  const isNew = (object: KubeObject): boolean => isPlanned(object) && storedOf(object) === undefined
  return {
    ...library,
    state,
    now,
    parse,
    subjects: (...kinds) => kinds.flatMap((kind) => library.all(kind).filter(isSubject)),
    isPlanned,
    isNew,
    storedOf,
    configMap: (namespace, name) => config(configKey(namespace, name)),
    configs: asConfigs(config),
    secret,
    yamlOf,
    get defaults() {
      return defaults()
    },
    get channelDefaults() {
      return channelDefaults()
    },
    get features() {
      return features()
    },
    get deployments() {
      return deployments()
    },
    get sugar() {
      return sugar()
    },
    injection(namespace) {
      const found = library.get(NAMESPACE, '', namespace)
      return {sugar: sugar(), namespaceLabels: isFound(found) ? (found.metadata.labels ?? {}) : found}
    },
    resolve(destination, namespace) {
      const sink = sinkOf(destination, namespace)
      if (sink === undefined) return undefined
      if ('uri' in sink) return {sink, destination: {uri: sink.uri}, state: 'uri'}
      const target = targetOf(destination, namespace)
      if (target === undefined) return undefined
      const {apiVersion, kind, name, namespace: home} = target
      const found = library.get(target, home, name)
      const unserved = found === 'absent' && library.list(target, home) === 'absent'
      return {
        sink,
        destination: {ref: {apiVersion, kind, name, namespace: home}},
        ...(isFound(found) && isNew(found) ? {planned: true as const} : {}),
        state: isFound(found) ? addressState(found) : found === 'absent' && unserved ? 'not-served' : found,
      }
    },
  }
}

const secretIndex = ({secrets}: ClusterState): ReadonlyMap<string, SecretRecord> =>
  new Map(
    [...secrets.values()].flatMap(({records}) =>
      records.map((record) => [configKey(record.metadata.namespace ?? '', record.metadata.name), record] as const),
    ),
  )
