import {type KubeObject} from '../../core/object.js'
import {at, isRecord, recordAt, textAt} from '../../core/read.js'
import {immutable, shortDiff} from '../channel/admission.js'
import {deliveryFaults, destinationFaults, referenceFaults} from '../delivery/admission.js'
import {type Features} from '../features.js'
import {disallowed, missing, renderFaults, via, type FieldFault} from '../../core/field-faults.js'

const isEmpty = (value: unknown): boolean =>
  !isRecord(value) || Object.values(value).every((field) => field === undefined || field === '')

/**
 * The rules of the eventing webhook for a Subscription, in its words (knative/eventing pkg/apis/messaging/v1/
 * subscription_validation.go); see `brokerFaults`.
 */
export const subscriptionFaults = (
  subscription: KubeObject,
  before: KubeObject | undefined,
  features: Features,
): string[] =>
  renderFaults([
    ...via('spec', specFaults(subscription, features)),
    ...(before === undefined ? [] : immutable(channelDiff(before, subscription))),
  ])

const specFaults = (subscription: KubeObject, features: Features): FieldFault[] => {
  const {namespace = ''} = subscription.metadata
  const rule = {namespace, anywhere: true}
  const [channel, subscriber, reply] = ['channel', 'subscriber', 'reply'].map((field) =>
    at(subscription, 'spec', field),
  )
  // Without a channel nothing else is looked at.
  if (isEmpty(channel)) return [{...missing('channel'), details: 'the Subscription must reference a channel'}]
  return [
    ...via('channel', [
      ...referenceFaults(recordAt(subscription, 'spec', 'channel'), features, rule),
      ...(textAt(channel, 'namespace') && !features.crossNamespaceEventLinks
        ? [
            {
              ...disallowed('namespace'),
              details:
                'only name, apiVersion and kind are supported fields when feature.CrossNamespaceEventLinks is disabled',
            },
          ]
        : []),
    ]),
    ...(isEmpty(subscriber)
      ? [{...missing('subscriber'), details: 'the Subscription must reference a subscriber'}]
      : via('subscriber', destinationFaults(recordAt(subscription, 'spec', 'subscriber'), features, rule))),
    ...(isEmpty(reply) ? [] : via('reply', destinationFaults(recordAt(subscription, 'spec', 'reply'), features, rule))),
    ...via('delivery', deliveryFaults(at(subscription, 'spec', 'delivery'), features, namespace)),
  ]
}

/** Subscriber, reply and delivery may change. */
const channelDiff = (before: KubeObject, after: KubeObject): string =>
  shortDiff(
    'SubscriptionSpec',
    (
      [
        ['kind', 'Kind'],
        ['namespace', 'Namespace'],
        ['name', 'Name'],
        ['apiVersion', 'APIVersion'],
        ['group', 'Group'],
      ] as const
    ).map(([field, goName]) => [
      `Channel.${goName}`,
      textAt(before, 'spec', 'channel', field) ?? '',
      textAt(after, 'spec', 'channel', field) ?? '',
    ]),
  )
