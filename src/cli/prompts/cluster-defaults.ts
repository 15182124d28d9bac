import {offeredObject} from '../../domain/core/offered.js'
import {textsAt} from '../../domain/core/read.js'
import {isFound} from '../../domain/core/seen.js'
import {parseBrokerConfig} from '../../domain/eventing/broker/config.js'
import type {BackingFacts} from '../../domain/eventing/cluster-defaults/backing-channel.js'
import {backingChoices} from '../../domain/eventing/cluster-defaults/backing-choices.js'
import type {ClassChoiceFacts} from '../../domain/eventing/cluster-defaults/class-choices.js'
import {usualConfig} from '../../domain/eventing/cluster-defaults/class-options.js'
import {BrokerClass, brokerClasses, CONFIG_MAP} from '../../domain/eventing/names.js'
import {isForeignToKafka} from '../../domain/kafka/config/kafka-config.js'
import type {KubeClient} from '../../kube/client.js'
import {checkedBy} from '../wizard/question.js'
import type {RequiredInput} from './ask-missing.js'
import {classFlag} from './broker.js'
import {existing} from './list-choices.js'
import {textFlag} from './required-input.js'

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
        text: 'Default class for brokers that do not set one?',
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
