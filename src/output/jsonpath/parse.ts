import {
  FILTER_OPERATORS,
  TemplateError,
  type FilterOperator,
  type Identifier,
  type Part,
  type Path,
  type Step,
} from './nodes.js'
import {unquote} from './unquote.js'

/** What is between one pair of braces, before ranges are matched with their ends. */
type Action = (Step | Identifier)[]

const TERMINATORS = ' \t\r\n.,[]$@{}'
const isTerminator = (char: string): boolean => char === '' || TERMINATORS.includes(char)

const isFilterOperator = (text: string): text is FilterOperator => FILTER_OPERATORS.some((known) => known === text)

/** `U+002A '*'`, as Go prints a character it does not know. */
const describeCharacter = (char: string): string => {
  const code = char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')
  return /[\p{C}\p{Z}]/u.test(char) ? `U+${code}` : `U+${code} '${char}'`
}

/** Reads a template from left to right. */
class Reader {
  private position = 0

  constructor(private readonly input: string) {}

  get atEnd(): boolean {
    return this.position >= this.input.length
  }

  /** Text up to the next brace. */
  text(): string {
    const brace = this.input.indexOf('{', this.position)
    return this.take((brace < 0 ? this.input.length : brace) - this.position)
  }

  /** The steps between braces; the reader stands on the opening one. */
  action(): Action {
    this.position += 1
    const steps: Action = []
    for (;;) {
      if (this.skip('}')) return steps
      if (this.skip('[?(')) steps.push(this.filter())
      else if (this.skip('..')) steps.push(...this.recursive(steps))
      else this.step(steps)
    }
  }

  private step(steps: Action): void {
    const char = this.peek()
    if (char === '' || char === '\r' || char === '\n') throw new TemplateError('unclosed action')
    if (char === ' ' || char === '@' || char === '$') this.position += 1
    else if (char === '[') steps.push(...this.brackets())
    else if (char === '"' || char === "'") steps.push({type: 'text', text: this.quoted()})
    else if (this.skip('.')) steps.push(this.field())
    else if (/[+\-\p{Nd}]/u.test(char)) steps.push({type: 'value', value: this.number()})
    else if (/[_\p{L}]/u.test(char)) steps.push(this.word())
    else throw new TemplateError(`unrecognized character in action: ${describeCharacter(char)}`)
  }

  private recursive(before: Action): Step[] {
    if (before.at(-1)?.type === 'recursive') throw new TemplateError('invalid multiple recursive descent')
    return /[_\p{L}\p{Nd}]/u.test(this.peek()) ? [{type: 'recursive'}, this.field()] : [{type: 'recursive'}]
  }

  private field(): Step {
    const start = this.position
    while (!isTerminator(this.peek())) this.position += this.peek() === '\\' ? 2 : 1
    const name = this.input.slice(start, this.position)
    return name === '*' ? {type: 'wildcard'} : {type: 'field', name: name.replaceAll('\\', '')}
  }

  private word(): Step | Identifier {
    const start = this.position
    while (!isTerminator(this.peek())) this.position += 1
    const name = this.input.slice(start, this.position)
    return name === 'true' || name === 'false' ? {type: 'value', value: name === 'true'} : {type: 'identifier', name}
  }

  private number(): number {
    const text = /^[+-]?[.\p{Nd}]*/u.exec(this.input.slice(this.position))![0]
    this.position += text.length
    if (!/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(text)) throw new TemplateError(`cannot parse number ${text}`)
    return Number(text)
  }

  private quoted(): string {
    const start = this.position
    const quote = this.peek()
    for (this.position += 1; this.peek() !== quote; this.position += this.peek() === '\\' ? 2 : 1) {
      if (this.atEnd || this.peek() === '\n') throw new TemplateError('unterminated quoted string')
    }
    this.position += 1
    return unquote(this.input.slice(start, this.position))
  }

  private brackets(): Path {
    const close = this.input.indexOf(']', this.position)
    const inside = close < 0 ? '\n' : this.input.slice(this.position + 1, close)
    if (inside.includes('\n')) throw new TemplateError('unterminated array')
    this.position = close + 1
    return stepsInBrackets(inside === '*' ? ':' : inside)
  }

