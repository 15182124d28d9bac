import {classChoices, type ClassChoiceFacts} from '../../domain/eventing/cluster-defaults/class-choices.js'
import {BROKER} from '../../domain/eventing/names.js'
import {offeredObject} from '../../domain/core/offered.js'
import {isFound} from '../../domain/core/seen.js'
import type {KubeClient} from '../../kube/client.js'
import type {RequiredInput} from './ask-missing.js'
import {sinkFlag, textFlag} from './required-input.js'
import {existing} from './list-choices.js'

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

/** What becomes of events that nobody takes. */
export const deadLetterFlag = (value: string | undefined): RequiredInput<string> =>
  sinkFlag('--dl-sink', value, 'Where do events go that cannot be delivered?', {
    optional: true,
    none: 'nowhere: they are dropped after the last retry',
  })
