import {blocking} from '../../findings/finding.js'
import {type Offered} from '../../core/offered.js'
import {templateToday, typeFindings, type BackingFacts} from './backing-channel.js'
import {IN_MEMORY_CHANNEL, KAFKA_CHANNEL} from '../names.js'

/** What events go through, for those who have to choose (OpenShift Serverless, "Configuring the default broker backing channel"). */
const meanings = {
  InMemoryChannel: 'events are kept in memory, and lost when the pods of the channel restart',
  KafkaChannel: 'events are kept in topics of Kafka; a broker of class Kafka does the same with fewer hops',
} as const

/** The channels that can be put behind channel-based brokers, each with what it means on this cluster. */
export const backingChoices = (facts: BackingFacts): Array<Offered & {label: string}> => {
  const now = templateToday(facts)?.kind
  return [IN_MEMORY_CHANNEL, KAFKA_CHANNEL].map((type) => {
    const value = type.kind === IN_MEMORY_CHANNEL.kind ? 'InMemoryChannel' : 'KafkaChannel'
    const [fault] = blocking(typeFindings(type, facts))
    const state = fault === undefined ? undefined : `does not work on this cluster: ${fault.message}`
    return {
      value,
      label: `${value}${value === now ? ' (the one now)' : ''}${fault === undefined ? '' : ' (not working here)'}`,
      about: [meanings[value], state].filter(Boolean).join('; '),
    }
  })
}
