import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import {completing} from './completing.js'
import {duration} from './duration.js'
import {metadataChangeFlags, metadataFlags} from './metadata.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from './write.js'

/** `NAME...` of a kind; what is missing is asked for, or said, by `needed` and not by oclif. */
export const namesArg = (plural: string) => ({
  names: Args.string({multiple: true, required: false, ignoreStdin: true, description: `Names of the ${plural}.`}),
})

/** `NAME` of a kind. */
export const nameArg = (singular: string) => ({
  name: Args.string({required: false, ignoreStdin: true, description: `Name of the ${singular}.`}),
})

/** A flag that an update takes only in order to explain that it cannot be changed. */
export const fixed = <T extends object>(flag: T): T => ({...flag, hidden: true})

/** Flags of every `create`. */
export const createFlags = (singular: string) => ({
  'if-not-exists': Flags.boolean({summary: `Succeed when the ${singular} exists already, and leave it as it is.`}),
  force: forceFlag('Create it despite preflight errors.'),
  ...metadataFlags,
  ...waitFlags,
  ...writeFlags,
})

/** Flags of every `apply`. */
export const applyFlags = {
  force: forceFlag('Apply it despite preflight errors.'),
  'force-conflicts': forceFlag('Take fields over that other field managers own.'),
  ...metadataFlags,
  ...waitFlags,
  ...writeFlags,
}

/**
 * Flags of every `update`; `what` are the settings that `--unset` takes beside labels and annotations, `fields` the same
 * for completion.
 */
export const updateFlags = (what?: string, fields: readonly string[] = []) => ({
  unset: completing(
    [...fields, 'label:', 'annotation:'],
    Flags.string({
      helpValue: 'FIELD',
      multiple: true,
      multipleNonGreedy: true,
      summary: `Remove ${what === undefined ? '' : `a setting: ${what}, `}label:KEY or annotation:KEY (repeatable).`,
    }),
  ),
  force: forceFlag('Change it despite preflight errors.'),
  ...metadataChangeFlags,
  ...waitFlags,
  ...writeFlags,
})

/** Flags of every `delete`. */
export const deleteFlags = (singular: string) => ({
  'ignore-not-found': Flags.boolean({summary: `Succeed when the ${singular} does not exist.`}),
  force: forceFlag('Delete it despite preflight errors.'),
  wait: Flags.boolean({allowNo: true, default: true, summary: 'Return only once it is gone.'}),
  timeout: duration({summary: 'How long to wait at most (default 5m).'}),
  'wait-timeout': duration({hidden: true, summary: 'Alias of --timeout (kn compatible).'}),
  'wait-window': Flags.string({hidden: true, helpValue: 'SECONDS', summary: "kn's; without effect on deletion."}),
  ...writeFlags,
})

/** What those flags say, as plans take it. `waitMs` is left out when nobody waits. */
export const writing = (
  flags: {
    force: boolean
    'if-not-exists'?: boolean
    'force-conflicts'?: boolean
    'field-manager': string
    wait: boolean
    'wait-timeout'?: number | undefined
  },
  waitMs = flags['wait-timeout'] ?? DEFAULT_WAIT,
) => ({
  force: flags.force,
  ifNotExists: flags['if-not-exists'] === true,
  forceConflicts: flags['force-conflicts'] === true,
  fieldManager: flags['field-manager'],
  ...(flags.wait ? {waitMs} : {}),
})
