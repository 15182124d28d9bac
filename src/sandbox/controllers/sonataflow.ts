import {type Controller} from './controller.js'
import {autoscalerController} from './autoscaler.js'
import {disruptionController} from './disruption.js'
import {endpointsController} from './endpoints.js'
import {clusterPlatformController} from './sonataflow-cluster.js'
import {type OperatorBuild} from './sonataflow-operator.js'
import {platformController} from './sonataflow-platform.js'
import {podsController} from './sonataflow-pods.js'
import {workflowController} from './sonataflow-workflow.js'

/** The stand-ins for the SonataFlow operator, and for what runs the pods that it asks for. */
export const sonataflowControllers = (build: OperatorBuild): readonly Controller[] => [
  platformController(build),
  clusterPlatformController,
  workflowController(build),
  podsController,
  endpointsController,
  autoscalerController,
  disruptionController,
]
