import {SflCommand} from '../../../cli/command.js'
import {editPlatform} from '../../../cli/edit-platform.js'
import {editFlags, waitMsOf} from '../../../cli/flags/platform.js'
import {planEventingPrune} from '../../../domain/sonataflow/eventing/edit.js'
import {planOnPlatform} from '../../../facts/platform-edit.js'
import {explainPlatform} from '../../../facts/platform-explain.js'

export default class EventingPrune extends SflCommand {
  static override summary = 'Delete triggers and a SinkBinding of the services that only a deletion brings right.'
  static override description =
    'Those that are left from former settings, still reference a previous broker, or were made without ordered delivery; the operator recreates what it needs. "platform eventing links" shows them.'
  static override usage = 'platform eventing prune [flags]'
  static override examples = [
    {description: 'See first what would go', command: '<%= config.bin %> platform eventing prune --dry-run=server'},
    {description: 'In a runbook', command: '<%= config.bin %> platform eventing prune --yes'},
  ]
  static override flags = editFlags

  async run(): Promise<void> {
    const {flags} = await this.parse(EventingPrune)
    await editPlatform(this, flags, {
      read: () => undefined,
      plan: (_request, client, choice) => planOnPlatform(client, choice, planEventingPrune, waitMsOf(flags)),
      explain: explainPlatform,
    })
  }
}
