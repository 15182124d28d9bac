/** What the shell wants to know; a module of its own because every start of the program looks for it. */
export interface CompletionRequest {
  /** All words behind the program's name; the last one is being typed, and may be empty. */
  words: readonly string[]
  descriptions: boolean
}

const PROTOCOL_WORDS = ['__complete', '__completeNoDesc']

/**
 * `kubectl-sfl __complete WORDS`, as scripts of the shells ask, or the words alone under the name by which kubectl calls
 * its plugin's helper; `undefined` when the program was called for something else.
 */
export const completionRequest = (argv: readonly string[], invokedAs: string): CompletionRequest | undefined => {
  const [first = ''] = argv
  if (PROTOCOL_WORDS.includes(first)) return {words: argv.slice(1), descriptions: first === '__complete'}
  const name = /[^/\\]*$/.exec(invokedAs)?.[0] ?? ''
  return name.startsWith('kubectl_complete-') ? {words: argv, descriptions: true} : undefined
}
