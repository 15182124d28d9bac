import * as Flags from '@oclif/core/flags'
import {invalid} from '../../domain/core/errors.js'
import {duration} from './duration.js'
import {outputFlag, showManagedFieldsFlag} from './output.js'

const helpGroup = 'WRITE'

export const DRY_RUN = ['none', 'client', 'server'] as const

/** kubectl's dry run; its own word on the bare form, which kubectl has deprecated, is given by the argv normaliser. */
const dryRun = Flags.custom<(typeof DRY_RUN)[number]>({
  helpGroup,
  helpValue: 'none|client|server',
  default: 'none',
  summary: 'Show what would be done: client sends nothing, server lets the server check it without storing.',
  async parse(input) {
    const found = DRY_RUN.find((option) => option === input)
    if (found === undefined) {
      throw invalid(
        `--dry-run: "${input}" is not one of none, client, server`,
        'Use --dry-run=client or --dry-run=server.',
      )
    }
    return found
  },
})

/** Flags of every command that changes the cluster. */
export const writeFlags = {
  'dry-run': dryRun(),
  diff: Flags.boolean({helpGroup, summary: 'Show the difference to what is there, then ask.'}),
  'field-manager': Flags.string({
    helpGroup,
    helpValue: 'NAME',
    default: 'kubectl-sfl',
    summary: 'Name under which the server records who set a field.',
  }),
  output: outputFlag(['json', 'yaml', 'name', 'jsonpath', 'jsonpath-as-json', 'custom-columns']),
  'show-managed-fields': showManagedFieldsFlag,
  yes: Flags.boolean({char: 'y', helpGroup, summary: 'Do not ask; needed in scripts where a question would be asked.'}),
}

/** For what others depend on, where --yes is not enough. */
export const confirmFlag = Flags.string({
  helpGroup,
  helpValue: 'NAME',
  multiple: true,
  multipleNonGreedy: true,
  summary: 'Name of what may be changed or deleted although others depend on it; instead of typing it (repeatable).',
})

export const forceFlag = (what: string) => Flags.boolean({helpGroup, default: false, summary: what})

/** Flags of a command that can wait for readiness. kn's word for the time is --wait-timeout. */
export const waitFlags = {
  wait: Flags.boolean({helpGroup, allowNo: true, default: false, summary: 'Return only once it is ready.'}),
  'wait-timeout': duration({helpGroup, summary: 'How long to wait at most (default 5m).'}),
}

/** Milliseconds waited when the user names no time. */
export const DEFAULT_WAIT = 300_000
