import {invalid} from '../domain/core/errors.js'
import type {SflCommand} from './command.js'
import type {GlobalFlagValues} from './flags/global.js'
import {runPlan, writeFormat, type Task, type WriteFlagValues} from './run-plan.js'
import type {Cluster} from './runtime.js'

/** What a command that changes a setting of the whole cluster has of its own. */
export interface SettingChange<Request> {
  /** What to type instead of -n, which names the namespace of objects. */
  insteadOfNamespace: string
  /** Throws for what can never be valid. */
  read(): Request
  /** Looks at the cluster and plans; there is a question wherever something changes. */
  plan(request: Request, cluster: Cluster): Promise<Task>
}

/**
 * Check, look, plan, show, ask, carry out. Settings of the whole cluster are never changed unseen: the difference is
 * shown, except to programs.
 */
export const changeSetting = async <Request>(
  command: SflCommand,
  flags: GlobalFlagValues & WriteFlagValues,
  {insteadOfNamespace, read, plan}: SettingChange<Request>,
): Promise<void> => {
  writeFormat(flags.output)
  // To change the whole cluster where a namespace was meant would be a trap.
  if (flags.namespace !== undefined)
    throw invalid(`-n ${flags.namespace} has no meaning here, this is a setting of the cluster`, insteadOfNamespace)
  const request = read()
  const cluster = await command.connect(flags)
  const task = await plan(request, cluster)
  const shown = task.question !== undefined && flags.output === undefined
  await runPlan(command.runtime, cluster, [task], {...flags, diff: flags.diff || shown})
}
