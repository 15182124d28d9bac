import type {KubeObject} from '../../../src/domain/core/object.js'
import type {SonataFlowGeneration} from '../../../src/sandbox/kinds/sonataflow.js'
import {anEndpointSlice} from '../../support/endpoint-slice.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'
import {aStoredBroker} from '../../support/eventing.js'

/** A Kafka broker that is ready; `class` says otherwise. */
export const aReadyBroker = (name: string, namespace = 'demo', className = 'Kafka'): KubeObject =>
  aStoredBroker(name, {
    metadata: {namespace, annotations: {'eventing.knative.dev/broker.class': className}},
    status: {
      conditions: [{type: 'Ready', status: 'True'}],
      address: {url: `http://broker.knative-eventing.svc.cluster.local/${namespace}/${name}`},
    },
  })

/** A PostgreSQL behind a Service, on one port. */
export const aPostgres = (name: string, namespace = 'demo', port = 5432): KubeObject[] => [
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {name, namespace},
    spec: {ports: [{port, protocol: 'TCP', targetPort: 5432}], selector: {app: name}},
  },
  anEndpointSlice(name, namespace),
]

/** A Secret with these keys. */
export const aLogin = (
  name: string,
  namespace = 'demo',
  keys: readonly string[] = ['POSTGRESQL_USER', 'POSTGRESQL_PASSWORD'],
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name, namespace},
  type: 'Opaque',
  data: Object.fromEntries(keys.map((key) => [key, 'c2VjcmV0'])),
})

export const aWorkflow = (name: string, namespace = 'demo', spec: Record<string, unknown> = {}): KubeObject => ({
  apiVersion: 'sonataflow.org/v1alpha08',
  kind: 'SonataFlow',
  metadata: {
    name,
    namespace,
    annotations: {'sonataflow.org/profile': 'gitops', 'sonataflow.org/version': '0.0.1'},
  },
  spec: {
    flow: {start: 'Done', states: [{name: 'Done', type: 'inject', data: {}, end: true}]},
    podTemplate: {container: {image: `example.com/${name}:1`}},
    ...spec,
  },
})

/** Namespace `demo` with a PostgreSQL, its Secret, and a Kafka broker. */
export const aFurnishedSession = (...more: readonly KubeObject[]): Session => {
  const session = aSession()
  session.sandbox.load([...aPostgres('postgres'), aLogin('login'), aReadyBroker('orders'), ...more])
  return session
}

/** A cluster with this generation of SonataFlow, or without it. */
export const aClusterWith = (sonataflow: SonataFlowGeneration | 'none'): Session =>
  aSession({sandbox: aSandbox({install: {sonataflow}})})

/** `Kind name` of everything that the operator made; of triggers, whose names nobody can foresee, how many there are. */
export const madeIn = ({sandbox}: Session, namespace = 'demo'): string[] => {
  const made = sandbox
    .snapshot()
    .filter(({metadata}) => metadata.namespace === namespace)
    .filter(({metadata}) => metadata.labels?.['app.kubernetes.io/managed-by'] === 'sonataflow-operator')
    .filter(({kind}) => kind !== 'Pod')
  const triggers = made.filter(({kind}) => kind === 'Trigger').length
  return [
    ...made.filter(({kind}) => kind !== 'Trigger').map(({kind, metadata}) => `${kind} ${metadata.name}`),
    ...(triggers === 0 ? [] : [`${triggers} triggers`]),
  ]
}
