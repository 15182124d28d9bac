import type {Finding} from '../domain/finding.js'
import type {Kind, Ref} from '../domain/object.js'
import type {Plan} from '../domain/plan.js'
import {DEFAULT_WAIT} from './flags/write.js'
import {explainAbsence} from './not-found.js'
import {perform, tasksFor, type WriteFlagValues} from './perform.js'
import type {Cluster, Runtime} from './runtime.js'

/** The flags of every deletion, as parsed. */
export interface DeleteFlagValues extends WriteFlagValues {
  'ignore-not-found': boolean
  wait: boolean
  timeout?: number | undefined
  'wait-timeout'?: number | undefined
}

export interface Deletion {
  kind: Kind
  /** Looks at the object and plans; `waitMs` is left out when nobody waits. */
  plan(ref: Ref, options: {waitMs?: number}): Promise<Plan>
  /** Looks again when it does not go, and says what holds it. */
  explainTimeout(ref: Ref): Promise<readonly Finding[]>
}

/** Deletes every name after one question each: the same for every kind. */
export const deleteEach = async (
  runtime: Runtime,
  cluster: Cluster,
  {kind, plan, explainTimeout}: Deletion,
  names: readonly string[],
  flags: DeleteFlagValues,
): Promise<void> => {
  const {namespace} = cluster
  const timeoutMs = flags.timeout ?? flags['wait-timeout'] ?? DEFAULT_WAIT
  const options = flags.wait && timeoutMs !== 0 ? {waitMs: timeoutMs} : {}
  const tasks = await tasksFor(runtime, names, async (name) => {
    const ref = {...kind, name, namespace}
    try {
      return {
        plan: await plan(ref, options),
        question: `Delete ${kind.kind.toLowerCase()} "${name}" in namespace "${namespace}"?`,
        explainTimeout: () => explainTimeout(ref),
      }
    } catch (error) {
      throw await explainAbsence(runtime, cluster, ref, error)
    }
  })
  const wanted = tasks.filter(
    (task) => !(flags['ignore-not-found'] && 'failure' in task && task.failure.reason === 'NotFound'),
  )
  await perform(runtime, cluster, wanted, flags)
}
