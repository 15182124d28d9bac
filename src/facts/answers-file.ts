import {isMap, isScalar, LineCounter, parseDocument} from 'yaml'
import {type AnswerEntry} from '../domain/sonataflow/setup-answers.js'

/** The entries of an answers file (YAML or JSON) with the places where they stand, or what is wrong with its syntax. */
export const parseAnswers = (text: string): {entries: AnswerEntry[]} | {fault: string} => {
  const lines = new LineCounter()
  const document = parseDocument(text, {lineCounter: lines, logLevel: 'error'})
  const place = (offset: number): {line: number; column: number} => {
    const {line, col} = lines.linePos(offset)
    return {line, column: col}
  }
  const [error] = document.errors
  if (error !== undefined) {
    const {line, column} = place(error.pos[0])
    return {fault: `line ${line}, column ${column}: ${error.message.split(' at line ')[0] ?? error.message}`}
  }
  const {contents} = document
  if (contents === null) return {entries: []}
  if (!isMap(contents)) return {fault: 'line 1, column 1: expected a map of answers, such as "namespace: workflows"'}
  return {
    entries: contents.items.map(({key, value}) => {
      const node = isScalar(key) ? key : undefined
      return {
        key: String(node?.value ?? ''),
        value: isScalar(value) ? value.value : value,
        ...place(node?.range?.[0] ?? 0),
      }
    }),
  }
}
