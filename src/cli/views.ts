import type {KubeObject, Ref} from '../domain/core/object.js'
import {isObjectFormat, type Format} from '../output/format.js'
import {objectWriter} from '../output/object-writer.js'
import {explainAbsence} from './not-found.js'
import type {Cluster, Runtime} from './runtime.js'
import {aggregateFailures} from './aggregate-failures.js'

/** What a command shows of one object that it must not print as it is. */
export interface View {
  /** For machines: stands for the object. */
  object: KubeObject
  /** For people. */
  text: string
}

/** Prints the view of every name, as descriptions or as objects; names that do not exist fail together. */
export const printViews = async (
  runtime: Runtime,
  cluster: Cluster,
  refs: readonly Ref[],
  format: Format,
  look: (ref: Ref) => Promise<View>,
): Promise<void> => {
  const answers = await Promise.allSettled(refs.map(look))
  const views = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  if (views.length > 0 && isObjectFormat(format)) {
    const writer = await objectWriter(format, {list: refs.length > 1, showManagedFields: false})
    runtime.streams.data(writer.page(views.map(({object}) => object)) + writer.end())
  } else if (views.length > 0) runtime.streams.out(views.map(({text}) => text).join('\n\n'))
  const failures = await Promise.all(
    answers.flatMap((answer, index) =>
      answer.status === 'rejected' ? [explainAbsence(runtime, cluster, refs[index]!, answer.reason)] : [],
    ),
  )
  aggregateFailures(runtime, failures, refs.length)
}
