import {SUBSCRIPTION, TRIGGER} from '../../eventing/names.js'
import {brokerNameOf} from '../../eventing/trigger/manifest.js'
import {type KubeObject} from '../../core/object.js'
import {textAt} from '../../core/read.js'
import {type Snapshot} from './snapshot.js'

/** The triggers of a broker. */
export type TriggersOf = (broker: KubeObject) => readonly KubeObject[]

const grouped = (objects: readonly KubeObject[], key: (object: KubeObject) => string): Map<string, KubeObject[]> => {
  const groups = new Map<string, KubeObject[]>()
  for (const object of objects) {
    const found = groups.get(key(object))
    if (found === undefined) groups.set(key(object), [object])
    else found.push(object)
  }
  return groups
}

const place = ({metadata}: KubeObject, name = metadata.name): string => `${metadata.namespace ?? ''}/${name}`

/** All triggers by their brokers, sorted out once. */
export const triggerIndex = (known: Snapshot): TriggersOf => {
  const groups = grouped(known.all(TRIGGER), (trigger) => place(trigger, brokerNameOf(trigger)))
  return (broker) => groups.get(place(broker)) ?? []
}

/** All subscriptions by the channel that they name: kind and name. */
export const subscriptionIndex = (known: Snapshot): ((channel: KubeObject) => readonly KubeObject[]) => {
  const groups = grouped(
    known.all(SUBSCRIPTION),
    (one) => `${textAt(one, 'spec', 'channel', 'kind') ?? ''} ${place(one, textAt(one, 'spec', 'channel', 'name'))}`,
  )
  return (channel) => groups.get(`${channel.kind} ${place(channel)}`) ?? []
}
