import {type Kind, type KubeObject} from '../../core/object.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {
  configKey,
  type ConfigMapFacts,
  type ConfigMaps,
  type DefaultsFacts,
  type Deployments,
  type InjectionFacts,
  type ResolvedSink,
  type SugarFacts,
} from '../../eventing/broker/facts.js'
import {type ChannelDefaultsFacts} from '../../eventing/channel/facts.js'
import {type Features} from '../../eventing/features.js'
import {systemDeployments} from '../../eventing/readings/cluster.js'
import {
  brokerDefaults,
  channelDefaults,
  configMapWithSecret,
  featureFlags,
  injection,
  sugar,
  yamlKey,
  type YamlKey,
} from '../../eventing/readings/config-maps.js'
import {resolvedDestination} from '../../eventing/readings/sinks.js'
import {type Reader} from '../../reading/reader.js'
import {readNow, type Reading} from '../../reading/reading.js'
import {type SecretRecord} from '../../secret/secret-view.js'
import {keyOf, type ClusterState, type ParseYaml} from './cluster-state.js'
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
  /** Answers what a noun needs to know from the lists, the same that its commands ask of the cluster. */
  answer<T>(reading: Reading<T>): T
  /** Readings that many checks need. */
  defaults: Lookup<DefaultsFacts>
  channelDefaults: Lookup<ChannelDefaultsFacts>
  features: Lookup<Features>
  deployments: Lookup<Deployments>
  sugar: Lookup<SugarFacts>
  injection(namespace: string): InjectionFacts
  /** A key of a ConfigMap of the system namespace that holds YAML; `absent` without the ConfigMap. */
  yamlOf(name: string, key: string): Lookup<YamlKey>
  /** Where a destination of the API leads; nothing when it names nothing. */
  resolve(destination: unknown, namespace: string): ResolvedSink | undefined
}

/** ConfigMaps under `namespace/name`, found when they are asked for. */
const asConfigs = (find: (namespace: string, name: string) => Lookup<ConfigMapFacts>): ConfigMaps =>
  new Proxy<Record<string, Lookup<ConfigMapFacts>>>(
    {},
    {
      get: (_target, key) => {
        if (typeof key !== 'string') return undefined
        const [namespace = '', name = ''] = key.split('/')
        return find(namespace, name)
      },
    },
  )

/** Opens what was read for questions. `now` is in milliseconds since 1970. */
export const snapshotOf = (state: ClusterState, parse: ParseYaml, now: number): Snapshot => {
  const library = resourceLookup(state.shelves)
  const secrets = secretIndex(state)
  const secret = (namespace: string, name: string): Lookup<SecretRecord> => {
    const found = secrets.get(configKey(namespace, name))
    if (found !== undefined) return found
    const shelf = state.secrets.get(EVERYWHERE) ?? state.secrets.get(namespace)
    return shelf === undefined ? 'forbidden' : (shelf.unseen ?? 'absent')
  }
  const {planned, namespace: scope} = state
  const isPlanned = (object: KubeObject): boolean => planned?.has(keyOf(object, object.metadata)) === true
  const storedOf = (manifest: KubeObject): KubeObject | undefined =>
    state.replaced?.get(keyOf(manifest, manifest.metadata))
  const isNew = (object: KubeObject): boolean => isPlanned(object) && storedOf(object) === undefined
  const isSubject = (object: KubeObject): boolean =>
    planned !== undefined
      ? isPlanned(object)
      : scope === undefined || object.metadata.namespace === undefined || object.metadata.namespace === scope
  const reader: Reader = {
    get({namespace = '', name, ...kind}) {
      const found = library.get(kind, namespace, name)
      return found === 'absent' && library.list(kind, namespace) === 'absent' ? 'not-served' : found
    },
    list: ({namespace, ...kind}) => library.list(kind, namespace),
    secret({namespace, name}) {
      const found = secret(namespace, name)
      return isFound(found) ? found.facts : found
    },
    served(kind) {
      const found = library.list(kind)
      return isFound(found) ? 'served' : found === 'absent' ? 'not-served' : 'unknown'
    },
    kinds: () => 'forbidden',
    parse,
    isNew,
  }
  const answer = <T>(reading: Reading<T>): T => readNow(reader, reading)
  const config = (namespace: string, name: string): Lookup<ConfigMapFacts> =>
    answer(configMapWithSecret(namespace, name))
  return {
    ...library,
    state,
    now,
    parse,
    answer,
    subjects: (...kinds) => kinds.flatMap((kind) => library.all(kind).filter(isSubject)),
    isPlanned,
    isNew,
    storedOf,
    configMap: config,
    configs: asConfigs(config),
    secret,
    get defaults() {
      return answer(brokerDefaults())
    },
    get channelDefaults() {
      return answer(channelDefaults())
    },
    get features() {
      return answer(featureFlags())
    },
    get deployments() {
      return answer(systemDeployments())
    },
    get sugar() {
      return answer(sugar())
    },
    injection: (namespace) => answer(injection(namespace)),
    yamlOf: (name, key) => answer(yamlKey(name, key)),
    resolve: (destination, namespace) => answer(resolvedDestination(destination, namespace)),
  }
}

const secretIndex = ({secrets}: ClusterState): ReadonlyMap<string, SecretRecord> =>
  new Map(
    [...secrets.values()].flatMap(({records}) =>
      records.map((record) => [configKey(record.metadata.namespace ?? '', record.metadata.name), record] as const),
    ),
  )
