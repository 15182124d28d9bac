import {DEPLOYMENT} from '../../eventing/names.js'
import {type Ref} from '../../core/object.js'
import {type Step} from '../../core/plan.js'
import {deployedServices, type Platform} from '../model.js'
import {serviceObjectName, type ServiceKey} from '../names.js'

/** Services that get pods: all that are deployed, except one that is scaled to none. */
const waitedServices = (platform: Platform): ServiceKey[] =>
  deployedServices(platform).filter((key) => platform.services?.[key]?.podTemplate.replicas !== 0)

/** The Deployments whose pods have to be ready before a platform is. */
export const serviceWaits = (platform: Platform): Array<{ref: Ref; until: 'available'}> =>
  waitedServices(platform).map((key) => ({
    ref: {...DEPLOYMENT, name: serviceObjectName(platform.name, key), namespace: platform.namespace},
    until: 'available',
  }))

/**
 * Waits for the platform, and for the Deployments of its services: the CR calls itself ready while a service is missing
 * (the operator's internal/controller/platform/k8s.go drops the errors of its service action).
 */
export const platformWaits = (platform: Platform, waitMs: number | undefined): Step[] =>
  waitMs === undefined
    ? []
    : [
        {verb: 'wait', ref: platform.ref, until: 'ready', timeoutMs: waitMs},
        ...serviceWaits(platform).map((part): Step => ({verb: 'wait', ...part, timeoutMs: waitMs})),
      ]
