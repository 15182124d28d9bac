import {Flags} from '@oclif/core'

/** Labels and annotations, `k=v` sets and `k-` removes, as kubectl label and annotate take them. */
export const metadataFlags = {
  label: Flags.string({
    char: 'l',
    helpValue: 'KEY=VALUE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Label to set (repeatable); KEY- removes one.',
  }),
  annotation: Flags.string({
    helpValue: 'KEY=VALUE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Annotation to set (repeatable); KEY- removes one.',
  }),
}
