/** `apiVersion` and `kind`: what a manifest calls its type. */
export interface Kind {
  apiVersion: string
  kind: string
}

/** `eventing.knative.dev` of `eventing.knative.dev/v1`; empty for the core group. */
export const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? apiVersion.split('/')[0]! : '')

/** As Kubernetes guesses it (apimachinery meta.UnsafeGuessKindToResource), but for what may be a plural already. */
export const pluralOf = (kind: string): string => {
  const lower = kind.toLowerCase()
  if (lower.endsWith('s')) return lower
  return lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`
}

/** Who brings a kind along: Kubernetes itself, a part of Knative, or an operator. */
export type Origin =
  'kubernetes' | 'eventing' | 'kafka' | 'serving' | 'operator' | 'openshift' | 'sonataflow' | 'strimzi' | 'rabbitmq'

/**
 * What an object is on the way of events, and how pictures draw it: where they begin, a binding of something that sends
 * them, where they are kept, what hands them on, a program with several parts, where they end.
 */
export type Role = 'source' | 'binding' | 'hub' | 'way' | 'flow' | 'place'

/** How a kind is written where a sink is asked for. */
export interface SinkWords {
  /** What stands before the name, `ksvc` in `ksvc:NAME`; the first one is offered. */
  words: readonly string[]
  /** kn prints the first word, where it prints other kinds as `PLURAL.GROUP/VERSION`. */
  printed?: true
  /** Among what people usually want: offered in questions and by completion, with these words. */
  about?: string
}

/** Everything that the program knows of a kind, whatever the noun. Plain data; functions about a kind are with its noun. */
export interface KindRow extends Kind {
  /** Empty for the core group. */
  group: string
  /** Served by today's releases; the version of `apiVersion`, which the program asks for, is the first. */
  versions: readonly string[]
  /** Of `versions`: still served, and the server warns about it. */
  deprecated: readonly string[]
  /** No longer served; `apiVersion` has replaced them. With a group where it was another one: `GROUP/VERSION`. */
  former: readonly string[]
  plural: string
  singular: string
  /** kubectl's. */
  shortNames: readonly string[]
  namespaced: boolean
  from: Origin
  /** The words of the command line that come before a verb and the name of such an object: `kafka config`. */
  noun?: string
  /** The noun has a command `wait`. */
  hasWait?: true
  /** Several of them in a sentence: `cluster platforms`. */
  several: string
  /** The condition that sums up all others; left out: it has no conditions. */
  condition?: string
  /**
   * Where events are sent to it: `address` of its status, `addresses` beside it where there are several, or its `dns` name.
   * Left out: it never has an address.
   */
  address?: 'address' | 'addresses' | 'dns'
  sink?: SinkWords
  /** A type of Channel: kn's word for it in `--type` and `--channel`, and what becomes of its events. */
  channel?: {alias: string; about: string}
  /** Words before the name in `--broker-config`; the first one is printed. */
  configWords?: readonly string[]
  role?: Role
  /** The category of `check` whose objects these are: people make them, and they are judged and drawn for themselves. */
  judged?: 'brokers' | 'triggers' | 'channels' | 'sources' | 'platform'
  /**
   * Lists that `check`, `status` and `topology` read: of the namespace that is looked at, of the one where Knative Eventing
   * lives, of both, or of the whole cluster.
   */
  listed?: 'scope' | 'system' | 'scope and system' | 'cluster'
  /** Kinds that kn's lists of types describe, in its words (knative/client human_readable_flags.go, list_types.go). */
  typeText?: string
  /** The sandbox serves it, where its origin is installed. */
  sandbox: boolean
}

type Draft = Pick<KindRow, 'from'> & Partial<Omit<KindRow, keyof Kind | 'group'>>

/** A row from what is not as for most kinds. */
export const row = ({apiVersion, kind}: Kind, draft: Draft): KindRow => {
  const {noun, plural = pluralOf(kind), versions = []} = draft
  return {
    apiVersion,
    kind,
    group: groupOf(apiVersion),
    deprecated: [],
    former: [],
    plural,
    singular: kind.toLowerCase(),
    shortNames: [],
    namespaced: true,
    several: noun === undefined ? `${kind}s` : `${noun.replaceAll('-', ' ')}s`,
    sandbox: false,
    ...draft,
    versions: [apiVersion.slice(apiVersion.indexOf('/') + 1), ...versions],
  }
}
