import {AUTOSCALER, DISRUPTION_BUDGET} from '../../domain/kinds/names.js'
import {type Column, type KindInfo, served} from './kind.js'
import {conditionList} from './core.js'
import {envelope, free, int, intOrText, listOf, mapOf, object, open, text} from './schema.js'

const age: Column = {name: 'Age', type: 'string', jsonPath: '.metadata.creationTimestamp'}
const computed = (name: string, type: Column['type'] = 'string'): Column => ({name, type, jsonPath: ''})
const selector = object({matchLabels: mapOf(text), matchExpressions: listOf(free)})

/** What bounds the number of pods from below and above; every cluster has these kinds. */
export const scalingKinds: readonly KindInfo[] = [
  served(DISRUPTION_BUDGET, {
    status: true,
    columns: [
      computed('Min Available'),
      computed('Max Unavailable'),
      {name: 'Allowed Disruptions', type: 'integer', jsonPath: '.status.disruptionsAllowed'},
      age,
    ],
    schema: envelope({
      spec: object({
        minAvailable: intOrText,
        maxUnavailable: intOrText,
        selector,
        unhealthyPodEvictionPolicy: text,
      }),
      status: open({
        conditions: conditionList,
        currentHealthy: int,
        desiredHealthy: int,
        disruptionsAllowed: int,
        expectedPods: int,
        observedGeneration: int,
      }),
    }),
  }),
  served(AUTOSCALER, {
    // v1 has other fields.
    versions: ['v2'],
    categories: ['all'],
    status: true,
    columns: [
      computed('Reference'),
      computed('MinPods'),
      {name: 'MaxPods', type: 'string', jsonPath: '.spec.maxReplicas'},
      {name: 'Replicas', type: 'string', jsonPath: '.status.currentReplicas'},
      age,
    ],
    schema: envelope({
      spec: object({
        scaleTargetRef: object({apiVersion: text, kind: text, name: text}),
        minReplicas: int,
        maxReplicas: int,
        metrics: listOf(free),
        behavior: free,
      }),
      status: open({
        conditions: conditionList,
        currentMetrics: listOf(free),
        currentReplicas: int,
        desiredReplicas: int,
        observedGeneration: int,
      }),
    }),
  }),
]
