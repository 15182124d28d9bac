import {applyEdits, type DocumentEdit, type EditDocument} from '../../core/document-edits.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {kubectl} from '../../core/commands.js'
import {resourceNameOf} from '../../kinds/registry.js'
import {settingsSteps, settledSteps, type SettingsChange} from '../../kafka/write-target/write-settings.js'
import {targetRef, type Via, type WriteTarget} from '../../kafka/write-target/write-target.js'
import {type Plan} from '../../core/plan.js'
import {type ParsedText} from './default-facts.js'

/** Plans that edit YAML inside a settings ConfigMap. */

export interface SettingWriteOptions {
  via?: Via
  force?: boolean
  /** Waits until an operator has written the ConfigMap, at most so many milliseconds. */
  waitMs?: number
}

/** A plan and the question to ask before it is carried out; none when nothing changes. */
export interface AskedPlan {
  plan: Plan
  question?: string
  /** To be typed instead of y: this is for the whole cluster. */
  typedName?: string
}

/** What the text would become: edited with its comments, or a new one with --force where it cannot be parsed. */
export const rewritten = (
  base: ParsedText,
  edits: (document: unknown) => DocumentEdit[],
  edit: EditDocument,
  {target, key}: {target: WriteTarget; key: string},
): {text: string; document: unknown; faulty?: Finding} => {
  const ref = targetRef(target)
  const broken = 'fault' in base && base.text.trim() !== ''
  const [text, document] = 'fault' in base ? ['', undefined] : [base.text, base.document]
  const wanted = edits(document)
  const edited = edit(text, wanted)
  return {
    text: 'fault' in edited ? text : edited.text,
    document: applyEdits(document, wanted),
    ...(broken
      ? {
          faulty: finding('SFL-F16', {
            object: ref,
            message: `${key} cannot be read, so it cannot be edited: ${base.fault}; --force replaces all of it`,
            repair: kubectl('-n', ref.namespace ?? '', 'edit', resourceNameOf(ref), ref.name),
          }),
        }
      : {}),
  }
}

export const finish = (
  target: WriteTarget,
  change: SettingsChange,
  reason: string,
  findings: readonly Finding[],
  options: SettingWriteOptions,
): Plan => {
  const steps = settingsSteps(target, change, reason)
  const changes = steps.some(({verb}) => verb !== 'keep')
  return {
    steps: [...steps, ...(changes && options.waitMs !== undefined ? settledSteps(target, change, options.waitMs) : [])],
    findings,
  }
}

export const isChanging = ({steps}: Plan): boolean => steps.some(({verb}) => verb !== 'keep')
