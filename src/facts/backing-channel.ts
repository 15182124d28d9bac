import {
  KAFKA_CHANNELS,
  placeOfTemplate,
  servedKey,
  templateToday,
  type BackingFacts,
} from '../domain/eventing/cluster-defaults/backing-channel.js'
import {BROKER, CHANNEL_TEMPLATE_KEY, LEGACY_CHANNEL_TEMPLATE_KEY} from '../domain/eventing/names.js'
import {type Kind} from '../domain/core/object.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readSetting} from './broker-class.js'
import {readDeployments} from './broker.js'
import {isServed} from './channel.js'
import {checkInstalled, listAll, tryRead} from './look.js'

/**
 * What `planBackingChannel` and `viewBackingChannel` need, in one round; two for a type that nobody asked about and that
 * is no KafkaChannel. Rejects with KnativeNotInstalled.
 */
export const backingFacts = async (
  client: KubeClient,
  type?: Kind,
  options?: RequestOptions,
): Promise<BackingFacts> => {
  const ask = async (kind: Kind) => [servedKey(kind), await isServed(client, kind, options)] as const
  const kinds = [...KAFKA_CHANNELS, ...(type === undefined ? [] : [type])]
  const asked = [...new Map(kinds.map((kind) => [servedKey(kind), kind])).values()]
  const [, setting, brokers, deployments, answers] = await Promise.all([
    checkInstalled(client, options),
    readSetting(client, placeOfTemplate, [CHANNEL_TEMPLATE_KEY, LEGACY_CHANNEL_TEMPLATE_KEY], options),
    tryRead(listAll(client, BROKER, options)),
    readDeployments(client, options),
    Promise.all(asked.map(ask)),
  ])
  const served = Object.fromEntries(answers)
  const now = templateToday(setting)
  const open = now !== undefined && served[servedKey(now)] === undefined ? [await ask(now)] : []
  return {...setting, brokers, deployments, served: {...served, ...Object.fromEntries(open)}}
}
