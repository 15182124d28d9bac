import {type Finding} from '../domain/findings/finding.js'
import {operatorFindings} from '../domain/sonataflow/platform/installation-preflight.js'
import {bySeverity, liveFindingsOf} from '../domain/sonataflow/workload/live-preflight.js'
import {type PlatformChoice} from '../domain/sonataflow/platform/choice.js'
import {platformObstacles} from '../domain/sonataflow/platform/obstacles.js'
import {type KubeClient} from '../kube/client.js'
import {platformDescribeFacts} from './platform-describe.js'

/**
 * Why a platform does not get ready: its settings and links, its pods and its migration Job. Rejects when the platform is
 * not there. `now` is in milliseconds since 1970.
 */
export const explainPlatform = async (client: KubeClient, choice: PlatformChoice, now: number): Promise<Finding[]> => {
  const facts = await platformDescribeFacts(client, choice, {events: false})
  // Without an operator nothing can be there.
  const idle = operatorFindings(facts).length > 0
  const live = liveFindingsOf(facts, now).filter(
    ({level, code}) =>
      (level === 'error' || code === 'SFL-L05') && !(idle && (code === 'SFL-L01' || code === 'SFL-L06')),
  )
  return bySeverity([...platformObstacles(facts.platform, facts), ...live])
}
