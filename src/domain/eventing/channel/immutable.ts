import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type Kind, type KubeObject} from '../../core/object.js'
import {at, isRecord} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {readChannelTemplate} from './defaults.js'
import {typeFlags} from './preflight.js'
import {type KafkaChannelSettings} from './options.js'
import {subscriptionsOf} from './subscriptions.js'
import {sfl} from '../../core/commands.js'
import {sameDelivery} from '../delivery/delivery.js'
import {deliveryWords} from '../delivery/words.js'

/** What was asked of the spec of a channel that exists. */
export interface WantedSpec {
  type?: Kind | undefined
  kafka: KafkaChannelSettings
  /** The whole `spec.delivery` as it would have to be. */
  delivery: unknown
  /** The delivery flags as they were given, for the subscriptions; empty when something would only be removed. */
  flags?: readonly string[]
}

/**
 * What was asked for and cannot be changed in an existing channel, with the way out: delivery settings of its
 * subscriptions, or a new channel.
 */
export const channelImmutableFindings = (
  channel: KubeObject,
  subscriptions: Lookup<readonly KubeObject[]>,
  wanted: WantedSpec,
): Finding[] => {
  const ref = refOf(channel)
  const {name, namespace = ''} = ref
  const template = readChannelTemplate(at(channel, 'spec', 'channelTemplate'))
  const otherType =
    wanted.type !== undefined && (wanted.type.kind !== template?.kind || wanted.type.apiVersion !== template.apiVersion)
  const otherSettings = Object.entries(wanted.kafka).some(([field, value]) => template?.spec?.[field] !== value)
  const otherDelivery = !sameDelivery(at(channel, 'spec', 'delivery') ?? {}, wanted.delivery ?? {})
  const what = [
    ...(otherType ? [`type (${template?.kind ?? 'none'}, not ${wanted.type?.kind ?? ''})`] : []),
    ...(otherSettings && !otherType ? ['settings of the KafkaChannel'] : []),
    ...(otherDelivery ? ['delivery settings'] : []),
  ]
  if (what.length === 0) return []

  const attached = isFound(subscriptions) ? subscriptionsOf(channel, subscriptions) : []
  const {flags = []} = wanted
  const bySubscription = otherDelivery && what.length === 1 && attached.length > 0 && flags.length > 0
  const recreate = [
    sfl('channel describe', name, '-n', namespace),
    sfl('channel delete', name, '-n', namespace, '--yes'),
    sfl(
      'channel create',
      name,
      '-n',
      namespace,
      ...typeFlags({
        ...(wanted.type === undefined ? template && {template} : {template: wanted.type}),
        kafka: otherType ? {...wanted.kafka} : {...template?.spec, ...wanted.kafka},
      }),
      ...deliveryWords(wanted.delivery, namespace),
    ),
  ]
  return [
    finding('SFL-C05', {
      object: ref,
      message: bySubscription
        ? `${what.join(' and ')} of channel ${name} cannot be changed; ${attached.length === 1 ? 'its subscription' : `its ${attached.length} subscriptions`} can have delivery settings of ${attached.length === 1 ? 'its' : 'their'} own`
        : `${what.join(' and ')} of channel ${name} cannot be changed; it must be deleted and recreated, its subscriptions find it again, and events that it still holds are lost`,
      repair: bySubscription
        ? attached.map((subscription) =>
            // With settings of its own a subscription no longer has those of the channel, so they are written out.
            sfl(
              'subscription update',
              subscription.metadata.name,
              '-n',
              namespace,
              ...(isRecord(at(subscription, 'spec', 'delivery')) ? flags : deliveryWords(wanted.delivery, namespace)),
            ),
          )
        : recreate,
    }),
  ]
}
