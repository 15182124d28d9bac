import * as Flags from '@oclif/core/flags'
import {allowMissingKeysFlag, OBJECT_FORMATS, outputFlag, showManagedFieldsFlag} from './output.js'

/** Flags of every `describe`. */
export const describeFlags = {
  output: outputFlag(['url', ...OBJECT_FORMATS]),
  verbose: Flags.boolean({summary: "All labels and annotations, nothing cut; kn's bare -v."}),
  extras: Flags.boolean({allowNo: true, default: true, summary: 'Show also what kn leaves out.'}),
  'show-events': Flags.boolean({allowNo: true, default: true, summary: 'Show recent events.'}),
  'show-managed-fields': showManagedFieldsFlag,
  'allow-missing-template-keys': allowMissingKeysFlag,
}