  private filter(): Step {
    const start = this.position
    let quote = ''
    for (; this.peek() !== ')' || quote !== ''; this.position += 1) {
      const char = this.peek()
      if (char === '' || char === '\n') throw new TemplateError('unterminated filter')
      if (quote === '') quote = char === '"' || char === "'" ? char : ''
      else if (char === '\\') this.position += 1
      else if (char === quote) quote = ''
    }
    const text = this.input.slice(start, this.position)
    this.position += 1
    if (!this.skip(']')) throw new TemplateError('unclosed array expect ]')
    const [, left, operator, right] = /^([^!<>=]+)([!<>=]+)(.+)$/.exec(text) ?? []
    if (left === undefined || operator === undefined || right === undefined)
      return {type: 'filter', left: parsePath(text)}
    // kubectl reads the sides first, so that `=~` is refused at the `~`.
    const sides = {left: parsePath(left), right: parsePath(right)}
    if (!isFilterOperator(operator)) throw new TemplateError(`unrecognized filter operator ${operator}`)
    return {type: 'filter', left: sides.left, comparison: {operator, right: sides.right}}
  }

  private peek(): string {
    const code = this.input.codePointAt(this.position)
    return code === undefined ? '' : String.fromCodePoint(code)
  }

  private skip(expected: string): boolean {
    const found = this.input.startsWith(expected, this.position)
    if (found) this.position += expected.length
    return found
  }

  private take(length: number): string {
    this.position += length
    return this.input.slice(this.position - length, this.position)
  }
}

const SLICE = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/

const index = (text: string): number | undefined => {
  if (text === '') return undefined
  if (text === '-') throw new TemplateError('array index - is not a number')
  return Number(text)
}

/** An index, a slice, a key in single quotes, or several of them between commas. */
const stepsInBrackets = (inside: string): Path => {
  if (inside.includes(',')) {
    return [{type: 'union', paths: inside.split(',').map((part) => parsePath(`[${part.replace(/^ +| +$/g, '')}]`))}]
  }
  const key = /^'([^']*)'$/.exec(inside)?.[1]
  // A dot in a key leads one level down unless it is escaped, as in kubectl.
  if (key !== undefined) return parsePath(`.${key}`)
  const slice = SLICE.exec(inside)
  if (!slice) throw new TemplateError(`invalid array index ${inside}`)
  const [, first = '', second, third] = slice
  const start = index(first)
  const step = index(third?.slice(1) ?? '')
  return second === undefined
    ? [{type: 'array', start, end: (start ?? 0) + 1, step, single: true}]
    : [{type: 'array', start, end: index(second.slice(1)), step, single: false}]
}

const isStep = (step: Step | Identifier): step is Step => step.type !== 'identifier'

const withoutIdentifiers = (action: Action): Path => {
  const word = action.find((step) => step.type === 'identifier')
  if (word) throw new TemplateError(`unrecognized identifier ${word.name}`)
  return action.filter(isStep)
}

/** A path without its braces. */
const parsePath = (text: string): Path => withoutIdentifiers(new Reader(`{${text}}`).action())

const isWord = (action: Action, name: string): boolean =>
  action.some((step) => step.type === 'identifier' && step.name === name)

/** Matches each range with its end; a range without one reaches to the end of the template. */
const parts = (reader: Reader, inRange: boolean): Part[] => {
  const found: Part[] = []
  while (!reader.atEnd) {
    const text = reader.text()
    if (text !== '') found.push({type: 'text', text})
    if (reader.atEnd) break
    const action = reader.action()
    if (isWord(action, 'range')) {
      const over = withoutIdentifiers(action.filter((step) => isStep(step) || step.name !== 'range'))
      found.push({type: 'range', over, body: parts(reader, true)})
    } else if (isWord(action, 'end')) {
      if (!inRange) throw new TemplateError('not in range, nothing to end')
      return found
    } else found.push({type: 'path', path: withoutIdentifiers(action)})
  }
  return found
}

/**
 * Reads a template of kubectl's JSONPath language (k8s.io/client-go util/jsonpath/parser.go). Unlike there, unknown words
 * and operators and an `end` without its `range` are refused here already, not when the first object is printed.
 *
 * @throws TemplateError in kubectl's words
 */
export const parseTemplate = (template: string): Part[] => parts(new Reader(template), false)
