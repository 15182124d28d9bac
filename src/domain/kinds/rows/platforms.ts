import {type KindRow, row} from '../kind.js'
import {
  CLUSTER_PLATFORM,
  KAFKA_CLUSTER,
  KAFKA_TOPIC,
  KAFKA_USER,
  KNATIVE_EVENTING,
  KNATIVE_KAFKA,
  KNATIVE_SERVING,
  PLATFORM,
  RABBITMQ_CLUSTER,
  WORKFLOW,
  WORKFLOW_BUILD,
} from '../names.js'

const old = ['v1alpha07']

/** SonataFlow (apache/incubator-kie-kogito-serverless-operator config/crd/bases). */
export const sonataflowRows: readonly KindRow[] = [
  row(PLATFORM, {
    from: 'sonataflow',
    former: old,
    shortNames: ['sfp', 'sfplatform', 'sfplatforms'],
    noun: 'platform',
    hasWait: true,
    condition: 'Succeed',
    role: 'flow',
    judged: 'platform',
    listed: 'scope',
    sandbox: true,
  }),
  row(WORKFLOW, {
    from: 'sonataflow',
    former: old,
    shortNames: ['sf', 'workflow', 'workflows'],
    noun: 'workflow',
    condition: 'Running',
    address: 'address',
    role: 'flow',
    judged: 'platform',
    listed: 'scope',
    sandbox: true,
  }),
  row(CLUSTER_PLATFORM, {
    from: 'sonataflow',
    former: old,
    namespaced: false,
    noun: 'cluster-platform',
    hasWait: true,
    condition: 'Succeed',
    listed: 'cluster',
    sandbox: true,
  }),
  row(WORKFLOW_BUILD, {
    from: 'sonataflow',
    former: old,
    shortNames: ['sfb', 'sfbuild', 'sfbuilds'],
    sandbox: true,
  }),
]

/** The operators of Knative, and of what brokers keep their events in. */
export const operatorRows: readonly KindRow[] = [
  row(KNATIVE_EVENTING, {
    from: 'operator',
    former: ['v1alpha1'],
    condition: 'Ready',
    listed: 'system',
    sandbox: true,
  }),
  row(KNATIVE_SERVING, {from: 'operator', former: ['v1alpha1'], condition: 'Ready'}),
  row(KNATIVE_KAFKA, {
    from: 'openshift',
    condition: 'Ready',
    listed: 'system',
    sandbox: true,
  }),
  row(KAFKA_CLUSTER, {from: 'strimzi', shortNames: ['k'], condition: 'Ready'}),
  row(KAFKA_TOPIC, {from: 'strimzi', shortNames: ['kt'], condition: 'Ready'}),
  row(KAFKA_USER, {from: 'strimzi', shortNames: ['ku'], condition: 'Ready'}),
  row(RABBITMQ_CLUSTER, {
    from: 'rabbitmq',
    shortNames: ['rmq'],
    several: 'RabbitMQ clusters',
    condition: 'AllReplicasReady',
    configWords: ['rmq', 'rabbitmq', 'rabbitmqcluster'],
  }),
]
