import {type KubeObject, type Ref, refOf} from '../../src/domain/core/object.js'
import {listAt, textAt} from '../../src/domain/core/read.js'
import {CLUSTER_PLATFORM, PLATFORM, WORKFLOW} from '../../src/domain/sonataflow/names.js'
import {type KubeClient} from '../../src/kube/client.js'
import {DATABASE_FAILURE} from '../../src/sandbox/controllers/sonataflow/database.js'
import {type Sandbox} from '../../src/sandbox/sandbox.js'
import {anEndpointSlice} from '../support/endpoint-slice.js'

/** Manifests of SonataFlow for the namespace `demo`, and looks at what became of them. */

export const platform = (name: string, spec: Record<string, unknown> = {}, namespace = 'demo'): KubeObject => ({
  ...PLATFORM,
  metadata: {name, namespace},
  spec,
})
export const platformRef = (name: string, namespace = 'demo'): Ref => ({...PLATFORM, name, namespace})

export const clusterPlatform = (name: string, target: string, namespace = 'demo'): KubeObject => ({
  ...CLUSTER_PLATFORM,
  metadata: {name},
  spec: {platformRef: {name: target, namespace}},
})

export const workflow = (
  name: string,
  spec: Record<string, unknown> = {},
  {namespace = 'demo', profile = 'gitops'}: {namespace?: string; profile?: string} = {},
): KubeObject => ({
  ...WORKFLOW,
  metadata: {name, namespace, annotations: {'sonataflow.org/profile': profile, 'sonataflow.org/version': '0.0.1'}},
  spec: {flow: {start: 'Done', states: [{name: 'Done', type: 'inject', data: {}, end: true}]}, ...spec},
})

/** A PostgreSQL that the sandbox's pods can reach, and the Secret with its credentials under the operator's own keys. */
export const postgres = (
  name = 'postgres',
  {namespace = 'demo', secret = 'login', fails}: {namespace?: string; secret?: string; fails?: string} = {},
): KubeObject[] => [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name, namespace, ...(fails === undefined ? {} : {annotations: {[DATABASE_FAILURE]: fails}})},
    spec: {ports: [{port: 5432, protocol: 'TCP', targetPort: 5432}], selector: {app: name}},
  },
  anEndpointSlice(name, namespace),
  login(secret),
]

export const login = (name: string, keys: readonly string[] = ['POSTGRESQL_USER', 'POSTGRESQL_PASSWORD']) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name, namespace: 'demo'},
  type: 'Opaque',
  data: Object.fromEntries(keys.map((key) => [key, 'c2VjcmV0'])),
})

export const database = (name = 'postgres', rest: Record<string, unknown> = {}) => ({
  postgresql: {secretRef: {name: 'login'}, serviceRef: {name, ...rest}},
})

export const brokerRefOf = (name: string, namespace?: string) => ({
  ref: {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    name,
    ...(namespace === undefined ? {} : {namespace}),
  },
})

/** `Succeed | False | Duplicated` for every condition. */
export const conditionsOf = (object: KubeObject): string[] =>
  listAt(object, 'status', 'conditions').map((one) =>
    ['type', 'status', 'reason', 'message'].flatMap((field) => textAt(one, field) ?? []).join(' | '),
  )

/** Creates the platform and waits until the operator has nothing left to do. */
export const settled = async (sandbox: Sandbox, ...objects: readonly KubeObject[]): Promise<KubeObject> => {
  const client = sandbox.client()
  for (const object of objects) await client.create(object)
  await sandbox.settle()
  return client.get(refOf(objects.at(-1)!))
}

/** `Kind name` of what is there, of these kinds and in this namespace, in order. */
export const objectsIn = (sandbox: Sandbox, kinds: readonly string[], namespace = 'demo'): string[] =>
  sandbox
    .snapshot()
    .filter(({kind, metadata}) => kinds.includes(kind) && metadata.namespace === namespace)
    .map(({kind, metadata}) => `${kind} ${metadata.name}`)

/** `reason | message` of the Warning events about an object. */
export const warningsAbout = (sandbox: Sandbox, name: string, namespace = 'demo'): string[] => [
  ...new Set(
    sandbox
      .snapshot()
      .filter(({kind, metadata}) => kind === 'Event' && metadata.namespace === namespace)
      .filter((event) => textAt(event, 'involvedObject', 'name') === name && event['type'] === 'Warning')
      .map((event) => `${String(event['reason'])} | ${String(event['message'])}`),
  ),
]

export const gone = (client: KubeClient, ref: Ref): Promise<boolean> =>
  client.get(ref).then(
    () => false,
    () => true,
  )
