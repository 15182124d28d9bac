import {readConfigReference, type ConfigReference} from '../../eventing/broker/config.js'
import {type DefaultConfig, type DefaultsEntry} from '../../eventing/cluster-defaults/broker-defaults.js'
import {type DefaultsFacts} from '../../eventing/broker/facts.js'
import {BROKER_CLASS, CONFIG_MAP, KafkaKey, isKafkaClass} from '../../eventing/names.js'
import {type KubeObject} from '../../core/object.js'
import {at, textsAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {type ConfigMapPlace} from '../write-target/write-target.js'

/** Where brokers could be looked for: everywhere, or in one namespace only. */
export interface BrokersFacts {
  brokers: Lookup<readonly KubeObject[]>
  /** Only the brokers of this namespace may be listed. */
  onlyIn?: string
}

const names = (reference: ConfigReference | undefined, place: ConfigMapPlace, home: string): boolean =>
  reference !== undefined &&
  reference.apiVersion === CONFIG_MAP.apiVersion &&
  reference.kind === CONFIG_MAP.kind &&
  reference.name === place.name &&
  (reference.namespace ?? home) === place.namespace

const titleOf = ({metadata}: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name}`

/** The brokers whose `spec.config` names a ConfigMap, sorted by namespace and name. */
export const brokersUsing = (place: ConfigMapPlace, {brokers}: BrokersFacts): KubeObject[] =>
  isFound(brokers)
    ? brokers
        .filter((broker) =>
          names(readConfigReference(at(broker, 'spec', 'config')), place, broker.metadata.namespace ?? ''),
        )
        .toSorted((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1))
    : []

export const isKafkaBroker = (broker: KubeObject): boolean => isKafkaClass(broker.metadata.annotations?.[BROKER_CLASS])

/** `demo/orders, demo/bills` and, from the sixth on, how many more. */
export const brokerNames = (brokers: readonly KubeObject[], most = 5): string => {
  const shown = brokers.slice(0, most).map(titleOf).join(', ')
  return brokers.length > most ? `${shown} and ${brokers.length - most} more` : shown
}

/** `broker demo/orders`, `brokers demo/orders, demo/bills`. */
export const brokersText = (brokers: readonly KubeObject[]): string =>
  `${brokers.length === 1 ? 'broker' : 'brokers'} ${brokerNames(brokers)}`

/** Its topic was created; later changes of partitions, factor and topic settings do not reach it. */
export const hasTopic = (broker: KubeObject): boolean =>
  textsAt(broker, 'status', 'annotations')[KafkaKey.Topic] !== undefined

const namesDefault = (entry: DefaultConfig | undefined, place: ConfigMapPlace, home: string): boolean =>
  names(readConfigReference(entry?.config), place, home)

const entryUses = (path: string, entry: DefaultsEntry | undefined, place: ConfigMapPlace, home: string): string[] =>
  entry === undefined
    ? []
    : [
        ...(namesDefault(entry.inline, place, home) ? [path] : []),
        ...Object.entries(entry.brokerClasses).flatMap(([className, one]) =>
          namesDefault(one, place, home) ? [`${path}.brokerClasses.${className}`] : [],
        ),
      ]

/** The entries of `default-br-config` that name a ConfigMap. Without a namespace an entry means the broker's. */
export const defaultsUsing = (place: ConfigMapPlace, defaults: Lookup<DefaultsFacts>): string[] => {
  if (!isFound(defaults) || 'fault' in defaults) return []
  const {clusterDefault, namespaceDefaults} = defaults.defaults
  return [
    ...entryUses('clusterDefault', clusterDefault, place, place.namespace),
    ...Object.entries(namespaceDefaults).flatMap(([namespace, entry]) =>
      entryUses(`namespaceDefaults.${namespace}`, entry, place, namespace),
    ),
  ]
}

/** Brokers of a Kafka class that name no config get this one, wherever or in some namespace. */
export const isKafkaDefault = (place: ConfigMapPlace, defaults: Lookup<DefaultsFacts>): boolean =>
  defaultsUsing(place, defaults).some((path) => /brokerClasses\.Kafka(Namespaced)?$/.test(path))
