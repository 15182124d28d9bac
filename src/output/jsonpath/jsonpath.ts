import {invalid, ExitCode, SflError} from '../../domain/core/errors.js'
import {evaluate, EvaluationError, type EvaluateOptions} from './evaluate.js'
import {TemplateError, type Part} from './nodes.js'
import {parseTemplate} from './parse.js'
import {formatResults, formatResultsAsJson} from './print.js'

/** A template of kubectl's JSONPath language, read and ready to be applied. */
export interface JsonPath {
  readonly template: string
  /** The results of each part of the template, in the order of printing. */
  results(data: unknown): (readonly unknown[])[]
  /** As `-o jsonpath` prints it, without a line end. */
  text(data: unknown): string
  /** As `-o jsonpath-as-json` prints it: a JSON array. */
  json(data: unknown): string
}

const parsed = (template: string): Part[] => {
  try {
    return parseTemplate(template)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    const hint = /=~/.test(template) ? 'kubectl knows no =~ in filters: use == or -o json and jq' : undefined
    throw invalid(`error parsing jsonpath ${template}, ${error.message}`, hint)
  }
}

/**
 * Reads a template.
 *
 * @throws InvalidArgument when it cannot be read; its methods throw `JSONPathFailed` (exit code 1) when the template does not fit
 * the data, e.g. an index out of bounds
 */
export const compileJsonPath = (template: string, options: EvaluateOptions = {}): JsonPath => {
  const parts = parsed(template)
  const results = (data: unknown): (readonly unknown[])[] => {
    try {
      return evaluate(parts, data, options)
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error
      const message = `error executing jsonpath ${JSON.stringify(template)}: ${error.message}`
      throw new SflError('JSONPathFailed', message, ExitCode.Failed, {cause: error})
    }
  }
  return {
    template,
    results,
    text: (data) => formatResults(results(data)),
    json: (data) => formatResultsAsJson(results(data)),
  }
}

/**
 * Accepts `metadata.name`, `.metadata.name`, `{metadata.name}` and `{.metadata.name}` and gives the last form, for
 * custom columns and `--sort-by` (kubectl pkg/cmd/get/customcolumn.go); empty stays empty.
 *
 * @throws InvalidArgument in kubectl's words
 */
export const relaxJsonPath = (expression: string): string => {
  if (expression === '') return ''
  const [, inBraces, bare] = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(expression) ?? []
  const path = inBraces ?? bare
  if (path === undefined) {
    throw invalid(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
      `the expression was ${expression}`,
    )
  }
  return `{.${path}}`
}
