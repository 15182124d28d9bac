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

/** `key=value` sets, `key-` removes, as in kubectl label. */
export const splitRemovals = (pairs: readonly string[] = []): [set: string[], removed: string[]] => {
  const isRemoval = (pair: string): boolean => !pair.includes('=') && pair.endsWith('-')
  return [pairs.filter((pair) => !isRemoval(pair)), pairs.filter(isRemoval).map((pair) => pair.slice(0, -1))]
}

/** What the flags of an update say about labels, annotations and settings to remove. */
export const readMetadataChanges = (flags: {
  label?: string[] | undefined
  annotation?: string[] | undefined
  unset?: string[] | undefined
}): {labels: string[]; annotations: string[]; unset: string[]} => {
  const [labels, labelsGone] = splitRemovals(flags.label)
  const [annotations, annotationsGone] = splitRemovals(flags.annotation)
  return {
    labels,
    annotations,
    unset: [
      ...(flags.unset ?? []),
      ...labelsGone.map((key) => `label:${key}`),
      ...annotationsGone.map((key) => `annotation:${key}`),
    ],
  }
}
