import {BROKER, NAMESPACE, SECRET, SERVICE} from '../domain/eventing/names.js'
import {seen} from '../domain/seen.js'
import {PLATFORM, SONATAFLOW_API, SONATAFLOW_GROUP} from '../domain/sonataflow/names.js'
import {type SetupFacts} from '../domain/sonataflow/setup-facts.js'
import {type KubeClient} from '../kube/client.js'
import {classChoiceFacts} from './class-choices.js'
import {listAll, look} from './look.js'
import {operatorFacts} from './sonataflow-operator.js'
import {readClusterPlatforms, readPlatforms} from './workflow.js'

/** What a set-up looks at before it asks anything, in one round. */
export const setupFacts = async (client: KubeClient): Promise<SetupFacts> => {
  const [namespaces, kinds, platforms, operator, clusterPlatforms, mayShare, knative, brokers, services, classes] =
    await Promise.all([
      look(listAll(client, {...NAMESPACE, metadataOnly: true})),
      client.served(SONATAFLOW_API).catch(() => undefined),
      readPlatforms(client, undefined),
      operatorFacts(client),
      readClusterPlatforms(client),
      client.can({verb: 'create', group: SONATAFLOW_GROUP, resource: 'sonataflowclusterplatforms'}).catch(() => false),
      client.served(BROKER.apiVersion).catch(() => undefined),
      look(listAll(client, BROKER)),
      look(listAll(client, SERVICE)),
      classChoiceFacts(client),
    ])
  return {
    namespaces: seen(namespaces) ? namespaces.map(({metadata}) => metadata.name) : namespaces,
    platformsServed: kinds?.some(({kind}) => kind === PLATFORM.kind) === true,
    platforms,
    operator,
    clusterPlatforms,
    mayShare,
    knativeInstalled: knative !== undefined,
    brokers,
    services,
    classes,
  }
}

/** The Secrets of namespaces by name, each list read once; their values are not asked for. */
export const secretLookups = (client: KubeClient) => {
  const known = new Map<string, Promise<readonly string[]>>()
  const names = new Map<string, readonly string[]>()
  const read = async (namespace: string): Promise<readonly string[]> => {
    const found = await look(listAll(client, {...SECRET, namespace, metadataOnly: true}))
    const all = seen(found) ? found.map(({metadata}) => metadata.name) : []
    names.set(namespace, all)
    return all
  }
  return {
    secrets(namespace: string): Promise<readonly string[]> {
      const pending = known.get(namespace) ?? read(namespace)
      known.set(namespace, pending)
      return pending
    },
    hasSecret: (namespace: string, name: string): boolean => names.get(namespace)?.includes(name) === true,
  }
}
