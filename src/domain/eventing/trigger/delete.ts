import {type KubeObject} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {deleteSteps} from '../../findings/existing.js'

/** The plan of `trigger delete`. */
export const planTriggerDelete = (trigger: KubeObject, {waitMs}: {waitMs?: number}): Plan => ({
  steps: deleteSteps(trigger, waitMs),
  findings: [],
})
