import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../../cli/command.js'
import {duration} from '../../../cli/flags/duration.js'
import {DEFAULT_WAIT, forceFlag, writeFlags} from '../../../cli/flags/write.js'
import {getNamed} from '../../../cli/not-found.js'
import {runPlan, tasksFor, writeFormat} from '../../../cli/run-plan.js'
import {cameBack, planInjectionDisable} from '../../../domain/eventing/injection/disable.js'
import {triggerRef} from '../../../domain/eventing/names.js'
import {triggerOf} from '../../../domain/eventing/broker/reading.js'
import {injectionDisableFacts} from '../../../facts/injection.js'

/** The controllers act within seconds (OpenShift Serverless, "Deleting a broker that was created by injection" only says "again"); this leaves them time. */
const SETTLE = 15_000

export default class BrokerInjectionDisable extends SflCommand {
  static override summary = 'Stop injection, and delete the broker that it made.'
  static override description =
    'Takes the label off the namespace and label and annotation off its triggers; with --delete-broker then deletes the broker and watches whether anything brings it back. With --trigger only those triggers are changed.'
  static override usage = 'broker injection disable [flags]'
  static override examples = [
    {
      description: 'No broker for this namespace any more',
      command: '<%= config.bin %> broker injection disable -n shop --delete-broker',
    },
    {
      description: 'Only this trigger shall no longer create its broker',
      command: '<%= config.bin %> broker injection disable -n shop --trigger billing',
    },
  ]
  static override flags = {
    trigger: Flags.string({
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Change this trigger only (repeatable).',
    }),
    'delete-broker': Flags.boolean({summary: 'Then delete the broker.'}),
    broker: Flags.string({helpValue: 'NAME', default: 'default', summary: 'The broker to delete.'}),
    settle: duration({default: SETTLE, summary: 'How long to watch for a return of the broker (default 15s).'}),
    'wait-timeout': duration({summary: 'How long its deletion may take (default 5m).'}),
    force: forceFlag('Go on despite preflight errors.'),
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(BrokerInjectionDisable)
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const {client, namespace} = cluster
    const {broker} = flags
    const toRef = (name: string) => triggerRef(name, namespace)
    const tasks = await tasksFor(this.runtime, [namespace], async () => {
      const [facts, named] = await Promise.all([
        injectionDisableFacts(client, namespace, broker),
        flags.trigger && getNamed(this.runtime, cluster, [...new Set(flags.trigger)].map(toRef)),
      ])
      const plan = planInjectionDisable(
        {
          namespace,
          broker,
          deleteBroker: flags['delete-broker'],
          force: flags.force,
          waitMs: flags['wait-timeout'] ?? DEFAULT_WAIT,
          settleMs: flags.settle,
          ...(named && {triggers: named.map(triggerOf)}),
        },
        facts,
      )
      return {
        plan,
        ...(plan.steps.some(({verb}) => verb === 'delete')
          ? {question: `Delete broker "${broker}" in namespace "${namespace}"?`}
          : {}),
        explainTimeout: async () => cameBack(await injectionDisableFacts(client, namespace, broker)),
      }
    })
    await runPlan(this.runtime, cluster, tasks, flags)
  }
}
