import {type FindingCode} from './codes.js'
import {type Source} from './sources.js'

/** The long story of a finding, for `explain` and the documentation. Sentences, plain text. */
export interface Story {
  /** What it means. */
  means: string
  /** What happens: what the operators and data planes do with it. */
  behaviour: string
  /** How to repair it, in general. */
  repair: string
  /** Where the rule is written down. */
  sources: readonly Source[]
}

/** Some of the stories. */
export type Stories = Readonly<Partial<Record<FindingCode, Story>>>
