/** How the program is called in commands that findings recommend; `kn sfl` when it runs under kn. */
export const PROGRAM = 'kubectl sfl'

/** Quotes one argument for a shell when it needs it. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** A command of this program, ready to be pasted. */
export const sfl = (...words: readonly string[]): string => `${PROGRAM} ${words.map(shellWord).join(' ')}`

/** A command of kubectl, ready to be pasted. */
export const kubectl = (...words: readonly string[]): string => `kubectl ${words.map(shellWord).join(' ')}`

/**
 * The same command under the name by which the program was called. `program` may go on with the flags that lead to the
 * cluster (`kubectl sfl --context prod`); commands of kubectl get them as well.
 */
export const calledAs = (command: string, program: string): string => {
  const [, connection = ''] = /^\S+ sfl( .*)?$/.exec(program) ?? []
  return command
    .split('\n')
    .map((line) =>
      /^kubectl sfl\b/.test(line)
        ? line.replace(/^kubectl sfl\b/, () => program)
        : line.replace(/^(kubectl|oc)(?= )/, (tool) => `${tool}${connection}`),
    )
    .join('\n')
}
