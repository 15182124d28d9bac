import * as Flags from '@oclif/core/flags'
import {completing} from './completing.js'

const helpGroup = 'OUTPUT'

/** `-o`; the list of formats is checked by the output room, which knows kubectl's words for a wrong one. */
export const outputFlag = (formats: readonly string[]) =>
  completing(
    formats.map((format) => (/^(jsonpath|custom-columns)/.test(format) ? `${format}=` : format)),
    Flags.string({
      char: 'o',
      helpGroup,
      helpValue: 'FORMAT',
      summary: `Output format: ${formats.join(', ')}.`,
    }),
  )

export const showManagedFieldsFlag = Flags.boolean({
  helpGroup,
  summary: 'Keep metadata.managedFields in json and yaml.',
})

export const allowMissingKeysFlag = Flags.boolean({
  helpGroup,
  default: true,
  allowNo: true,
  summary: 'Ignore missing keys in jsonpath.',
})

/** The formats of objects that are printed one at a time. */
export const OBJECT_FORMATS = [
  'json',
  'yaml',
  'name',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'custom-columns',
  'custom-columns-file',
] as const

/** Flags of every list. */
export const listFlags = {
  output: outputFlag(['wide', ...OBJECT_FORMATS]),
  'all-namespaces': Flags.boolean({char: 'A', summary: 'All namespaces, with a column for them.'}),
  selector: Flags.string({char: 'l', helpValue: 'SELECTOR', summary: 'Label selector (=, ==, !=, in, notin, exists).'}),
  'field-selector': Flags.string({helpValue: 'SELECTOR', summary: 'Field selector, such as metadata.name=orders.'}),
  'sort-by': Flags.string({helpGroup, helpValue: 'JSONPATH', summary: 'Sort by this expression.'}),
  'no-headers': Flags.boolean({helpGroup, summary: 'Leave the header line out.'}),
  'show-labels': Flags.boolean({helpGroup, summary: 'Add a column with the labels.'}),
  'chunk-size': Flags.integer({
    helpValue: 'N',
    min: 0,
    summary: 'Objects per request; 0 asks for all at once. Without it 500, then more with every request.',
  }),
  watch: Flags.boolean({char: 'w', summary: 'Watch for changes.'}),
  'ignore-not-found': Flags.boolean({summary: 'Succeed when a named object does not exist.'}),
  'show-managed-fields': showManagedFieldsFlag,
  'allow-missing-template-keys': allowMissingKeysFlag,
}
