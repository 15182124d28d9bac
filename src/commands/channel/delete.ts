import {deleteCommand} from '../../cli/verbs/delete.js'
import {planChannelDelete} from '../../domain/eventing/channel/delete.js'
import {CHANNEL} from '../../domain/eventing/names.js'
import {heldFindings} from '../../domain/findings/existing.js'
import {channelDeleteFacts} from '../../facts/channel.js'

export default deleteCommand({
  kind: CHANNEL,
  description: 'Shows the subscriptions that lose their channel, and says which finalizer holds one that does not go.',
  examples: [
    {description: 'Delete a channel after a question', command: 'channel delete pipe'},
    {
      description: 'In a runbook: no question, fine if it is already gone',
      command: 'channel delete pipe --yes --ignore-not-found',
    },
  ],
  plan: async (client, ref, options) => planChannelDelete(options, await channelDeleteFacts(client, ref)),
  explainTimeout: async (client, ref) => heldFindings((await channelDeleteFacts(client, ref)).channel, 'SFL-C17'),
})
