import {formatGoDuration} from '../domain/duration.js'
import {ExitCode, SflError} from '../domain/errors.js'
import {handleOf, type Ref} from '../domain/object.js'
import type {WaitTarget} from '../domain/until.js'
import {settle} from './several.js'
import type {Cluster, Runtime} from './runtime.js'

/** Waits for all objects at once, and says of each what became of it. */
export const waitForEach = async (
  runtime: Runtime,
  cluster: Cluster,
  refs: readonly Ref[],
  target: WaitTarget,
  timeoutMs: number,
  describe: string,
): Promise<void> => {
  const progress = runtime.startProgress()
  // All are waited for at once, and reported in the order in which they were named.
  const before: Array<Promise<unknown>> = []
  const waits = refs.map(async (ref, index) => {
    const handle = handleOf(ref)
    const {outcome, note} = await cluster.waitFor(ref, target.until, {
      timeoutMs,
      onChange: (state) => progress.update(`waiting for ${handle} ${target.wanted}: ${state}`),
    })
    await before[index]
    if (outcome === 'done') {
      progress.done()
      runtime.streams.out(`${handle} condition met\n`)
      return
    }
    throw new SflError(
      'Timeout',
      timeoutMs === 0
        ? `${handle} condition not met: ${note}`
        : `timed out after ${formatGoDuration(timeoutMs)} waiting for ${handle} ${target.wanted}: ${note}`,
      ExitCode.TimedOut,
      {hint: `${describe} ${ref.name}${ref.namespace === undefined ? '' : ` -n ${ref.namespace}`}`},
    )
  })
  before.push(Promise.resolve(), ...waits.map((wait) => wait.catch(() => undefined)))
  try {
    await settle(runtime, waits)
  } finally {
    progress.done()
  }
}
