import {field, knativeStatus, ready, reason} from './duck.js'
import {KNATIVE_EVENTING, KNATIVE_KAFKA} from '../../domain/kinds/names.js'
import {type Column, type KindInfo, served} from './kind.js'
import {envelope, flag, free, int, listOf, mapOf, object, oneOf, open, text, withDefault} from './schema.js'

const workloads = listOf(open({name: text, replicas: int}))
const operatorStatus = knativeStatus({version: text, manifests: listOf(text)})
const stateColumns: readonly Column[] = [field('Version', '.status.version'), ready, reason]
const enabled = {enabled: flag}

const config = mapOf(mapOf(text))
/** What both flavours of KnativeEventing have; on OpenShift everything else is pruned. */
const eventingFields = {
  config,
  defaultBrokerClass: text,
  sinkBindingSelectionMode: text,
  workloads,
  deployments: workloads,
  services: listOf(open({name: text})),
  podDisruptionBudgets: listOf(open({name: text})),
}

const knativeEventing = (columns: readonly Column[], spec: Parameters<typeof object>[0]): KindInfo =>
  served(KNATIVE_EVENTING, {
    status: true,
    columns,
    schema: envelope({spec: object({...eventingFields, ...spec}), status: operatorStatus}),
  })

/** KnativeEventing as OpenShift Serverless serves it (openshift-knative/serverless-operator olm-catalog). */
export const openshiftKnativeEventing = knativeEventing(stateColumns, {
  'high-availability': object({replicas: {...int, minimum: 0}}),
})

const sources = ['ceph', 'github', 'gitlab', 'kafka', 'rabbitmq', 'redis']

/** KnativeEventing as the operator of knative.dev serves it since 1.22 (knative/operator config/crd/bases). */
export const upstreamKnativeEventing = knativeEventing([field('Target Cluster', '.spec.clusterProfileRef.name')], {
  'high-availability': object({replicas: int}, ['replicas']),
  namespace: object({labels: mapOf(text), annotations: mapOf(text)}),
  version: text,
  manifests: listOf(object({URL: text})),
  additionalManifests: listOf(object({URL: text})),
  registry: object({default: text, override: mapOf(text), imagePullSecrets: listOf(free)}),
  resources: listOf(free),
  source: object(Object.fromEntries(sources.map((name) => [name, object(enabled, ['enabled'])])), sources),
  clusterProfileRef: object({name: text, namespace: text}, ['name', 'namespace']),
})

/** The defaults of `defaultConfig` are filled in only where that object is there. */
const brokerDefaults = object({
  bootstrapServers: text,
  numPartitions: withDefault({type: 'integer'}, 10),
  replicationFactor: withDefault({type: 'integer', maximum: 32767}, 3),
  authSecretName: text,
})

/** Kafka on OpenShift Serverless (openshift-knative/serverless-operator operator_v1alpha1_knativekafka_crd.yaml). */
export const knativeKafka: KindInfo = served(KNATIVE_KAFKA, {
  status: true,
  columns: stateColumns,
  schema: envelope({
    spec: object(
      {
        config,
        channel: object({...enabled, bootstrapServers: text, authSecretName: text, authSecretNamespace: text}, [
          'enabled',
        ]),
        source: object(enabled, ['enabled']),
        sink: object(enabled, ['enabled']),
        broker: object({...enabled, defaultConfig: brokerDefaults}, ['enabled']),
        'high-availability': object({replicas: {type: 'integer', minimum: 1}}),
        logging: object({level: withDefault(oneOf('TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'), 'INFO')}),
        workloads,
      },
      ['channel', 'source'],
    ),
    status: operatorStatus,
  }),
})
