import {BrokerClass, CHANNEL_TEMPLATE_CONFIG, CONFIG_MAP, IN_MEMORY_CHANNEL, SYSTEM_NAMESPACE} from '../names.js'

/** `clusterDefault` as Knative and OpenShift Serverless ship it (knative/eventing config/core/configmaps/default-broker.yaml). */
export const SHIPPED_CLUSTER_DEFAULT = {
  brokerClass: BrokerClass.MTChannelBased,
  ...CONFIG_MAP,
  name: CHANNEL_TEMPLATE_CONFIG,
  namespace: SYSTEM_NAMESPACE,
  delivery: {retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S'},
} as const

/** The channel behind channel-based brokers, as shipped (config/core/configmaps/default-broker-channel.yaml). */
export const SHIPPED_CHANNEL_TEMPLATE = IN_MEMORY_CHANNEL
