import {KafkaKey} from '../../eventing/names.js'
import {type KubeObject} from '../../core/object.js'
import {numberAt, recordAt, textAt} from '../../core/read.js'
import {type ConfigData} from '../config/preflight.js'

/** What the operator would write into kafka-broker-config; the numbers have defaults as soon as the object is there. */
export const brokerData = (resource: KubeObject): ConfigData => {
  const config = recordAt(resource, 'spec', 'broker', 'defaultConfig')
  const secret = textAt(config, 'authSecretName')
  return {
    [KafkaKey.BootstrapServers]: textAt(config, 'bootstrapServers') ?? '',
    [KafkaKey.Partitions]: String(numberAt(config, 'numPartitions') ?? 10),
    [KafkaKey.ReplicationFactor]: String(numberAt(config, 'replicationFactor') ?? 3),
    ...(secret ? {[KafkaKey.AuthSecret]: secret} : {}),
  }
}
