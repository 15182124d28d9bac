import {isRecord} from '../../domain/core/read.js'
import type {ArrayNode, FilterNode, FilterOperator, Part, Path, Step} from './nodes.js'

/** A template that cannot be applied to this data. The texts are those of kubectl. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError'
}

export interface EvaluateOptions {
  /** Default true, as in kubectl: what is not there is nothing, not an error. */
  allowMissingKeys?: boolean
}

type Values = readonly unknown[]

/** How Go calls the type of decoded JSON. Messages never hold the value, unlike those of kubectl: it may be a Secret. */
const goType = (value: unknown): string => {
  if (value === null) return '<nil>'
  if (isRecord(value)) return 'map[string]interface {}'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

const field = (input: Values, name: string, allowMissingKeys: boolean): Values => {
  const found = input.filter((value) => isRecord(value) && Object.hasOwn(value, name))
  if (found.length === 0 && input.length > 0 && !allowMissingKeys) throw new EvaluationError(`${name} is not found`)
  return found.map((value) => (isRecord(value) ? value[name] : undefined))
}

const slice = (list: Values, {start = 0, end, step = 1, single}: ArrayNode): Values => {
  const {length} = list
  const from = start < 0 ? start + length : start
  const last = end ?? length
  const to = last < 0 || (last === 0 && single) ? last + length : last
  if (from === to) return []
  const outOfBounds = (index: number): EvaluationError =>
    new EvaluationError(`array index out of bounds: index ${index}, length ${length}`)
  if (from >= length || from < 0) throw outOfBounds(from)
  if (to > length || to < 0) throw outOfBounds(to - 1)
  if (from > to) throw new EvaluationError(`starting index ${from} is greater than ending index ${to}`)
  if (step <= 0) throw new EvaluationError('step must be > 0')
  return list.slice(from, to).filter((_, index) => index % step === 0)
}

const array = (input: Values, node: ArrayNode): Values =>
  input.flatMap((value) => {
    if (value === null) return []
    if (!Array.isArray(value)) throw new EvaluationError(`${goType(value)} is not array or slice`)
    return slice(value, node)
  })

/** The values one level below. */
const children = (value: unknown): Values => {
  if (Array.isArray(value)) return value
  return isRecord(value) ? Object.values(value) : []
}

/** Everything that has something below it, and texts, parents before children. */
const descend = (input: Values): Values =>
  input.flatMap((value) => {
    const below = children(value)
    return below.length > 0 || (typeof value === 'string' && value !== '') ? [value, ...descend(below)] : []
  })

const kindOf = (value: unknown): string => {
  const kind = typeof value
  if (kind === 'string' || kind === 'number' || kind === 'boolean') return kind
  throw new EvaluationError('invalid type for comparison')
}

/** -1, 0 or 1; texts in the order of their bytes. */
const order = (left: unknown, right: unknown): number => {
  if (typeof left === 'number' && typeof right === 'number') return Math.sign(left - right)
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : Number(left > right)
  throw new EvaluationError('invalid type for comparison')
}

/** Unlike kubectl, which refuses to compare 3 with 2.5, numbers are numbers. */
const compare = (operator: FilterOperator, left: unknown, right: unknown): boolean => {
  if (kindOf(left) !== kindOf(right)) throw new EvaluationError('incompatible types for comparison')
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return order(left, right) < 0
    case '<=':
      return order(left, right) <= 0
    case '>':
      return order(left, right) > 0
    case '>=':
      return order(left, right) >= 0
  }
}

class Evaluation {
  constructor(private readonly allowMissingKeys: boolean) {}

  path(input: Values, path: Path): Values {
    return path.reduce((values, step) => this.step(values, step), input)
  }

  private step(input: Values, step: Step): Values {
    switch (step.type) {
      case 'field':
        return field(input, step.name, this.allowMissingKeys)
      case 'array':
        return array(input, step)
      case 'filter':
        return this.filter(input, step)
      case 'wildcard':
        return input.flatMap(children)
      case 'recursive':
        return descend(input)
      case 'union':
        return step.paths.flatMap((path) => this.path(input, path))
      case 'text':
        return [step.text]
      case 'value':
        return input.map(() => step.value)
    }
  }

  private filter(input: Values, node: FilterNode): Values {
    return input.flatMap((value) => {
      if (!Array.isArray(value)) {
        throw new EvaluationError(`${goType(value)} is not array or slice and cannot be filtered`)
      }
      const elements: Values = value
      return elements.filter((element) => this.passes(element, node))
    })
  }

  private passes(element: unknown, {left, comparison}: FilterNode): boolean {
    if (!comparison) return this.exists(element, left)
    const [a, b] = [this.single(element, left), this.single(element, comparison.right)]
    return a !== undefined && b !== undefined && compare(comparison.operator, a.value, b.value)
  }

  /** A path that cannot be followed does not exist. */
  private exists(element: unknown, path: Path): boolean {
    try {
      return this.path([element], path).length > 0
    } catch (error) {
      if (error instanceof EvaluationError) return false
      throw error
    }
  }

  private single(element: unknown, path: Path): {value: unknown} | undefined {
    const values = this.path([element], path)
    if (values.length > 1) throw new EvaluationError('can only compare one element at a time')
    return values.length === 0 ? undefined : {value: values[0]}
  }

  parts(data: unknown, parts: readonly Part[]): Values[] {
    return parts.flatMap((part): Values[] => {
      switch (part.type) {
        case 'text':
          return [[part.text]]
        case 'path':
          return [this.path([data], part.path)]
        case 'range':
          return this.path([data], part.over).flatMap((value) => this.parts(value, part.body))
      }
    })
  }
}

/**
 * The results of each part of a template in the order of printing (k8s.io/client-go util/jsonpath/jsonpath.go); a range
 * gives those of its body once for each value.
 *
 * @throws EvaluationError in kubectl's words
 */
export const evaluate = (
  parts: readonly Part[],
  data: unknown,
  {allowMissingKeys = true}: EvaluateOptions = {},
): Values[] => new Evaluation(allowMissingKeys).parts(data, parts)
