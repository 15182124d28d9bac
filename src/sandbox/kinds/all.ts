import {coreKinds, workloadKinds} from './core.js'
import {eventingKinds, messagingKinds} from './eventing.js'
import {type KindInfo} from './kind.js'
import {operatorKinds, servingKinds, sourceKinds} from './sources.js'

/** What is installed on the cluster that the sandbox plays; what is left out is not served at all. */
export interface Installed {
  /** Knative Eventing and Serving. Default: true. */
  knative?: boolean
  /** The Kafka broker, channel, sink and source. Default: true. */
  kafka?: boolean
}

const kafkaKinds = ['KafkaSink', 'KafkaChannel', 'KafkaSource', 'KnativeKafka']

/** Every kind that the sandbox serves. A new family of kinds is one more list here. */
export const installedKinds = ({knative = true, kafka = true}: Installed): KindInfo[] => [
  ...coreKinds,
  ...workloadKinds,
  ...(knative ? [...eventingKinds, ...messagingKinds, ...sourceKinds, ...servingKinds, ...operatorKinds] : []).filter(
    ({kind}) => kafka || !kafkaKinds.includes(kind),
  ),
]
