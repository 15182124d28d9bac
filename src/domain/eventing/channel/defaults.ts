import {type Kind} from '../../core/object.js'
import {at, isRecord, recordAt, textAt, type Fields} from '../../core/read.js'

/** What a Channel is made of behind the scenes (`spec.channelTemplate`). */
export interface ChannelTemplateSpec extends Kind {
  spec?: Fields
}

/** default-ch-webhook, key `default-ch-config`. */
export interface ChannelDefaults {
  clusterDefault?: ChannelTemplateSpec
  namespaceDefaults: Readonly<Record<string, ChannelTemplateSpec>>
}

/** `undefined` when apiVersion or kind is missing. */
export const readChannelTemplate = (value: unknown): ChannelTemplateSpec | undefined => {
  const [apiVersion, kind] = [textAt(value, 'apiVersion'), textAt(value, 'kind')]
  if (!apiVersion || !kind) return undefined
  const spec = at(value, 'spec')
  return {apiVersion, kind, ...(isRecord(spec) ? {spec} : {})}
}

/** Reads the parsed YAML (knative/eventing pkg/apis/messaging/config/channel_defaults.go). */
export const readChannelDefaults = (document: unknown): ChannelDefaults => {
  const clusterDefault = readChannelTemplate(at(document, 'clusterDefault'))
  return {
    ...(clusterDefault === undefined ? {} : {clusterDefault}),
    namespaceDefaults: Object.fromEntries(
      Object.entries(recordAt(document, 'namespaceDefaults')).flatMap(([namespace, value]) => {
        const template = readChannelTemplate(value)
        return template === undefined ? [] : [[namespace, template]]
      }),
    ),
  }
}

/** The type of a Channel that names none: the namespace's default replaces the cluster's. */
export const defaultTemplate = (
  {clusterDefault, namespaceDefaults}: ChannelDefaults,
  namespace: string,
): {template: ChannelTemplateSpec; origin: string} | undefined => {
  const own = Object.hasOwn(namespaceDefaults, namespace) ? namespaceDefaults[namespace] : undefined
  if (own !== undefined) return {template: own, origin: `default of namespace ${namespace} in default-ch-webhook`}
  return clusterDefault === undefined
    ? undefined
    : {template: clusterDefault, origin: 'cluster default in default-ch-webhook'}
}
