import * as Flags from '@oclif/core/flags'
import {readKafkaConfigOptions, type KafkaSettingsOptions} from '../../domain/kafka/config/options.js'
import type {Subject} from './subject.js'

const helpGroup = 'KAFKA'

/** How Kafka is reached, and what topics are made with. Values stay text here: the rules are the domain's. */
export const kafkaFlags = {
  'bootstrap-servers': Flags.string({
    helpGroup,
    helpValue: 'HOST:PORT,...',
    summary: 'Servers of the Kafka cluster, separated by commas.',
  }),
  partitions: Flags.string({helpGroup, helpValue: 'N', summary: 'Partitions of topics that are created from now on.'}),
  'replication-factor': Flags.string({
    helpGroup,
    helpValue: 'N',
    summary: 'Replicas of topics that are created from now on; at most the number of Kafka brokers.',
  }),
  'auth-secret': Flags.string({
    helpGroup,
    helpValue: 'NAME',
    summary: 'Secret with the credentials, in the namespace of the ConfigMap.',
  }),
}

/** The same with Kafka's own settings of topics, which only ConfigMaps have. */
export const kafkaConfigFlags = {
  ...kafkaFlags,
  'topic-config': Flags.string({
    helpGroup,
    helpValue: 'KEY=VALUE',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Setting of Kafka for topics that are created from now on, such as retention.ms=604800000 (repeatable).',
  }),
}

interface KafkaFlagValues {
  'bootstrap-servers'?: string | undefined
  partitions?: string | undefined
  'replication-factor'?: string | undefined
  'auth-secret'?: string | undefined
  'topic-config'?: string[] | undefined
}

/** What those flags say, as the domain takes it. */
export const kafkaSettings = (flags: KafkaFlagValues): KafkaSettingsOptions => ({
  bootstrapServers: flags['bootstrap-servers'],
  partitions: flags.partitions,
  replicationFactor: flags['replication-factor'],
  authSecret: flags['auth-secret'],
  topicConfig: flags['topic-config'],
})

/** The ConfigMap that a command line asks for. */
export const readKafkaConfig = (flags: KafkaFlagValues) => ({
  read: (subject: Subject) => readKafkaConfigOptions({...kafkaSettings(flags), ...subject}),
})
