import {invalid} from '../domain/core/errors.js'
import type {KindRow} from '../domain/kinds/kind.js'
import {kinds} from '../domain/kinds/registry.js'

/** What is known of one flag: enough to tell its value from the next word. */
export interface FlagShape {
  type: 'boolean' | 'option'
  char?: string | undefined
  allowNo?: boolean | undefined
}
export type FlagShapes = Readonly<Record<string, FlagShape>>

export type Route =
  | {kind: 'run'; id: string; argv: string[]}
  | {kind: 'help'; words: string[]}
  | {kind: 'strange flag'; flag: string; words: string[]}
  | {kind: 'unknown'; words: string[]; argv: string[]}

/** Short names and the plural of a noun: of `kafka config` its last word has them. */
const spellings = ({noun = '', shortNames}: KindRow): Array<[string, string]> => {
  const word = noun.slice(noun.lastIndexOf(' ') + 1)
  const others = [...(noun === word ? shortNames : []), `${word}s`].filter((one) => one !== word)
  return others.map((one) => [one, word])
}

/** Other spellings of a word of the command line: kn's plural nouns, kubectl's and kn's `ls`, kubectl's short names. */
export const ALIASES: ReadonlyMap<string, string> = new Map([
  ['ls', 'list'],
  ['rm', 'delete'],
  ['sources', 'source'],
  ...kinds.flatMap((row) => (row.noun === undefined ? [] : spellings(row))),
])

/**
 * Finds the command in a command line. Flags may stand before the command's words, because kn hands its own globals
 * over wherever they stood (`kn --context c sfl broker list` arrives as `--context c broker list`); they are moved
 * behind the words, since oclif wants the words first.
 */
export const route = (argv: readonly string[], ids: readonly string[], shapes: FlagShapes): Route => {
  const leading: string[] = []
  const words: string[] = []
  let index = 0
  for (; index < argv.length; index++) {
    const token = argv[index]!
    if (token === '--') break
    if (token === '-h' || token === '--help')
      return {kind: 'help', words: [...words, ...wordsOf(argv.slice(index + 1), ids, words)]}
    if (token.startsWith('-') && token !== '-') {
      leading.push(token)
      if (takesNextWord(token, shapes) && index + 1 < argv.length) leading.push(argv[++index]!)
      continue
    }
    const word = spelled(words, token, ids)
    const path = [...words, word]
    if (words.length === 0 && word === 'help')
      return {kind: 'help', words: argv.slice(index + 1).filter((w) => !w.startsWith('-'))}
    if (!isPrefix(path, ids))
      return {
        kind: 'unknown',
        words: [...words, ...argv.slice(index).filter((w) => !w.startsWith('-'))],
        argv: [...argv],
      }
    words.push(word)
    const id = words.join(':')
    if (
      ids.includes(id) &&
      !ids.some((other) => other.startsWith(`${id}:`) && isPrefix([...words, argv[index + 1] ?? ''], ids))
    ) {
      const rest = argv.slice(index + 1)
      const end = rest.indexOf('--')
      const own = end === -1 ? rest : rest.slice(0, end)
      if (own.includes('-h') || own.includes('--help')) return {kind: 'help', words}
      return {kind: 'run', id, argv: [...leading, ...rest]}
    }
  }
  if (leading.includes('--version') && words.length === 0) return {kind: 'run', id: 'version', argv: []}
  const strange = leading.find((token) => token.startsWith('-') && !isKnown(token, shapes))
  return strange === undefined ? {kind: 'help', words} : {kind: 'strange flag', flag: strange, words}
}

/** Whether all that is before the first flag names a command already: then what the flags are need not be known. */
export const beginsWithCommand = (argv: readonly string[], ids: readonly string[]): boolean => {
  const end = argv.findIndex((token) => token.startsWith('-'))
  return route(end === -1 ? argv : argv.slice(0, end), ids, {}).kind === 'run'
}

const isKnown = (token: string, shapes: FlagShapes): boolean => {
  const [name = ''] = token.replace(/^--?/, '').split('=')
  if (!token.startsWith('--')) return Object.values(shapes).some(({char}) => char === name[0])
  return name in shapes || (name.startsWith('no-') && shapes[name.slice(3)]?.allowNo === true)
}

