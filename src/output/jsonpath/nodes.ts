/** What a template is made of (k8s.io/client-go util/jsonpath/node.go names the same things). */

/** Bounds as they are written; `undefined` where left out. */
export interface ArrayNode {
  type: 'array'
  start?: number | undefined
  end?: number | undefined
  step?: number | undefined
  /** A single index `[n]`: `end` is `start + 1`, and not written. */
  single: boolean
}

export const FILTER_OPERATORS = ['==', '!=', '<', '<=', '>', '>='] as const
export type FilterOperator = (typeof FILTER_OPERATORS)[number]

/** Keeps those elements of an array for which the left path exists, or compares as said with the right. */
export interface FilterNode {
  type: 'filter'
  left: Path
  comparison?: {operator: FilterOperator; right: Path}
}

/** One step along a path. */
export type Step =
  | {type: 'field'; name: string}
  | ArrayNode
  | FilterNode
  | {type: 'wildcard'}
  | {type: 'recursive'}
  | {type: 'union'; paths: readonly Path[]}
  | {type: 'text'; text: string}
  | {type: 'value'; value: number | boolean}

/** What is between braces: each step starts from all results of the one before. */
export type Path = readonly Step[]

/** A word between braces: `range` or `end`. */
export interface Identifier {
  type: 'identifier'
  name: string
}

/** A whole template: text, paths, and ranges around further parts. */
export type Part =
  {type: 'text'; text: string} | {type: 'path'; path: Path} | {type: 'range'; over: Path; body: readonly Part[]}

/** A template that cannot be read. The texts are those of kubectl. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}
