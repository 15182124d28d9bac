import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import type {Kind} from '../domain/object.js'
import {parseWaitFor} from '../domain/until.js'
import {SflCommand} from './command.js'
import {duration} from './flags/duration.js'
import {DEFAULT_WAIT} from './flags/write.js'
import {requireNames} from './names.js'
import {waitForEach} from './wait.js'

export interface WaitSubject {
  kind: Kind
  /** A name and a condition of this kind, for the examples. */
  example: {name: string; condition: string}
}

/** The command `NOUN wait`: waiting is the same for every kind with conditions. */
export const waitCommand = ({kind, example}: WaitSubject) => {
  const noun = kind.kind.toLowerCase()
  const command = `<%= config.bin %> ${noun} wait ${example.name}`

  return class Wait extends SflCommand {
    static override summary = `Wait until ${noun}s are ready, exist, or are gone.`
    static override usage = `${noun} wait NAME... [flags]`
    static override examples = [
      {description: 'Until it is ready, two minutes at most', command: `${command} --for ready --timeout 2m`},
      {
        description: 'Until one condition is met, or until it is gone',
        command: `${command} --for condition=${example.condition}\n${command} --for delete`,
      },
    ]
    static override args = {
      names: Args.string({multiple: true, required: false, ignoreStdin: true, description: `Names of the ${noun}s.`}),
    }
    static override flags = {
      for: Flags.string({
        default: 'ready',
        helpValue: 'WHAT',
        summary: 'What to wait for: ready, create, delete, condition=TYPE[=STATUS].',
      }),
      timeout: duration({default: DEFAULT_WAIT, summary: 'How long to wait; 0 looks once, negative means a week.'}),
    }

    async run(): Promise<void> {
      const {args, flags} = await this.parse(Wait)
      const names = requireNames(`${noun} wait`, args.names, this.program)
      const target = parseWaitFor(flags.for)
      const cluster = await this.connect(flags)
      const refs = names.map((name) => ({...kind, name, namespace: cluster.namespace}))
      await waitForEach(this.runtime, cluster, refs, target, flags.timeout, `${this.program} ${noun} describe`)
    }
  }
}
