import type {FilterFlagValues} from '../../cli/flags/filters.js'
import type {Runtime} from '../../cli/runtime.js'
import {invalid} from '../../domain/errors.js'
import type {FilterOptions} from '../../domain/eventing/trigger-filter-flags.js'

/** The filter flags, with the document of `--filters-file`. Throws InvalidArgument when that is no YAML. */
export const filterOptions = async (runtime: Runtime, flags: FilterFlagValues): Promise<FilterOptions> => ({
  filter: flags.filter,
  filterPrefix: flags['filter-prefix'],
  filterSuffix: flags['filter-suffix'],
  filterCesql: flags['filter-cesql'],
  ...(flags['filters-file'] === undefined ? {} : {filterTree: await documentOf(runtime, flags['filters-file'])}),
})

const documentOf = async (runtime: Runtime, path: string): Promise<unknown> => {
  const [text, {parseYaml}] = await Promise.all([runtime.readFile(path), import('../../facts/yaml.js')])
  const parsed = parseYaml(text)
  if ('fault' in parsed) throw invalid(`--filters-file ${path}: ${parsed.fault}`)
  // An empty file is no wish for no filters.
  return parsed.document ?? ''
}
