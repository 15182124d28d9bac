import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {groupOf, type Kind, type KubeObject, type Ref} from '../../core/object.js'
import {at, textAt} from '../../core/read.js'
import {notRunning} from '../broker/class.js'
import {type Deployments} from '../broker/facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {readChannelTemplate} from './defaults.js'
import {isKafkaChannel} from './type.js'
import {type Served} from './facts.js'
import {kubectl} from '../../core/commands.js'
import {type DeliverySpec} from '../delivery/delivery.js'
import {BrokerClass, CHANNEL, IN_MEMORY_CHANNEL, KAFKA_CHANNEL, SYSTEM_NAMESPACE} from '../names.js'

/** The broker class whose data plane delivers the events of a channel: retries and defaults are the same there. */
export const planeOf = (type: Kind | undefined): string | undefined => {
  if (isKafkaChannel(type)) return BrokerClass.Kafka
  return type?.kind === IN_MEMORY_CHANNEL.kind ? BrokerClass.MTChannelBased : undefined
}

/** How findings call the data plane of a channel. */
export const planeWord = (type: Kind | undefined): string => (type === undefined ? 'this channel' : `type ${type.kind}`)

/** The type behind a Channel; any other channel is itself the real one. */
export const backingType = (channel: KubeObject): Kind | undefined => {
  if (channel.kind !== CHANNEL.kind) return {apiVersion: channel.apiVersion, kind: channel.kind}
  const template = readChannelTemplate(at(channel, 'spec', 'channelTemplate'))
  return template === undefined ? undefined : {apiVersion: template.apiVersion, kind: template.kind}
}

/** The real channel behind a Channel; it has the same name. */
export const backingRef = (channel: KubeObject): Ref | undefined => {
  const type = backingType(channel)
  if (type === undefined) return undefined
  const {name, namespace = ''} = channel.metadata
  const [apiVersion, kind] = [
    textAt(channel, 'status', 'channel', 'apiVersion'),
    textAt(channel, 'status', 'channel', 'kind'),
  ]
  return {...(apiVersion && kind ? {apiVersion, kind} : type), name, namespace}
}

/** Deployments that must be running for channels of a kind. */
const controllers: Readonly<Record<string, readonly string[]>> = {
  [IN_MEMORY_CHANNEL.kind]: ['eventing-controller', 'imc-controller', 'imc-dispatcher'],
  [KAFKA_CHANNEL.kind]: ['eventing-controller', 'kafka-controller', 'kafka-channel-receiver'],
}

/** Every Deployment that channels of some kind need. */
export const channelDeployments: ReadonlySet<string> = new Set(Object.values(controllers).flat())

/** What hinders channels of a type: the server does not serve it, or its controllers are not running. */
export const planeFindings = (
  channel: Ref,
  type: Kind | undefined,
  served: Served,
  deployments: Lookup<Deployments>,
): Finding[] => {
  if (type === undefined) return []
  if (served === 'not-served')
    return [
      finding('SFL-C02', {
        object: channel,
        message: `the cluster does not serve ${type.kind} of ${type.apiVersion}${isKafkaChannel(type) ? '; the Kafka channel is an add-on (KnativeKafka with spec.channel.enabled on OpenShift)' : ''}`,
        repair: kubectl('api-resources', `--api-group=${groupOf(type.apiVersion)}`),
      }),
    ]
  const needed = Object.hasOwn(controllers, type.kind) ? (controllers[type.kind] ?? []) : []
  if (needed.length === 0) return []
  if (!isFound(deployments))
    return [
      finding('SFL-B11', {
        object: channel,
        message: `the controllers of type ${type.kind} were not checked: the Deployments of namespace ${SYSTEM_NAMESPACE} could not be read`,
      }),
    ]
  const idle = notRunning(needed, deployments)
  if (idle === undefined) return []
  return [
    finding('SFL-C07', {
      object: channel,
      message: `no controller handles channels of type ${type.kind}: in namespace ${SYSTEM_NAMESPACE}, ${idle}`,
      repair: kubectl('-n', SYSTEM_NAMESPACE, 'get', 'deployments', ...needed),
    }),
  ]
}

/** Delivery settings that no channel gets to know (`deliverySpec` of the subscription controller). */
export const formatFindings = (holder: Ref, delivery: DeliverySpec | undefined): Finding[] =>
  delivery?.format === undefined
    ? []
    : [
        finding('SFL-S18', {
          object: holder,
          message: `delivery format ${delivery.format} has no effect: the controller does not hand it on to the channel`,
        }),
      ]
