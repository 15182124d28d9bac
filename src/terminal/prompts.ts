import {printableLines} from '../domain/core/printable.js'
import {forStream} from './own-codes.js'
import type {Palette} from './palette.js'
import {FRAMES} from './progress.js'

/** Something to choose: what is answered, how it is shown, and one line about it. */
export interface Choice {
  value: string
  /** Shown instead of the value. */
  label?: string
  about?: string
  /** Offered even when nothing matches what was typed. */
  always?: boolean
}

/** `true`, or what is wrong with an answer. */
export type Check = (answer: string) => true | string

/** Questions at a terminal. Answers are never read from a pipe: the caller checks that a person is there. */
export interface Prompts {
  /** y/N, default no. Rejects with `PromptCancelled` on Ctrl-C. */
  confirm(question: string): Promise<boolean>
  /** One of what exists, narrowed by what is typed; Enter takes `initial`, or else the first. */
  choose(question: string, choices: readonly Choice[], initial?: string): Promise<string>
  /** Free text; an empty answer is `initial`. */
  ask(question: string, check: Check, initial?: string): Promise<string>
  /** A password: what is typed is not shown. */
  askHidden(question: string, check: Check): Promise<string>
}

export class PromptCancelled extends Error {
  override readonly name = 'PromptCancelled'
}

/** Those whose name has every word that was typed; a name that begins with it comes first. */
export const matching = (choices: readonly Choice[], typed: string): readonly Choice[] => {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const [first = ''] = wanted
  const nameOf = ({value, label = value}: Choice): string => label.toLowerCase()
  const found = choices.filter((choice) =>
    wanted.every((word) => nameOf(choice).includes(word) || choice.value.toLowerCase().includes(word)),
  )
  if (found.length === 0) return choices.filter(({always}) => always === true)
  return [
    ...found.filter((choice) => nameOf(choice).startsWith(first)),
    ...found.filter((choice) => !nameOf(choice).startsWith(first)),
  ]
}

/** What questions look like. */
export interface PromptLook {
  palette: Palette
  /** Of the terminal at this moment. */
  columns(): number
  /** Breaks a text between words. */
  wrap(text: string, width: number): readonly string[]
}

/** Inquirer's own marks take two columns before a question or a choice. */
const MARK = 2
/** Room for a short answer beside its question. */
const TYPED = 12

/** ` (y/N)` */
const YES_NO = 6

/** Inquirer, loaded with the first question, drawn on stderr so that `> file` stays clean. */
export const terminalPrompts = (signal: AbortSignal, {palette, columns, wrap}: PromptLook): Prompts => {
  const theme = themeOf(palette)
  const broken = (text: string, width: number): string => wrap(printableLines(text), Math.max(10, width)).join('\n')
  /** What is said behind a text, which Inquirer does with a blank between them. */
  const following = (before: string, text: string): string =>
    broken(`${before} ${text}`, columns()).slice(before.length).replace(/^ /, '')
  const put = async (type: string, message: string, more: object): Promise<unknown> => {
    const [{createPromptModule}, {keysOf}] = await Promise.all([import('inquirer'), import('./keys.js')])
    const keys = await keysOf(process.stdin)
    const prompt = createPromptModule({
      input: keys.input,
      output: process.stderr,
      signal: AbortSignal.any([signal, keys.gone]),
    })
    try {
      const questions = [{name: 'answer', type, message, theme, ...more}]
      const {answer} = await unlessCancelled(prompt<{answer: unknown}>(questions as never))
      return answer
    } finally {
      keys.close()
    }
  }
  /** What is wrong with an answer, behind Inquirer's mark. */
  const told =
    (check: Check): Check =>
    (answer) => {
      const verdict = check(answer)
      return verdict === true ? true : broken(verdict, columns() - MARK).replaceAll('\n', '\n  ')
    }
  const asked = (message: string, room = 0): string => broken(message, columns() - MARK - room)
  return {
    async confirm(message) {
      return (await put('confirm', asked(message, YES_NO), {default: false})) === true
    },
    async choose(message, choices, initial) {
      const items = (found: readonly Choice[]) =>
        found.map(({value, label = value, about}) => ({
          value,
          name: broken(label, columns() - MARK).replaceAll('\n', '\n  '),
          short: following(`? ${message}`, label),
          ...(about === undefined ? {} : {description: broken(about, columns() - 1)}),
        }))
      const source = (typed: string | undefined) => items(typed === undefined ? choices : matching(choices, typed))
      const given = initial === undefined ? {} : {default: initial}
      return String(await put('search', asked(message), {source, pageSize: 12, ...given}))
    },
    async ask(message, validate, initial) {
      const given = initial === undefined ? {} : {default: initial}
      return String(await put('input', asked(message, TYPED), {validate: told(validate), ...given}))
    },
    async askHidden(message, validate) {
      // Not even on request: who looks over the shoulder would read it as well.
      return String(await put('password', asked(message), {validate: told(validate), toggleMask: false}))
    },
  }
}

/** Inquirer's look in the colours of stderr; by itself it would go by stdout. */
const themeOf = (palette: Palette) => {
  // Inquirer writes to the terminal itself, past the streams.
  const written =
    (paint: Palette['red']): Palette['red'] =>
    (text) =>
      forStream(paint(text))
  const bold = written(palette.bold)
  const cyan = written(palette.cyan)
  const dim = written(palette.dim)
  const green = written(palette.green)
  const red = written(palette.red)
  const yellow = written(palette.yellow)
  return {
    spinner: {frames: FRAMES.map(yellow)},
    prefix: {idle: cyan('?'), done: green('✔')},
    style: {
      answer: cyan,
      message: bold,
      error: (text: string) => red(`> ${text}`),
      defaultAnswer: (text: string) => dim(`(${text})`),
      help: dim,
      highlight: cyan,
      searchTerm: cyan,
      description: cyan,
      maskedText: '(what is typed is not shown)',
      keysHelpTip: () => dim('type to find • ↑↓ move • ⏎ take'),
    },
  }
}

/** Ctrl-C in a prompt, and a run that was ended meanwhile, are one thing to the caller. */
const unlessCancelled = async <T>(answers: Promise<T>): Promise<T> => {
  try {
    return await answers
  } catch (error) {
    if (error instanceof Error && /^(ExitPromptError|AbortPromptError)$/.test(error.name)) throw new PromptCancelled()
    throw error
  }
}
