import * as Args from '@oclif/core/args'
import {SflCommand} from '../../cli/command.js'
import {listFlags} from '../../cli/flags/output.js'
import {printList, readListing} from '../../cli/list.js'
import type {KubeObject} from '../../domain/core/object.js'
import {clusterPlatformLine} from '../../domain/sonataflow/cluster-platform/description.js'
import {CLUSTER_PLATFORM} from '../../domain/sonataflow/names.js'
import {clusterListFacts} from '../../facts/cluster-platform.js'
import {clusterPlatformColumns} from '../../output/sonataflow/cluster-platform.js'

const {'all-namespaces': _none, ...flagsOfCluster} = listFlags

export default class ClusterPlatformList extends SflCommand {
  static override summary = 'List cluster platforms, with the platform that each shares and how many namespaces use it.'
  static override description = 'One of them is active; the others have no effect. With --watch there are no ISSUES.'
  static override examples = [
    {
      description: 'All of them, or with reasons',
      command: '<%= config.bin %> cluster-platform list\n<%= config.bin %> cluster-platform list -o wide',
    },
    {description: 'For scripts', command: '<%= config.bin %> cluster-platform list -o name'},
  ]
  static override args = {
    names: Args.string({
      multiple: true,
      required: false,
      ignoreStdin: true,
      description: 'Only these cluster platforms.',
    }),
  }
  static override flags = flagsOfCluster

  async run(): Promise<void> {
    const {args, flags} = await this.parse(ClusterPlatformList)
    const all = {...flags, 'all-namespaces': false}
    const options = await readListing(this.runtime, all, args.names ?? [])
    const cluster = await this.connect(flags)
    const now = this.runtime.now()
    const columns = async (wide: boolean) => {
      const facts = await clusterListFacts(cluster.client)
      const line = (object: KubeObject) => clusterPlatformLine(object, facts)
      return clusterPlatformColumns(now, line, {wide, issues: !flags.watch})
    }
    const listing = {kind: CLUSTER_PLATFORM, plural: 'cluster platforms', ofCluster: true, columns}
    await printList(this.runtime, cluster, listing, options)
  }
}
