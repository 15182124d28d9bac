import {nounOf} from '../../domain/kinds/registry.js'
import type {Kind} from '../../domain/core/object.js'

/** An example of the help. `command` is what is typed after the name of the program. */
export interface Example {
  description: string
  /** Several lines are several commands. */
  command: string | readonly string[]
}

/** What every verb needs to know of its noun; everything else follows from the kind. */
export interface Noun {
  kind: Kind
  /** How commands call it where that is not the noun of the kind: `kafka config`. */
  noun?: string
  /** How people call one, where that is not the noun: `ConfigMap`. */
  singular?: string
  /** Objects of this kind belong to the cluster, not to a namespace. */
  ofCluster?: boolean
  examples: readonly Example[]
  summary?: string
  description?: string
}

/** The words of a noun in texts. */
export const wordsOf = ({kind, noun = nounOf(kind), singular = noun.replace('-', ' ')}: Noun) => ({
  noun,
  singular,
  plural: `${singular}s`,
})

/** Examples as oclif takes them. */
export const examplesOf = ({examples}: Noun): Array<{description: string; command: string}> =>
  examples.map(({description, command}) => ({
    description,
    command: [command]
      .flat()
      .map((line) => `<%= config.bin %> ${line}`)
      .join('\n'),
  }))
