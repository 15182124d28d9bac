import {type Controller} from '../controller.js'
import {autoscalerController} from '../autoscaler.js'
import {disruptionController} from '../disruption.js'
import {endpointSliceController, endpointSliceMirroringController} from '../endpoint-slices.js'
import {clusterPlatformController} from './cluster.js'
import {type OperatorBuild} from './operator.js'
import {platformController} from './platform.js'
import {podsController} from './pods.js'
import {workflowController} from './workflow.js'

/** The stand-ins for the SonataFlow operator, and for what runs the pods that it asks for. */
export const sonataflowControllers = (build: OperatorBuild): readonly Controller[] => [
  platformController(build),
  clusterPlatformController,
  workflowController(build),
  podsController,
  endpointSliceController,
  endpointSliceMirroringController,
  autoscalerController,
  disruptionController,
]
