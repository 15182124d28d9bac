import {isRecord, type Fields} from './read.js'

/** One change of a parsed document. Maps on the way are made as needed; what is in the way and no map is replaced. */
export type DocumentEdit = {path: readonly string[]; value: unknown} | {path: readonly string[]; remove: true}

/** Applies edits to the text of a document and keeps its comments; a fault when the text cannot be parsed. */
export type EditDocument = (text: string, edits: readonly DocumentEdit[]) => {text: string} | {fault: string}

/** What the document holds after the edits; the argument is not changed. */
export const applyEdits = (document: unknown, edits: readonly DocumentEdit[]): unknown =>
  edits.reduce<unknown>(
    (now, edit) => ('remove' in edit ? removed(now, edit.path) : placed(now, edit.path, edit.value)),
    document,
  )

const placed = (here: unknown, [step, ...rest]: readonly string[], value: unknown): unknown => {
  if (step === undefined) return value
  const fields: Fields = isRecord(here) ? here : {}
  return {...fields, [step]: placed(Object.hasOwn(fields, step) ? fields[step] : undefined, rest, value)}
}

const removed = (here: unknown, [step, ...rest]: readonly string[]): unknown => {
  if (step === undefined || !isRecord(here) || !Object.hasOwn(here, step)) return here
  if (rest.length > 0) return {...here, [step]: removed(here[step], rest)}
  return Object.fromEntries(Object.entries(here).filter(([key]) => key !== step))
}
