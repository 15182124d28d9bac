import {type Finding} from '../../findings/finding.js'
import {type Ref} from '../../core/object.js'
import {type Snapshot} from '../snapshot/snapshot.js'

/** What a command line can ask for, in the order in which it is reported: first what others stand on. */
export const CATEGORIES = ['cluster', 'kafka', 'brokers', 'triggers', 'channels', 'sources', 'platform'] as const
export type Category = (typeof CATEGORIES)[number]

/** A finding, and the objects that suffer from it when it is about another one. */
export interface Verdict extends Finding {
  affects?: readonly Ref[]
}

/** One question about a cluster, as data. */
export interface Check {
  /** Stable: `broker-ready`. */
  id: string
  category: Category
  /** As a statement that should hold: `Every broker is ready`. */
  question: string
  /** `health`: something does not work; `audit`: it works, and something could be lost or surprise. */
  about: 'health' | 'audit'
  /** How many objects it looks at. */
  count(known: Snapshot): number
  /** Notes of code SFL-B11 and SFL-P06 say what could not be looked at; other notes are left out. */
  judge(known: Snapshot): readonly Verdict[]
}

/** Findings that an object suffers from. */
export const suffering = (findings: readonly Finding[], by: Ref): Verdict[] =>
  findings.map((one) => (isSame(one.object, by) ? one : {...one, affects: [by]}))

export const isSame = (one: Ref | undefined, other: Ref): boolean =>
  one !== undefined && one.kind === other.kind && one.name === other.name && one.namespace === other.namespace
