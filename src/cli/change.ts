import type {Ref} from '../domain/core/object.js'
import type {Plan} from '../domain/core/plan.js'
import type {SflCommand} from './command.js'
import type {GlobalFlagValues} from './flags/global.js'
import {explainAbsence} from './not-found.js'
import {runPlan, tasksFor, writeFormat, type Task, type WriteFlagValues} from './run-plan.js'
import type {Cluster} from './runtime.js'

/** What a command that creates, applies or updates has of its own. */
export interface Changes<Request> {
  names: readonly string[]
  /** The request for one object; throws for what can never be valid. Called for every name before the first request. */
  read(name: string, namespace: string): Request
  /** Looks at the cluster and plans; a `Task` where the change is to be asked about. */
  plan(request: Request, cluster: Cluster): Promise<Plan | Task>
  /** The object that must be there already; its absence is then explained with the nearest names. */
  target?(name: string, namespace: string): Ref
  /** Said on stderr before anything is read. */
  note?: string | undefined
}

/** Check everything, look, plan, carry out: the same for every command that creates, applies or updates objects. */
export const changeEach = async <Request>(
  command: SflCommand,
  flags: GlobalFlagValues & WriteFlagValues,
  {names, read, plan, target, note}: Changes<Request>,
): Promise<void> => {
  const {runtime} = command
  writeFormat(flags.output)
  // The namespace of the context is not known yet; what it decides is not about validity.
  for (const name of names) read(name, 'default')
  if (note !== undefined) command.note(note, flags)
  const cluster = await command.connect(flags)
  const tasks = await tasksFor(runtime, names, async (name) => {
    try {
      const made = await plan(read(name, cluster.namespace), cluster)
      return 'plan' in made ? made : {plan: made}
    } catch (error) {
      if (target === undefined) throw error
      throw await explainAbsence(runtime, cluster, target(name, cluster.namespace), error)
    }
  })
  await runPlan(runtime, cluster, tasks, flags)
}
