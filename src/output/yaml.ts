import {Document, isScalar, type DocumentOptions} from 'yaml'
import type {KubeObject} from '../domain/core/object.js'
import {isRecord, type Fields} from '../domain/core/read.js'

/**
 * This module loads the `yaml` package; import it lazily, a list in a table must not pay for it.
 *
 * Kubernetes reads YAML 1.1, where `on`, `y` and `1_000` are not strings, so it is written as 1.1 (and read so, see manifests.ts).
 */
const VERSION = '1.1' satisfies DocumentOptions['version']

const isLetter = (char: string): boolean => /\p{L}/u.test(char)
const isDigit = (char: string): boolean => char >= '0' && char <= '9'

/**
 * The order of keys in kubectl's YAML (go.yaml.in/yaml/v2 sorter.go): numbers inside keys count as numbers, letters
 * come after everything else.
 */
const compareKeys = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  let split = 0
  while (split < length && a[split] === b[split]) split += 1
  if (split === length) return a.length - b.length
  const [x, y] = [a[split]!, b[split]!]
  if (isLetter(x) && isLetter(y)) return x < y ? -1 : 1
  if (isLetter(x) || isLetter(y)) {
    const insideNumber = split > 0 && isDigit(a[split - 1]!)
    return isLetter(x) === insideNumber ? -1 : 1
  }
  const numberAt = (text: string): string => /^\d*/.exec(text.slice(split))![0]
  const difference = Number(numberAt(a)) - Number(numberAt(b))
  return difference || (x < y ? -1 : 1)
}

/** Numbers of Go that YAML 1.1 does not know. */
const readAsNumberByGo = (text: string): boolean => {
  if (!/^[-+.\d]/.test(text)) return false
  const number = text.replaceAll('_', '')
  return /^[-+]?(?:0[xob][\da-f]+|(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?)$/i.test(number)
}

/**
 * What go.yaml.in/yaml/v2 puts into double quotes (emitterc.go, is_printable), beside what it should: NEL and the line
 * ends of Unicode, which would not come back; and what reorders a line at a terminal.
 */
const SPECIAL =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]/
/** Of texts of several lines: a blank at the end of one would get lost in a block (space_break and trailing_space there). */
const BLANK_AT_END = / \n|\n[^]* $/

const EACH_ESCAPED = new RegExp(`["\\\\\n]|[\\u{10000}-\\u{10ffff}]|${SPECIAL.source}`, 'gu')

const NAMED: Readonly<Record<string, string>> = {
  '\0': '0',
  '\u0007': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\u001b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u2028': 'L',
  '\u2029': 'P',
}

const escaped = (char: string): string => {
  const named = NAMED[char]
  if (named !== undefined) return `\\${named}`
  const code = char.codePointAt(0)!
  const [letter, digits] = code < 0x100 ? ['x', 2] : code < 0x10000 ? ['u', 4] : ['U', 8]
  return `\\${letter}${code.toString(16).toUpperCase().padStart(Number(digits), '0')}`
}

/** On one line, as go-yaml writes it. */
const doubleQuoted = (text: string): string => `"${text.replace(EACH_ESCAPED, escaped)}"`

/** The value of a one-field document: what stands after `a: `, further lines indented by two. */
const quotedByLibrary = (text: string): string => {
  const document = new Document({a: text}, {version: VERSION})
  const node = document.get('a', true)
  if (isScalar(node) && !text.includes('\n')) {
    const readAsOther = document.schema?.tags.some(
      (tag) => tag.default && tag.tag !== 'tag:yaml.org,2002:str' && 'test' in tag && tag.test?.test(text),
    )
    // As kubectl: double quotes where a plain text would be read as something else, single where it would not parse.
    if (readAsOther || readAsNumberByGo(text)) node.type = 'QUOTE_DOUBLE'
  }
  return document.toString({lineWidth: 0, singleQuote: true}).slice('a: '.length, -1)
}

/** Words and paths that are plain text in every version of YAML; all else is left to the library. */
const PLAIN = /^[a-z/][a-z0-9_\-./]*$/i
const NOT_TEXT = /^(?:y|n|yes|no|on|off|true|false|null)$/i

/**
 * The tree is written here, texts by the `yaml` package: its own documents take 1 ms an object (4.6 s for 5 000
 * brokers).
 */
class YamlText {
  private readonly known = new Map<string, string>()

  /** The entries of a map, each line indented. */
  map(value: Fields, indent: string): string {
    return Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort(compareKeys)
      .map((key) => `${indent}${this.key(key)}:${this.after(value[key], indent)}`)
      .join('')
  }

  /** The items of a list, each line indented. */
  list(items: readonly unknown[], indent: string): string {
    return items.map((item) => `${indent}-${this.item(item, indent)}`).join('')
  }

  /** A scalar or empty collection, and a line end. */
  leaf(value: unknown, indent: string): string {
    if (Array.isArray(value)) return '[]\n'
    if (isRecord(value)) return '{}\n'
    if (typeof value !== 'string') return `${JSON.stringify(value) ?? 'null'}\n`
    return `${this.text(value).replace(/\n(?=[^\n])/g, `\n${indent}`)}\n`
  }

  private after(value: unknown, indent: string): string {
    if (Array.isArray(value) && value.length > 0) return `\n${this.list(value, indent)}`
    if (hasFields(value)) return `\n${this.map(value, `${indent}  `)}`
    return ` ${this.leaf(value, indent)}`
  }

  /** The first line of a nested collection follows the dash. */
  private item(value: unknown, indent: string): string {
    const below = `${indent}  `
    if (Array.isArray(value) && value.length > 0) return ` ${this.list(value, below).slice(below.length)}`
    if (hasFields(value)) return ` ${this.map(value, below).slice(below.length)}`
    return ` ${this.leaf(value, indent)}`
  }

  private key(key: string): string {
    return key.includes('\n') ? doubleQuoted(key.toWellFormed()) : this.text(key)
  }

  private text(value: string): string {
    if (PLAIN.test(value) && !NOT_TEXT.test(value)) return value
    // Half a surrogate pair is no character, and becomes what Go makes of it.
    const text = value.toWellFormed()
    if (text === '=' || text === '<<') return JSON.stringify(text)
    const known = this.known.get(text)
    if (known !== undefined) return known
    const quoted = SPECIAL.test(text) || BLANK_AT_END.test(text) ? doubleQuoted(text) : quotedByLibrary(text)
    this.known.set(text, quoted)
    return quoted
  }
}

const hasFields = (value: unknown): value is Fields =>
  isRecord(value) && Object.values(value).some((field) => field !== undefined)

/** YAML as kubectl prints it: sorted keys, lists not indented below their key, long lines kept whole. */
export const formatYaml = (value: unknown): string => {
  const yaml = new YamlText()
  if (Array.isArray(value) && value.length > 0) return yaml.list(value, '')
  return hasFields(value) ? yaml.map(value, '') : yaml.leaf(value, '')
}

/** kubectl's List of any objects, written page by page. */
export const yamlListWriter = (): {page(objects: readonly KubeObject[]): string; end(): string} => {
  let written = 0
  return {
    page(objects) {
      if (objects.length === 0) return ''
      const items = formatYaml({items: objects})
      const before = written === 0 ? 'apiVersion: v1\nitems:\n' : ''
      written += objects.length
      return before + items.slice('items:\n'.length)
    },
    end: () => `${written === 0 ? 'apiVersion: v1\nitems: []\n' : ''}kind: List\nmetadata:\n  resourceVersion: ""\n`,
  }
}
