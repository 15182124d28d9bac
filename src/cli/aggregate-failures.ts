import {ExitCode, SflError} from '../domain/core/errors.js'
import type {Runtime} from './runtime.js'

/**
 * Ends a command that worked on several names: one failure of one name is the command's own; of several names each
 * failure is reported, and the command fails with 1 (with 3 or 4 when all failures agree on that).
 */
export const aggregateFailures = (runtime: Runtime, failures: readonly SflError[], total: number): void => {
  const [first] = failures
  if (first === undefined) return
  if (total === 1) throw first
  for (const failure of failures) runtime.reportError(failure)
  const same = failures.length === total && failures.every(({exitCode}) => exitCode === first.exitCode)
  throw new SflError(
    'PartialFailure',
    `${failures.length} of ${total} failed`,
    same ? first.exitCode : ExitCode.Failed,
    {causes: failures.flatMap(({message, causes}) => [message, ...causes])},
  )
}

/** Lets every promise come to its end, then fails for those that were rejected. */
export const settle = async (runtime: Runtime, pending: ReadonlyArray<Promise<void>>): Promise<void> => {
  const results = await Promise.allSettled(pending)
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [runtime.translate(result.reason)] : []))
  aggregateFailures(runtime, failures, pending.length)
}
