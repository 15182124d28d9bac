import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {type ConfigReference} from './config.js'
import {configKey, type ClusterFacts, type ConfigMapFacts} from './facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {kubectl, type Command} from '../../core/commands.js'
import {isKafkaConfig} from '../../kafka/config/kafka-config.js'
import {CONFIG_MAP, CHANNEL_TEMPLATE_KEY, KAFKA_BROKER_CONFIG, SYSTEM_NAMESPACE, isKafkaClass} from '../names.js'

/** Whether a class can work with a config that was looked at. */
export const configFits = (className: string, config: ConfigReference, facts: Lookup<ConfigMapFacts>): boolean => {
  if (!isFound(facts)) return false
  if (config.apiVersion !== 'v1' || config.kind !== 'ConfigMap') return false
  return isKafkaClass(className) ? isKafkaConfig(facts.data) : !('fault' in facts.channelTemplate)
}

/** The ConfigMap that the Kafka add-on ships, when it is there and complete. */
export const systemKafkaConfig = (facts: ClusterFacts): Required<ConfigReference> | undefined => {
  const shipped = facts.configs[configKey(SYSTEM_NAMESPACE, KAFKA_BROKER_CONFIG)]
  return isFound(shipped) && isKafkaConfig(shipped.data)
    ? {...CONFIG_MAP, name: KAFKA_BROKER_CONFIG, namespace: SYSTEM_NAMESPACE}
    : undefined
}

/** What a channel-based broker makes of a ConfigMap (OpenShift Serverless, "Configuring the default broker backing channel"). */
export const channelConfigFindings = (
  broker: Ref,
  config: {name: string; namespace: string},
  facts: ConfigMapFacts,
  origin: string,
  otherConfig: Command | readonly Command[],
): Finding[] => {
  const object: Ref = {...CONFIG_MAP, ...config}
  const {channelTemplate} = facts
  const where = `ConfigMap ${config.namespace}/${config.name}`
  if ('fault' in channelTemplate && isKafkaConfig(facts.data))
    return [
      finding('SFL-B03', {
        object: broker,
        message: `a channel-based broker would use ${where} (${origin}), which holds Kafka settings and no channel template`,
        repair: otherConfig,
      }),
    ]
  if ('fault' in channelTemplate)
    return [
      finding('SFL-B06', {
        object,
        message: `${CHANNEL_TEMPLATE_KEY} of ${where} cannot be used: ${channelTemplate.fault}`,
        repair: kubectl('-n', config.namespace, 'edit', 'configmap', config.name),
      }),
    ]
  if (channelTemplate.kind === 'KafkaChannel')
    return [
      finding('SFL-B14', {
        object,
        message: `${where} makes a channel-based broker keep its events in a KafkaChannel; a broker of class Kafka saves two hops`,
      }),
    ]
  return []
}
