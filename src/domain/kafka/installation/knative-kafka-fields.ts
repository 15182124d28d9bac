import {KAFKA_BROKER_CONFIG, KAFKA_CHANNEL_CONFIG, KafkaKey} from '../../eventing/names.js'

/** The ConfigMaps that a KnativeKafka writes. */
export const KAFKA_CONFIGS = [KAFKA_BROKER_CONFIG, KAFKA_CHANNEL_CONFIG] as const

/** A field of a KnativeKafka behind a key of one of its ConfigMaps. */
export interface KafkaField {
  path: readonly string[]
  number: boolean
  /** What the ConfigMap holds when the field is left out; `null`: no such key. */
  otherwise: string | null
}

/**
 * Fields by key. They win over the same key in `spec.config`; all other keys go there
 * (openshift-knative/serverless-operator knative-operator/pkg/controller/knativekafka/knativekafka_controller.go). The
 * numbers have defaults of the CRD as soon as `defaultConfig` is there.
 */
const fields: Readonly<Record<(typeof KAFKA_CONFIGS)[number], Readonly<Record<string, KafkaField>>>> = {
  [KAFKA_BROKER_CONFIG]: {
    [KafkaKey.BootstrapServers]: {
      path: ['broker', 'defaultConfig', 'bootstrapServers'],
      number: false,
      otherwise: '',
    },
    [KafkaKey.Partitions]: {path: ['broker', 'defaultConfig', 'numPartitions'], number: true, otherwise: '10'},
    [KafkaKey.ReplicationFactor]: {
      path: ['broker', 'defaultConfig', 'replicationFactor'],
      number: true,
      otherwise: '3',
    },
    [KafkaKey.AuthSecret]: {path: ['broker', 'defaultConfig', 'authSecretName'], number: false, otherwise: null},
  },
  [KAFKA_CHANNEL_CONFIG]: {
    [KafkaKey.BootstrapServers]: {path: ['channel', 'bootstrapServers'], number: false, otherwise: ''},
    [KafkaKey.AuthSecret]: {path: ['channel', 'authSecretName'], number: false, otherwise: null},
    'auth.secret.ref.namespace': {path: ['channel', 'authSecretNamespace'], number: false, otherwise: null},
  },
}

/** The field behind a key; `undefined` for a key that goes to `spec.config`. */
export const kafkaField = (configMap: string, key: string): KafkaField | undefined => {
  const known = KAFKA_CONFIGS.find((name) => name === configMap)
  return known !== undefined && Object.hasOwn(fields[known], key) ? fields[known][key] : undefined
}
