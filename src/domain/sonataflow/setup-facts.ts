import {type ClassChoiceFacts} from '../eventing/class-choices.js'
import {type KubeObject} from '../object.js'
import {type Offered} from '../offered.js'
import {listAt, numberAt, textAt} from '../read.js'
import {readinessOf} from '../readiness.js'
import {seen, type Seen} from '../seen.js'
import {BROKER_CLASS} from '../eventing/names.js'
import {type Platform} from './model.js'
import {type OperatorFacts} from './platform-facts.js'
import {type ClusterPlatform} from './workflow-model.js'

/** What a set-up looks at before it asks anything. */
export interface SetupFacts {
  namespaces: Seen<readonly string[]>
  /** The server knows platforms. */
  platformsServed: boolean
  platforms: Seen<readonly Platform[]>
  operator: Seen<OperatorFacts>
  clusterPlatforms: Seen<readonly ClusterPlatform[]>
  /** Whether this user may create cluster platforms. */
  mayShare: boolean
  knativeInstalled: boolean
  brokers: Seen<readonly KubeObject[]>
  services: Seen<readonly KubeObject[]>
  classes: ClassChoiceFacts
}

const POSTGRES_PORT = 5432

/** Services that look like a PostgreSQL, as `--service` takes them. */
export const offeredDatabases = ({services}: SetupFacts, namespace: string): Offered[] =>
  !seen(services)
    ? []
    : services
        .filter((service) => {
          const ports = listAt(service, 'spec', 'ports')
          return (
            ports.some((port) => numberAt(port, 'port') === POSTGRES_PORT) ||
            /postgres|pgsql/.test(service.metadata.name)
          )
        })
        .filter((service) => textAt(service, 'spec', 'clusterIP') !== 'None')
        .map((service) => {
          const {name, namespace: home = ''} = service.metadata
          const port = numberAt(listAt(service, 'spec', 'ports')[0], 'port')
          const address = home === namespace ? name : `${name}.${home}`
          return {
            value: port === undefined || port === POSTGRES_PORT ? address : `${address}:${port}`,
            about: `Service in namespace ${home}`,
          }
        })
        .toSorted((a, b) => Number(a.value.includes('.')) - Number(b.value.includes('.')))

/** Brokers that a platform can use, those of its namespace first. */
export const offeredBrokers = ({brokers}: SetupFacts, namespace: string): Offered[] =>
  !seen(brokers)
    ? []
    : brokers
        .map((broker) => {
          const {name, namespace: home = '', annotations} = broker.metadata
          const ready = readinessOf(broker).state === 'ready' ? 'ready' : 'not ready'
          return {
            value: home === namespace ? name : `${name}:${home}`,
            about: `${annotations?.[BROKER_CLASS] ?? 'no class'}, ${ready}`,
          }
        })
        .toSorted((a, b) => Number(a.value.includes(':')) - Number(b.value.includes(':')))

/** Whether brokers of class Kafka can be made here. */
export const kafkaWorks = ({knativeInstalled, classes}: SetupFacts): boolean =>
  knativeInstalled && (!seen(classes.deployments) || (classes.deployments['kafka-broker-receiver'] ?? 0) > 0)

/** What was found, a line each: it is the ground on which the questions stand. */
export const surveyLines = (facts: SetupFacts): string[] => {
  const {operator, platforms, brokers, knativeInstalled} = facts
  const count = (found: Seen<readonly unknown[]>, one: string): string =>
    seen(found)
      ? `${found.length === 0 ? 'no' : found.length} ${one}${found.length === 1 ? '' : 's'}`
      : `${one}s: ${found === 'absent' ? 'none' : 'not verified, they may not be listed'}`
  const running = seen(operator) && operator.deployments.some(({ready}) => ready > 0)
  const named = seen(operator)
    ? `${operator.deployments[0]?.namespace ?? ''}/${operator.deployments[0]?.name ?? ''}`
    : ''
  return [
    `SonataFlow operator: ${running ? `runs (${named})` : seen(operator) ? `no pod is ready (${named})` : operator === 'absent' ? 'not found' : 'not verified'}`,
    `Knative Eventing: ${knativeInstalled ? `installed; ${count(brokers, 'broker')}; Kafka brokers ${kafkaWorks(facts) ? 'work' : 'do not work here'}` : 'not installed'}`,
    `Platforms: ${count(platforms, 'platform')}`,
  ]
}
