/** A word that a person fills in before the command is typed: `SINK`, `HOST:PORT`. */
export interface Placeholder {
  fill: string
}
/** A word that the shell takes from one of its variables. */
export interface Variable {
  variable: string
}
export type Word = string | Placeholder | Variable

/** One command line as a value: it becomes text, quoted for a shell, in `printCommand` alone. */
export interface Command {
  program: 'sfl' | 'kubectl' | 'openssl'
  /** Noun and verb of a command of this program (`broker`, `class`, `set`); empty for other programs. */
  path: readonly string[]
  /** Everything behind it: names, flags and their values. */
  words: readonly Word[]
  /** What it reads from its standard input. */
  input?: string
}

/** Commands of this program that have no noun. */
type Alone = 'check' | 'explain' | 'status' | 'topology'
/** `broker create`, `broker class set`: noun and verb. */
export type CommandPath = Alone | `${string} ${string}`

/** How the program was called: commands are recommended by that name, and for the same cluster. */
export interface Caller {
  /** `kubectl sfl`, `kn sfl` */
  name: string
  /** Flags that lead to the cluster, as words: `--context`, `prod`. */
  connection: readonly string[]
}

/** The name by which help and stories call the program. */
export const PROGRAM: Caller = {name: 'kubectl sfl', connection: []}

/** Quotes one argument for a shell when it needs it. */
export const shellWord = (text: string): string =>
  /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** A word that a person fills in. */
export const fill = (text: string): Placeholder => ({fill: text})

/** A command of this program: `sfl('broker create', 'orders', '-n', 'shop')`. */
export const sfl = (path: CommandPath, ...words: readonly Word[]): Command => ({
  program: 'sfl',
  path: path.split(' '),
  words,
})

/** A command of kubectl. */
export const kubectl = (...words: readonly Word[]): Command => ({program: 'kubectl', path: [], words})

/** A command of OpenSSL, for files that the cluster does not know. */
export const openssl = (...words: readonly Word[]): Command => ({program: 'openssl', path: [], words})

/** The same command with more words behind it. */
export const withWords = (command: Command, ...more: readonly Word[]): Command => ({
  ...command,
  words: [...command.words, ...more],
})

/** The same command, which reads `input`. */
export const reading = (command: Command, input: string): Command => ({...command, input})

/** The beginning of a command of this program: its name and what leads to the cluster. */
export const callerText = ({name, connection}: Caller): string => [name, ...connection.map(shellWord)].join(' ')

const printWord = (word: Word): string => {
  if (typeof word === 'string') return shellWord(word)
  return 'fill' in word ? shellWord(word.fill) : `"$${word.variable}"`
}

/** A command as it is typed, quoted for a shell, by the name by which the program was called and for the same cluster. */
export const printCommand = ({program, path, words, input}: Command, caller: Caller = PROGRAM): string => {
  const cluster = caller.connection.map(shellWord)
  const start = program === 'sfl' ? [callerText(caller), ...path] : [program, ...(program === 'kubectl' ? cluster : [])]
  const rest = words.map(printWord)
  return [...start, ...rest, ...(input === undefined ? [] : ['<<<', shellWord(input)])].join(' ')
}

/** Commands that are typed one after the other, a line each. */
export const printCommands = (commands: readonly Command[], caller: Caller = PROGRAM): string =>
  commands.map((command) => printCommand(command, caller)).join('\n')

/** A command of this program below a noun: `isCommandOf(command, 'platform', 'eventing')`. */
export const isCommandOf = ({program, path}: Command, ...beginning: readonly string[]): boolean =>
  program === 'sfl' && beginning.every((word, index) => path[index] === word)

/** The value that the command gives to a flag; a place to fill in is none. */
export const flagValue = ({words}: Command, flag: string): string | undefined => {
  const at = words.indexOf(flag)
  const value = at < 0 ? undefined : words[at + 1]
  return typeof value === 'string' ? value : undefined
}

/** Whether it makes an object: `broker create`, `secret create-kafka-auth`. Others look or change. */
export const isCreating = ({program, path}: Command): boolean =>
  program === 'sfl' && /^create(-|$)/.test(path.at(-1) ?? '')
