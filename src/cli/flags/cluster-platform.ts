import * as Flags from '@oclif/core/flags'
import {completing} from './completing.js'
import {readClusterPlatformOptions} from '../../domain/sonataflow/cluster-platform/plan.js'
import type {Subject} from './subject.js'

/** What a cluster platform is made of; the same in create and apply. */
export const clusterPlatformFlags = {
  platform: completing(
    'NAMESPACE/PLATFORM',
    Flags.string({
      helpValue: 'PLATFORM',
      summary: 'Platform whose services are shared, as NAMESPACE/NAME.',
    }),
  ),
  capability: Flags.string({
    helpValue: 'SCOPE=CAPABILITY',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'What is shared: workflows=services (the default), or workflows= for no services.',
  }),
}

/** The cluster platform that a command line asks for. */
export const readClusterPlatform = (flags: {platform?: string | undefined; capability?: string[] | undefined}) => ({
  read: ({name, labels, annotations}: Subject) =>
    readClusterPlatformOptions({
      name,
      labels,
      annotations,
      platform: flags.platform ?? '',
      capabilities: flags.capability,
    }),
})
