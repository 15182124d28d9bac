import {isMap, LineCounter, parseAllDocuments, visit, type DocumentOptions, type Tags} from 'yaml'
import {invalid} from '../domain/core/errors.js'
import type {KubeObject} from '../domain/core/object.js'
import {at, isRecord, listAt, textAt} from '../domain/core/read.js'

/** This module loads the `yaml` package; import it lazily. Kubernetes reads YAML 1.1. */
const VERSION = '1.1' satisfies DocumentOptions['version']

/** An object of a file. */
export interface ParsedManifest {
  manifest: KubeObject
  /** It has `generateName`: the server makes up its name, and the one of `manifest` stands for that. */
  generated?: true
  /** Keys that stand twice in its document, with their lines; the last one counts, as kubectl has it. */
  repeated: readonly string[]
}

const goOctal = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^0o[0-7]+$/i,
  resolve: (text: string): number => parseInt(text.slice(2), 8),
}

/** kubectl reads times and `12:30:45` as text, unlike YAML 1.1, and `0o17` as a number. */
const readTags = (tags: Tags): Tags => [
  goOctal,
  ...tags.filter(
    (tag) => typeof tag === 'string' || (tag.tag !== 'tag:yaml.org,2002:timestamp' && tag.format !== 'TIME'),
  ),
]

/** Text that Helm or Go would fill in. */
const PLACEHOLDER = /\{\{-?\s*[^{}\s][^{}]*\}\}/

const notRendered = (where: string, placeholder: string) =>
  invalid(
    `${where}: this is a template that was not rendered: ${placeholder}`,
    'render it first, for example: helm template CHART | kubectl sfl check -f -',
  )

/** Stands for the letters that the server makes up. */
const UNKNOWN_SUFFIX = 'xxxxx'

const isList = (value: unknown): boolean =>
  textAt(value, 'kind')?.endsWith('List') === true && Array.isArray(at(value, 'items'))

const isKubeObject = (value: unknown): value is KubeObject =>
  isRecord(value) &&
  typeof value['apiVersion'] === 'string' &&
  typeof value['kind'] === 'string' &&
  typeof at(value, 'metadata', 'name') === 'string'

/** A name that nobody knows yet, so that all else goes on as with any other object. */
const withGeneratedName = (value: unknown): unknown => {
  const prefix = textAt(value, 'metadata', 'generateName')
  const metadata = at(value, 'metadata')
  return isRecord(value) && isRecord(metadata) && prefix && metadata['name'] === undefined
    ? {...value, metadata: {name: `${prefix}${UNKNOWN_SUFFIX}`, ...metadata}}
    : value
}

const checked = (value: unknown, where: string, repeated: readonly string[] = []): ParsedManifest[] => {
  if (isList(value))
    return listAt(value, 'items').flatMap((item, index) => checked(item, `${where}: items[${index}]`, repeated))
  const named = withGeneratedName(value)
  if (isKubeObject(named)) {
    const placeholder = [named.apiVersion, named.kind, named.metadata.name, named.metadata.namespace ?? '']
      .map((text) => PLACEHOLDER.exec(text)?.[0])
      .find((found) => found !== undefined)
    if (placeholder !== undefined) throw notRendered(where, placeholder)
    return [{manifest: named, repeated, ...(named === value ? {} : {generated: true as const})}]
  }
  if (!isRecord(value)) throw invalid(`${where}: this is not a Kubernetes object`)
  const missing = [['apiVersion'], ['kind'], ['metadata', 'name']].find((path) => !textAt(value, ...path))
  throw invalid(
    `${where}: ${missing ? `${missing.join('.')} is missing or not a text` : 'this is not a Kubernetes object'}`,
  )
}

/** The end of the JSON value that begins at an offset; `undefined` when it has none. */
const endOfJson = (text: string, start: number): number | undefined => {
  let depth = 0
  let inText = false
  for (let index = start; index < text.length; index += 1) {
    const char = text[index]
    if (inText) {
      if (char === '\\') index += 1
      else if (char === '"') inText = false
    } else if (char === '"') inText = true
    else if (char === '{' || char === '[') depth += 1
    else if (char === '}' || char === ']') {
      depth -= 1
      if (depth === 0) return index + 1
    }
  }
  return undefined
}

