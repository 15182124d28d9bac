import type {Command} from '@oclif/core'
import type {Startable} from '../cli/oclif.js'

export type CommandClass = Command.Class & Startable
export type CommandLoader = () => Promise<CommandClass>

/**
 * The verbs of a noun that change something are loaded together: fewer, larger files start quicker than many small ones.
 * What shows something stands alone, since it needs what draws texts and tables, and little of the rest.
 */
const noun = <V extends string>(
  name: string,
  load: () => Promise<{verbs: Readonly<Record<V, CommandClass>>}>,
  ...verbs: readonly V[]
): Record<string, CommandLoader> =>
  Object.fromEntries(verbs.map((verb) => [`${name}:${verb}`, async () => (await load()).verbs[verb]]))

/** Every command by its id, loaded only when it is called. */
export const commands: Readonly<Record<string, CommandLoader>> = {
  ...noun('broker', () => import('./broker/index.js'), 'apply', 'create', 'delete', 'update', 'wait'),
  'broker:describe': async () => (await import('./broker/describe.js')).default,
  'broker:list': async () => (await import('./broker/list.js')).default,
  ...noun('broker:backing-channel', () => import('./broker/backing-channel/index.js'), 'set', 'show'),
  ...noun('broker:class', () => import('./broker/class/index.js'), 'set', 'show', 'unset'),
  ...noun('broker:injection', () => import('./broker/injection/index.js'), 'disable', 'enable', 'show'),
  ...noun('trigger', () => import('./trigger/index.js'), 'apply', 'create', 'delete', 'update', 'wait'),
  'trigger:describe': async () => (await import('./trigger/describe.js')).default,
  'trigger:list': async () => (await import('./trigger/list.js')).default,
  ...noun('channel', () => import('./channel/index.js'), 'apply', 'create', 'delete', 'update', 'wait'),
  'channel:describe': async () => (await import('./channel/describe.js')).default,
  'channel:list': async () => (await import('./channel/list.js')).default,
  'channel:list-types': async () => (await import('./channel/list-types.js')).default,
  ...noun('subscription', () => import('./subscription/index.js'), 'apply', 'create', 'delete', 'update', 'wait'),
  'subscription:describe': async () => (await import('./subscription/describe.js')).default,
  'subscription:list': async () => (await import('./subscription/list.js')).default,
  ...noun('source', () => import('./source/index.js'), 'list', 'list-types'),
  ...noun('kafka', () => import('./kafka/index.js'), 'disable', 'enable'),
  'kafka:status': async () => (await import('./kafka/status.js')).default,
  ...noun('kafka:config', () => import('./kafka/config/index.js'), 'apply', 'create', 'delete', 'update'),
  'kafka:config:describe': async () => (await import('./kafka/config/describe.js')).default,
  'kafka:config:list': async () => (await import('./kafka/config/list.js')).default,
  ...noun('secret', () => import('./secret/index.js'), 'create-kafka-auth', 'create-postgres-auth'),
  'secret:describe': async () => (await import('./secret/describe.js')).default,
  'secret:list': async () => (await import('./secret/list.js')).default,
  ...noun('completion', () => import('./completion/index.js'), 'install', 'script'),
  ...noun('platform', () => import('./platform/index.js'), 'apply', 'create', 'delete', 'wait'),
  'platform:describe': async () => (await import('./platform/describe.js')).default,
  'platform:effective': async () => (await import('./platform/effective.js')).default,
  'platform:list': async () => (await import('./platform/list.js')).default,
  // With its questions it is as large as all the others together.
  'platform:setup': async () => (await import('./platform/setup.js')).default,
  ...noun('platform:eventing', () => import('./platform/eventing/index.js'), 'links', 'prune', 'set', 'unset'),
  ...noun('platform:migration', () => import('./platform/migration/index.js'), 'retry', 'set', 'status'),
  ...noun('platform:persistence', () => import('./platform/persistence/index.js'), 'set', 'unset'),
  ...noun(
    'platform:services',
    () => import('./platform/services/index.js'),
    'configure',
    'disable',
    'enable',
    'remove',
  ),
  ...noun('cluster-platform', () => import('./cluster-platform/index.js'), 'apply', 'create', 'delete', 'wait'),
  'cluster-platform:describe': async () => (await import('./cluster-platform/describe.js')).default,
  'cluster-platform:list': async () => (await import('./cluster-platform/list.js')).default,
  ...noun('workflow', () => import('./workflow/index.js'), 'describe', 'list'),
  ...noun('sandbox', () => import('./sandbox/index.js'), 'run', 'start'),
  check: async () => (await import('./check.js')).default,
  explain: async () => (await import('./explain.js')).default,
  manifest: async () => (await import('./manifest.js')).default,
  options: async () => (await import('./options.js')).default,
  status: async () => (await import('./status.js')).default,
  topology: async () => (await import('./topology.js')).default,
  version: async () => (await import('./version.js')).default,
}

/** What a noun is about, for help. */
export const nouns: Readonly<Record<string, string>> = {
  broker: 'Brokers: receive events and deliver them to triggers',
  'broker:backing-channel': 'Backing channel: what channel-based brokers keep their events in',
  'broker:class': 'Default class: what brokers are that name no class, config or delivery',
  'broker:injection': 'Injection: brokers that the cluster creates for marked namespaces and triggers',
  trigger: 'Triggers: filter events from a broker and deliver them to a sink',
  channel: 'Channels: keep events and hand them to the subscriptions',
  subscription: 'Subscriptions: deliver the events of a channel to a sink',
  source: 'Sources: send events to a sink',
  kafka: 'Kafka behind Knative: its parts, their state, and their settings',
  'kafka:config': 'Kafka configs: ConfigMaps with the servers, credentials and topic settings of Kafka brokers',
  secret: 'Secrets: credentials for Kafka and PostgreSQL, checked before they are used',
  platform: 'Platforms: the services, database and events of the workflows of a namespace',
  'platform:eventing': 'Eventing: the brokers by which services and workflows talk to each other',
  'platform:migration': 'Migration: who brings the databases of the services up to date',
  'platform:persistence': 'Persistence: the PostgreSQL of the services and workflows',
  'platform:services': 'Services: Data Index and Job Service, and their pods',
  'cluster-platform': 'Cluster platforms: the services of one platform for all namespaces',
  workflow: 'Workflows: the services, database and broker that each of them really uses',
  sandbox: 'A Kubernetes API that lives in this process, to rehearse and to test against',
  completion: 'Completion: what the shell offers when TAB is pressed',
}
