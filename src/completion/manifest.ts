/** The parts of the commands' manifest that completion reads. */
export interface ManifestValue {
  name: string
  options?: readonly string[]
  /** The words to choose from, or a word of `values.ts` for what the value names. */
  completes?: string | readonly string[]
}

export interface ManifestFlag extends ManifestValue {
  type: 'boolean' | 'option'
  char?: string
  summary?: string
  helpValue?: string | readonly string[]
  hidden?: boolean
  allowNo?: boolean
  multiple?: boolean
}

export interface ManifestArg extends ManifestValue {
  multiple?: boolean
  description?: string
  hidden?: boolean
}

export interface ManifestCommand {
  id: string
  summary?: string
  hidden?: boolean
  args: Readonly<Record<string, ManifestArg>>
  flags: Readonly<Record<string, ManifestFlag>>
}

/** What can be typed at all. */
export interface Language {
  commands: Readonly<Record<string, ManifestCommand>>
  /** Sentences about the nouns, by id (`broker:injection`). */
  nouns: Readonly<Record<string, string>>
  /** Other spellings of words: `ls` for `list`. */
  aliases: ReadonlyMap<string, string>
  /** Pages of `help TOPIC`, with their titles. */
  topics(): Promise<Readonly<Record<string, {title: string}>>>
}
