import {type KubeObject} from '../object.js'
import {type Plan} from '../plan.js'
import {deleteSteps} from '../existing.js'

/** The plan of `trigger delete`. */
export const planTriggerDelete = (trigger: KubeObject, {waitMs}: {waitMs?: number}): Plan => ({
  steps: deleteSteps(trigger, waitMs),
  findings: [],
})
