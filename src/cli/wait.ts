import {formatGoDuration} from '../domain/core/duration.js'
import {ExitCode, SflError} from '../domain/core/errors.js'
import type {Finding} from '../domain/findings/finding.js'
import {handleOf, type KubeObject, type Ref} from '../domain/core/object.js'
import type {Awaited} from '../domain/core/plan.js'
import {judgeOf, type WaitTarget} from '../domain/core/until.js'
import {printFindings} from './print-findings.js'
import {settle} from './aggregate-failures.js'
import type {Cluster, Runtime} from './runtime.js'

/** Something that belongs to an object and has to be as wanted too. */
export interface Part {
  ref: Ref
  until: Awaited
}

export interface WaitForOptions {
  timeoutMs: number
  /** The beginning of the command that says more: `kubectl sfl broker describe`. */
  describe: string
  /** Known once the object itself is as wanted; waited for in the time that is left. */
  parts?(object: KubeObject): readonly Part[]
  /** Looks again at what does not get ready. */
  explain?(ref: Ref): Promise<readonly Finding[]>
}

/** Waits for all objects at once, and says of each what became of it. */
export const waitForEach = async (
  runtime: Runtime,
  cluster: Cluster,
  refs: readonly Ref[],
  target: WaitTarget,
  {timeoutMs, describe, parts, explain}: WaitForOptions,
): Promise<void> => {
  const progress = runtime.startProgress()
  const begun = runtime.now().getTime()
  /** Of the time that was given; 0 still looks once. */
  const remaining = (): number =>
    timeoutMs <= 0 ? timeoutMs : Math.max(0, timeoutMs - (runtime.now().getTime() - begun))
  // All are waited for at once, and reported in the order in which they were named.
  const before: Array<Promise<unknown>> = []
  const waitForOne = async (ref: Ref): Promise<{missing: string; of: Ref; wanted: string} | undefined> => {
    const watching = (of: Ref, wanted: string) => ({
      onChange: (state: string) => progress.update(`waiting for ${handleOf(of)} ${wanted}: ${state}`),
    })
    const {outcome, note, object} = await cluster.waitFor(ref, target.until, {
      timeoutMs,
      ...watching(ref, target.wanted),
    })
    if (outcome !== 'done') return {missing: note, of: ref, wanted: target.wanted}
    for (const part of object === undefined ? [] : (parts?.(object) ?? [])) {
      const {judge, wanted} = judgeOf(part.until)
      const found = await cluster.waitFor(part.ref, judge, {timeoutMs: remaining(), ...watching(part.ref, wanted)})
      if (found.outcome !== 'done') return {missing: found.note, of: part.ref, wanted}
    }
    return undefined
  }
  const waits = refs.map(async (ref, index) => {
    const handle = handleOf(ref)
    const open = await waitForOne(ref)
    await before[index]
    if (open === undefined) {
      progress.done()
      runtime.streams.out(`${handle} condition met\n`)
      return
    }
    progress.done()
    printFindings(runtime, (await explain?.(ref).catch(() => [])) ?? [], refs.length > 1)
    const what = `${open.of === ref ? '' : `${handle}: `}${handleOf(open.of)}`
    throw new SflError(
      'Timeout',
      timeoutMs === 0
        ? `${what} condition not met: ${open.missing}`
        : `timed out after ${formatGoDuration(timeoutMs)} waiting for ${what} ${open.wanted}: ${open.missing}`,
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
