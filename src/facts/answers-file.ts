import {isMap, isScalar, LineCounter, parseDocument} from 'yaml'
import {placed, type AnswerEntry, type Place} from '../domain/sonataflow/setup/answers.js'

/** The entries of an answers file (YAML or JSON) with the places where they stand, or all that is wrong with its syntax. */
export const parseAnswers = (text: string): {entries: AnswerEntry[]} | {faults: string[]} => {
  const lines = new LineCounter()
  const document = parseDocument(text, {lineCounter: lines, logLevel: 'error'})
  const place = (offset: number): Place => {
    const {line, col} = lines.linePos(offset)
    return {line, column: col}
  }
  if (document.errors.length > 0)
    return {
      // The first line of the message says what; the rest draws the place.
      faults: document.errors.map(({message, pos: [start]}) =>
        placed(place(start), message.replace(/ at line [^]*$/, '').replace(/\n[^]*$/, '')),
      ),
    }
  const {contents} = document
  if (contents === null) return {entries: []}
  if (!isMap(contents))
    return {
      faults: [placed(place(contents.range?.[0] ?? 0), 'expected a map of answers, such as "namespace: workflows"')],
    }
  return {
    entries: contents.items.map(({key, value}) => {
      const at = place((isScalar(key) ? key.range?.[0] : undefined) ?? 0)
      return {
        key: String(isScalar(key) ? key.value : ''),
        value: isScalar(value) ? value.value : value,
        at,
        valueAt: hasRange(value) ? place(value.range[0]) : at,
      }
    }),
  }
}

const hasRange = (node: unknown): node is {range: [number, number, number]} =>
  typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
