import {defined} from '../../core/defined.js'
import {type KubeObject} from '../../core/object.js'
import {at} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {ask, given, together, type Reading} from '../../reading/reading.js'
import {CHANNEL, channelRef, SUBSCRIPTION} from '../names.js'
import {eventsAbout, isServed, object, systemDeployments} from '../readings/cluster.js'
import {channelDefaults, featureFlags, maybe} from '../readings/config-maps.js'
import {maybeSink} from '../readings/sinks.js'
import {defaultTemplate, readChannelTemplate} from './defaults.js'
import {type ChannelCreateFacts, type ChannelDeleteFacts, type ChannelDescribeFacts} from './facts.js'
import {type ChannelRequest} from './options.js'
import {backingRef, backingType} from './plane.js'

const subscriptionsIn = (namespace: string): Reading<Lookup<readonly KubeObject[]>> =>
  ask((reader) => reader.list({...SUBSCRIPTION, namespace}))

/** What a plan that creates or applies a channel needs, in one round, or two when the type has to be found out first. */
export function* channelCreateFacts(request: ChannelRequest): Reading<ChannelCreateFacts> {
  const {namespace, name, type} = request
  const {asked, sink, ...first} = yield* together({
    existing: object(channelRef(name, namespace)),
    defaults: channelDefaults(),
    features: featureFlags(),
    deployments: systemDeployments(),
    sink: maybeSink(request.delivery.deadLetterSink),
    asked: isServed(type),
  })
  const {existing, defaults} = first
  const stored = readChannelTemplate(at(isFound(existing) ? existing : undefined, 'spec', 'channelTemplate'))
  const known = isFound(defaults) && 'defaults' in defaults ? defaults.defaults : undefined
  const implied = stored ?? (known === undefined ? undefined : defaultTemplate(known, namespace)?.template)
  const served = type === undefined ? yield* isServed(implied) : asked
  return defined({...first, served, sink})
}

/** A channel and who subscribes to it: one round. */
export const channelWithSubscriptions = (
  namespace: string,
  channel: Reading<KubeObject>,
): Reading<ChannelDeleteFacts> => together({channel, subscriptions: subscriptionsIn(namespace)})

/** What a description and the checks know of a channel, in two rounds: the real one is known only from the Channel. */
export function* channelFacts(
  {name, namespace}: {name: string; namespace: string},
  channel: Reading<KubeObject>,
  {events = false} = {},
): Reading<ChannelDescribeFacts> {
  const first = yield* together({
    channel,
    subscriptions: subscriptionsIn(namespace),
    deployments: systemDeployments(),
    events: maybe(events ? eventsAbout({...CHANNEL, name, namespace}) : undefined),
  })
  const backing = backingRef(first.channel)
  const second = yield* together({
    backing: maybe(backing === undefined ? undefined : object(backing)),
    served: isServed(backingType(first.channel)),
  })
  return defined({...first, ...second})
}

/** The same of a channel that is already there. */
export const factsOfChannel = (channel: KubeObject): Reading<ChannelDescribeFacts> => {
  const {name, namespace = ''} = channel.metadata
  return channelFacts({name, namespace}, given(channel))
}
