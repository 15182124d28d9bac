import * as Flags from '@oclif/core/flags'
import {FAIL_LEVELS, REPORT_FORMATS} from '../../domain/check/engine/check-options.js'
import {completing} from './completing.js'
import {manifestFlags} from './manifests.js'
import {listFlags, outputFlag} from './output.js'
import {waitFlags, writeFlags} from './write.js'

export const checkFlags = {
  'all-namespaces': {...listFlags['all-namespaces'], summary: 'All namespaces together.'},
  ...manifestFlags('to judge as if they were applied'),
  offline: Flags.boolean({summary: 'Judge the manifests of -f or -k alone and ask no cluster.'}),
  ignore: Flags.string({
    helpValue: 'CODE[=NS/NAME]',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Leave findings of this code out, for all objects or for some; * stands for any (repeatable).',
  }),
  'fail-on': completing(
    FAIL_LEVELS,
    Flags.string({
      helpValue: 'LEVEL',
      default: 'error',
      summary:
        'From which level on the exit code is 5: error, warning, or not-verified: also for what could not be looked at.',
    }),
  ),
  fix: Flags.boolean({summary: 'Repair what can be repaired safely: show one plan and ask.'}),
  'dry-run': writeFlags['dry-run'],
  diff: writeFlags.diff,
  'field-manager': writeFlags['field-manager'],
  yes: writeFlags.yes,
  output: outputFlag(REPORT_FORMATS),
  ...waitFlags,
  wait: {...waitFlags.wait, summary: 'Look again until nothing is wrong; after --fix too.'},
}
