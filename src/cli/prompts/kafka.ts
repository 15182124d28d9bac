import {readBootstrapServers} from '../../domain/kafka/config/bootstrap-servers.js'
import {MOST_PARTITIONS, MOST_REPLICAS, readNumber} from '../../domain/kafka/config/options.js'
import type {RequiredInput} from './ask-missing.js'
import {textFlag} from './required-input.js'
import {checkedBy} from '../wizard/question.js'

interface Given {
  'bootstrap-servers'?: string | undefined
  partitions?: string | undefined
  'replication-factor'?: string | undefined
}

/** The three settings without which no Kafka broker works (eventing-kafka-broker has no built-in values). */
export const kafkaSettingNeeds = (flags: Given): Readonly<Record<keyof Given, RequiredInput<string>>> => ({
  'bootstrap-servers': textFlag('--bootstrap-servers', flags['bootstrap-servers'], {
    text: 'Bootstrap servers of Kafka:',
    why: 'HOST:PORT, several separated by commas: as pods of this cluster reach them.',
    check: checkedBy(readBootstrapServers),
  }),
  partitions: textFlag('--partitions', flags.partitions, {
    text: 'Partitions of new topics:',
    why: 'As many events of one broker can be delivered at the same time.',
    initial: () => '10',
    check: checkedBy((answer) => readNumber('--partitions', answer, MOST_PARTITIONS)),
  }),
  'replication-factor': textFlag('--replication-factor', flags['replication-factor'], {
    text: 'Replicas of new topics:',
    why: 'Not more than Kafka has servers; with one alone, events are lost with its disk.',
    initial: () => '3',
    check: checkedBy((answer) => readNumber('--replication-factor', answer, MOST_REPLICAS)),
  }),
})
