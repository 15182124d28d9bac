import {listCommand} from '../../cli/verbs/list.js'
import {clusterPlatformLine} from '../../domain/sonataflow/cluster-platform/description.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'
import {clusterListFacts} from '../../facts/cluster-platform.js'
import {clusterPlatformColumns} from '../../output/sonataflow/cluster-platform.js'

export default listCommand({
  kind: CLUSTER_PLATFORM,
  ofCluster: true,
  summary: 'List cluster platforms, with the platform that each shares and how many namespaces use it.',
  description: 'One of them is active; the others have no effect. With --watch there are no ISSUES.',
  examples: [
    {description: 'All of them, or with reasons', command: ['cluster-platform list', 'cluster-platform list -o wide']},
    {description: 'For scripts', command: 'cluster-platform list -o name'},
  ],
  listing: ({client, now, watch}) => ({
    async columns(wide) {
      const facts = await clusterListFacts(client)
      return clusterPlatformColumns(now, (object) => clusterPlatformLine(object, facts), {wide, issues: !watch})
    },
  }),
})
