import {SflCommand} from '../../../cli/command.js'
import {editPlatform} from '../../../cli/edit-platform.js'
import {
  editFlags,
  onlyOne,
  platformEventingFlags,
  platformWideFlag,
  serviceArg,
  waitMsOf,
} from '../../../cli/flags/platform.js'
import {invalid} from '../../../domain/errors.js'
import {planEventingSet, readEventingOptions} from '../../../domain/sonataflow/eventing-edit.js'
import {parseService} from '../../../domain/sonataflow/names.js'
import {explainPlatform, planOnPlatform} from '../../../facts/platform-edit.js'

export default class EventingSet extends SflCommand {
  static override summary = 'Connect the platform, or a service, with brokers.'
  static override description =
    'The broker of the platform is used by its services and by workflows that name none; source and sink of a service go before it. Triggers on another broker cannot follow: they are deleted after the change, with a question, and the operator makes them anew.'
  static override usage = 'platform eventing set [SERVICE] [flags]'
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
    await editPlatform(this, flags, {
      read: () => {
        if (args.service !== undefined && flags['platform-wide'])
          throw invalid(`--platform-wide means the platform itself; "${args.service}" names a service beside it`)
        return readEventingOptions({
          service: args.service === undefined ? undefined : parseService(args.service),
          broker: flags.broker,
          source: onlyOne('--source', flags.source),
          sink: flags.sink,
        })
      },
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
}
