import {type EventingConfig} from '../admission/config.js'
import {addressableControllers} from './addressables.js'
import {channelControllers} from './channel.js'
import {type Controller} from './controller.js'
import {kafkaBrokerController} from './kafka/broker.js'
import {knativeEventingController} from './operators/knative-eventing.js'
import {knativeKafkaController} from './operators/knative-kafka.js'
import {mtBrokerController} from './mt-broker.js'
import {sourceControllers} from './sources.js'
import {subscriptionController} from './subscription.js'
import {sugarController} from './sugar.js'
import {triggerController} from './trigger.js'
import {workloadController} from './workloads.js'

/**
 * The stand-ins for what Knative Eventing, Serving and the Kafka broker run, and for the operators that install them.
 * What is not installed has no objects, and so nothing to do.
 */
export const knativeControllers = (config: EventingConfig): readonly Controller[] => [
  knativeEventingController,
  knativeKafkaController,
  workloadController,
  ...addressableControllers,
  ...channelControllers,
  mtBrokerController(config),
  kafkaBrokerController(config),
  triggerController,
  subscriptionController,
  ...sourceControllers,
  sugarController(config),
]
