import {type SflError, invalid} from '../core/errors.js'
import {textAt} from '../core/read.js'
import {didYouMean} from '../core/suggest.js'
import {checkName, checkNamespace} from '../core/syntax.js'
import {kinds, resourceOf, rowOfResource} from '../kinds/registry.js'
import {type KindRow, pluralOf} from '../kinds/kind.js'
import {uriFault} from '../core/uri.js'

/** An object that a sink names. */
export interface SinkRef {
  apiVersion: string
  /** Known for the prefixes of the table; otherwise the server's discovery says it (see `kindAmong`). */
  kind?: string
  /** Plural, lower case: known, or kn's guess (kind + `s`). */
  resource: string
  name: string
  namespace: string
}

/** Where events go: a URI, or an addressable object. */
export type Sink = {uri: string} | {ref: SinkRef}

/** Destination of the Knative API (`deadLetterSink`, `subscriber`, `sink`). */
export interface Destination {
  ref?: {apiVersion: string; kind: string; name: string; namespace?: string}
  uri?: string
}

/** kn's mapping table (`ksvc` to `service`), and the other addressable kinds under their names and short names. */
const byPrefix: ReadonlyMap<string, KindRow> = new Map(
  kinds.flatMap((row) => (row.sink?.words ?? []).map((word) => [word, row] as const)),
)

/** The prefixes for messages and completion. */
export const sinkPrefixes: readonly string[] = [...byPrefix.keys()]

const groupVersion = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[a-z][a-z0-9]*$/
const version = /^v\d+((alpha|beta)\d+)?$/

/** `things.acme.dev/v1alpha1`, as lists print it, or `GROUP/VERSION/KIND` and `VERSION/KIND`, as kn takes it. */
const readType = (prefix: string, text: string): Omit<SinkRef, 'name' | 'namespace'> => {
  const slash = prefix.lastIndexOf('/')
  const [before, last] = [prefix.slice(0, slash), prefix.slice(slash + 1)]
  const printed = version.test(last) && !before.includes('/') && before.includes('.')
  const dot = before.indexOf('.')
  const apiVersion = printed ? `${before.slice(dot + 1)}/${last}` : before
  const word = printed ? before.slice(0, dot) : last
  if (!groupVersion.test(apiVersion) || !/^[A-Za-z][A-Za-z0-9]*$/.test(word))
    throw invalid(
      `invalid sink "${text}": expected GROUP/VERSION/KIND:NAME, for example sources.knative.dev/v1/PingSource:x`,
    )
  const resource = printed ? word.toLowerCase() : pluralOf(word)
  const found = rowOfResource(apiVersion, resource)
  return {apiVersion, ...(found ? {kind: found.kind} : {}), resource}
}

const unknownPrefix = (prefix: string, text: string): SflError => {
  if (/^https?$/i.test(prefix)) return invalid(`invalid sink "${text}": write the URI's scheme in lower case`)
  if (text.slice(prefix.length).startsWith('://'))
    return invalid(`invalid sink "${text}": only http and https URIs can receive events`)
  const hint = didYouMean(prefix, sinkPrefixes)
  return invalid(
    `invalid sink "${text}": unknown prefix "${prefix}"${hint === undefined ? '' : `, ${hint}`}`,
    `prefixes: ${sinkPrefixes.join(', ')}; other kinds as GROUP/VERSION/KIND:NAME`,
  )
}

/**
 * A sink as kn's `--sink` and `--dl-sink` take it (knative/client pkg/commands/flags/sink.go), with more prefixes, and the
 * form that lists print. A bare name is a Knative Service. Throws InvalidArgument.
 */
export const parseSink = (text: string, namespace: string): Sink => {
  if (text === '')
    throw invalid('the sink is empty', `give a URI, a service's name, or PREFIX:NAME (${sinkPrefixes.join(', ')})`)
  if (/^https?:/.test(text)) {
    const fault = uriFault(text)
    if (fault !== undefined) throw invalid(`invalid sink: parse "${text}": ${fault}`)
    return {uri: text}
  }
  const colon = text.indexOf(':')
  const prefix = colon < 0 ? 'ksvc' : text.slice(0, colon)
  const rest = text.slice(colon + 1)
  const second = colon < 0 ? -1 : rest.indexOf(':')
  const name = second < 0 ? rest : rest.slice(0, second)
  const given = second < 0 ? namespace : rest.slice(second + 1)

  const known = byPrefix.get(prefix)
  if (known === undefined && !prefix.includes('/')) throw unknownPrefix(prefix, text)
  const type = known === undefined ? readType(prefix, text) : {...known, resource: known.plural}
  checkName(name, `name in sink "${text}"`)
  if (second >= 0) checkNamespace(given, `namespace in sink "${text}"`)
  return {
    ref: {
      apiVersion: type.apiVersion,
      ...(type.kind === undefined ? {} : {kind: type.kind}),
      resource: type.resource,
      name,
      namespace: given,
    },
  }
}

/** The kind that a reference means among those that the server serves for its `apiVersion`. */
export const kindAmong = (
  ref: SinkRef,
  served: ReadonlyArray<{kind: string; plural: string}>,
): {kind: string; plural: string} | undefined => {
  const singular = ref.resource.replace(/s$/, '')
  return (
    served.find(({plural}) => plural === ref.resource) ??
    served.find(({kind}) => kind.toLowerCase() === ref.resource || kind.toLowerCase() === singular)
  )
}

/** A destination of the API as a sink; `undefined` when it has neither a usable `ref` nor a `uri`. */
export const sinkOf = (destination: unknown, namespace: string): Sink | undefined => {
  const uri = textAt(destination, 'uri')
  if (uri !== undefined && uri !== '') return {uri}
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((field) => textAt(destination, 'ref', field))
  if (!apiVersion || !kind || !name) return undefined
  return {
    ref: {
      apiVersion,
      kind,
      resource: resourceOf({apiVersion, kind}),
      name,
      namespace: textAt(destination, 'ref', 'namespace') || namespace,
    },
  }
}

/**
 * A sink as kn prints it in lists: `ksvc:x`, `kafkasinks.eventing.knative.dev/v1alpha1:x`, the URI; with the namespace
 * behind it when that is not `namespace` (kn leaves it out). `parseSink` reads every form back.
 */
export const printSink = (sink: Sink, namespace: string): string => {
  if ('uri' in sink) return sink.uri
  const {apiVersion, resource, name} = sink.ref
  const known = rowOfResource(apiVersion, resource)
  const short = known?.apiVersion === apiVersion && known.sink?.printed ? known.sink.words[0] : undefined
  const [group, ofGroup] = apiVersion.split('/')
  const type = short ?? (ofGroup === undefined ? `${group}/${resource}` : `${resource}.${group}/${ofGroup}`)
  return `${type}:${name}${sink.ref.namespace === namespace ? '' : `:${sink.ref.namespace}`}`
}
