import {type Finding} from '../domain/findings/finding.js'
import {lastingFaults} from '../domain/sonataflow/workload/lasting-faults.js'
import {type PlatformChoice} from '../domain/sonataflow/platform/choice.js'
import {type KubeClient} from '../kube/client.js'
import {platformDescribeFacts} from './platform-describe.js'

/**
 * What keeps a platform from getting ready and will not pass by waiting: a pod without its image, a Job that has failed.
 * Rejects when the platform is not there. `now` is in milliseconds since 1970.
 */
export const platformFaults = async (client: KubeClient, choice: PlatformChoice, now: number): Promise<Finding[]> =>
  lastingFaults(await platformDescribeFacts(client, choice, {events: false}), now)
