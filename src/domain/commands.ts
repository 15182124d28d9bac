/** How the program is called in commands that findings recommend; `kn sfl` when it runs under kn. */
export const PROGRAM = 'kubectl sfl'

/** Quotes one argument for a shell when it needs it. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** A command of this program, ready to be pasted. */
export const sfl = (...words: readonly string[]): string => `${PROGRAM} ${words.map(shellWord).join(' ')}`

/** A command of kubectl, ready to be pasted. */
export const kubectl = (...words: readonly string[]): string => `kubectl ${words.map(shellWord).join(' ')}`

/** The same command under the name by which the program was called. */
export const calledAs = (command: string, program: string): string =>
  command
    .split('\n')
    .map((line) => line.replace(/^kubectl sfl\b/, program))
    .join('\n')
