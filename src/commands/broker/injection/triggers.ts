import type {Cluster, Runtime} from '../../../cli/runtime.js'
import {explainAbsence} from '../../../cli/not-found.js'
import {failTogether} from '../../../cli/several.js'
import type {Trigger} from '../../../domain/eventing/broker-facts.js'
import {triggerRef} from '../../../domain/eventing/names.js'
import {triggerOf} from '../../../facts/broker.js'
import {getEventing} from '../../../facts/look.js'

/** The triggers of `--trigger`; fails for those that do not exist. */
export const triggersNamed = async (
  runtime: Runtime,
  cluster: Cluster,
  names: readonly string[],
): Promise<Trigger[]> => {
  const refs = [...new Set(names)].map((name) => triggerRef(name, cluster.namespace))
  const answers = await Promise.allSettled(refs.map((ref) => getEventing(cluster.client, ref)))
  const failures = await Promise.all(
    answers.flatMap((answer, index) =>
      answer.status === 'rejected' ? [explainAbsence(runtime, cluster, refs[index]!, answer.reason)] : [],
    ),
  )
  failTogether(runtime, failures, refs.length)
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [triggerOf(answer.value)] : []))
}
