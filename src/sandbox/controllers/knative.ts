import {type EventingConfig} from '../admission/config.js'
import {addressableControllers} from './addressables.js'
import {type Controller} from './controller.js'
import {kafkaBrokerController} from './kafka-broker.js'
import {mtBrokerController} from './mt-broker.js'
import {sugarController} from './sugar.js'
import {subscriptionController, triggerController} from './trigger.js'

/** The stand-ins for what Knative Eventing, Serving and the Kafka broker run. */
export const knativeControllers = (config: EventingConfig, kafka: boolean): Controller[] => [
  ...addressableControllers(kafka),
  mtBrokerController(config),
  ...(kafka ? [kafkaBrokerController(config)] : []),
  triggerController,
  subscriptionController,
  sugarController(config),
]
