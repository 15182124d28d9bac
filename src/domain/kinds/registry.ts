import {groupOf, type Kind, type KindRow, pluralOf} from './kind.js'
import {eventingRows} from './rows/eventing.js'
import {kubernetesRows, serviceRows} from './rows/kubernetes.js'
import {operatorRows, sonataflowRows} from './rows/platforms.js'
import {sourceRows} from './rows/sources.js'

/** Every kind that the program knows. Their order is that of lists, of offers and of words in messages. */
export const kinds: readonly KindRow[] = [
  ...serviceRows,
  ...eventingRows,
  ...sourceRows,
  ...sonataflowRows,
  ...kubernetesRows,
  ...operatorRows,
]

const byKind = new Map(kinds.map((row) => [`${row.group}/${row.kind}`, row]))
const byNoun = new Map(kinds.flatMap((row) => (row.noun === undefined ? [] : [[row.noun, row] as const])))

/** What is known of a kind, in whatever version. */
export const rowOf = ({apiVersion, kind}: Kind): KindRow | undefined => byKind.get(`${groupOf(apiVersion)}/${kind}`)

/** The kind whose objects are named behind a noun of the command line. */
export const rowOfNoun = (noun: string): KindRow | undefined => byNoun.get(noun)

/** The kind of a resource in a version that is served: `services` in `serving.knative.dev/v1`. */
export const rowOfResource = (apiVersion: string, plural: string): KindRow | undefined =>
  kinds.find((row) => row.plural === plural && row.group === groupOf(apiVersion) && isServed(row, apiVersion))

const isServed = ({versions}: KindRow, apiVersion: string): boolean =>
  versions.includes(apiVersion.slice(apiVersion.indexOf('/') + 1))

/** The plural under which a kind is most likely served; exact for the kinds that are known. */
export const resourceOf = (kind: Kind): string => rowOf(kind)?.plural ?? pluralOf(kind.kind)

/** `brokers.eventing.knative.dev`, `secrets`: as kubectl takes the resource without ambiguity. */
export const resourceNameOf = (kind: Kind): string => {
  const group = groupOf(kind.apiVersion)
  return group === '' ? resourceOf(kind) : `${resourceOf(kind)}.${group}`
}

/** The noun of the command line for a kind, or its name in small letters. */
export const nounOf = (kind: Kind): string => rowOf(kind)?.noun ?? kind.kind.toLowerCase()

/** Whether people may mean a kind by a word: its names, kubectl's short ones, and those of this program. */
export const isCalled = ({kind, plural, shortNames, noun, sink}: KindRow, word: string): boolean => {
  const asked = word.toLowerCase()
  const names = [kind.toLowerCase(), plural, ...shortNames, ...(sink?.words ?? [])]
  return names.includes(asked) || (noun !== undefined && (asked === noun || asked === `${noun}s`))
}

/** What offline is known of a version of a kind. */
export type VersionState =
  | {state: 'served'}
  /** Served, with a warning; `successor` is what to write instead. */
  | {state: 'deprecated' | 'gone'; successor: string}
  /** No release known to us has it. */
  | {state: 'unknown'}

/** Kinds in a group that they have left: `messaging.knative.dev/v1alpha1` of a Sequence. */
const movedFrom = ({apiVersion, kind}: Kind): KindRow | undefined =>
  kinds.find((row) => row.kind === kind && row.former.includes(apiVersion))

/** Whether a version of a kind is served by today's releases, and if not, which one has replaced it. */
export const versionState = (kind: Kind): VersionState => {
  const known = rowOf(kind) ?? movedFrom(kind)
  if (known === undefined) return {state: 'unknown'}
  const {apiVersion} = kind
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1)
  const own = known.group === groupOf(apiVersion)
  if (own && known.deprecated.includes(version)) return {state: 'deprecated', successor: known.apiVersion}
  if (own && known.versions.includes(version)) return {state: 'served'}
  return known.former.includes(own ? version : apiVersion)
    ? {state: 'gone', successor: known.apiVersion}
    : {state: 'unknown'}
}
