import * as Flags from '@oclif/core/flags'
import type {SettingWriteOptions} from '../../domain/eventing/cluster-defaults/setting-plan.js'
import {deliveryFlags} from './delivery.js'
import {viaFlag} from './via.js'
import {confirmFlag, DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from './write.js'

/** Flags of the commands that change the settings of the whole cluster. */
export const settingFlags = {
  ...viaFlag,
  confirm: confirmFlag,
  force: forceFlag('Go on despite preflight errors.'),
  ...waitFlags,
  wait: Flags.boolean({...waitFlags.wait, summary: 'Return only once the operator has written the ConfigMap.'}),
  ...writeFlags,
}

/** Which namespaces a default is for. */
export const forNamespaceFlag = Flags.string({
  helpValue: 'NAMESPACE',
  multiple: true,
  multipleNonGreedy: true,
  summary: 'Only for brokers of this namespace (repeatable); without it, for the whole cluster.',
})

/** The delivery settings that the webhook copies into brokers. */
export const defaultDeliveryFlags = {
  'dl-sink': deliveryFlags['dl-sink'],
  retry: deliveryFlags.retry,
  'backoff-policy': deliveryFlags['backoff-policy'],
  'backoff-delay': deliveryFlags['backoff-delay'],
}

/** What those flags say, as plans take it. */
export const settingOptions = (flags: {
  via?: SettingWriteOptions['via'] | undefined
  force: boolean
  wait: boolean
  'wait-timeout'?: number | undefined
}): SettingWriteOptions => ({
  ...(flags.via === undefined ? {} : {via: flags.via}),
  force: flags.force,
  ...(flags.wait ? {waitMs: flags['wait-timeout'] ?? DEFAULT_WAIT} : {}),
})
