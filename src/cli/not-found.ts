import {nounOf, resourceNameOf} from '../domain/kinds/registry.js'
import {ExitCode, SflError} from '../domain/core/errors.js'
import {type KubeObject, type Ref} from '../domain/core/object.js'
import {suggestions} from '../domain/core/suggest.js'
import {isKubeError} from '../kube/errors.js'
import type {Cluster, Runtime} from './runtime.js'
import {aggregateFailures} from './aggregate-failures.js'

/**
 * Makes the error of a name that does not exist helpful: with the nearest of the names that do, and the command that
 * lists them. Any other error is translated as always.
 */
export const explainAbsence = async (
  runtime: Runtime,
  {client}: Cluster,
  ref: Ref,
  error: unknown,
): Promise<SflError> => {
  if (!isKubeError(error, 'NotFound')) return runtime.translate(error)
  const noun = nounOf(ref)
  const near = await nearestName(client, ref).catch(() => undefined)
  const where = ref.namespace === undefined ? '' : ` in namespace "${ref.namespace}"`
  return new SflError(
    'NotFound',
    `${resourceNameOf(ref)} "${ref.name}" not found${where}${near === undefined ? '' : ` - did you mean "${near}"?`}`,
    ExitCode.NotFound,
    {
      code: 404,
      cause: error,
      hint: `${runtime.commandPrefix} ${noun} list${ref.namespace === undefined ? '' : ` -n ${ref.namespace}`}`,
    },
  )
}

/** Objects that a command names; fails for those that do not exist as commands about them would. */
export const getNamed = async (runtime: Runtime, cluster: Cluster, refs: readonly Ref[]): Promise<KubeObject[]> => {
  const answers = await Promise.allSettled(refs.map((ref) => cluster.client.get(ref)))
  const failures = await Promise.all(
    answers.flatMap((answer, index) =>
      answer.status === 'rejected' ? [explainAbsence(runtime, cluster, refs[index]!, answer.reason)] : [],
    ),
  )
  aggregateFailures(runtime, failures, refs.length)
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
}

/** Looks at one page only: this is a courtesy, not an answer. */
const nearestName = async (
  client: Cluster['client'],
  {apiVersion, kind, name, namespace}: Ref,
): Promise<string | undefined> => {
  for await (const {items} of client.list({apiVersion, kind, ...(namespace === undefined ? {} : {namespace})})) {
    return suggestions(
      name,
      items.map(({metadata}) => metadata.name),
    )[0]
  }
  return undefined
}
