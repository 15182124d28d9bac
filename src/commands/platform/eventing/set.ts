import {needed} from '../../../cli/prompts/ask-missing.js'
import {SflCommand} from '../../../cli/command.js'
import {editPlatform} from '../../../cli/edit-platform.js'
import type {GlobalFlagValues} from '../../../cli/flags/global.js'
import {
  editFlags,
  onlyOne,
  platformEventingFlags,
  platformWideFlag,
  serviceArg,
  waitMsOf,
} from '../../../cli/flags/platform.js'
import {eventingNeeds} from '../../../cli/prompts/platform.js'
import {invalid} from '../../../domain/core/errors.js'
import {planEventingSet, readEventingOptions} from '../../../domain/sonataflow/eventing/edit.js'
import {parseService} from '../../../domain/sonataflow/names.js'
import {PLATFORM_WIDE} from '../../../domain/sonataflow/platform/part-choices.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

type Flag = 'broker' | 'source' | 'sink'
type Flags = GlobalFlagValues & {
  [flag in 'platform' | 'broker' | 'sink']?: string | undefined
} & {source?: string[] | undefined; 'platform-wide': boolean}

export default class EventingSet extends SflCommand {
  static override summary = 'Connect the platform, or a service, with brokers.'
  static override description =
    'The broker of the platform is used by its services and by workflows that name none; source and sink of a service go before it. Triggers on another broker cannot follow: they are deleted after the change, with a question, and the operator recreates them.'
  static override usage = 'platform eventing set [SERVICE] --broker|--source|--sink BROKER [flags]'
  static override examples = [
    {
      description: 'One broker for everything: what the document advises',
      command: '<%= config.bin %> platform eventing set --platform-wide --broker orders',
    },
    {
      description: 'Job Service on brokers of its own, one of them in another namespace',
      command: '<%= config.bin %> platform eventing set job-service --source jobs --sink jobs:events',
    },
    {
      description: 'In a runbook: to another broker, and until all triggers are there',
      command: '<%= config.bin %> platform eventing set --platform-wide --broker kafka-orders --yes --wait',
    },
  ]
  static override args = serviceArg
  static override flags = {'platform-wide': platformWideFlag, ...platformEventingFlags, ...editFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(EventingSet)
    const {service, broker, source, sink} = await this.asked(args.service, flags)
    await editPlatform(this, flags, {
      read: () =>
        readEventingOptions({service: service === undefined ? undefined : parseService(service), broker, source, sink}),
      plan: (request, client, choice) =>
        planOnPlatform(
          client,
          choice,
          (facts) => planEventingSet(request, {force: flags.force}, facts),
          waitMsOf(flags),
        ),
      explain: explainPlatform,
    })
  }
  /** What was typed; or, where no broker was named at all, what is answered. */
  private async asked(
    service: string | undefined,
    flags: Flags,
  ): Promise<Record<'service' | Flag, string | undefined>> {
    const wide = flags['platform-wide']
    if (service !== undefined && wide)
      throw invalid(`--platform-wide means the platform itself; "${service}" names a service beside it`)
    const {broker, sink} = flags
    const source = onlyOne('--source', flags.source)
    if ([broker, source, sink].some((one) => one !== undefined)) return {service, broker, source, sink}
    const needs = eventingNeeds(wide ? PLATFORM_WIDE : service, flags.platform)
    const {target, ...found} = await needed(this, flags, 'platform eventing set', needs)
    return {...found, service: target === PLATFORM_WIDE ? undefined : target}
  }
}
