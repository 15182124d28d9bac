import {sfl} from '../../core/commands.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type Ref} from '../../core/object.js'
import {readinessOf, whyNotReady} from '../../core/readiness.js'
import {clusterPlatformStuck} from '../../sonataflow/cluster-platform/delete.js'
import {clusterPlatformPreflight} from '../../sonataflow/cluster-platform/preflight.js'
import {type PlatformDescribeFacts} from '../../sonataflow/workload/live-facts.js'
import {liveFindingsOf} from '../../sonataflow/workload/live-preflight.js'
import {contextOf, liveService} from '../../sonataflow/workload/live-service.js'
import {readPlatform} from '../../sonataflow/model.js'
import {CLUSTER_PLATFORM, PLATFORM, serviceKeys, WORKFLOW} from '../../sonataflow/names.js'
import {platformStuck} from '../../sonataflow/platform/delete.js'
import {judgePlatform} from '../../sonataflow/platform/preflight.js'
import {readClusterPlatform} from '../../sonataflow/workflow/model.js'
import {isSame, suffering, type Check, type Verdict} from '../engine/check.js'
import {type Snapshot} from '../snapshot/snapshot.js'
import {clusterFactsOf, platformFactsOf} from '../snapshot/platform-facts.js'

const platforms = (known: Snapshot): Verdict[] =>
  known.subjects(PLATFORM).flatMap((object) => {
    const platform = readPlatform(object)
    if (object.metadata.deletionTimestamp !== undefined) return platformStuck(object)
    const facts = platformFactsOf(known, platform)
    const found = known.isPlanned(object) ? judgePlatform(platform, facts) : liveFindingsOf(facts, known.now)
    return suffering(found, platform.ref).map((one) =>
      one.code === 'SFL-L01' ? {...one, affects: [...(one.affects ?? []), ...missingWith(one, facts)]} : one,
    )
  })

/** One finding tells of all services that are missing for one reason. */
const missingWith = ({object}: Finding, facts: PlatformDescribeFacts): Ref[] => {
  const context = contextOf(facts)(facts.platform)
  const missing = serviceKeys.map((key) => liveService(key, context, facts)).filter(({state}) => state === 'missing')
  const told = missing.find(({ref}) => isSame(object, ref))
  return missing.filter(({why}) => why === told?.why).map(({ref}) => ref)
}

const clusterPlatforms = (known: Snapshot): Verdict[] =>
  known.subjects(CLUSTER_PLATFORM).flatMap((object) => {
    if (object.metadata.deletionTimestamp !== undefined) return clusterPlatformStuck(object)
    const one = readClusterPlatform(object)
    return suffering(clusterPlatformPreflight(one, clusterFactsOf(known, one)), one.ref)
  })

const workflows = (known: Snapshot): Finding[] =>
  known.subjects(WORKFLOW).flatMap((object) => {
    const readiness = readinessOf(object)
    if (readiness.state === 'ready') return []
    const ref = refOf(object)
    return [
      finding('SFL-L07', {
        ...(readiness.state === 'pending' ? {level: 'warning' as const} : {}),
        object: ref,
        message: `workflow ${ref.name} does not run: ${whyNotReady(readiness) || 'nothing says why'}`,
        repair: sfl('workflow describe', ref.name, '-n', ref.namespace ?? ''),
      }),
    ]
  })

export const platformChecks: readonly Check[] = [
  {
    id: 'platforms',
    category: 'platform',
    question: 'Platforms and their services are as they say',
    about: 'health',
    count: (known) => known.subjects(PLATFORM).length,
    judge: platforms,
  },
  {
    id: 'cluster-platforms',
    category: 'platform',
    question: 'Cluster platforms share what they promise',
    about: 'health',
    count: (known) => known.subjects(CLUSTER_PLATFORM).length,
    judge: clusterPlatforms,
  },
  {
    id: 'workflows',
    category: 'platform',
    question: 'Workflows run',
    about: 'health',
    count: (known) => (known.state.planned === undefined ? known.subjects(WORKFLOW).length : 0),
    judge: workflows,
  },
]
