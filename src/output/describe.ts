import {plain, type Palette} from './palette.js'
import {printable} from '../domain/core/printable.js'
import {shortAgeOf} from './age.js'
import type {KubeObject} from '../domain/core/object.js'

/** `Label:  value`, with children indented below. Several values: one a line, all in the value column. */
export interface LabelledNode {
  label: string
  value?: string | readonly string[]
  children?: readonly DescribeNode[]
}

/** A line of its own: an empty one, a table row, a sentence. */
export interface LineNode {
  line: string
  /** In front of the line, coloured already; everything else may come from anyone and is made harmless. */
  mark?: string
}

export type DescribeNode = LabelledNode | LineNode

/** Between two sections. */
export const blankLine: LineNode = {line: ''}

/** Indentation of each level, in blanks. */
const INDENT = 2
/** Blanks between the longest label of a block and the values. */
const GAP = 2

interface Line {
  /** Indentation, label and colon; `undefined` on lines that are not part of a block. */
  label?: string
  text: string
}

const linesOf = (nodes: readonly DescribeNode[], level: number): Line[] =>
  nodes.flatMap((node): Line[] => {
    const indent = ' '.repeat(INDENT * level)
    if ('line' in node) return [{text: node.line === '' ? '' : indent + (node.mark ?? '') + printable(node.line)}]
    const values = typeof node.value === 'string' ? [node.value] : (node.value ?? [''])
    const [first = '', ...others] = values.map(printable)
    return [
      {label: `${indent}${node.label}:`, text: first},
      ...others.map((text) => ({label: '', text})),
      ...linesOf(node.children ?? [], level + 1),
    ]
  })

/**
 * kn's describe layout (knative/client pkg/printers/prefixwriter.go): the values of adjacent labelled lines start in
 * one column, two blanks after the longest label, indentation included; any other line ends the block. Blanks that kn
 * leaves at line ends are trimmed.
 */
export const formatDescription = (nodes: readonly DescribeNode[]): string => {
  const lines = linesOf(nodes, 0)
  let text = ''
  let column = 0
  lines.forEach((line, index) => {
    if (line.label === undefined) {
      text += `${line.text.trimEnd()}\n`
      return
    }
    if (lines[index - 1]?.label === undefined) {
      const rest = lines.slice(index)
      const end = rest.findIndex(({label}) => label === undefined)
      column = Math.max(...rest.slice(0, end < 0 ? undefined : end).map(({label}) => label!.length)) + GAP
    }
    text += `${(line.label.padEnd(column) + line.text).trimEnd()}\n`
  })
  return text
}

/** Keys that kn hides unless asked for more: bookkeeping of clients and of Serving. */
const HIDDEN_PREFIXES = new Set(['serving.knative.dev', 'client.knative.dev', 'kubectl.kubernetes.io'])
/** Bytes of a line of labels or annotations, label name and `: ` included. */
const LINE_BYTES = 100
const ELLIPSIS = ' ...'

const bytesOf = (text: string): number => Buffer.byteLength(text)

/** The longest beginning of at most `limit` bytes that does not split a character (kn splits them). */
const cutToBytes = (text: string, limit: number): string => {
  const bytes = Buffer.from(text)
  let end = limit
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end -= 1
  return bytes.toString('utf8', 0, end)
}

/**
 * `k=v, k=v` in the order of the keys, cut to fit `100 - label - 2` bytes: 92 for Labels, 87 for Annotations. As in
 * kn, pairs are added until the text is too long; if it fits once the last comma is gone, nothing marks what is
 * missing.
 */
const pairsOnOneLine = (label: string, pairs: readonly string[]): string => {
  const limit = LINE_BYTES - label.length - 2
  let text = ''
  for (const pair of pairs) {
    text += `${pair}, `
    if (bytesOf(text) > limit) break
  }
  text = text.replace(/[, ]+$/, '')
  return bytesOf(text) > limit ? cutToBytes(text, limit - ELLIPSIS.length) + ELLIPSIS : text
}

