import {stringify} from 'yaml'
import {BROKER_DEFAULTS, BROKER_DEFAULTS_KEY, BrokerClass} from '../../domain/eventing/names.js'
import {type KubeObject} from '../../domain/core/object.js'
import {at, isRecord, recordAt, textAt, textsAt} from '../../domain/core/read.js'
import {readYaml} from '../admission/config.js'
import {goMap} from './kafka/config.js'

const prefixLength = 'config-'.length

/**
 * Puts `spec.config` of an operator's resource into the ConfigMaps of its manifest, key by key: looked up by the full
 * name, else by the name without its first seven characters (knative/operator pkg/reconciler/common/config_maps.go).
 */
export const configured = (manifest: readonly KubeObject[], config: unknown): KubeObject[] =>
  manifest.map((object) => {
    if (object.kind !== 'ConfigMap') return object
    const {name} = object.metadata
    const given = [name, name.slice(prefixLength)].find((key) => isRecord(at(config, key)))
    return given === undefined ? object : withData(object, textsAt(config, given))
  })

/** Sets keys of a ConfigMap. */
export const withData = (configMap: KubeObject, data: Readonly<Record<string, string>>): KubeObject => ({
  ...configMap,
  data: {...textsAt(configMap, 'data'), ...data},
})

/** The keys that a reference and its delivery have in the operator's Go structs; the rest is lost when it is rewritten. */
const entryFields = [
  'brokerClass',
  'apiVersion',
  'kind',
  'name',
  'namespace',
  'group',
  'address',
  'delivery',
  'disallowDifferentNamespaceConfig',
  'brokerClasses',
]

const known = (entry: unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(isRecord(entry) ? entry : {}).filter(([field]) => entryFields.includes(field)))

/** A manifest ready to be installed; or why it cannot be; or that the operator ends with a nil pointer, again and again. */
export type Prepared = {manifest: KubeObject[]} | {fault: string} | 'crashed'

/**
 * Sets the class of `clusterDefault` to `spec.defaultBrokerClass`, unless `spec.config` has a `default-br-config` with
 * the text `brokerClass:` anywhere in it (knative/operator pkg/reconciler/knativeeventing/common/defaultbroker.go).
 * The text is parsed and written anew, so comments go and keys are sorted.
 */
export const withDefaultClass = (manifest: readonly KubeObject[], spec: unknown): Prepared => {
  const config = recordAt(spec, 'config')
  const overridden = [BROKER_DEFAULTS.slice(prefixLength), BROKER_DEFAULTS].some((name) =>
    textAt(config, name, BROKER_DEFAULTS_KEY)?.includes('brokerClass:'),
  )
  if (overridden) return {manifest: [...manifest]}
  const configMap = manifest.find(({kind, metadata}) => kind === 'ConfigMap' && metadata.name === BROKER_DEFAULTS)
  const text = textAt(configMap, 'data', BROKER_DEFAULTS_KEY)
  if (configMap === undefined) return {manifest: [...manifest]}
  if (!text)
    return {
      fault: `ConfigMap is missing (or empty) key: "${BROKER_DEFAULTS_KEY}" : ${goMap(textsAt(configMap, 'data'))}`,
    }
  const document = readYaml(text)
  if (!isRecord(document)) return {fault: `error converting YAML to JSON: ${BROKER_DEFAULTS_KEY} is no YAML map`}
  if (!isRecord(document['clusterDefault'])) return 'crashed'
  const brokerClass = textAt(spec, 'defaultBrokerClass') || BrokerClass.MTChannelBased
  const namespaces = Object.entries(recordAt(document, 'namespaceDefaults')).map(([name, entry]) => [
    name,
    known(entry),
  ])
  const rewritten = stringify(
    {
      ...(namespaces.length > 0 ? {namespaceDefaults: Object.fromEntries(namespaces)} : {}),
      clusterDefault: {...known(document['clusterDefault']), brokerClass},
    },
    {sortMapEntries: true, lineWidth: 0},
  )
  return {
    manifest: manifest.map((object) =>
      object === configMap ? withData(object, {[BROKER_DEFAULTS_KEY]: rewritten}) : object,
    ),
  }
}
