import {sfl} from '../../core/commands.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {textsAt} from '../../core/read.js'
import {KafkaKey} from '../../eventing/names.js'
import {finding} from '../../findings/catalogue.js'
import {type Finding} from '../../findings/finding.js'
import {serverFault} from './bootstrap-servers.js'
import {readKafkaConfig} from './kafka-config.js'

/**
 * What KafkaChannels make of their settings: they need servers and nothing else; numbers for topics stand with each channel
 * (eventing-kafka-broker control-plane/pkg/reconciler/channel/channel.go).
 */
export const channelSettingsFindings = (config: KubeObject): Finding[] => {
  const object = refOf(config)
  const where = `ConfigMap ${object.namespace ?? ''}/${object.name}`
  const repair = sfl('kafka enable', 'channel', '--bootstrap-servers', 'HOST:PORT')
  const {bootstrapServers} = readKafkaConfig(textsAt(config, 'data'))
  if (bootstrapServers.length === 0)
    return [
      finding('SFL-K01', {
        object,
        message: `${where} names no server in ${KafkaKey.BootstrapServers}, so no KafkaChannel could get a topic`,
        repair,
      }),
    ]
  return bootstrapServers.flatMap((server) => {
    const fault = serverFault(server)
    return fault === undefined
      ? []
      : [
          finding('SFL-K31', {
            object,
            message: `"${server}" in ${KafkaKey.BootstrapServers} of ${where} cannot be connected to: ${fault}`,
            repair,
          }),
        ]
  })
}
