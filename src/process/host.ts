import type {CommandIndex} from '../cli/command-index.js'
import type {FolderEntry, Runtime} from '../cli/runtime.js'
import type {StreamSource} from '../terminal/streams.js'

/** What the process gives the program; tests hand in their own. */
export interface Host extends StreamSource {
  argv: readonly string[]
  /** Path under which the program was called; decides whether texts say `kubectl sfl` or `kn sfl`. */
  invokedAs: string
  /** Tells a runtime that counts them that many listeners of one signal are no leak. */
  allowManyListeners?(signal: AbortSignal): void
  now(): Date
  /** Calls back on Ctrl-C and on termination. */
  onSignal(handler: (signal: 'SIGINT' | 'SIGTERM') => void): () => void
  /**
   * Calls back when the run can come to no end of its own: nothing is left that could wake the process, or (`failure`) an
   * error was thrown where nobody catches it.
   */
  onStranded(handler: (failure?: unknown) => void): () => void
  /** Called when stdout takes nothing any more: nobody reads it, or (`failure`) it cannot be written, as on a full disk. */
  onReaderGone(handler: (failure?: Error) => void): void
  /** Resolves once all that was written to stdout has arrived, or has failed. */
  written(): Promise<void>
  /** Text of a file; `-` is stdin. */
  readFile(path: string): Promise<string>
  /** Writes a file anew, or over the one that is there; missing folders are made. */
  writeFile(path: string, text: string, mode?: number): Promise<void>
  /** What is in a folder; `undefined` when it is none. */
  listFolder(path: string): Promise<readonly FolderEntry[] | undefined>
  /** Runs another program with our streams; answers its exit code. */
  runProgram(command: readonly string[], env: Readonly<Record<string, string | undefined>>): Promise<number>
  /** Runs another program and gives what it writes to stdout; its stderr is ours. */
  outputOf(
    command: readonly string[],
    env: Readonly<Record<string, string | undefined>>,
  ): Promise<{code: number; out: string}>
  /** What is known of the commands without loading them. */
  loadIndex(): Promise<CommandIndex>
  version: string
}

/** Overrides of the outside world for tests: anything a Runtime has. */
export type RuntimeOverrides = Partial<Runtime>
