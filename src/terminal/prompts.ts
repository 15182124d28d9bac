/** Questions at a terminal. Answers are never read from a pipe: the caller checks that a person is there. */
export interface Prompts {
  /** y/N, default no. Rejects with `PromptCancelled` on Ctrl-C. */
  confirm(question: string): Promise<boolean>
  /** One of what exists. */
  choose(question: string, choices: readonly string[]): Promise<string>
  /** Free text; `check` answers true or what is wrong. */
  ask(question: string, check: (answer: string) => true | string): Promise<string>
}

export class PromptCancelled extends Error {
  override readonly name = 'PromptCancelled'
}

/** Inquirer, loaded with the first question, drawn on stderr so that `> file` stays clean. */
export const terminalPrompts = (signal: AbortSignal): Prompts => {
  const prompter = async () => (await import('inquirer')).createPromptModule({output: process.stderr, signal})
  return {
    async confirm(message) {
      const prompt = await prompter()
      const {answer} = await unlessCancelled(prompt([{type: 'confirm', name: 'answer', message, default: false}]))
      return answer === true
    },
    async choose(message, choices) {
      const prompt = await prompter()
      const {answer} = await unlessCancelled(prompt([{type: 'select', name: 'answer', message, choices: [...choices]}]))
      return String(answer)
    },
    async ask(message, validate) {
      const prompt = await prompter()
      const {answer} = await unlessCancelled(prompt([{type: 'input', name: 'answer', message, validate}]))
      return String(answer)
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
