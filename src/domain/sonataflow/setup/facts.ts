import {type ClassChoiceFacts} from '../../eventing/cluster-defaults/class-choices.js'
import {BROKER_CLASS} from '../../eventing/names.js'
import {type KubeObject} from '../../core/object.js'
import {type Offered} from '../../core/offered.js'
import {listAt, numberAt, textAt} from '../../core/read.js'
import {readinessOf} from '../../core/readiness.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {type Platform} from '../model.js'
import {type OperatorFacts} from '../platform/facts.js'
import {type ClusterPlatform} from '../workflow/model.js'

/** What OLM has installed, or tries to (operators.coreos.com/v1alpha1). */
export interface OlmFacts {
  /** Without the copies that OLM makes for namespaces. */
  versions: Lookup<readonly KubeObject[]>
  subscriptions: Lookup<readonly KubeObject[]>
}

/** The resources by which operators install Knative. */
export interface KnativeResources {
  eventing: Lookup<readonly KubeObject[]>
  serving: Lookup<readonly KubeObject[]>
  kafka: Lookup<readonly KubeObject[]>
}

/** What a set-up may make; a right that could not be asked about counts as there. */
export interface SetupRights {
  namespaces: boolean
  clusterPlatforms: boolean
}

/** Kinds that a set-up makes in the namespace, by their plural. */
export const setupResources = [
  {group: 'sonataflow.org', resource: 'sonataflowplatforms', means: 'the platform itself'},
  {group: 'eventing.knative.dev', resource: 'brokers', means: 'a new broker'},
  {group: '', resource: 'configmaps', means: 'settings of Kafka for it'},
  {group: '', resource: 'secrets', means: 'new credentials'},
] as const
export type SetupResource = (typeof setupResources)[number]

/** What a set-up looks at before it asks anything. */
export interface SetupFacts {
  namespaces: Lookup<readonly string[]>
  /** The server knows platforms; `undefined`: that could not be asked. */
  platformsServed: boolean | undefined
  platforms: Lookup<readonly Platform[]>
  operator: Lookup<OperatorFacts>
  clusterPlatforms: Lookup<readonly ClusterPlatform[]>
  knativeInstalled: boolean
  servingInstalled: boolean
  resources: KnativeResources
  olm: OlmFacts
  brokers: Lookup<readonly KubeObject[]>
  services: Lookup<readonly KubeObject[]>
  classes: ClassChoiceFacts
  rights: SetupRights
  /** What may not be made in the namespace of the context. */
  missingHere: readonly SetupResource[]
}

/** Looks at one namespace, once each: what is asked about may change with it. */
export interface SetupLookups {
  /** Names of Secrets that people have made; `forbidden` where they cannot be listed (no permission). Values are not asked for. */
  secrets(namespace: string): Promise<readonly string[] | 'forbidden'>
  /** `undefined`: that cannot be looked at (no permission). */
  /** The keys that a Secret holds; `undefined` when it is not there, or cannot be looked at (no permission). */
  secretKeys(namespace: string, name: string): Promise<readonly string[] | undefined>
  namespaceExists(name: string): Promise<boolean | undefined>
  missingRights(namespace: string): Promise<readonly SetupResource[]>
}

const POSTGRES_PORT = 5432

/** Services that look like a PostgreSQL. */
const postgresServices = ({services}: Pick<SetupFacts, 'services'>): KubeObject[] =>
  (isFound(services) ? services : []).filter((service) => {
    const ports = listAt(service, 'spec', 'ports')
    return (
      textAt(service, 'spec', 'clusterIP') !== 'None' &&
      (ports.some((port) => numberAt(port, 'port') === POSTGRES_PORT) || /postgres|pgsql/.test(service.metadata.name))
    )
  })

/** Services that look like a PostgreSQL, as `--service` takes them, those of the namespace first. */
export const offeredDatabases = (facts: Pick<SetupFacts, 'services'>, namespace: string): Offered[] =>
  postgresServices(facts)
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
export const offeredBrokers = ({brokers}: Pick<SetupFacts, 'brokers'>, namespace: string): Offered[] =>
  !isFound(brokers)
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
export const kafkaWorks = ({knativeInstalled, classes}: Pick<SetupFacts, 'knativeInstalled' | 'classes'>): boolean =>
  knativeInstalled && (!isFound(classes.deployments) || (classes.deployments['kafka-broker-receiver'] ?? 0) > 0)

/** Platforms of a namespace, the active one first. */
export const platformNames = ({platforms}: Pick<SetupFacts, 'platforms'>, namespace: string): string[] =>
  isFound(platforms)
    ? platforms
        .filter((one) => one.namespace === namespace)
        .toSorted((a, b) => Number(a.status.duplicated) - Number(b.status.duplicated))
        .map(({name}) => name)
    : []
