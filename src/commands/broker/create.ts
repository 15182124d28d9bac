import {brokerFlags, readBroker} from '../../cli/flags/broker.js'
import {classFlag, deadLetterFlag} from '../../cli/prompts/broker.js'
import {createCommand} from '../../cli/verbs/change.js'
import {invalid} from '../../domain/core/errors.js'
import {planBrokerCreate} from '../../domain/eventing/broker/create.js'
import {BROKER} from '../../domain/eventing/names.js'
import {createFacts} from '../../facts/broker.js'
import {classChoiceFacts} from '../../facts/class-choices.js'

export default createCommand({
  kind: BROKER,
  several: true,
  flags: brokerFlags,
  description:
    'The class and config that the cluster would give are worked out first; a broker that could never become ready is refused with the reason and the command that repairs it.',
  examples: [
    {description: "A broker of the cluster's default class", command: 'broker create default'},
    {
      description: 'A Kafka broker that retries five times and keeps what cannot be delivered',
      command:
        'broker create orders --class Kafka --dl-sink ksvc:dead-letters --retry 5 --backoff-policy exponential --backoff-delay PT1S',
    },
    {
      description: 'On an existing Kafka topic, with a ConfigMap of its own',
      command: 'broker create orders --class Kafka --broker-config cm:my-kafka:my-namespace --external-topic orders.v1',
    },
    {
      description: 'In a runbook: fine if it is there already, done when it is ready',
      command: 'broker create orders --class Kafka --if-not-exists --wait --wait-timeout 5m',
    },
    {description: 'The manifest for GitOps', command: 'broker create orders --class Kafka --dry-run=client -o yaml'},
  ],
  inputs: (flags) => ({
    class: classFlag(flags.class, classChoiceFacts),
    'dl-sink': deadLetterFlag(flags['dl-sink']),
  }),
  request(flags, {names}) {
    if (names.length > 1 && flags['external-topic'] !== undefined)
      throw invalid("--external-topic belongs to one broker: two on one topic would receive each other's events")
    return readBroker(flags)
  },
  plan: async (client, request, options) => planBrokerCreate(request, options, await createFacts(client, request)),
})