const pairNodes = (label: string, map: Record<string, string> | undefined, verbose: boolean): LabelledNode[] => {
  const pairs = Object.keys(map ?? {})
    .sort()
    .filter((key) => verbose || !HIDDEN_PREFIXES.has(key.split('/')[0]!))
    .map((key) => `${key}=${map![key]}`)
  if (pairs.length === 0) return []
  return [{label, value: verbose ? pairs : pairsOnOneLine(label, pairs)}]
}

export interface MetadataOptions {
  now: Date
  /** All labels and annotations, one a line, nothing cut or hidden. */
  verbose?: boolean
}

/** Name, Namespace, Labels, Annotations, Age: the head of every description. */
export const metadataNodes = ({metadata}: KubeObject, {now, verbose = false}: MetadataOptions): LabelledNode[] => [
  {label: 'Name', value: metadata.name},
  ...(metadata.namespace === undefined ? [] : [{label: 'Namespace', value: metadata.namespace}]),
  ...pairNodes('Labels', metadata.labels, verbose),
  ...pairNodes('Annotations', metadata.annotations, verbose),
  {label: 'Age', value: shortAgeOf(metadata.creationTimestamp, now)},
]

/** What the Conditions table needs of a Knative condition. */
export interface DescribedCondition {
  type: string
  status: string
  /** Left out: an error. */
  severity?: string
  reason?: string
  message?: string
  /** RFC 3339 */
  lastTransitionTime?: string
}

export interface ConditionOptions {
  now: Date
  /**
   * `<reason> (<message>)` instead of the reason alone. Unlike kn, which drops a message without a reason, such a
   * message is then shown as `(<message>)`: it may be all there is to know.
   */
  verbose?: boolean
  /** Colours the symbol. */
  palette?: Palette
}

const SEVERITIES = ['', 'Warning', 'Info']
const severityRank = ({severity = ''}: DescribedCondition): number => {
  const rank = SEVERITIES.indexOf(severity)
  return rank < 0 ? SEVERITIES.length : rank
}

const symbolOf = ({status, severity = ''}: DescribedCondition): string => {
  if (status === 'True') return '++'
  if (status !== 'False') return '??'
  switch (severity) {
    case '':
      return '!!'
    case 'Warning':
      return ' W'
    case 'Info':
      return ' I'
    default:
      return ' !'
  }
}

const paintSymbol = (symbol: string, palette: Palette): string => {
  if (symbol === '++') return palette.green(symbol)
  return symbol === '!!' ? palette.red(symbol) : palette.yellow(symbol)
}

/** Ready first, then by severity, then by type. */
const byImportance = (a: DescribedCondition, b: DescribedCondition): number => {
  const readiness = Number(b.type === 'Ready') - Number(a.type === 'Ready')
  if (readiness !== 0) return readiness
  return severityRank(a) - severityRank(b) || (a.type < b.type ? -1 : Number(a.type > b.type))
}

const explain = ({reason = '', message = ''}: DescribedCondition, verbose: boolean): string =>
  verbose && message !== '' ? `${reason} (${message})`.trimStart() : reason

/** The Conditions table of a description, header first; the children of a `Conditions` node. */
export const conditionRows = (
  conditions: readonly DescribedCondition[],
  {now, verbose = false, palette = plain}: ConditionOptions,
): LineNode[] => {
  const width = Math.max(0, ...conditions.map(({type}) => type.length))
  const row = (type: string, age: string, text: string): string =>
    `${type.padEnd(width)} ${age.padStart(6)} ${text}`.trimEnd()
  return [
    {line: `OK ${row('TYPE', 'AGE', 'REASON')}`},
    ...[...conditions].sort(byImportance).map((condition) => {
      const age = shortAgeOf(condition.lastTransitionTime, now)
      const rest = row(condition.type, age, printable(explain(condition, verbose)))
      return {mark: `${paintSymbol(symbolOf(condition), palette)} `, line: rest}
    }),
  ]
}
