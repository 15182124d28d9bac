import {matching, PromptCancelled, type Check, type Choice, type Prompts} from '../../src/terminal/prompts.js'

export interface Script {
  /** Answers to confirmations, in order. */
  answers?: readonly boolean[] | undefined
  /** What is typed into hidden inputs, in order; a refused answer is followed by the next one. */
  typed?: readonly string[] | undefined
  /**
   * What is typed at any question, in order: a text; a part of the choice that is meant; nothing for what is offered; `y`
   * or `n`; `^C`.
   */
  replies?: readonly string[] | undefined
}

/** Questions that are answered from a script, and written down with the answers as a screen would show them. */
export const scriptedPrompts = (script: Script, write: (text: string) => void): Prompts => {
  const answers = [...(script.answers ?? [])]
  const typed = [...(script.typed ?? [])]
  const replies = [...(script.replies ?? [])]
  const unexpected = (question: string): never => {
    throw new Error(`nobody expected the question: ${question}`)
  }
  const next = (question: string, from = replies): string => {
    const reply = from.shift() ?? unexpected(question)
    if (reply === '^C') throw new PromptCancelled()
    return reply
  }
  const until = (
    question: string,
    check: Check,
    from: string[],
    show: (text: string) => string,
    initial = '',
  ): string => {
    for (;;) {
      const reply = next(question, from)
      const answer = reply === '' ? initial : reply
      write(`> ${show(answer)}\n`)
      const verdict = check(answer)
      if (verdict === true) return answer
      write(`! ${verdict}\n`)
    }
  }
  return {
    async confirm(question) {
      write(`? ${question}\n`)
      if (answers.length > 0 || script.replies === undefined) return answers.shift() ?? unexpected(question)
      return next(question) === 'y'
    },
    async choose(question, choices, initial) {
      write(`? ${question}\n`)
      const usual = choices.find(({value}) => value === initial) ?? choices[0]
      for (const choice of choices) write(`  ${choice === usual ? '>' : ' '} ${lineOf(choice)}\n`)
      const reply = next(question)
      const found = reply === '' ? usual : matching(choices, reply)[0]
      if (found === undefined) throw new Error(`"${reply}" is no answer to: ${question}`)
      write(`> ${found.label ?? found.value}\n`)
      return found.value
    },
    async ask(question, check, initial) {
      write(`? ${question}${initial === undefined || initial === '' ? '' : ` (${initial})`}\n`)
      return until(question, check, replies, (text) => text, initial)
    },
    async askHidden(question, check) {
      write(`? ${question}\n`)
      if (script.replies !== undefined) return until(question, check, replies, () => '[hidden]')
      for (let answer = typed.shift(); answer !== undefined; answer = typed.shift()) {
        const verdict = check(answer)
        if (verdict === true) return answer
        write(`> ${verdict}\n`)
      }
      return unexpected(question)
    },
  }
}

const lineOf = ({value, label = value, about}: Choice): string => (about === undefined ? label : `${label}: ${about}`)
