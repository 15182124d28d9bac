import {type EventingConfig} from '../admission/config.js'
import {addressableControllers} from './addressables.js'
import {channelControllers} from './channel.js'
import {type Controller} from './controller.js'
import {kafkaBrokerController} from './kafka-broker.js'
import {mtBrokerController} from './mt-broker.js'
import {sourceControllers} from './sources.js'
import {sugarController} from './sugar.js'
import {subscriptionController} from './subscription.js'
import {triggerController} from './trigger.js'

/** The stand-ins for what Knative Eventing, Serving and the Kafka broker run. */
export const knativeControllers = (config: EventingConfig, kafka: boolean): Controller[] => [
  ...addressableControllers(kafka),
  ...channelControllers(kafka),
  mtBrokerController(config),
  ...(kafka ? [kafkaBrokerController(config)] : []),
  triggerController,
  subscriptionController,
  ...sourceControllers(kafka),
  sugarController(config),
]
