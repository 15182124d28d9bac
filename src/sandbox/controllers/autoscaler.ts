import {DEPLOYMENT} from '../../domain/eventing/names.js'
import {refOf} from '../../domain/core/object.js'
import {numberAt, textAt} from '../../domain/core/read.js'
import {AUTOSCALER} from '../../domain/sonataflow/names.js'
import {observed} from './addressables.js'
import {type Controller} from './controller.js'

/** Keeps a Deployment between the bounds of its HorizontalPodAutoscaler; there is no load that would make it move. */
export const autoscalerController: Controller = {
  name: 'horizontal-pod-autoscaler',
  wants({object, type}, cluster) {
    if (object.kind === AUTOSCALER.kind) return type === 'DELETED' ? [] : [refOf(object)]
    if (object.kind !== DEPLOYMENT.kind) return []
    return cluster
      .list(AUTOSCALER.apiVersion, AUTOSCALER.kind, object.metadata.namespace)
      .filter((one) => textAt(one, 'spec', 'scaleTargetRef', 'name') === object.metadata.name)
      .map(refOf)
  },
  reconcile(ref, cluster) {
    const scaler = cluster.get(ref)
    const name = textAt(scaler, 'spec', 'scaleTargetRef', 'name')
    if (scaler === undefined || name === undefined || textAt(scaler, 'spec', 'scaleTargetRef', 'kind') !== 'Deployment')
      return
    const target = {...DEPLOYMENT, name, namespace: ref.namespace ?? ''}
    const deployment = cluster.get(target)
    const able = (status: 'True' | 'False', reason: string) => [{type: 'ScalingActive', status, reason}]
    if (deployment === undefined)
      return cluster.setStatus(ref, {desiredReplicas: 0, conditions: able('False', 'FailedGetScale')})
    const current = numberAt(deployment, 'spec', 'replicas') ?? 1
    // Somebody scaled it to nothing, which switches the autoscaler off.
    if (current === 0) return cluster.setStatus(ref, {desiredReplicas: 0, conditions: able('False', 'ScalingDisabled')})
    const [least, most] = [numberAt(scaler, 'spec', 'minReplicas') ?? 1, numberAt(scaler, 'spec', 'maxReplicas') ?? 1]
    const wanted = Math.min(most, Math.max(least, current))
    if (wanted !== current) cluster.patch(target, {spec: {replicas: wanted}})
    cluster.setStatus(ref, {
      ...observed(scaler),
      currentReplicas: wanted,
      desiredReplicas: wanted,
      conditions: able('True', 'ValidMetricFound'),
    })
  },
}
