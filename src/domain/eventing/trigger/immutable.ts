import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {textAt} from '../../core/read.js'
import {sfl} from '../../core/commands.js'

/** The broker was asked to be another one. */
export const wantsOtherBroker = (trigger: KubeObject, broker: string | undefined): broker is string =>
  broker !== undefined && broker !== (textAt(trigger, 'spec', 'broker') ?? '')

/** Explains that the broker of a trigger cannot be changed, with the way to a new trigger. */
export const brokerImmutable = (trigger: KubeObject, broker: string | undefined): Finding[] => {
  if (!wantsOtherBroker(trigger, broker)) return []
  const ref = refOf(trigger)
  return [
    finding('SFL-T11', {
      object: ref,
      message: `the broker of trigger ${ref.name} (${textAt(trigger, 'spec', 'broker') ?? 'none'}, not ${broker}) cannot be changed; the trigger must be deleted and recreated, and events are missed in between`,
      repair: sfl('trigger update', ref.name, '-n', ref.namespace ?? '', '--broker', broker, '--recreate', '--yes'),
    }),
  ]
}
