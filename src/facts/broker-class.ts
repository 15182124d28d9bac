import {resolveBroker, readBrokerDefaults} from '../domain/eventing/cluster-defaults/broker-defaults.js'
import {type ClassRequest} from '../domain/eventing/cluster-defaults/class-options.js'
import {type ClassFacts, type ParsedText, type SettingFacts} from '../domain/eventing/cluster-defaults/default-facts.js'
import {namespaceRef} from '../domain/eventing/injection/options.js'
import {BROKER_DEFAULTS, BROKER_DEFAULTS_KEY, SYSTEM_NAMESPACE} from '../domain/eventing/names.js'
import {configEntry, governing, type ConfigMapPlace} from '../domain/kafka/write-target/write-target.js'
import {textAt} from '../domain/core/read.js'
import {isFound} from '../domain/core/seen.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {placeOf, shippedPlaces} from '../domain/eventing/broker/reading.js'
import {type Place} from '../domain/reading/reader.js'
import {type Reader} from '../domain/reading/reader.js'
import {run} from '../domain/reading/reading.js'
import {systemDeployments} from '../domain/eventing/readings/cluster.js'
import {configMaps} from '../domain/eventing/readings/config-maps.js'
import {liveReader} from './live.js'
import {parseDocument} from './document.js'
import {checkInstalled, tryRead} from './look.js'
import {resolveSink} from './sink.js'
import {readWriteTarget} from './write-target.js'

const parsed = async (text: string): Promise<ParsedText> => ({text, ...(await parseDocument(text))})

/** A settings ConfigMap with one key of YAML: as it is, and as a KnativeEventing states it. One round. */
export const readSetting = async (
  client: KubeClient,
  place: ConfigMapPlace,
  keys: readonly string[],
  options?: RequestOptions,
): Promise<SettingFacts> => {
  const facts = await readWriteTarget(client, place, options)
  const first = (read: (key: string) => string | undefined): string | undefined =>
    keys.map(read).find((text) => text !== undefined)
  const text = isFound(facts.configMap) ? first((key) => textAt(facts.configMap, 'data', key)) : undefined
  const resource = governing(place, facts)
  const entry = resource === undefined ? undefined : configEntry(resource, place.name)
  const stated = entry === undefined ? undefined : first((key) => entry.data[key])
  return {
    ...facts,
    today: !isFound(facts.configMap)
      ? facts.configMap
      : text === undefined || text.trim() === ''
        ? {text: '', fault: 'the key is missing or empty'}
        : await parsed(text),
    ...(stated === undefined ? {} : {stated: await parsed(stated)}),
  }
}

/** What of config-br-defaults and its surroundings decides; one round. Rejects with KnativeNotInstalled. */
const readAll = async (
  client: KubeClient,
  reader: Reader,
  wanted: {places: readonly Place[]; namespaces: readonly string[]; sink?: Promise<Pick<ClassFacts, 'sink'>>},
  options?: RequestOptions,
): Promise<ClassFacts> => {
  const [, setting, deployments, configs, namespaces, sink] = await Promise.all([
    checkInstalled(client, options),
    readSetting(client, {namespace: SYSTEM_NAMESPACE, name: BROKER_DEFAULTS}, [BROKER_DEFAULTS_KEY], options),
    run(reader, systemDeployments()),
    run(reader, configMaps([...shippedPlaces, ...wanted.places])),
    Promise.all(
      wanted.namespaces.map(async (name) => [name, await tryRead(client.get(namespaceRef(name), options))] as const),
    ),
    wanted.sink,
  ])
  return {...setting, deployments, configs, namespaces: Object.fromEntries(namespaces), ...sink}
}

/** What `planClassSet` needs, in two rounds. Rejects with KnativeNotInstalled. */
export const classSetFacts = async (
  client: KubeClient,
  request: ClassRequest,
  options?: RequestOptions,
): Promise<ClassFacts> => {
  const {deadLetterSink} = request.delivery
  const reader = liveReader(client, options)
  // A config without a namespace is looked up where the default is for; for the cluster that is nowhere.
  const places = request.scopes.flatMap(({scope, config}) =>
    config.namespace === undefined && scope === undefined ? [] : placeOf(config, scope ?? ''),
  )
  const facts = await readAll(
    client,
    reader,
    {
      places,
      namespaces: request.scopes.flatMap(({scope}) => (scope === undefined ? [] : [scope])),
      ...(deadLetterSink === undefined
        ? {}
        : {sink: resolveSink(client, deadLetterSink, options).then((sink) => ({sink}))}),
    },
    options,
  )
  return {...facts, configs: await run(reader, configMaps([...shippedPlaces, ...places], {secrets: true}))}
}

/** What `planClassUnset` needs, in one round. Rejects with KnativeNotInstalled. */
export const classUnsetFacts = (client: KubeClient, options?: RequestOptions): Promise<ClassFacts> =>
  readAll(client, liveReader(client, options), {places: [], namespaces: []}, options)

/** What `viewClass` needs, in at most two rounds. Rejects with KnativeNotInstalled. */
export const classShowFacts = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<ClassFacts> => {
  const reader = liveReader(client, options)
  const facts = await readAll(client, reader, {places: [], namespaces: []}, options)
  const document = isFound(facts.today) && 'document' in facts.today ? facts.today.document : undefined
  const {config} = resolveBroker(readBrokerDefaults(document), {namespace})
  const configs = await run(reader, configMaps([...shippedPlaces, ...placeOf(config, namespace)], {secrets: true}))
  return {...facts, configs}
}
