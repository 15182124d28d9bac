import {channelFlags, readChannel} from '../../cli/flags/channel.js'
import {createCommand} from '../../cli/verbs/change.js'
import {planChannelCreate} from '../../domain/eventing/channel/create.js'
import {CHANNEL} from '../../domain/eventing/names.js'
import {channelCreateFacts} from '../../facts/channel.js'

export default createCommand({
  kind: CHANNEL,
  several: true,
  flags: channelFlags,
  description:
    'Everything in the spec of a channel is fixed at its creation, its delivery settings too; later, only its subscriptions can have others.',
  examples: [
    {description: "A channel of the cluster's default type", command: 'channel create pipe'},
    {
      description: 'In Kafka, kept for a week, retried five times',
      command:
        'channel create orders --type kafka --partitions 6 --replication-factor 3 --retention P7D --retry 5 --backoff-policy exponential --backoff-delay PT1S --dl-sink ksvc:dead-letters',
    },
    {
      description: 'In a runbook: fine if it is there already, done when it is ready',
      command: 'channel create pipe --type imc --if-not-exists --wait',
    },
    {description: 'The manifest for GitOps', command: 'channel create pipe --type imc --dry-run=client -o yaml'},
  ],
  request: (flags) => readChannel(flags),
  plan: async (client, request, options) =>
    planChannelCreate(request, options, await channelCreateFacts(client, request)),
})
