import {describeCommand} from '../../cli/verbs/describe.js'
import {describeClusterPlatform} from '../../domain/sonataflow/cluster-platform/description.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'
import {clusterPlatformDescribeFacts} from '../../facts/cluster-platform.js'
import {clusterPlatformText} from '../../output/sonataflow/cluster-platform.js'

export default describeCommand({
  kind: CLUSTER_PLATFORM,
  ofCluster: true,
  summary: 'Show what cluster platforms share, which namespaces use it, and which override it.',
  examples: [
    {description: 'Who uses the services of the cluster', command: 'cluster-platform describe cluster-platform'},
    {description: 'The object itself, for scripts', command: 'cluster-platform describe cluster-platform -o yaml'},
  ],
  async text({name}, {client}, {events, ...options}) {
    const facts = await clusterPlatformDescribeFacts(client, name, {events})
    const description = describeClusterPlatform(facts, options.now.getTime())
    return clusterPlatformText(facts.clusterPlatform.object, description, options)
  },
})
