import type {KubeObject} from '../../src/domain/core/object.js'
import type {Sandbox} from '../../src/sandbox/sandbox.js'

/** Objects around brokers, as users write them; all in namespace `demo`. */

export const aTrigger = (
  name: string,
  broker: string,
  changes: {metadata?: object; spec?: object} = {},
): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: {name, namespace: 'demo', ...changes.metadata},
  spec: {broker, subscriber: {uri: `http://${name}.example.com`}, ...changes.spec},
})

export const aConfigMap = (name: string, data: Readonly<Record<string, string>>, namespace = 'demo'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: {name, namespace},
  data,
})

/** A Service of Knative Serving that answers. */
export const aKnativeService = (name: string): KubeObject => ({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: {name, namespace: 'demo'},
  spec: {template: {spec: {containers: [{image: `registry.local/${name}`}]}}},
})

/** A Broker as it is stored, past all checks and left alone by the controllers. */
export const aStoredBroker = (
  name: string,
  changes: {className?: string; metadata?: object; spec?: object; status?: object} = {},
): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {
    name,
    namespace: 'demo',
    annotations: {'eventing.knative.dev/broker.class': changes.className ?? 'Kafka'},
    ...changes.metadata,
  },
  spec: {
    config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'kafka-broker-config', namespace: 'knative-eventing'},
    ...changes.spec,
  },
  status: {conditions: [], ...changes.status},
})

const KAFKA_DEPLOYMENTS = ['kafka-controller', 'kafka-broker-receiver']

/** Takes the Kafka data plane away: Deployments without pods. */
export const withoutKafka = (sandbox: Sandbox): Sandbox => {
  sandbox.load(
    sandbox
      .snapshot()
      .filter(({kind, metadata}) => kind === 'Deployment' && KAFKA_DEPLOYMENTS.includes(metadata.name))
      .map((deployment) => ({...deployment, status: {replicas: 1, readyReplicas: 0}})),
  )
  return sandbox
}

/** Replaces the data of a ConfigMap of knative-eventing; `undefined` takes the whole ConfigMap away. */
export const withSystemConfig = async (
  sandbox: Sandbox,
  name: string,
  data: Readonly<Record<string, string>> | undefined,
): Promise<Sandbox> => {
  const ref = {apiVersion: 'v1', kind: 'ConfigMap', name, namespace: 'knative-eventing'}
  await sandbox.client().delete(ref)
  if (data !== undefined) sandbox.load([aConfigMap(name, data, 'knative-eventing')])
  return sandbox
}
