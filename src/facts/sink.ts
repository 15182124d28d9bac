import {type ResolvedSink} from '../domain/eventing/broker/facts.js'
import {resolvedSink} from '../domain/eventing/readings/sinks.js'
import {type Sink} from '../domain/eventing/reference.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readLive} from './live.js'

/** Looks a sink up: one request, or two when discovery must say its kind first. */
export const resolveSink = (client: KubeClient, sink: Sink, options?: RequestOptions): Promise<ResolvedSink> =>
  readLive(client, resolvedSink(sink), options)
