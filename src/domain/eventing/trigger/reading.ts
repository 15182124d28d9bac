import {defined} from '../../core/defined.js'
import {type KubeObject} from '../../core/object.js'
import {at} from '../../core/read.js'
import {given, together, type Reading} from '../../reading/reading.js'
import {brokerAmong, brokerNames, eventsAbout, systemDeployments} from '../readings/cluster.js'
import {brokerDefaults, injection, maybe} from '../readings/config-maps.js'
import {resolvedDestination} from '../readings/sinks.js'
import {TRIGGER} from '../names.js'
import {type TriggerDescribeFacts} from './facts.js'
import {brokerNameOf} from './manifest.js'

/**
 * What a description and the checks know of a trigger, in two rounds of requests (three when discovery must say the kind
 * of a sink). `trigger` reads it, or gives one that is already there.
 */
export function* triggerFacts(
  {name, namespace}: {name: string; namespace: string},
  trigger: Reading<KubeObject>,
  {events = false} = {},
): Reading<TriggerDescribeFacts> {
  const first = yield* together({
    trigger,
    defaults: brokerDefaults(),
    deployments: systemDeployments(),
    injection: injection(namespace),
    brokers: brokerNames(namespace),
    events: maybe(events ? eventsAbout({...TRIGGER, name, namespace}) : undefined),
  })
  const second = yield* together({
    broker: brokerAmong(namespace, brokerNameOf(first.trigger)),
    subscriber: resolvedDestination(at(first.trigger, 'spec', 'subscriber'), namespace),
    sink: resolvedDestination(at(first.trigger, 'spec', 'delivery', 'deadLetterSink'), namespace),
  })
  return defined({...first, ...second})
}

/** The same of a trigger that is already there. */
export const factsOfTrigger = (trigger: KubeObject): Reading<TriggerDescribeFacts> => {
  const {name, namespace = ''} = trigger.metadata
  return triggerFacts({name, namespace}, given(trigger))
}
