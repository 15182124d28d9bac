import {nounOf} from '../domain/kinds/registry.js'
import type {Finding} from '../domain/findings/finding.js'
import type {Kind, Ref} from '../domain/core/object.js'
import type {Plan} from '../domain/core/plan.js'
import {DEFAULT_WAIT} from './flags/write.js'
import {explainAbsence} from './not-found.js'
import {runPlan, tasksFor, type WriteFlagValues} from './run-plan.js'
import type {Cluster, Runtime} from './runtime.js'

/** The flags of every deletion, as parsed. */
export interface DeleteFlagValues extends WriteFlagValues {
  'ignore-not-found': boolean
  wait: boolean
  timeout?: number | undefined
  'wait-timeout'?: number | undefined
}

/** A plan, with what to ask before it where that is more than whether to delete. */
export interface DeletionPlan extends Plan {
  question?: string
  /** Has to be typed, because others depend on the object. */
  typedName?: string
}

export interface Deletion {
  kind: Kind
  /** Objects of this kind belong to the cluster, not to a namespace. */
  ofCluster?: boolean
  /** Looks at the object and plans; `waitMs` is left out when nobody waits. */
  plan(ref: Ref, options: {waitMs?: number}): Promise<DeletionPlan>
  /** Looks again when it does not go, and says what holds it. */
  explainTimeout(ref: Ref): Promise<readonly Finding[]>
}

/** Deletes every name after one question each: the same for every kind. */
export const deleteEach = async (
  runtime: Runtime,
  cluster: Cluster,
  {kind, ofCluster = false, plan, explainTimeout}: Deletion,
  names: readonly string[],
  flags: DeleteFlagValues,
): Promise<void> => {
  const {namespace} = cluster
  const timeoutMs = flags.timeout ?? flags['wait-timeout'] ?? DEFAULT_WAIT
  const options = flags.wait && timeoutMs !== 0 ? {waitMs: timeoutMs} : {}
  const tasks = await tasksFor(runtime, names, async (name) => {
    const ref = {...kind, name, ...(ofCluster ? {} : {namespace})}
    const where = ofCluster ? '' : ` in namespace "${namespace}"`
    try {
      const {
        steps,
        findings,
        question = `Delete ${nounOf(kind)} "${name}"${where}?`,
        typedName,
      } = await plan(ref, options)
      return {
        plan: {steps, findings},
        question,
        ...(typedName === undefined ? {} : {typedName}),
        explainTimeout: () => explainTimeout(ref),
      }
    } catch (error) {
      throw await explainAbsence(runtime, cluster, ref, error)
    }
  })
  const wanted = tasks.filter(
    (task) => !(flags['ignore-not-found'] && 'failure' in task && task.failure.reason === 'NotFound'),
  )
  await runPlan(runtime, cluster, wanted, flags)
}
