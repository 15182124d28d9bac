import type {Command} from '@oclif/core'
import type {Startable} from '../cli/oclif.js'

export type CommandClass = Command.Class & Startable
export type CommandLoader = () => Promise<CommandClass>

/** The verbs of a noun are loaded together: fewer, larger files start quicker than many small ones. */
const noun = <V extends string>(
  name: string,
  load: () => Promise<{verbs: Readonly<Record<V, CommandClass>>}>,
  ...verbs: readonly V[]
): Record<string, CommandLoader> =>
  Object.fromEntries(verbs.map((verb) => [`${name}:${verb}`, async () => (await load()).verbs[verb]]))

/** Every command by its id, loaded only when it is called. */
export const commands: Readonly<Record<string, CommandLoader>> = {
  ...noun('broker', () => import('./broker/index.js'), 'apply', 'create', 'delete', 'describe', 'update', 'wait'),
  // Typed far more often than anything else, and in need of little of the rest.
  'broker:list': async () => (await import('./broker/list.js')).default,
  ...noun('broker:injection', () => import('./broker/injection/index.js'), 'disable', 'enable', 'show'),
  ...noun(
    'trigger',
    () => import('./trigger/index.js'),
    'apply',
    'create',
    'delete',
    'describe',
    'list',
    'update',
    'wait',
  ),
  ...noun(
    'channel',
    () => import('./channel/index.js'),
    'apply',
    'create',
    'delete',
    'describe',
    'list',
    'list-types',
    'update',
    'wait',
  ),
  ...noun(
    'subscription',
    () => import('./subscription/index.js'),
    'apply',
    'create',
    'delete',
    'describe',
    'list',
    'update',
    'wait',
  ),
  ...noun('source', () => import('./source/index.js'), 'list', 'list-types'),
  ...noun('sandbox', () => import('./sandbox/index.js'), 'run', 'start'),
  manifest: async () => (await import('./manifest.js')).default,
  options: async () => (await import('./options.js')).default,
  version: async () => (await import('./version.js')).default,
}

/** What a noun is about, for help. */
export const nouns: Readonly<Record<string, string>> = {
  broker: 'Brokers: receive events and hand them to the triggers that want them',
  'broker:injection': 'Injection: brokers that the cluster creates for marked namespaces and triggers',
  trigger: 'Triggers: take the events that they want from a broker and deliver them to a sink',
  channel: 'Channels: keep events and hand them to the subscriptions',
  subscription: 'Subscriptions: deliver the events of a channel to a sink',
  source: 'Sources: send events to a sink',
  sandbox: 'A Kubernetes API that lives in this process, to rehearse and to test against',
}
