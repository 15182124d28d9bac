import type {BackingFacts} from '../../domain/eventing/cluster-defaults/backing-channel.js'
import {backingChoices} from '../../domain/eventing/cluster-defaults/backing-choices.js'
import {parseBrokerConfig} from '../../domain/eventing/broker/config.js'
import {classChoices, type ClassChoiceFacts} from '../../domain/eventing/cluster-defaults/class-choices.js'
import {usualConfig} from '../../domain/eventing/cluster-defaults/class-options.js'
import {BROKER, BrokerClass, brokerClasses, CONFIG_MAP} from '../../domain/eventing/names.js'
import {isForeignToKafka} from '../../domain/kafka/config/kafka-config.js'
import {offeredObject} from '../../domain/core/offered.js'
import {textsAt} from '../../domain/core/read.js'
import {isFound} from '../../domain/core/seen.js'
import type {KubeClient} from '../../kube/client.js'
import type {RequiredInput} from './ask-missing.js'
import {sinkFlag, textFlag} from './required-input.js'
import {existing} from './list-choices.js'
import {checkedBy} from '../wizard/question.js'

/** The broker of a trigger, from those of the namespace; its absence means the one called `default`. */
export const brokerFlag = (value: string | undefined): RequiredInput<string> =>
  textFlag(
    '--broker',
    value,
    {
      text: 'Which broker do the events come from?',
      other: 'another one, which does not exist yet',
      async choices({client, namespace}) {
        const found = await existing(client, BROKER, namespace)
        return isFound(found) ? found.map(offeredObject) : []
      },
      check: (answer) => answer !== '' || 'the name is empty',
      initial: () => 'default',
    },
    true,
  )

/** The class of a broker, with what each class means on this cluster. */
export const classFlag = (
  value: string | undefined,
  look: (client: KubeClient) => Promise<ClassChoiceFacts>,
): RequiredInput<string> =>
  textFlag(
    '--class',
    value,
    {
      text: 'Which class?',
      why: 'The class decides where events are kept; it cannot be changed later.',
      help: 'Brokers of class Kafka keep events in a topic until they are delivered. Channel-based brokers keep them in memory unless the backing channel of the cluster is a KafkaChannel: kubectl sfl broker backing-channel show says which it is. kubectl sfl broker class show says what the default is, and who set it.',
      async choices({client, namespace}) {
        return classChoices(await look(client), namespace)
      },
    },
    true,
  )

/** The class that brokers get that name none, and its settings where none are shipped for it. */
export const defaultClassNeeds = (
  className: string | undefined,
  config: string | undefined,
  namespaces: readonly string[] | undefined,
  look: (client: KubeClient) => Promise<ClassChoiceFacts>,
): {class: RequiredInput<string>; config: RequiredInput<string>} => {
  const needsConfig = (answer: string | undefined): boolean =>
    brokerClasses.some((known) => known === answer) && usualConfig(answer ?? '') === undefined
  const [only] = namespaces?.length === 1 ? namespaces : []
  const {what: _, words: __, optional: ___, ...asked} = classFlag(className, look)
  return {
    class: {
      ...asked,
      what: `a class: ${brokerClasses.join(', ')}`,
      words: (answer) => [answer],
      question: {
        ...asked.question,
        text: 'Which class shall brokers have that name none?',
        why: 'Brokers that exist keep theirs.',
      },
    },
    config: {
      ...textFlag('--broker-config', config, {
        text: 'Which settings shall they have?',
        why: 'No settings are shipped for this class.',
        other: 'others: NAME, cm:NAME:NAMESPACE or rmq:NAME',
        check: checkedBy(parseBrokerConfig),
        when: (answers) => needsConfig(className ?? answers['class']),
        async choices({client}, answers) {
          // Of a class that keeps its settings beside the broker, those of the namespace can be meant.
          if ((className ?? answers['class']) !== BrokerClass.KafkaNamespaced || only === undefined) return []
          const found = await existing(client, CONFIG_MAP, only)
          const fitting = isFound(found) ? found.filter((one) => !isForeignToKafka(textsAt(one, 'data'))) : []
          return fitting.map(offeredObject)
        },
      }),
      ...(needsConfig(className)
        ? {what: `--broker-config, since no config is shipped for class ${className ?? ''}`}
        : {optional: true}),
    },
  }
}

/** The channel behind channel-based brokers, with what each kind means on this cluster. */
export const backingNeed = (
  kind: string | undefined,
  look: (client: KubeClient) => Promise<BackingFacts>,
): RequiredInput<string> => ({
  given: kind,
  what: 'a kind of channel: InMemoryChannel, KafkaChannel',
  read: (answer) => answer,
  words: (answer) => [answer],
  question: {
    text: 'Which channel shall be behind channel-based brokers?',
    why: 'Brokers that exist switch as well, and lose the events in their present channels.',
    async choices({client}) {
      return backingChoices(await look(client))
    },
  },
})

/** What becomes of events that nobody takes. */
export const deadLetterFlag = (value: string | undefined): RequiredInput<string> =>
  sinkFlag('--dl-sink', value, 'Where do events go that cannot be delivered?', {
    optional: true,
    none: 'nowhere: they are dropped after the last retry',
  })
