import * as Flags from '@oclif/core/flags'
import {nounOf} from '../../domain/kinds/registry.js'
import type {Finding} from '../../domain/findings/finding.js'
import type {Kind, KubeObject, Ref} from '../../domain/core/object.js'
import {parseWaitFor} from '../../domain/core/until.js'
import {needed} from '../prompts/ask-missing.js'
import {SflCommand} from '../command.js'
import {namesArg} from '../flags/change.js'
import {completing} from '../flags/completing.js'
import {duration} from '../flags/duration.js'
import {DEFAULT_WAIT} from '../flags/write.js'
import {existingNames} from '../prompts/required-input.js'
import {waitForEach, type Part} from '../wait.js'
import type {KubeClient} from '../../kube/client.js'

export interface WaitSubject {
  kind: Kind
  /** A name and a condition of this kind, for the examples. */
  example: {name: string; condition: string}
  /** Objects of this kind belong to the cluster, not to a namespace. */
  ofCluster?: boolean
  /** What else has to be as wanted before such an object counts as ready; said of the object once that is ready itself. */
  parts?(object: KubeObject): readonly Part[]
  /** What `--for ready` means beyond the condition, for the help. */
  description?: string
  /** Looks again when it does not get ready, and says why; `now` is in milliseconds since 1970. */
  explain?(client: KubeClient, ref: Ref, now: number): Promise<readonly Finding[]>
}

/** The command `NOUN wait`: waiting is the same for every kind with conditions. */
export const waitCommand = (subject: WaitSubject) => {
  const {kind, example, ofCluster = false, description, parts, explain} = subject
  const noun = nounOf(kind)
  const command = `<%= config.bin %> ${noun} wait ${example.name}`

  return class Wait extends SflCommand {
    static override description = description
    static override summary = `Wait until ${noun}s are ready, exist, or are gone.`
    static override usage = `${noun} wait NAME... [flags]`
    static override examples = [
      {description: 'Until it is ready, two minutes at most', command: `${command} --for ready --timeout 2m`},
      {
        description: 'Until one condition is met, or until it is gone',
        command: `${command} --for condition=${example.condition}\n${command} --for delete`,
      },
    ]
    static override args = namesArg(`${noun}s`)
    static override flags = {
      for: completing(
        ['ready', 'create', 'delete', 'condition='],
        Flags.string({
          default: 'ready',
          helpValue: 'WHAT',
          summary: 'What to wait for: ready, create, delete, condition=TYPE[=STATUS].',
        }),
      ),
      timeout: duration({default: DEFAULT_WAIT, summary: 'How long to wait; 0 looks once, negative means a week.'}),
    }

    async run(): Promise<void> {
      const {args, flags} = await this.parse(Wait)
      // What is not there yet can be waited for as well.
      const other = flags.for === 'create' ? {other: 'one that is not there yet'} : {}
      const {names} = await needed(this, flags, `${noun} wait`, {
        names: existingNames(kind, args.names, {ofCluster, ...other}),
      })
      const target = parseWaitFor(flags.for)
      const cluster = await this.connect(flags)
      const refs = names.map((name) => ({...kind, name, ...(ofCluster ? {} : {namespace: cluster.namespace})}))
      await waitForEach(this.runtime, cluster, refs, target, {
        timeoutMs: flags.timeout,
        describe: `${this.runtime.commandPrefix} ${noun} describe`,
        ...(parts === undefined || !target.ready ? {} : {parts}),
        ...(explain === undefined || !target.ready
          ? {}
          : {explain: (ref: Ref) => explain(cluster.client, ref, this.runtime.now().getTime())}),
      })
    }
  }
}
