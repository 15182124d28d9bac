import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {groupOf, type Kind, type KubeObject} from '../../core/object.js'
import {at, booleanAt, listAt, textAt} from '../../core/read.js'
import {suggestions} from '../../core/suggest.js'
import {type KindRow} from '../../kinds/kind.js'
import {CHANNEL, CUSTOM_RESOURCE} from '../../kinds/names.js'
import {kinds, resourceOf, rowOf} from '../../kinds/registry.js'

/** Label of the CustomResourceDefinitions of sources, and of channels. */
export const SOURCE_TYPES = 'duck.knative.dev/source=true'
export const CHANNEL_TYPES = 'messaging.knative.dev/subscribable=true'

/** A kind that the cluster has, for lists of types. */
export interface InstalledType extends Kind {
  /** Name of its CustomResourceDefinition: `pingsources.sources.knative.dev`. */
  name: string
  definition: KubeObject
}

const among = (wanted: (row: KindRow) => boolean): readonly Kind[] =>
  kinds.filter(wanted).map(({apiVersion, kind}) => ({apiVersion, kind}))

/** The sources that Knative Eventing brings along, and that kn can create (knative/client pkg/sources). */
export const builtInSources = among(
  ({role, from, typeText}) =>
    from === 'eventing' && (role === 'source' || role === 'binding') && typeText !== undefined,
)
/** What there is to look for when the definitions may not be listed. */
export const builtInChannels = among(({channel, from}) => channel !== undefined && from === 'eventing')

export const isBuiltInSource = ({kind, apiVersion}: Kind): boolean =>
  builtInSources.some((one) => one.kind === kind && groupOf(one.apiVersion) === groupOf(apiVersion))

/** kn's text about a type; empty for one that it does not know. */
export const describeType = (kind: Kind): string => rowOf(kind)?.typeText ?? ''

/** `undefined` for a definition without a version that is served; the storage version is preferred. */
export const readType = (definition: KubeObject): InstalledType | undefined => {
  const [group, kind] = [textAt(definition, 'spec', 'group'), textAt(definition, 'spec', 'names', 'kind')]
  const served = listAt(definition, 'spec', 'versions').filter((version) => booleanAt(version, 'served') !== false)
  const version = textAt(served.find((one) => booleanAt(one, 'storage') === true) ?? served[0], 'name')
  if (!group || !kind || !version) return undefined
  return {apiVersion: `${group}/${version}`, kind, name: definition.metadata.name, definition}
}

/** A kind that is known to be there although its definition may not be read. */
export const typeWithoutDefinition = ({apiVersion, kind}: Kind): InstalledType => {
  const group = groupOf(apiVersion)
  const plural = resourceOf({apiVersion, kind})
  const name = `${plural}.${group}`
  const version = apiVersion.slice(group.length + 1)
  return {
    apiVersion,
    kind,
    name,
    definition: {
      ...CUSTOM_RESOURCE,
      metadata: {name},
      spec: {group, names: {kind, plural}, versions: [{name: version, served: true, storage: true}]},
    },
  }
}

const byName = (a: InstalledType, b: InstalledType): number => (a.name < b.name ? -1 : Number(a.name > b.name))

/** Sorted by name; the kind Channel itself is no type of channel. */
export const typesOf = (definitions: readonly KubeObject[]): InstalledType[] =>
  definitions
    .flatMap((definition) => readType(definition) ?? [])
    .filter(({kind, apiVersion}) => kind !== CHANNEL.kind || groupOf(apiVersion) !== groupOf(CHANNEL.apiVersion))
    .toSorted(byName)

/** The types that `--type` names, whatever the case of the letters; all of them when it names none. */
export const chosenTypes = (
  types: readonly InstalledType[],
  wanted: readonly string[],
): {types: InstalledType[]; unknown: Array<{type: string; near?: string}>} => {
  if (wanted.length === 0) return {types: [...types], unknown: []}
  const lower = new Set(wanted.map((type) => type.toLowerCase()))
  const known = types.map(({kind}) => kind)
  return {
    types: types.filter(({kind}) => lower.has(kind.toLowerCase())),
    unknown: wanted
      .filter((type) => !known.some((kind) => kind.toLowerCase() === type.toLowerCase()))
      .map((type) => {
        const [near] = suggestions(type, known)
        return {type, ...(near === undefined ? {} : {near})}
      }),
  }
}

/** The types that may not be listed, by the names of their definitions. */
export const leftOutFindings = (names: readonly string[], namespace: string | undefined): Finding[] =>
  names.length === 0
    ? []
    : [
        finding('SFL-S20', {
          message: `${names.join(', ')} left out: you may not list them ${namespace === undefined ? 'in all namespaces' : `in namespace "${namespace}"`}`,
        }),
      ]

/** By namespace, then by name, then by kind. */
export const sortedSources = (sources: readonly KubeObject[]): KubeObject[] => {
  const key = ({metadata: {namespace = '', name}, kind}: KubeObject): readonly string[] => [namespace, name, kind]
  return sources
    .map((source) => ({source, keys: key(source)}))
    .sort((a, b) => {
      const index = a.keys.findIndex((part, position) => part !== b.keys[position])
      return index < 0 ? 0 : a.keys[index]! < b.keys[index]! ? -1 : 1
    })
    .map(({source}) => source)
}

/** `pingsources.sources.knative.dev`, as kn makes it: the kind in lower case, `s`, the group. */
export const resourceCell = ({kind, apiVersion}: KubeObject): string => `${kind.toLowerCase()}s.${groupOf(apiVersion)}`

/** The sink of a source or a binding. */
export const sinkOfSource = (source: KubeObject): unknown => at(source, 'spec', 'sink')
