import type {KubeObject} from '../../../../src/domain/core/object.js'
import type {Sandbox, SandboxOptions} from '../../../../src/sandbox/sandbox.js'
import {aConfigMap} from '../../../support/eventing.js'
import {aHealthyBroker, aHealthyCluster, aHealthyTrigger, destination} from '../../../support/healthy.js'
import {aSandbox} from '../../../support/run.js'

/** Something that is wrong with a namespace in which nothing else is wrong, and the codes under which `check` tells of it. */
export interface Scene {
  /** What a user gets to see. */
  shows: string
  /** Stored past all checks and left alone by the controllers. */
  objects?: readonly KubeObject[]
  /** Created afterwards; the controllers act on them. */
  created?: readonly KubeObject[]
  codes: readonly string[]
  /** Words behind `check`; default: the namespace. */
  args?: string
  files?: Readonly<Record<string, string>>
  user?: string
  sandbox?: SandboxOptions
  /** Without the healthy namespace. */
  bare?: boolean
}

/** One namespace with one broker, five triggers and their sinks: nothing is wrong with it. */
export const home = 'team-0'

export const prepared = async ({
  objects = [],
  created = [],
  sandbox: options,
  bare = false,
}: Scene): Promise<Sandbox> => {
  const sandbox = aSandbox(options)
  sandbox.load([...(bare ? [] : aHealthyCluster(1)), ...objects])
  const admin = sandbox.client()
  for (const object of created) await admin.create(object)
  if (created.length > 0) await sandbox.settle()
  return sandbox
}

/** `error SFL-B03 broker/…`: the code of a line of -o short. */
export const codesOf = (out: string): string[] => [...new Set(out.match(/(?<=^\w+ )SFL-\w+/gm) ?? [])].sort()

export const ready = {conditions: [{type: 'Ready', status: 'True'}]}

/** Not ready, because of a condition of its own. */
export const failing = (type: string, reason: string, message: string) => ({
  conditions: [
    {type: 'Ready', status: 'False', reason, message},
    {type, status: 'False', reason, message},
  ],
})
export const pending = (type: string) => ({
  conditions: [
    {type: 'Ready', status: 'Unknown'},
    {type, status: 'Unknown'},
  ],
})

/** On its way out, and held by a finalizer. */
export const deleting = (object: KubeObject, finalizer: string): KubeObject => ({
  ...object,
  metadata: {...object.metadata, deletionTimestamp: '2026-03-01T11:00:00Z', finalizers: [finalizer]},
})

export const system = (kind: string, apiVersion: string, name: string, rest: object): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'knative-eventing'},
  ...rest,
})
export const idle = (name: string): KubeObject =>
  system('Deployment', 'apps/v1', name, {spec: {replicas: 1}, status: {replicas: 1, readyReplicas: 0}})

export const kafkaConfig = (name: string, changes: Record<string, string | undefined> = {}): KubeObject =>
  aConfigMap(
    name,
    Object.fromEntries(
      Object.entries({
        'bootstrap.servers': 'my-cluster-kafka-bootstrap.kafka:9092',
        'default.topic.partitions': '10',
        'default.topic.replication.factor': '3',
        ...changes,
      }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    ),
    home,
  )

export const configReference = (name: string, namespace: string) => ({
  config: {apiVersion: 'v1', kind: 'ConfigMap', name, namespace},
})
export const withConfig = (name: string, rest: {status?: object} = {}): KubeObject =>
  aHealthyBroker('orders-0', home, {spec: configReference(name, home), ...rest})

export const aBroker = (changes: {metadata?: object; spec?: object; status?: object}): KubeObject => {
  const broker = aHealthyBroker('orders-0', home, changes)
  return {...broker, metadata: {...broker.metadata, ...changes.metadata}}
}

/** Channel-based, with the ConfigMap that is shipped for it. */
export const aChannelBroker = (name: string, changes: {spec?: object; status?: object} = {}): KubeObject => ({
  ...aHealthyBroker(name, home, {
    ...changes,
    spec: {...configReference('config-br-default-channel', 'knative-eventing'), ...changes.spec},
  }),
  metadata: {name, namespace: home, annotations: {'eventing.knative.dev/broker.class': 'MTChannelBasedBroker'}},
})

export const aTrigger = (
  changes: {metadata?: object; spec?: object; status?: object},
  name = 'orders-0-0',
): KubeObject => aHealthyTrigger(name, 'orders-0', home, changes)

export const service = (name: string) => ({ref: {apiVersion: 'v1', kind: 'Service', name}})
export const brokerTo = (name: string, namespace = home) => ({
  ref: {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name, namespace},
})

/** A Service of Knative Serving without an address. */
export const silent = (name: string): KubeObject => ({
  apiVersion: 'serving.knative.dev/v1',
  kind: 'Service',
  metadata: {name, namespace: home},
  spec: {template: {spec: {containers: [{image: 'registry.local/sink'}]}}},
})

export const aSecret = (name: string, values: Record<string, string>, metadata: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name, namespace: home, ...metadata},
  type: 'Opaque',
  data: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')])),
})

export const source = (
  kind: string,
  name: string,
  sink: object,
  {status = ready, spec = {}}: {status?: object; spec?: object} = {},
): KubeObject => ({
  apiVersion: 'sources.knative.dev/v1',
  kind,
  metadata: {name, namespace: home},
  spec: {sink, ...spec},
  status,
})

export const channel = (
  name: string,
  type: string,
  {template = {}, spec = {}, status = ready}: {template?: object; spec?: object; status?: object} = {},
): KubeObject => ({
  apiVersion: 'messaging.knative.dev/v1',
  kind: 'Channel',
  metadata: {name, namespace: home},
  spec: {
    channelTemplate: {
      apiVersion: type === 'KafkaChannel' ? 'messaging.knative.dev/v1beta1' : 'messaging.knative.dev/v1',
      kind: type,
      ...template,
    },
    ...spec,
  },
  status,
})

/** One that loses nothing. */
export const kafkaChannel = (name: string, changes: {spec?: object; status?: object} = {}): KubeObject =>
  channel(name, 'KafkaChannel', {template: {spec: {numPartitions: 1, replicationFactor: 3}}, ...changes})

export const subscription = (
  name: string,
  of: string,
  {spec = {}, status = ready}: {spec?: object; status?: object} = {},
): KubeObject => ({
  apiVersion: 'messaging.knative.dev/v1',
  kind: 'Subscription',
  metadata: {name, namespace: home},
  spec: {
    channel: {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: of},
    subscriber: destination('sink'),
    delivery: {deadLetterSink: destination('dead-letters')},
    ...spec,
  },
  status,
})
