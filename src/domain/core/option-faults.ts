import {ExitCode, SflError} from './errors.js'

/** Reads the flags of one command line to the end, so that all that is wrong with it is said at once. */
export interface Attempts {
  /** The value, or `undefined` when it cannot be used. */
  attempt<T>(read: () => T): T | undefined
  /** Notes a fault. */
  reject(message: string): void
  /** Throws InvalidArgument for what went wrong so far; several faults come as one error with `causes`. */
  check(): void
}

export const collectFaults = (): Attempts => {
  const faults: string[] = []
  let hint: string | undefined
  return {
    attempt(read) {
      try {
        return read()
      } catch (error) {
        if (!(error instanceof SflError)) throw error
        faults.push(...(error.causes.length > 0 ? error.causes : [error.message]))
        hint ??= error.hint
        return undefined
      }
    },
    reject(message) {
      faults.push(message)
    },
    check() {
      if (faults.length === 0) return
      throw new SflError('InvalidArgument', faults.join('\n'), ExitCode.Usage, {
        ...(hint === undefined || faults.length > 1 ? {} : {hint}),
        ...(faults.length > 1 ? {causes: faults} : {}),
      })
    },
  }
}
