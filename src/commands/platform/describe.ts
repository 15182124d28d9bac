import {describeCommand} from '../../cli/verbs/describe.js'
import {PLATFORM} from '../../domain/sonataflow/names.js'
import {choosePlatform} from '../../domain/sonataflow/platform/choice.js'
import {describePlatform} from '../../domain/sonataflow/platform/description.js'
import {platformDescribeFacts} from '../../facts/platform-describe.js'
import {readPlatforms} from '../../facts/workflow.js'
import {platformText} from '../../output/sonataflow/platform-describe.js'

export default describeCommand({
  kind: PLATFORM,
  summary: 'Show platforms in full: what really runs, where each setting comes from, what is wrong.',
  description:
    'A platform calls itself ready whatever becomes of its services, so this looks at Deployments, pods, Jobs, triggers, the SinkBinding and events. Without a name: the platform that is active in the namespace.',
  examples: [
    {description: 'The platform of the namespace', command: 'platform describe -n shop'},
    {description: 'A platform by name', command: 'platform describe shop-platform -n shop'},
    {description: 'The object itself, for scripts', command: 'platform describe shop-platform -n shop -o yaml'},
  ],
  nameless: async ({client, namespace}) => [
    choosePlatform({platforms: await readPlatforms(client, namespace)}, {namespace}).name,
  ],
  async text({name, namespace}, {client}, {events, ...options}) {
    const facts = await platformDescribeFacts(client, {name, namespace}, {events})
    return platformText(facts.platform.object, describePlatform(facts, options.now.getTime()), options)
  },
})
