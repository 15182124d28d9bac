import type {Language, SpokenCommand, SpokenFlag} from './language.js'

/** What the last word of a command line is about to become. */
export type Wanted =
  | {kind: 'word'}
  | {kind: 'flag'}
  /** `before` is what of the word belongs to the flag and has to be repeated (`-ojson`). */
  | {kind: 'value'; flag: SpokenFlag; before: string}
  | {kind: 'argument'; command: SpokenCommand}
  /** Behind `--`: another program's words. */
  | {kind: 'foreign'}

/** A command line as far as it was typed. */
export interface CommandLine {
  /** Words that lead to a command, in their own spelling: `broker`, `list`. */
  path: readonly string[]
  /** Undefined until the words name one. */
  command?: SpokenCommand
  /** `help broker …`: only words are wanted. */
  asksHelp: boolean
  /** Words that no command begins with. */
  lost: boolean
  /** Values of the flags so far, by the flag's name; switches have the value `true` or `false`. */
  flags: ReadonlyMap<string, readonly string[]>
  /** Arguments of the command so far. */
  args: readonly string[]
  wanted: Wanted
  /** The beginning of what is wanted. */
  typed: string
}

/** Reads the words; the last one is being typed. Flags may stand anywhere, also before the command's words. */
export const readCommandLine = (words: readonly string[], language: Language): CommandLine =>
  new Reader(language).read(words.slice(0, -1), words.at(-1) ?? '')

class Reader {
  private readonly path: string[] = []
  private readonly flags = new Map<string, string[]>()
  private readonly args: string[] = []
  private readonly ids: readonly string[]
  private command: SpokenCommand | undefined
  private asksHelp = false
  private lost = false
  private shapes: Readonly<Record<string, SpokenFlag>> | undefined

  constructor(private readonly language: Language) {
    this.ids = Object.keys(language.commands)
  }

  read(done: readonly string[], typed: string): CommandLine {
    for (let index = 0; index < done.length; index++) {
      const word = done[index]!
      if (word === '--') return this.result({kind: 'foreign'}, typed)
      if (!isFlag(word)) {
        this.take(word)
        continue
      }
      const flag = this.flagOf(word)
      const value = flag === undefined ? undefined : valueIn(word)
      if (flag === undefined) continue
      if (flag.type === 'boolean') this.note(flag, word.startsWith('--no-') || value === 'false' ? 'false' : 'true')
      else if (value !== undefined) this.note(flag, value)
      // kn's bare -v of describe has no value.
      else if (word === '-v' && this.isBare(done[index + 1] ?? typed)) this.note(flag, '')
      else if (index + 1 < done.length) this.note(flag, done[++index]!)
      else return this.result({kind: 'value', flag, before: ''}, typed)
    }
    if (isFlag(typed) || typed === '-') return this.flagOrValue(typed)
    if (this.command === undefined) return this.result({kind: 'word'}, typed)
    const continues = this.ids.some((id) => id.startsWith([...this.path, ''].join(':')))
    return this.result(continues ? {kind: 'word'} : {kind: 'argument', command: this.command}, typed)
  }

  private flagOrValue(typed: string): CommandLine {
    const [start, equals, value = ''] = /^(-[^=]*)(=?)([^]*)$/.exec(typed)?.slice(1) ?? [typed]
    const flag = equals === '=' ? this.flagOf(start ?? '') : undefined
    if (flag !== undefined && flag.type === 'option') return this.result({kind: 'value', flag, before: ''}, value)
    // `-ojs`: the shell wants the whole word again.
    const glued = /^-([A-Za-z])(.+)$/.exec(typed)
    const short = glued === null ? undefined : this.flagOf(`-${glued[1]}`)
    if (glued !== null && short?.type === 'option')
      return this.result({kind: 'value', flag: short, before: `-${glued[1]}`}, glued[2] ?? '')
    return this.result({kind: 'flag'}, typed)
  }

  private isBare(next: string): boolean {
    return this.command?.flags['verbose'] !== undefined && !/^\d/.test(next)
  }

  private result(wanted: Wanted, typed: string): CommandLine {
    const {path, command, asksHelp, lost, flags, args} = this
    return {path, asksHelp, lost, flags, args, wanted, typed, ...(command === undefined ? {} : {command})}
  }

  private note({name}: SpokenFlag, value: string): void {
    this.flags.set(name, [...(this.flags.get(name) ?? []), value])
  }

  private take(word: string): void {
    if (this.path.length === 0 && this.command === undefined && word === 'help') {
      this.asksHelp = true
      return
    }
    const spelled = [word, this.language.aliases.get(word)].find(
      (one) => one !== undefined && isBeginning([...this.path, one], this.ids),
    )
    if (spelled !== undefined && this.args.length === 0) {
      this.path.push(spelled)
      this.command = this.language.commands[this.path.join(':')]
      this.shapes = undefined
    } else if (this.command === undefined) this.lost = true
    else this.args.push(word)
  }

  /** The flags of the command, or of all of them as long as it is not known which one it will be. */
  private known(): Readonly<Record<string, SpokenFlag>> {
    const {commands} = this.language
    this.shapes ??= this.command?.flags ?? Object.assign({}, ...Object.values(commands).map(({flags}) => flags))
    return this.shapes ?? {}
  }

  private flagOf(word: string): SpokenFlag | undefined {
    const flags = this.known()
    if (!word.startsWith('--')) return Object.values(flags).find(({char}) => char !== undefined && char === word[1])
    const name = /^--([^=]*)/.exec(word)?.[1] ?? ''
    const positive = name.startsWith('no-') ? flags[name.slice(3)] : undefined
    return flags[name] ?? (positive?.allowNo ? positive : undefined)
  }
}

const isFlag = (word: string): boolean => word.length > 1 && word.startsWith('-')

const isBeginning = (path: readonly string[], ids: readonly string[]): boolean => {
  const id = path.join(':')
  return ids.some((one) => one === id || one.startsWith(`${id}:`))
}

/** `--x=value`, `-nvalue`, `-n=value`; undefined when the value is the next word. */
const valueIn = (word: string): string | undefined => {
  if (word.startsWith('--')) return word.includes('=') ? word.slice(word.indexOf('=') + 1) : undefined
  return word.length > 2 ? word.slice(word[2] === '=' ? 3 : 2) : undefined
}
