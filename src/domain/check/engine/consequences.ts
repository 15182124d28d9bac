import {BROKER, CHANNEL, SINK_BINDING, SUBSCRIPTION, TRIGGER} from '../../eventing/names.js'
import {refOf, type Kind, type KubeObject, type Ref} from '../../core/object.js'
import {readinessOf} from '../../core/readiness.js'
import {textAt} from '../../core/read.js'
import {WORKFLOW} from '../../sonataflow/names.js'
import {brokerNameOf} from '../../eventing/trigger/manifest.js'
import {sourceKinds} from '../snapshot/kinds.js'
import {keyOf} from '../snapshot/cluster-state.js'
import {type Snapshot} from '../snapshot/snapshot.js'
import {unreadySink} from '../checks/source-checks.js'

/** The objects that are not ready because another one is not, by the key of that one. */
export type Consequences = ReadonlyMap<string, readonly Ref[]>

/** What is known from a manifest alone may still fail: whoever needs it suffers from its faults. */
const unreadiness =
  (known: Snapshot) =>
  (object: KubeObject): boolean =>
    readinessOf(object).state !== 'ready' || known.isNew(object)

const ownerIn = ({metadata}: KubeObject, {kind}: Kind): string | undefined =>
  metadata.ownerReferences?.find((owner) => owner.kind === kind)?.name

/**
 * Who waits for whom: triggers for their broker, subscriptions for their channel, sources for their sink, workflows for their SinkBinding. Whoever waits for
 * something that is not ready has no cause of its own.
 */
export const consequencesOf = (known: Snapshot): Consequences => {
  const found = new Map<string, Ref[]>()
  const isUnready = unreadiness(known)
  const add = (cause: KubeObject, object: KubeObject): void => {
    const key = keyOf(cause, cause.metadata)
    const others = found.get(key)
    if (others === undefined) found.set(key, [refOf(object)])
    else others.push(refOf(object))
  }
  const waiting = (objects: readonly KubeObject[], causeOf: (object: KubeObject) => KubeObject | undefined): void => {
    for (const object of objects) {
      if (!isUnready(object)) continue
      const cause = causeOf(object)
      if (cause !== undefined && isUnready(cause)) add(cause, object)
    }
  }
  const get = (...where: Parameters<Snapshot['get']>): KubeObject | undefined => {
    const object = known.get(...where)
    return typeof object === 'string' ? undefined : object
  }
  waiting(known.subjects(TRIGGER), (one) => get(BROKER, one.metadata.namespace ?? '', brokerNameOf(one)))
  waiting(known.subjects(SUBSCRIPTION), (one) => {
    const kind = textAt(one, 'spec', 'channel', 'kind') ?? CHANNEL.kind
    const apiVersion = textAt(one, 'spec', 'channel', 'apiVersion') ?? CHANNEL.apiVersion
    return get({apiVersion, kind}, one.metadata.namespace ?? '', textAt(one, 'spec', 'channel', 'name') ?? '')
  })
  waiting(known.subjects(...sourceKinds, SINK_BINDING), (one) => unreadySink(one, known))
  // A workflow sends by the SinkBinding that its operator has made for it.
  for (const binding of known.subjects(SINK_BINDING)) {
    const workflow = get(WORKFLOW, binding.metadata.namespace ?? '', ownerIn(binding, WORKFLOW) ?? '')
    if (workflow !== undefined && isUnready(binding)) add(binding, workflow)
  }
  return found
}

/** The objects, and those that suffer with them. */
export const withConsequences = (refs: readonly Ref[], consequences: Consequences): Ref[] => {
  const all = new Map<string, Ref>()
  const queue = [...refs]
  for (let ref = queue.shift(); ref !== undefined; ref = queue.shift()) {
    const key = keyOf(ref, ref)
    if (all.has(key)) continue
    all.set(key, ref)
    queue.push(...(consequences.get(key) ?? []))
  }
  return [...all.values()]
}
