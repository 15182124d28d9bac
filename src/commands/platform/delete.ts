import {deleteCommand} from '../../cli/verbs/delete.js'
import {PLATFORM} from '../../domain/sonataflow/names.js'
import {planPlatformDelete, platformStuck} from '../../domain/sonataflow/platform/delete.js'
import {platformDeleteFacts} from '../../facts/platform-delete.js'

export default deleteCommand({
  kind: PLATFORM,
  dangerous: true,
  description:
    'Says what goes with it and what stays: services, triggers, data, and the workflows that go on without it. Where workflows or other namespaces depend on it, its name has to be typed, or given with --confirm.',
  examples: [
    {description: 'After a question', command: 'platform delete sonataflow-platform'},
    {
      description: 'In a runbook, although workflows depend on it',
      command: 'platform delete sonataflow-platform --yes --confirm sonataflow-platform',
    },
    {
      description: 'Only look at what would go and who would suffer',
      command: 'platform delete sonataflow-platform --dry-run=server',
    },
  ],
  plan: async (client, ref, options) => planPlatformDelete(options, await platformDeleteFacts(client, ref)),
  explainTimeout: async (client, ref) => platformStuck(await client.get(ref)),
})
