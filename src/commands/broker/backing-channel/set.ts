import * as Args from '@oclif/core/args'
import {completing} from '../../../cli/flags/completing.js'
import {needed} from '../../../cli/prompts/ask-missing.js'
import {backingNeed} from '../../../cli/prompts/cluster-defaults.js'
import {changeSetting} from '../../../cli/change-setting.js'
import {SflCommand} from '../../../cli/command.js'
import {readTypeFlags, typeFlags} from '../../../cli/flags/channel.js'
import {settingFlags, settingOptions} from '../../../cli/flags/setting.js'
import {planBackingChannel, readBackingOptions} from '../../../domain/eventing/cluster-defaults/backing-channel.js'
import {backingFacts} from '../../../facts/backing-channel.js'
import {loadEditor} from '../../../facts/document.js'

export default class BrokerBackingChannelSet extends SflCommand {
  static override summary = 'Set the channel behind channel-based brokers.'
  static override description =
    'Written to config-br-default-channel: in KnativeEventing where an operator writes it, else in the ConfigMap. Channel-based brokers that exist switch to a new channel as well, and lose the events in their present one. A KafkaChannel behind channel-based brokers is advised against: a broker of class Kafka does the same with fewer hops.'
  static override usage = 'broker backing-channel set InMemoryChannel|KafkaChannel [flags]'
  static override examples = [
    {
      description: 'Channels in Kafka',
      command: '<%= config.bin %> broker backing-channel set KafkaChannel --partitions 6 --replication-factor 3',
    },
    {
      description: 'What Knative ships',
      command: '<%= config.bin %> broker backing-channel set InMemoryChannel --confirm InMemoryChannel',
    },
  ]
  static override args = {
    kind: completing(
      ['InMemoryChannel', 'KafkaChannel'],
      Args.string({
        required: false,
        ignoreStdin: true,
        description: 'InMemoryChannel or KafkaChannel; other types as Group:Version:Kind.',
      }),
    ),
  }
  static override flags = {
    partitions: typeFlags.partitions,
    'replication-factor': typeFlags['replication-factor'],
    retention: typeFlags.retention,
    ...settingFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(BrokerBackingChannelSet)
    const {kind} = await needed(this, flags, 'broker backing-channel set', {kind: backingNeed(args.kind, backingFacts)})
    await changeSetting(this, flags, {
      insteadOfNamespace: 'Leave -n out: the channel is set for all namespaces.',
      read: () => {
        const {partitions, replicationFactor, retention} = readTypeFlags(flags)
        return readBackingOptions({kind, partitions, replicationFactor, retention})
      },
      plan: async (request, {client}) => {
        const [facts, edit] = await Promise.all([backingFacts(client, request.type), loadEditor()])
        return planBackingChannel(request, settingOptions(flags), facts, edit)
      },
    })
  }
}
