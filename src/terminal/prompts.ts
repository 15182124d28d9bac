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

/** Inquirer, loaded with the first question, drawn on stderr so that `> file` stays clean. */
export const terminalPrompts = (signal: AbortSignal): Prompts => {
  const put = async (question: object): Promise<unknown> => {
    const {createPromptModule} = await import('inquirer')
    const prompt = createPromptModule({output: process.stderr, signal})
    const {answer} = await unlessCancelled(prompt<{answer: unknown}>([{name: 'answer', ...question}] as never))
    return answer
  }
  return {
    async confirm(message) {
      return (await put({type: 'confirm', message, default: false})) === true
    },
    async choose(message, choices, initial) {
      const items = (found: readonly Choice[]) =>
        found.map(({value, label = value, about}) => ({
          value,
          name: label,
          short: label,
          ...(about === undefined ? {} : {description: about}),
        }))
      const source = (typed: string | undefined) => items(typed === undefined ? choices : matching(choices, typed))
      const given = initial === undefined ? {} : {default: initial}
      return String(await put({type: 'search', message, source, pageSize: 12, ...given}))
    },
    async ask(message, validate, initial) {
      const given = initial === undefined ? {} : {default: initial}
      return String(await put({type: 'input', message, validate, ...given}))
    },
    async askHidden(message, validate) {
      return String(await put({type: 'password', message, validate}))
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
