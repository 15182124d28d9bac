import * as Flags from '@oclif/core/flags'

const repeatable = {helpValue: 'KEY=VALUE', multiple: true, multipleNonGreedy: true} as const

const flags = (more: string) => ({
  label: Flags.string({...repeatable, char: 'l', summary: `Label to set (repeatable)${more}.`}),
  annotation: Flags.string({...repeatable, summary: `Annotation to set (repeatable)${more}.`}),
})

/** Labels and annotations that an object is made with. */
export const metadataFlags = flags('')

/** The same where an object is changed: `k=v` sets and `k-` removes, as kubectl label and annotate take them. */
export const metadataChangeFlags = flags('; KEY- removes one')
