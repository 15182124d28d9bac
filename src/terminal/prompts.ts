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
  const put = async (question: Record<string, unknown>): Promise<unknown> => {
    const {createPromptModule} = await import('inquirer')
    const prompt = createPromptModule({output: process.stderr, signal})
    try {
      const answers: Record<string, unknown> = await prompt([{...question, name: 'answer'}])
      return answers['answer']
    } catch (error) {
      if (error instanceof Error && /^(ExitPromptError|AbortPromptError)$/.test(error.name)) throw new PromptCancelled()
      throw error
    }
  }
  return {
    confirm: async (message) => (await put({type: 'confirm', message, default: false})) === true,
    choose: async (message, choices) => String(await put({type: 'select', message, choices: [...choices]})),
    ask: async (message, check) => String(await put({type: 'input', message, validate: check})),
  }
}
