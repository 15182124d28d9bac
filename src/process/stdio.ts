/** stdout or stderr of this process. */
export interface OutputStream {
  readonly isTTY: boolean
  readonly columns: number
  readonly rows: number
  write(text: string): boolean
  /** Resolves once all that was written has arrived, or has failed. */
  written(): Promise<void>
}

/** The streams of this process, as a runtime offers them. */
export interface Stdio {
  isTerminal(descriptor: 0 | 1 | 2): boolean
  /** `onGone`: nobody reads it any more, or (`failure`) it cannot be written. */
  open(descriptor: 1 | 2, onGone: (failure?: Error) => void): OutputStream
  /** For runtimes that take many listeners of one signal for a leak. */
  allowManyListeners?(signal: AbortSignal): void
}
