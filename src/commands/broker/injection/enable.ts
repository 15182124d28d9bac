import * as Flags from '@oclif/core/flags'
import {SflCommand} from '../../../cli/command.js'
import {DEFAULT_WAIT, forceFlag, waitFlags, writeFlags} from '../../../cli/flags/write.js'
import {getNamed} from '../../../cli/not-found.js'
import {runPlan, tasksFor, writeFormat} from '../../../cli/run-plan.js'
import {planInjectionEnable} from '../../../domain/eventing/injection/enable.js'
import {triggerRef} from '../../../domain/eventing/names.js'
import {triggerOf} from '../../../domain/eventing/broker/reading.js'
import {injectionEnableFacts} from '../../../facts/injection.js'

export default class BrokerInjectionEnable extends SflCommand {
  static override summary = 'Have brokers created for a namespace or for triggers.'
  static override description =
    'Marks the namespace of -n with a label, or with --trigger these triggers with label and annotation. Checks first whether the cluster acts upon such marks, and whether you may set them.'
  static override usage = 'broker injection enable [flags]'
  static override examples = [
    {
      description: 'Broker "default" for a namespace',
      command: '<%= config.bin %> broker injection enable -n shop --wait',
    },
    {
      description: 'The broker that a trigger names',
      command: '<%= config.bin %> broker injection enable -n shop --trigger billing',
    },
  ]
  static override flags = {
    trigger: Flags.string({
      helpValue: 'NAME',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Mark this trigger instead of the namespace (repeatable).',
    }),
    force: forceFlag('Set the marks despite preflight errors.'),
    ...waitFlags,
    ...writeFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(BrokerInjectionEnable)
    writeFormat(flags.output)
    const cluster = await this.connect(flags)
    const {client, namespace} = cluster
    const waiting = flags.wait ? {waitMs: flags['wait-timeout'] ?? DEFAULT_WAIT} : {}
    const toRef = (name: string) => triggerRef(name, namespace)
    const tasks = await tasksFor(this.runtime, [namespace], async () => {
      const [facts, named] = await Promise.all([
        injectionEnableFacts(client, namespace),
        flags.trigger && getNamed(this.runtime, cluster, [...new Set(flags.trigger)].map(toRef)),
      ])
      const options = {namespace, force: flags.force, ...waiting, ...(named && {triggers: named.map(triggerOf)})}
      return {plan: planInjectionEnable(options, facts)}
    })
    await runPlan(this.runtime, cluster, tasks, flags)
  }
}
