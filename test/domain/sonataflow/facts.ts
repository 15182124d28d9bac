import {printCommands} from '../../../src/domain/core/commands.js'
import {type Finding} from '../../../src/domain/findings/finding.js'
import {type KubeObject} from '../../../src/domain/core/object.js'
import {newestSchema} from '../../../src/domain/sonataflow/generation.js'
import {type ClusterFacts, type PlatformFacts} from '../../../src/domain/sonataflow/platform/facts.js'
import {aPlatform} from './platforms.js'

/** A cluster on which nothing is wrong; every test says what is. */
export const facts = (changes: Partial<PlatformFacts> = {}): PlatformFacts => ({
  schema: newestSchema,
  platforms: [],
  operator: {
    deployments: [{name: 'sonataflow-operator-controller-manager', namespace: 'sonataflow-operator-system', ready: 1}],
    settings: {imageTag: '10.1.0', containerImages: ['quay.io/brancz/kube-rbac-proxy:v0.13.1']},
  },
  clusterPlatform: 'absent',
  clusterwide: 'absent',
  workflows: [],
  secrets: {'shop/pg-secret': {keys: ['POSTGRESQL_USER', 'POSTGRESQL_PASSWORD']}},
  services: {'shop/pg': {ports: [5432], readyAddresses: 1}},
  jobs: [],
  deployments: [],
  knativeInstalled: true,
  brokers: {'shop/events': aReadyBroker('events')},
  triggers: [],
  sinkBinding: 'absent',
  autoscalers: [],
  ...changes,
})

export const clusterFacts = (changes: Partial<ClusterFacts> = {}): ClusterFacts => ({
  clusterPlatforms: [],
  referenced: aPlatform(
    {
      persistence: {postgresql: {serviceRef: {name: 'pg'}, secretRef: {name: 's'}}},
      services: {dataIndex: {}, jobService: {}},
    },
    {name: 'main', namespace: 'services'},
  ),
  platforms: [],
  workflows: [],
  ...changes,
})

export const aReadyBroker = (
  name: string,
  {
    className = 'Kafka',
    ready = 'True',
    namespace = 'shop',
  }: {className?: string; ready?: string; namespace?: string} = {},
): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {name, namespace, annotations: {'eventing.knative.dev/broker.class': className}},
  status: {conditions: [{type: 'Ready', status: ready, ...(ready === 'True' ? {} : {reason: 'NoTopic'})}]},
})

export const anObject = (kind: string, name: string, more: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: {name, namespace: 'shop'},
  ...more,
})

export const told = (findings: readonly Finding[]): string[] =>
  findings.map(
    ({code, level, message, repair}) =>
      `${level} ${code} ${message}${repair === undefined ? '' : ` → ${printCommands(repair)}`}`,
  )
