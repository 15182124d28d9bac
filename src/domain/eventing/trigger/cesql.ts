/**
 * The grammar of CloudEvents SQL (cloudevents/spec cesql/spec.md, version 1.0), as far as it decides whether the webhook
 * takes an expression: words are read without regard to case, precedence does not matter here, nothing is evaluated.
 */

interface Token {
  kind: 'word' | 'name' | 'number' | 'text' | 'sign' | 'end'
  /** Signs and reserved words in upper case. */
  text: string
  /** Where it stands, counted from 1. */
  column: number
}

const reserved = new Set(['AND', 'OR', 'XOR', 'NOT', 'LIKE', 'EXISTS', 'IN', 'TRUE', 'FALSE'])
const binary = new Set(['*', '/', '%', '+', '-', '=', '!=', '<>', '>=', '<=', '<', '>', 'AND', 'OR', 'XOR'])

const pattern =
  /\s+|(?<text>"(?:\\.|""|[^"\\])*"|'(?:\\.|''|[^'\\])*')|(?<word>[A-Za-z0-9][A-Za-z0-9_]*)|(?<sign>!=|<>|<=|>=|[=<>*/%+\-(),])/gsy

class Fault extends Error {}

const tokensOf = (expression: string): Token[] => {
  const tokens: Token[] = []
  let index = 0
  while (index < expression.length) {
    pattern.lastIndex = index
    const match = pattern.exec(expression)
    const column = index + 1
    if (match === null) {
      const letter = expression[index]!
      throw new Fault(
        letter === '"' || letter === "'"
          ? `the text that begins in column ${column} does not end`
          : `unexpected ${JSON.stringify(letter)} in column ${column}`,
      )
    }
    index += match[0].length
    const {text, word, sign} = match.groups ?? {}
    if (text !== undefined) tokens.push({kind: 'text', text, column})
    else if (sign !== undefined) tokens.push({kind: 'sign', text: sign, column})
    else if (word !== undefined) {
      const upper = word.toUpperCase()
      if (reserved.has(upper)) tokens.push({kind: 'word', text: upper, column})
      else tokens.push({kind: /^\d+$/.test(word) ? 'number' : 'name', text: word, column})
    }
  }
  return [...tokens, {kind: 'end', text: 'the end', column: expression.length + 1}]
}

class Reader {
  private position = 0

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): void {
    this.expression()
    if (this.next.kind !== 'end') throw this.unexpected('an operator')
  }

  private get next(): Token {
    return this.tokens[this.position]!
  }

  private take(): Token {
    return this.tokens[this.position++]!
  }

  private is(...texts: readonly string[]): boolean {
    const {kind, text} = this.next
    return (kind === 'sign' || kind === 'word') && texts.includes(text)
  }

  private unexpected(wanted: string): Fault {
    const {kind, text, column} = this.next
    return new Fault(
      kind === 'end' ? `it ends where ${wanted} is expected` : `${wanted} is expected in column ${column}, not ${text}`,
    )
  }

  private expect(text: string): void {
    if (!this.is(text)) throw this.unexpected(JSON.stringify(text))
    this.take()
  }

  private expression(): void {
    this.operand()
    for (;;) {
      if (this.is('NOT')) {
        this.take()
        if (!this.is('LIKE', 'IN')) throw this.unexpected('LIKE or IN')
      }
      if (this.is('LIKE')) {
        this.take()
        if (this.next.kind !== 'text') throw this.unexpected('a text in quotes')
        this.take()
      } else if (this.is('IN')) {
        this.take()
        this.list(1)
      } else if (binary.has(this.next.text) && this.next.kind !== 'text') {
        this.take()
        this.operand()
      } else return
    }
  }

  private operand(): void {
    if (this.is('NOT', '-')) {
      this.take()
      this.operand()
      return
    }
    if (this.is('EXISTS')) {
      this.take()
      this.name()
      return
    }
    if (this.is('(')) {
      this.take()
      this.expression()
      this.expect(')')
      return
    }
    const {kind} = this.next
    if (kind === 'text' || kind === 'number' || this.is('TRUE', 'FALSE')) {
      this.take()
      return
    }
    if (kind !== 'name') throw this.unexpected('a value')
    const called = this.tokens[this.position + 1]
    if (called?.kind === 'sign' && called.text === '(') {
      if (!/^[A-Za-z_]+$/.test(this.next.text)) throw this.unexpected('the name of a function')
      this.take()
      this.list(0)
    } else this.name()
  }

  /** An attribute: letters and digits. */
  private name(): void {
    if (this.next.kind !== 'name' || this.next.text.includes('_')) throw this.unexpected('the name of an attribute')
    this.take()
  }

  private list(least: number): void {
    this.expect('(')
    if (least === 0 && this.is(')')) {
      this.take()
      return
    }
    this.expression()
    while (this.is(',')) {
      this.take()
      this.expression()
    }
    this.expect(')')
  }
}

/** What keeps a CESQL expression from being parsed, in our words; `undefined` when nothing does. */
export const cesqlFault = (expression: string): string | undefined => {
  if (expression.trim() === '') return 'it is empty'
  try {
    new Reader(tokensOf(expression)).whole()
    return undefined
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}
