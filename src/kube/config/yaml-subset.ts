/**
 * A quick reader for the YAML that kubectl, kind, minikube, oc and the cloud tools write into kubeconfig files: block
 * maps and lists, plain and quoted scalars, literal block scalars, comments, `{}` and `[]`. Loading and running the
 * `yaml` package costs about 20 ms of every command, this costs less than one.
 *
 * It is strict: at anything it does not fully understand it answers `undefined`, and the caller asks `yaml` instead.
 * Whenever it answers, it answers what `yaml` would.
 */

interface Line {
  indent: number
  /** Without indentation and blanks at the end. */
  text: string
  /** As in the file; block scalars need it. */
  raw: string
}

class NotUnderstood extends Error {}

const giveUp = (): never => {
  throw new NotUnderstood()
}

/** What `yaml` would make a number, `.inf` or `.nan` of (YAML 1.2 core schema, a little wider). */
const NUMBER_LIKE =
  /^[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|\.inf|\.nan)$/i
const SMALL_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/
const NULL = /^(?:~|null|Null|NULL)$/
const TRUE = /^(?:true|True|TRUE)$/
const FALSE = /^(?:false|False|FALSE)$/
/** `-` may start a plain scalar when no blank follows; `?` and `:` likewise, but nobody writes those. */
const PLAIN_START = /^(?:[A-Za-z0-9_/.~+=$()\\^;]|-[^\s-])/
const KEY = /^([A-Za-z_][A-Za-z0-9_./-]*|"(?:[^"\\]|\\["\\/])*"|'(?:[^']|'')*'):(?: +(.*))?$/
const CONTINUATION = /^[A-Za-z0-9/(]/

/** `undefined`: not understood. An empty document is `null`. */
export const readYamlSubset = (source: string): {value: unknown} | undefined => {
  const text = source.includes('\r') ? source.replaceAll('\r\n', '\n') : source

  if (/[^\n\x20-\x7e]/.test(text)) return undefined
  try {
    return {value: new Reader(text).document()}
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined
    throw error
  }
}

class Reader {
  private readonly lines: Line[]
  private at = 0

  constructor(text: string) {
    const raws = text.split('\n')
    if (raws.at(-1) === '') raws.pop()
    this.lines = raws.map((raw) => {
      const text = raw.trim()
      return {indent: text === '' ? 0 : raw.search(/[^ ]/), text, raw}
    })
  }

  document(): unknown {
    const first = this.peek()
    if (first?.raw.trimEnd() === '---') this.at++
    const start = this.peek()
    if (start === undefined) return first === start ? null : giveUp()
    if (start.indent !== 0) giveUp()
    const value = this.node(0)
    if (this.peek() !== undefined) giveUp()
    return value
  }

  /** The next line that is neither blank nor a comment. */
  private peek(): Line | undefined {
    for (; this.at < this.lines.length; this.at++) {
      const line = this.lines[this.at]!
      if (line.text === '' || line.text.startsWith('#')) continue
      if (line.indent === 0 && /^(?:---|\.\.\.|%)/.test(line.text) && !(line.text === '---' && this.isFirst())) giveUp()
      return line
    }
    return undefined
  }

  private isFirst(): boolean {
    return this.lines.slice(0, this.at).every(({text}) => text === '' || text.startsWith('#'))
  }

  private node(indent: number): unknown {
    const line = this.peek()!
    return isItem(line.text) ? this.list(indent) : this.map(indent)
  }

  private list(indent: number): unknown[] {
    const items: unknown[] = []
    for (
      let line = this.peek();
      line !== undefined && line.indent === indent && isItem(line.text);
      line = this.peek()
    ) {
      const rest = line.text.slice(1).trimStart()
      if (rest === '' || rest.startsWith('#')) {
        this.at++
        const next = this.peek()
        items.push(next !== undefined && next.indent > indent ? this.node(next.indent) : null)
      } else if (isItem(rest)) giveUp()
      else if (KEY.test(rest)) {
        // `- key: value`: the map starts where its first key stands.
        const inner = indent + line.text.length - rest.length
        this.lines[this.at] = {indent: inner, text: rest, raw: ' '.repeat(inner) + rest}
        items.push(this.map(inner))
      } else {
        this.at++
        items.push(this.scalar(rest, indent))
      }
    }
    this.checkIndent(indent)
    return items
  }

  private map(indent: number): Record<string, unknown> {
    const fields = new Map<string, unknown>()
    for (
      let line = this.peek();
      line !== undefined && line.indent === indent && !isItem(line.text);
      line = this.peek()
    ) {
      const [, written = '', rest = ''] = KEY.exec(line.text) ?? giveUp()
      const key = this.key(written)
      if (fields.has(key)) giveUp()
      this.at++
      fields.set(key, this.value(rest, indent))
    }
    this.checkIndent(indent)
    return Object.fromEntries(fields)
  }

  /** After a block, the next line must belong to something further out. */
  private checkIndent(indent: number): void {
    const next = this.peek()
    if (next !== undefined && next.indent > indent) giveUp()
  }

  private key(written: string): string {
    if (written.startsWith('"') || written.startsWith("'")) return quoted(written)?.text ?? giveUp()
    return NULL.test(written) || TRUE.test(written) || FALSE.test(written) || written === '__proto__'
      ? giveUp()
      : written
  }

  /** What stands behind `key:`, or in the lines below it. */
  private value(rest: string, indent: number): unknown {
    if (rest !== '' && !rest.startsWith('#')) return this.scalar(rest, indent)
    const next = this.peek()
    if (next === undefined) return null
    // A list may stand as far left as its key.
    if (next.indent === indent && isItem(next.text)) return this.list(indent)
    return next.indent > indent ? this.node(next.indent) : null
  }

  /** `parent` is the indentation of the map or list that holds the scalar. */
  private scalar(written: string, parent: number): unknown {
    if (/^\|[-+]?$/.test(written)) return this.literal(written.slice(1), parent)
    if (/^(?:\{\}|\[\])(?: +#.*)?$/.test(written)) {
      this.refuseContinuation(parent)
      return written.startsWith('{') ? {} : []
    }
    if (written.startsWith('"') || written.startsWith("'")) {
      const found = quoted(written)
      if (found === undefined || !/^(?: +#.*)?$/.test(found.rest)) return giveUp()
      this.refuseContinuation(parent)
      return found.text
    }
    return this.plain(written, parent)
  }

  private refuseContinuation(parent: number): void {
    const next = this.peek()
    if (next !== undefined && next.indent > parent) giveUp()
  }

  private plain(written: string, parent: number): unknown {
    if (!PLAIN_START.test(written)) giveUp()
    const comment = written.search(/ +#/)
    let text = comment < 0 ? written : written.slice(0, comment)
    if (/:(?: |$)/.test(text)) giveUp()
    if (comment >= 0) {
      this.refuseContinuation(parent)
      return resolved(text)
    }
    // Tools that fold long lines (gcloud's installHint) write one scalar over several lines.
    for (;;) {
      const line = this.lines[this.at]
      if (line === undefined || line.text === '' || line.text.startsWith('#')) break
      if (line.indent <= parent) break
      if (!CONTINUATION.test(line.text) || /:(?: |$)| #/.test(line.text)) giveUp()
      text += ` ${line.text}`
      this.at++
    }
    this.refuseContinuation(parent)
    return resolved(text)
  }

  /** `|`, `|-`, `|+` without an indentation indicator. */
  private literal(chomping: string, parent: number): string {
    const rows: string[] = []
    let indent: number | undefined
    for (; this.at < this.lines.length; this.at++) {
      const {raw} = this.lines[this.at]!
      const depth = raw.search(/[^ ]/)
      if (depth < 0) {
        // Blanks deeper than the content are content, or an error before it.
        if (raw.length > (indent ?? 0)) giveUp()
        rows.push('')
        continue
      }
      if (depth <= parent) break
      indent ??= depth
      if (depth < indent) giveUp()
      rows.push(raw.slice(indent))
    }
    if (indent === undefined) return giveUp()
    const end = rows.findLastIndex((row) => row !== '') + 1
    const body = rows.slice(0, end).join('\n')
    if (chomping === '-') return body
    return chomping === '+' ? giveUp() : `${body}\n`
  }
}

const isItem = (text: string): boolean => text === '-' || text.startsWith('- ')

const resolved = (text: string): unknown => {
  if (NULL.test(text)) return null
  if (TRUE.test(text)) return true
  if (FALSE.test(text)) return false
  if (SMALL_INTEGER.test(text)) return Number(text)
  return NUMBER_LIKE.test(text) ? giveUp() : text
}

/** A quoted scalar that ends on its line, and what follows it. */
const quoted = (written: string): {text: string; rest: string} | undefined => {
  if (written.startsWith("'")) {
    const found = /^'((?:[^']|'')*)'(?!')/.exec(written)
    return found === null
      ? undefined
      : {text: (found[1] ?? '').replaceAll("''", "'"), rest: written.slice(found[0].length)}
  }
  const found = /^"((?:[^"\\]|\\(?:["\\/bfnrt]|u(?!d[89a-f])[0-9a-f]{4}))*)"/i.exec(written)
  // Within these limits YAML's escapes are JSON's. (`\B` and the like pass the expression, but not JSON.)
  if (found === null || /\\[BFNRTU]/.test(found[0])) return undefined
  const text: unknown = JSON.parse(found[0])
  return typeof text === 'string' ? {text, rest: written.slice(found[0].length)} : undefined
}
