/** What completion reads of the index of commands: a value that is to be typed. */
export interface SpokenValue {
  name: string
  options?: readonly string[]
  /** The words to choose from, or a word of `values.ts` for what the value names. */
  completes?: string | readonly string[]
}

export interface SpokenFlag extends SpokenValue {
  type: 'boolean' | 'option'
  char?: string
  summary?: string
  helpValue?: string | readonly string[]
  hidden?: boolean
  allowNo?: boolean
  multiple?: boolean
}

export interface SpokenArg extends SpokenValue {
  multiple?: boolean
  description?: string
  hidden?: boolean
}

export interface SpokenCommand {
  id: string
  summary?: string
  hidden?: boolean
  args: Readonly<Record<string, SpokenArg>>
  flags: Readonly<Record<string, SpokenFlag>>
}

/** What can be typed at all. */
export interface Language {
  commands: Readonly<Record<string, SpokenCommand>>
  /** Sentences about the nouns, by id (`broker:injection`). */
  nouns: Readonly<Record<string, string>>
  /** Other spellings of words: `ls` for `list`. */
  aliases: ReadonlyMap<string, string>
  /** Pages of `help TOPIC`, with their titles. */
  topics(): Promise<Readonly<Record<string, {title: string}>>>
}
