import * as Flags from '@oclif/core/flags'
import {invalid} from '../../domain/core/errors.js'
import type {FilterOptions} from '../../domain/eventing/trigger/filter-flags.js'
import type {Runtime} from '../runtime.js'
import {completing} from './completing.js'

const helpGroup = 'FILTERS'
const repeatable = {helpGroup, multiple: true, multipleNonGreedy: true} as const

/** The attributes that CloudEvents have, as the flags begin. */
const attributes = ['type=', 'source=', 'subject=', 'id=', 'dataschema=', 'datacontenttype=']

const flags = (more: string) => ({
  filter: completing(
    attributes,
    Flags.string({
      ...repeatable,
      helpValue: 'KEY=VALUE',
      summary: `Attribute with exactly this value (repeatable; all must match)${more}.`,
    }),
  ),
  'filter-prefix': completing(
    attributes,
    Flags.string({
      ...repeatable,
      helpValue: 'KEY=VALUE',
      summary: `Attribute that begins with this (repeatable)${more}.`,
    }),
  ),
  'filter-suffix': completing(
    attributes,
    Flags.string({
      ...repeatable,
      helpValue: 'KEY=VALUE',
      summary: `Attribute that ends with this (repeatable)${more}.`,
    }),
  ),
  'filter-cesql': Flags.string({
    ...repeatable,
    helpValue: 'EXPR',
    summary: `CloudEvents SQL expression (repeatable)${more === '' ? '' : '; replaces those that are there'}.`,
  }),
  'filters-file': Flags.string({
    helpGroup,
    helpValue: 'FILE',
    summary: 'All filters as a tree (all, any, not, …) in YAML or JSON; - is stdin. Replaces all others.',
  }),
})

/** Which events a trigger wants. */
export const filterFlags = flags('')

/** The same where a trigger is changed: attributes are merged. */
export const filterChangeFlags = flags('; KEY- removes one')

export interface FilterFlagValues {
  filter?: string[] | undefined
  'filter-prefix'?: string[] | undefined
  'filter-suffix'?: string[] | undefined
  'filter-cesql'?: string[] | undefined
  'filters-file'?: string | undefined
}

/** Reads YAML or JSON. */
export type ParseDocument = (text: string) => Promise<{document: unknown} | {fault: string}>

/** The filter flags, with the document of `--filters-file`. Throws InvalidArgument when that is no YAML. */
export const filterOptions = async (
  runtime: Runtime,
  flags: FilterFlagValues,
  parse: ParseDocument,
): Promise<FilterOptions> => {
  const path = flags['filters-file']
  return {
    filter: flags.filter,
    filterPrefix: flags['filter-prefix'],
    filterSuffix: flags['filter-suffix'],
    filterCesql: flags['filter-cesql'],
    ...(path === undefined ? {} : {filterTree: await documentOf(path, await runtime.readFile(path), parse)}),
  }
}

const documentOf = async (path: string, text: string, parse: ParseDocument): Promise<unknown> => {
  const parsed = await parse(text)
  if ('fault' in parsed) throw invalid(`--filters-file ${path}: ${parsed.fault}`)
  // An empty file is no wish for no filters.
  return parsed.document ?? ''
}
