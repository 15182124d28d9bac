import * as Flags from '@oclif/core/flags'
import {completing} from './completing.js'
import type {ClusterPlatformOptions} from '../../domain/sonataflow/cluster-platform/plan.js'

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

/** What those flags say, as the domain takes it. */
export const clusterPlatformOptions = (
  platform: string,
  flags: {
    capability?: string[] | undefined
    label?: string[] | undefined
    annotation?: string[] | undefined
  },
): Omit<ClusterPlatformOptions, 'name'> => ({
  platform,
  capabilities: flags.capability,
  labels: flags.label,
  annotations: flags.annotation,
})
