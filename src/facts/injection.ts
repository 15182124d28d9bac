import {type Lookup} from '../domain/core/seen.js'
import {type InjectionDisableFacts} from '../domain/eventing/injection/disable.js'
import {type InjectionEnableFacts} from '../domain/eventing/injection/enable.js'
import {type InjectionRights} from '../domain/eventing/injection/options.js'
import {type InjectionShowFacts} from '../domain/eventing/injection/view.js'
import {namespaceRef} from '../domain/eventing/injection/options.js'
import {BROKER, brokerRef} from '../domain/eventing/names.js'
import {groupOf, type KubeObject} from '../domain/core/object.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {deleteFacts, readTriggers} from './broker.js'
import {brokerDefaults, sugar as readSugar} from '../domain/eventing/readings/config-maps.js'
import {readLive} from './live.js'
import {checkInstalled, listAll, tryRead} from './look.js'

const readBrokers = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<Lookup<Readonly<Record<string, KubeObject>>>> => {
  const found = await tryRead(listAll(client, {...BROKER, namespace}, options))
  return typeof found === 'string' ? found : Object.fromEntries(found.map((one) => [one.metadata.name, one]))
}

const labelsOf = (namespace: Lookup<KubeObject>): InjectionShowFacts['namespaceLabels'] =>
  typeof namespace === 'string' ? namespace : (namespace.metadata.labels ?? {})

const readRights = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<InjectionRights> => {
  const group = groupOf(BROKER.apiVersion)
  const [patchNamespace, patchTriggers, deleteBroker] = await Promise.all([
    client.can({verb: 'patch', group: '', resource: 'namespaces', namespace, name: namespace}, options),
    client.can({verb: 'patch', group, resource: 'triggers', namespace}, options),
    client.can({verb: 'delete', group, resource: 'brokers', namespace}, options),
  ])
  return {patchNamespace, patchTriggers, deleteBroker}
}

const readMarks = async (client: KubeClient, namespace: string, options?: RequestOptions) => {
  const [, home, triggers, sugar, rights] = await Promise.all([
    checkInstalled(client, options),
    tryRead(client.get(namespaceRef(namespace), options)),
    readTriggers(client, namespace, options),
    readLive(client, readSugar(), options),
    readRights(client, namespace, options),
  ])
  return {namespace: home, namespaceLabels: labelsOf(home), triggers, sugar, rights}
}

/** What `planInjectionEnable` needs, in one round. Rejects with KnativeNotInstalled. */
export const injectionEnableFacts = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<InjectionEnableFacts> => {
  const [marks, brokers, defaults] = await Promise.all([
    readMarks(client, namespace, options),
    readBrokers(client, namespace, options),
    readLive(client, brokerDefaults(), options),
  ])
  return {...marks, brokers, defaults}
}

/** What `planInjectionDisable` needs, in at most three rounds. Rejects with KnativeNotInstalled. */
export const injectionDisableFacts = async (
  client: KubeClient,
  namespace: string,
  broker: string,
  options?: RequestOptions,
): Promise<InjectionDisableFacts> => {
  const [marks, found] = await Promise.all([
    readMarks(client, namespace, options),
    tryRead(deleteFacts(client, brokerRef(broker, namespace), options)),
  ])
  if (typeof found === 'string') return {...marks, broker: found}
  return {...marks, broker: found.broker, ...(found.config === undefined ? {} : {config: found.config})}
}

/** What `viewInjection` needs, in one round. Rejects with KnativeNotInstalled. */
export const injectionShowFacts = async (
  client: KubeClient,
  namespace: string,
  options?: RequestOptions,
): Promise<InjectionShowFacts> => {
  const [, home, triggers, sugar, brokers] = await Promise.all([
    checkInstalled(client, options),
    tryRead(client.get(namespaceRef(namespace), options)),
    readTriggers(client, namespace, options),
    readLive(client, readSugar(), options),
    readBrokers(client, namespace, options),
  ])
  return {namespaceLabels: labelsOf(home), triggers, sugar, brokers}
}
