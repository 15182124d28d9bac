import type {Command} from '@oclif/core'

export type CommandClass = Command.Class & {run(argv: string[], config: unknown): Promise<unknown>}
export type CommandLoader = () => Promise<{default: CommandClass}>

/** Every command by its id. Each is loaded only when it is called: the start-up time is what is loaded. */
export const commands: Readonly<Record<string, CommandLoader>> = {
  'broker:create': () => import('./broker/create.js'),
  'broker:list': () => import('./broker/list.js'),
  'broker:describe': () => import('./broker/describe.js'),
  'broker:update': () => import('./broker/update.js'),
  'broker:apply': () => import('./broker/apply.js'),
  'broker:delete': () => import('./broker/delete.js'),
  'broker:wait': () => import('./broker/wait.js'),
  'sandbox:run': () => import('./sandbox/run.js'),
  'sandbox:start': () => import('./sandbox/start.js'),
  manifest: () => import('./manifest.js'),
  options: () => import('./options.js'),
  version: () => import('./version.js'),
}

/** What a noun is about, for help. */
export const nouns: Readonly<Record<string, string>> = {
  broker: 'Brokers: receive events and hand them to the triggers that want them',
  sandbox: 'A Kubernetes API that lives in this process, to rehearse and to test against',
}
