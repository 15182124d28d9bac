import type {Kubeconfig} from '../kube/config/entries.js'
import type {CommandLine} from './command-line.js'
import type {NamedKind} from './kinds.js'
import type {Answer, Candidate} from './protocol.js'

/** What was found, or why nothing was. */
export interface Listing {
  names: readonly Candidate[]
  /** One sentence for the user. */
  fault?: string
  /** There is more that did not come in time. */
  partial?: boolean
}

/** What values may be taken from. */
export interface Sources {
  /** Names in the namespace of the line, in the one given, or (`all`) in all of them. Never rejects. */
  names(kind: NamedKind, where?: {namespace: string} | 'all'): Promise<Listing>
  /** Contexts, clusters and users; undefined where there is no kubeconfig that can be read. */
  kubeconfig(): Promise<Kubeconfig | undefined>
  /** For sentences: that of the flag, the context, or `default`. Undefined where the cluster is not known. */
  namespace(): Promise<string | undefined>
}

export type Offer = (typed: string, line: CommandLine, sources: Sources) => Promise<Answer> | Answer
