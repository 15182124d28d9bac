import {invalid} from '../../core/errors.js'
import {type Kind} from '../../core/object.js'
import {textAt} from '../../core/read.js'
import {didYouMean} from '../../core/suggest.js'
import {type KindRow} from '../../kinds/kind.js'
import {CONFIG_MAP} from '../../kinds/names.js'
import {kinds} from '../../kinds/registry.js'
import {checkName, checkNamespace} from '../../core/syntax.js'

/** What `spec.config` of a broker names. Without a namespace, the webhook fills in the broker's. */
export interface ConfigReference extends Kind {
  name: string
  namespace?: string
}

/** Kinds of configs by their words; those that may be printed come first. */
const byWord: ReadonlyMap<string, Kind> = new Map(
  kinds.flatMap(({apiVersion, kind, configWords = []}) =>
    configWords.map((word) => [word, {apiVersion, kind}] as const),
  ),
)

/** What is offered and printed: one word a kind. */
export const configPrefixes: ReadonlyArray<{word: string; row: KindRow}> = kinds.flatMap((row) =>
  row.configWords?.[0] === undefined ? [] : [{word: row.configWords[0], row}],
)

const aliasOf = (word: string): Kind | undefined => byWord.get(word.toLowerCase())

const reference = (text: string, kind: Kind, name: string, namespace?: string): ConfigReference => {
  checkName(name, `name in broker config "${text}"`)
  if (namespace === undefined) return {...kind, name}
  return {...kind, name, namespace: checkNamespace(namespace, `namespace in broker config "${text}"`)}
}

const named = (text: string, apiVersion: string, kind: string): Kind => {
  if (!/^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[a-z][a-z0-9]*$/.test(apiVersion) || !/^[A-Z][A-Za-z0-9]*$/.test(kind))
    throw invalid(
      `invalid broker config "${text}": expected APIVERSION:KIND:NAME[:NAMESPACE], for example v1:ConfigMap:x`,
    )
  return {apiVersion, kind}
}

/**
 * `--broker-config` in kn's grammar (knative/client pkg/commands/broker/config_flags.go): `NAME`, `KIND:NAME`,
 * `KIND:NAME:NAMESPACE`, `APIVERSION:KIND:NAME`, `APIVERSION:KIND:NAME:NAMESPACE`; also `NAMESPACE/NAME` for a ConfigMap.
 * Throws InvalidArgument; unlike kn, for an empty name too.
 */
export const parseBrokerConfig = (text: string): ConfigReference => {
  const parts = text.split(':')
  const [first = '', second = '', third = ''] = parts
  const fourth = parts.slice(3).join(':')
  if (parts.length === 1) {
    const slash = first.indexOf('/')
    return slash < 0
      ? reference(text, CONFIG_MAP, first)
      : reference(text, CONFIG_MAP, first.slice(slash + 1), first.slice(0, slash))
  }
  const alias = aliasOf(first)
  if (parts.length === 2) {
    if (alias) return reference(text, alias, second)
    const near = didYouMean(first, [...byWord.keys()])
    throw invalid(
      `invalid broker config "${text}": the API version of kind "${first}" is not known${near === undefined ? '' : `, ${near}`}`,
      `write APIVERSION:KIND:NAME[:NAMESPACE], or ${configPrefixes.map(({word}) => `${word}:NAME`).join(', ')}`,
    )
  }
  if (parts.length === 3)
    return alias ? reference(text, alias, second, third) : reference(text, named(text, first, second), third)
  return reference(text, named(text, first, second), third, fourth)
}

/** `cm:x`, `cm:x:ns`, `secret:x`, `rmq:x`, otherwise `APIVERSION:KIND:NAME[:NAMESPACE]`; `parseBrokerConfig` reads it back. */
export const printBrokerConfig = (config: ConfigReference, brokerNamespace: string): string => {
  const alias = configPrefixes.find(({row}) => row.apiVersion === config.apiVersion && row.kind === config.kind)?.word
  const elsewhere = config.namespace !== undefined && config.namespace !== brokerNamespace
  return `${alias ?? `${config.apiVersion}:${config.kind}`}:${config.name}${elsewhere ? `:${config.namespace}` : ''}`
}

/** A KReference of the API; `undefined` unless it has apiVersion, kind and name. */
export const readConfigReference = (value: unknown): ConfigReference | undefined => {
  const [apiVersion, kind, name, namespace] = ['apiVersion', 'kind', 'name', 'namespace'].map((field) =>
    textAt(value, field),
  )
  if (!apiVersion || !kind || !name) return undefined
  return {apiVersion, kind, name, ...(namespace ? {namespace} : {})}
}
