import * as Flags from '@oclif/core/flags'
import {completing} from './completing.js'
import type {ClusterPlatformOptions} from '../../domain/sonataflow/cluster-platform-plan.js'
import {requireFlag} from '../names.js'

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

/** What those flags say, as the domain takes it. Throws MissingArgument without a platform. */
export const clusterPlatformOptions = (
  command: string,
  flags: {
    platform?: string | undefined
    capability?: string[] | undefined
    label?: string[] | undefined
    annotation?: string[] | undefined
  },
  program: string,
): Omit<ClusterPlatformOptions, 'name'> => ({
  platform: requireFlag(command, '--platform NAMESPACE/NAME', flags.platform, program),
  capabilities: flags.capability,
  labels: flags.label,
  annotations: flags.annotation,
})
