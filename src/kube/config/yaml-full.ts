import {parseAllDocuments} from 'yaml'

/** What is wrong with a file, and where. */
export class MalformedYaml extends Error {
  constructor(
    message: string,
    /** Counted from 1. */
    readonly line: number | undefined,
  ) {
    super(message)
  }
}

/**
 * The `yaml` package's answer. As client-go does, only the first document counts, and of two equal keys the last one.
 * A module of its own so that it is loaded only when it is needed. Throws `MalformedYaml`.
 */
export const readYaml = (text: string): unknown => {
  const documents = parseAllDocuments(text, {uniqueKeys: false, logLevel: 'error'})
  const first = Array.isArray(documents) ? documents[0] : undefined
  if (first === undefined) return null
  const fault = first.errors[0]
  if (fault !== undefined)
    throw new MalformedYaml(fault.message.split('\n')[0] ?? fault.message, fault.linePos?.[0].line)
  const value: unknown = first.toJS()
  return value
}
