import {refOf} from '../../domain/core/object.js'
import {at, textsAt} from '../../domain/core/read.js'
import {DISRUPTION_BUDGET, POD} from '../../domain/sonataflow/names.js'
import {observed} from './addressables.js'
import {type Controller} from './controller.js'
import {isReady, selects} from './endpoint-slices.js'

/** A number of pods, or a percentage of them; rounded up. */
const share = (bound: unknown, all: number): number =>
  typeof bound === 'number' ? bound : Math.ceil((Number.parseFloat(String(bound)) / 100) * all)

/** How many pods of a budget may go (kubernetes pkg/controller/disruption). */
export const disruptionController: Controller = {
  name: 'disruption-controller',
  wants({object, type}, cluster) {
    if (object.kind === DISRUPTION_BUDGET.kind) return type === 'DELETED' ? [] : [refOf(object)]
    if (object.kind !== POD.kind) return []
    return cluster
      .list(DISRUPTION_BUDGET.apiVersion, DISRUPTION_BUDGET.kind, object.metadata.namespace)
      .filter((budget) => selects(textsAt(budget, 'spec', 'selector', 'matchLabels'), object))
      .map(refOf)
  },
  reconcile(ref, cluster) {
    const budget = cluster.get(ref)
    if (budget === undefined) return
    const selector = textsAt(budget, 'spec', 'selector', 'matchLabels')
    const pods = cluster.list(POD.apiVersion, POD.kind, ref.namespace).filter((pod) => selects(selector, pod))
    const healthy = pods.filter(isReady).length
    const [least, most] = [at(budget, 'spec', 'minAvailable'), at(budget, 'spec', 'maxUnavailable')]
    const desired = least === undefined ? pods.length - share(most ?? 0, pods.length) : share(least, pods.length)
    cluster.setStatus(ref, {
      ...observed(budget),
      currentHealthy: healthy,
      desiredHealthy: Math.max(0, desired),
      disruptionsAllowed: Math.max(0, healthy - desired),
      expectedPods: pods.length,
    })
  },
}
