import {isRecord, listAt, recordAt, textAt} from './read.js'

type Labels = Readonly<Record<string, string>>

const expressionMatches = (expression: unknown, labels: Labels): boolean | undefined => {
  const key = textAt(expression, 'key')
  if (key === undefined) return undefined
  const values = listAt(expression, 'values')
  const has = Object.hasOwn(labels, key)
  switch (textAt(expression, 'operator')) {
    case 'In':
      return has && values.includes(labels[key])
    case 'NotIn':
      return !has || !values.includes(labels[key])
    case 'Exists':
      return has
    case 'DoesNotExist':
      return !has
    default:
      return undefined
  }
}

/**
 * Evaluates a metav1.LabelSelector. An empty one matches everything. `undefined` when it is no LabelSelector.
 */
export const matchesSelector = (selector: unknown, labels: Labels): boolean | undefined => {
  if (!isRecord(selector)) return undefined
  const {matchLabels = {}, matchExpressions = []} = selector
  if (!isRecord(matchLabels) || !Array.isArray(matchExpressions)) return undefined
  const pairs = Object.entries(recordAt(selector, 'matchLabels')).map(
    ([key, value]) => Object.hasOwn(labels, key) && labels[key] === value,
  )
  const expressions = listAt(selector, 'matchExpressions').map((expression) => expressionMatches(expression, labels))
  if (expressions.includes(undefined)) return undefined
  return [...pairs, ...expressions].every((matched) => matched === true)
}

export const matchesEverything = (selector: unknown): boolean =>
  isRecord(selector) &&
  Object.keys(recordAt(selector, 'matchLabels')).length === 0 &&
  listAt(selector, 'matchExpressions').length === 0

/** The smallest change of one label after which the selector no longer matches, as `kubectl label` takes it. */
export const labelThatStops = (selector: unknown, labels: Labels): string | undefined => {
  const keys = [
    ...Object.keys(recordAt(selector, 'matchLabels')),
    ...listAt(selector, 'matchExpressions').flatMap((expression) => textAt(expression, 'key') ?? []),
  ]
  const removable = keys.find((key) => {
    const rest = Object.fromEntries(Object.entries(labels).filter(([name]) => name !== key))
    return Object.hasOwn(labels, key) && matchesSelector(selector, rest) === false
  })
  if (removable !== undefined) return `${removable}-`
  const changes = listAt(selector, 'matchExpressions').flatMap((expression): Array<readonly [string, string]> => {
    const key = textAt(expression, 'key') ?? ''
    const [value] = listAt(expression, 'values')
    return [[key, 'disabled'], ...(typeof value === 'string' ? [[key, value] as const] : [])]
  })
  const found = changes.find(([key, value]) => matchesSelector(selector, {...labels, [key]: value}) === false)
  return found === undefined ? undefined : `${found[0]}=${found[1]}`
}
