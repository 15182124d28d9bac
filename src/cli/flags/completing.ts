/**
 * Says what completion offers as the value of a flag or an argument, where the word that help shows (`SINK`, `FILE`,
 * `none|client|server`) or its name (`--broker NAME`) does not say it: the words themselves, or such a word.
 */
export const completing = <T extends object>(offered: string | readonly string[], definition: T): T =>
  Object.assign(definition, {completes: typeof offered === 'string' ? offered : [...offered]})

/** What `completing` has said, for the manifest. */
export const completesOf = (definition: object): string | string[] | undefined => {
  if (!('completes' in definition)) return undefined
  const {completes} = definition
  if (typeof completes === 'string') return completes
  return Array.isArray(completes) ? completes.map(String) : undefined
}