/** One JSON document after the other, with or without anything between them, as Go's decoder takes them. */
const jsonValues = (text: string): unknown[] | undefined => {
  const values: unknown[] = []
  for (let start = text.search(/\S/); start >= 0 && start < text.length;) {
    const end = endOfJson(text, start)
    if (end === undefined) return undefined
    try {
      const value: unknown = JSON.parse(text.slice(start, end))
      values.push(value)
    } catch {
      // Flow style of YAML looks like it: the YAML reader knows line and column.
      return undefined
    }
    const rest = text.slice(end).search(/\S/)
    if (rest < 0) break
    start = end + rest
    if (text[start] !== '{' && text[start] !== '[') return undefined
  }
  return values
}

interface Document {
  value: unknown
  /** Where it begins, in words. */
  where: string
  repeated: readonly string[]
}

const documentsOf = (text: string, source: string): Document[] => {
  const json = /^\s*[{[]/.test(text) ? jsonValues(text) : undefined
  if (json) return json.map((value) => ({value, where: source, repeated: []}))
  const lines = new LineCounter()
  const place = (offset: number): string => {
    const {line, col} = lines.linePos(offset)
    return `${source}: line ${line}, column ${col}`
  }
  const documents = parseAllDocuments(text, {
    version: VERSION,
    lineCounter: lines,
    prettyErrors: false,
    // Otherwise the library writes warnings of its own to stderr.
    logLevel: 'error',
    customTags: readTags,
  })
  if (!Array.isArray(documents)) return []
  return documents.flatMap((document) => {
    const repeats = document.errors.filter(({code}) => code === 'DUPLICATE_KEY')
    const fault = document.errors.find((error) => !repeats.includes(error))
    const placeholder = placeholderIn(document)
    if (placeholder !== undefined)
      throw notRendered(place(placeholder), PLACEHOLDER.exec(text.slice(placeholder))?.[0] ?? '{{')
    if (fault) {
      const rest = PLACEHOLDER.exec(text.slice(document.range[0]))
      if (rest !== null) throw notRendered(place(document.range[0] + rest.index), rest[0])
      throw invalid(`${place(fault.pos[0])}: ${fault.message}`)
    }
    const value: unknown = document.toJS({maxAliasCount: 100})
    if (value === null || value === undefined) return []
    const repeated = repeats.map(({pos}) => {
      const key = /^[^\s:]*/.exec(text.slice(pos[0]))?.[0] ?? ''
      return `line ${lines.linePos(pos[0]).line}: ${key}`
    })
    return [{value, where: place(document.contents?.range?.[0] ?? 0), repeated}]
  })
}

/** Where a map is a key of another one: so does YAML read `{{ .Values.name }}`. */
const placeholderIn = (document: ReturnType<typeof parseAllDocuments>[number]): number | undefined => {
  let found: number | undefined
  visit(document, {
    Pair: (_key, {key}) => {
      if (!isMap(key) || key.range === undefined || key.range === null) return undefined
      found = key.range[0] - 1
      return visit.BREAK
    },
  })
  return found
}

/** Something else than a Kubernetes object: values of a chart, a pipeline of some forge. */
const isStranger = ({value}: Document): boolean =>
  isRecord(value) && value['apiVersion'] === undefined && value['kind'] === undefined

/**
 * The objects of a manifest file as kubectl reads it: YAML or JSON, several documents, Lists unpacked.
 *
 * @param source names the text in messages: a path, or `standard input`
 * @throws InvalidArgument with line and column where the text cannot be read or an object has no apiVersion, kind or name
 */
export const readManifests = (text: string, source: string): ParsedManifest[] =>
  documentsOf(text, source).flatMap(({value, where, repeated}) => checked(value, where, repeated))

/** The same for a file that nobody has named: `strange` when nothing in it is or could be meant as an object of Kubernetes. */
export const readFoundManifests = (text: string, source: string): ParsedManifest[] | 'strange' => {
  const documents = documentsOf(text, source)
  if (documents.length > 0 && documents.every(isStranger)) return 'strange'
  return documents.flatMap(({value, where, repeated}) => checked(value, where, repeated))
}

/** The objects alone. */
export const parseManifests = (text: string, source: string): KubeObject[] =>
  readManifests(text, source).map(({manifest}) => manifest)
