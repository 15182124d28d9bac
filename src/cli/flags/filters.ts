import * as Flags from '@oclif/core/flags'

const helpGroup = 'FILTERS'
const repeatable = {helpGroup, multiple: true, multipleNonGreedy: true} as const

const flags = (more: string) => ({
  filter: Flags.string({
    ...repeatable,
    helpValue: 'KEY=VALUE',
    summary: `Attribute with exactly this value (repeatable; all must match)${more}.`,
  }),
  'filter-prefix': Flags.string({
    ...repeatable,
    helpValue: 'KEY=VALUE',
    summary: `Attribute that begins with this (repeatable)${more}.`,
  }),
  'filter-suffix': Flags.string({
    ...repeatable,
    helpValue: 'KEY=VALUE',
    summary: `Attribute that ends with this (repeatable)${more}.`,
  }),
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