const wordsOf = (rest: readonly string[], ids: readonly string[], before: readonly string[]): string[] => {
  const found: string[] = []
  for (const token of rest) {
    if (token.startsWith('-')) break
    const word = spelled([...before, ...found], token, ids)
    if (!isPrefix([...before, ...found, word], ids)) break
    found.push(word)
  }
  return found
}

const spelled = (before: readonly string[], word: string, ids: readonly string[]): string =>
  isPrefix([...before, word], ids) ? word : (ALIASES.get(word) ?? word)

const isPrefix = (words: readonly string[], ids: readonly string[]): boolean => {
  const path = words.join(':')
  return ids.some((id) => id === path || id.startsWith(`${path}:`))
}

const takesNextWord = (token: string, shapes: FlagShapes): boolean => {
  if (token.includes('=')) return false
  if (token.startsWith('--')) return shapes[token.slice(2)]?.type === 'option'
  const shape = Object.values(shapes).find(({char}) => char === token[1])
  return shape?.type === 'option' && token.length === 2
}

/**
 * Rewrites what kubectl and kn accept and oclif does not: `--wait=false`, kn's bare `-v`, and a bare `--dry-run`,
 * which kubectl has deprecated and which here must name its kind. Of `--wait --no-wait` oclif would take the last.
 */
export const normalise = (argv: readonly string[], shapes: FlagShapes): string[] => {
  const out: string[] = []
  const switched = new Map<string, string>()
  for (let index = 0; index < argv.length; index++) {
    const token = argv[index]!
    if (token === '--') return [...out, ...argv.slice(index)]
    const takesValue = takesNextWord(token, shapes) && token !== '-v' && token !== '--dry-run'
    if (takesValue && index + 1 < argv.length) {
      out.push(token, argv[++index]!)
      continue
    }
    refuseContradiction(token, shapes, switched)
    const next = argv[index + 1]
    if (token === '-v' && (next === undefined || !/^\d+$/.test(next))) {
      if (shapes['verbose'] === undefined)
        throw invalid('-v needs a level from 0 to 9', 'For example -v 6 logs the URLs of all requests.')
      out.push('--verbose')
      continue
    }
    if (token === '--dry-run' && !['none', 'client', 'server'].includes(next ?? '')) {
      throw invalid('--dry-run needs a kind', 'Use --dry-run=client or --dry-run=server.')
    }
    const match = /^--([a-z][a-z-]*)=(true|false)$/.exec(token)
    const shape = match === null ? undefined : shapes[match[1]!]
    if (match !== null && shape?.type === 'boolean') {
      if (match[2] === 'true') out.push(`--${match[1]}`)
      else if (shape.allowNo) out.push(`--no-${match[1]}`)
      continue
    }
    out.push(token)
  }
  return out
}

/** `--wait` beside `--no-wait` or `--wait=false`; `switched` holds what the tokens before have said. */
const refuseContradiction = (token: string, shapes: FlagShapes, switched: Map<string, string>): void => {
  const [, no, name = '', value] = /^--(no-)?([a-z][a-z-]*?)(?:=(true|false))?$/.exec(token) ?? []
  if (shapes[name]?.type !== 'boolean') return
  const on = (no === undefined) === (value !== 'false')
  const said = `${on}`
  const before = switched.get(name)
  if (before !== undefined && before.split(' ')[0] !== said)
    throw invalid(`${before.split(' ')[1]} and ${token} contradict each other`)
  switched.set(name, `${said} ${token}`)
}

/** The value of a flag before anything is parsed: for what must be known to report a broken command line. */
export const peek = (argv: readonly string[], long: string, char?: string): string | undefined => {
  for (const [index, token] of argv.entries()) {
    if (token === '--') return undefined
    if (token === `--${long}` || (char !== undefined && token === `-${char}`)) return argv[index + 1]
    if (token.startsWith(`--${long}=`)) return token.slice(long.length + 3)
    if (char !== undefined && /^-[a-z]./i.test(token) && token[1] === char && !token.startsWith('--')) {
      return token.slice(token[2] === '=' ? 3 : 2)
    }
  }
  return undefined
}
