import {type Offered} from '../../core/offered.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {dataPlaneFault} from '../broker/class.js'
import {resolveBroker} from './broker-defaults.js'
import {type DefaultsFacts, type Deployments} from '../broker/facts.js'
import {BrokerClass, type KnownBrokerClass} from '../names.js'

export interface ClassChoiceFacts {
  defaults: Lookup<DefaultsFacts>
  deployments: Lookup<Deployments>
}

/** What each class is, for those who have to choose one (OpenShift Serverless, "Creating brokers" and "Kafka broker"). */
const meanings: Readonly<Record<KnownBrokerClass, string>> = {
  Kafka: 'events are kept in a topic of Kafka; one data plane for all brokers of the cluster',
  KafkaNamespaced:
    'events are kept in a topic of Kafka; a data plane of its own in the namespace, isolated from others',
  MTChannelBasedBroker: 'events go through channels; in memory unless the backing channel is Kafka: lost at a restart',
  RabbitMQBroker: 'events are kept in a queue of RabbitMQ',
}

/** The class that a broker gets that names none. */
export const classByDefault = ({defaults}: ClassChoiceFacts, namespace: string): string | undefined =>
  isFound(defaults) && 'defaults' in defaults ? resolveBroker(defaults.defaults, {namespace}).className : undefined

/** The classes, the default one first, each with what it means on this cluster. Those that are not installed come last. */
export const classChoices = (facts: ClassChoiceFacts, namespace: string): Array<Offered & {label: string}> => {
  const usual = classByDefault(facts, namespace)
  const offered = Object.values(BrokerClass).map((value) => {
    const fault = isFound(facts.deployments) ? dataPlaneFault(value, facts.deployments) : undefined
    const state = !isFound(facts.deployments)
      ? 'whether it runs here was not verified'
      : fault === undefined
        ? 'runs on this cluster'
        : `does not work on this cluster: ${fault}`
    return {
      value,
      label: `${value}${value === usual ? ' (the default here)' : ''}${fault === undefined ? '' : ' (not working here)'}`,
      about: `${meanings[value]}; ${state}`,
      rank: (value === usual ? 0 : 1) + (fault === undefined ? 0 : 2),
    }
  })
  return offered.toSorted((a, b) => a.rank - b.rank).map(({rank: _, ...choice}) => choice)
}
