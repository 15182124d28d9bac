import {type KubeObject} from '../../core/object.js'
import {groupOf} from '../../core/object.js'
import {textAt} from '../../core/read.js'
import {backingType} from './plane.js'

/** The subscriptions that get their events from a channel, by name; also those that name the real channel behind it. */
export const subscriptionsOf = (channel: KubeObject, subscriptions: readonly KubeObject[]): KubeObject[] => {
  const {name, namespace} = channel.metadata
  const types = [channel, backingType(channel)].flatMap((type) => (type === undefined ? [] : [type]))
  return subscriptions
    .filter(
      (subscription) =>
        subscription.metadata.namespace === namespace &&
        textAt(subscription, 'spec', 'channel', 'name') === name &&
        types.some(
          ({kind, apiVersion}) =>
            textAt(subscription, 'spec', 'channel', 'kind') === kind &&
            groupOf(textAt(subscription, 'spec', 'channel', 'apiVersion') ?? '') === groupOf(apiVersion),
        ),
    )
    .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : Number(a.metadata.name > b.metadata.name)))
}
