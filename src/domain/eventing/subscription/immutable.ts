import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {at} from '../../core/read.js'
import {printChannelFlag} from '../channel/type.js'
import {sfl} from '../../core/commands.js'
import {deliveryWords} from '../delivery/words.js'
import {printSink, sinkOf} from '../reference.js'
import {referenceOf} from './preflight.js'

/** The channel of a subscription cannot be changed: the way to a new subscription with all that this one should have. */
export const channelImmutable = (before: KubeObject, wanted: KubeObject): Finding[] => {
  const ref = refOf(before)
  const {name, namespace = ''} = ref
  const [was, is] = [referenceOf(before), referenceOf(wanted)]
  if (was.apiVersion === is.apiVersion && was.kind === is.kind && was.name === is.name) return []
  const sink = (flag: string, field: string): string[] => {
    const found = sinkOf(at(wanted, 'spec', field), namespace)
    return found === undefined ? [] : [flag, printSink(found, namespace)]
  }
  return [
    finding('SFL-S04', {
      object: ref,
      message: `the channel of subscription ${name} cannot be changed (${was.kind}:${was.name}, not ${is.kind}:${is.name}); it must be deleted and recreated, and events that it has not delivered yet are lost`,
      repair: [
        sfl('subscription describe', name, '-n', namespace),
        sfl('subscription delete', name, '-n', namespace, '--yes'),
        sfl(
          'subscription create',
          name,
          '-n',
          namespace,
          '--channel',
          printChannelFlag(is),
          ...sink('--sink', 'subscriber'),
          ...sink('--sink-reply', 'reply'),
          ...deliveryWords(at(wanted, 'spec', 'delivery'), namespace),
        ),
      ],
    }),
  ]
}
