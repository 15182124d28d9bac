import {type Caller} from '../domain/core/commands.js'
import type {SflError} from '../domain/core/errors.js'
import type {Ref} from '../domain/core/object.js'
import type {Plan} from '../domain/core/plan.js'
import type {ExecutedPlan, ExecutePlanOptions} from '../kube/execute-plan.js'
import type {KubeClient} from '../kube/client.js'
import type {ConnectOptions} from '../kube/connect.js'
import type {Judge, WaitOptions, Waited} from '../kube/wait.js'
import type {Prompts} from '../terminal/prompts.js'
import type {Progress} from '../terminal/progress.js'
import type {Streams} from '../terminal/streams.js'

/** What the flags say about the connection; the rest (environment, streams, version) the composition adds. */
export type ClusterOptions = Omit<ConnectOptions, 'env' | 'log' | 'warn' | 'version'>

/** A cluster that a command can talk to. */
export interface Cluster {
  client: KubeClient
  /** From the flag, the context, or `default`. */
  namespace: string
  /** `https://host:port` */
  server: string
  carryOut(plan: Plan, options: Omit<ExecutePlanOptions, 'signal'>): Promise<ExecutedPlan>
  waitFor(ref: Ref, judge: Judge, options: Omit<WaitOptions, 'signal'>): Promise<Waited>
  close(): void
}

/** A file or folder within a folder. */
export interface FolderEntry {
  name: string
  isFolder: boolean
}

/** The outside world, handed to every command: tests replace it whole. */
export interface Runtime {
  /** How the user called us: `kubectl sfl` or `kn sfl`. */
  program: string
  /** The same with the flags that lead to this cluster: what recommended commands begin with. */
  caller: Caller
  version: string
  streams: Streams
  env: Readonly<Record<string, string | undefined>>
  now(): Date
  /** Aborted by Ctrl-C, SIGTERM, and when nobody reads stdout any more. */
  signal: AbortSignal
  prompts: Prompts
  startProgress(): Progress
  connect(options: ClusterOptions): Promise<Cluster>
  /** Whatever was thrown, in words. */
  translate(error: unknown): SflError
  /** Prints an error that does not end the run. */
  reportError(error: SflError): void
  /** `-` is stdin. */
  readFile(path: string): Promise<string>
  /** Writes a file anew, or over the one that is there; missing folders are made. */
  writeFile(path: string, text: string, mode?: number): Promise<void>
  /** What is in a folder; `undefined` when it is none. */
  listFolder(path: string): Promise<readonly FolderEntry[] | undefined>
  /** Text behind an http or https URL. Rejects with InvalidArgument, in words, when it cannot be had. */
  readUrl(url: string): Promise<string>
  /** Runs another program with these arguments, our streams and this environment; answers its exit code. */
  runProgram(command: readonly string[], env: Readonly<Record<string, string>>): Promise<number>
  /** Runs another program with our environment and gives what it writes to stdout; its stderr is ours. */
  outputOf(command: readonly string[]): Promise<{code: number; out: string}>
  /** Shows two texts with the user's own diff program. */
  externalDiff(command: string, before: NamedText[], after: NamedText[]): Promise<number>
}

export interface NamedText {
  name: string
  text: string
}
