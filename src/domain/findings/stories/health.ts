import {other, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-H: health. What only a look over the whole cluster shows; everything else has the codes of its subject. */
export const checkStories = {
  'SFL-H01': {
    means: 'The server knows no brokers and no platforms.',
    behaviour: 'It refuses every manifest of these kinds, since it does not serve them.',
    repair: 'Install Knative Eventing (OpenShift Serverless), or choose another cluster with --context.',
    sources: [section('5.4')],
  },
  'SFL-H02': {
    means: 'The KnativeEventing is not ready.',
    behaviour:
      'Its condition says what is missing. Brokers that exist go on as far as their pods run; settings of the KnativeEventing may not be written yet.',
    repair: 'Look at the conditions of the KnativeEventing.',
    sources: [upstream('knative/operator', 'pkg/apis/operator/v1beta1/knativeeventing_lifecycle.go')],
  },
  'SFL-H03': {
    means: 'A Deployment that every broker, trigger and channel needs has no ready pod.',
    behaviour:
      'Without eventing-controller nothing that is created or changed is looked at; without eventing-webhook the server refuses every change of these kinds.',
    repair: 'Look at its pods.',
    sources: [upstream('knative/eventing', 'config/core/deployments')],
  },
  'SFL-H04': {
    means: 'The cluster was installed in FIPS mode, and brokers of a Kafka class are in use.',
    behaviour: 'The Kafka broker is not supported with FIPS mode: its data plane does not use validated cryptography.',
    repair: 'Use another broker class where FIPS is required, or accept it with --ignore SFL-H04.',
    sources: [section('5.4.6')],
  },
  'SFL-H05': {
    means: 'Topics are made with replication factor 1.',
    behaviour:
      'When the Kafka broker that holds a partition is lost, the events in it are lost, and nothing is taken in as long as it is away.',
    repair: 'Give 3 replicas to new topics; the factor of a topic that exists is changed in Kafka itself.',
    sources: [section('5.4.6.2'), other('Apache Kafka, "Replication"')],
  },
  'SFL-H06': {
    means: 'Neither the broker nor the trigger has retries.',
    behaviour:
      'An event that its sink does not take at once, because it restarts for instance, goes to the dead letter sink or is dropped.',
    repair: 'Set --retry, with a back-off.',
    sources: [section('5.4.8.2')],
  },
  'SFL-H07': {
    means: 'A channel-based broker stands on an InMemoryChannel.',
    behaviour: 'Events that are not delivered when the pod imc-dispatcher restarts are lost, without a dead letter.',
    repair: 'Use brokers of class Kafka in production.',
    sources: [section('5.4.2.2'), section('5.4.4')],
  },
  'SFL-H08': {
    means: 'The SonataFlow operator made the trigger for a platform that does not exist any more.',
    behaviour:
      'Triggers in another namespace than the platform have no owner; when the platform went without its finalizer, they stay and deliver to nobody.',
    repair: 'Delete them.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/services'), section('5.3.5')],
  },
  'SFL-H09': {
    means: 'The channel is an InMemoryChannel.',
    behaviour: 'Events that are not delivered when the pod imc-dispatcher restarts are lost.',
    repair: 'Use KafkaChannels in production.',
    sources: [section('5.4.4'), upstream('knative/eventing', 'config/channels/in-memory-channel/README.md')],
  },
  'SFL-H10': {
    means: 'Its condition Ready is not True.',
    behaviour: 'It sends no events, or not all of them.',
    repair: 'Look at its conditions and events.',
    sources: [upstream('knative/eventing', 'pkg/apis/sources/v1')],
  },
  'SFL-H11': {
    means: 'The object that the source sends to does not exist, has no address, or its kind is not installed.',
    behaviour: 'SinkProvided becomes False; a source that ran before goes on sending to the old address.',
    repair: 'Create the sink, or name another one.',
    sources: [upstream('knative/pkg', 'resolver/addressable_resolver.go')],
  },
  'SFL-H12': {
    means: 'Nothing exists that the SinkBinding could give its sink to.',
    behaviour: 'It waits for a subject forever; whoever was meant does not get K_SINK.',
    repair: 'Delete it, or correct its subject.',
    sources: [upstream('knative/eventing', 'pkg/apis/sources/v1/sinkbinding_lifecycle.go')],
  },
  'SFL-H13': {
    means: 'The server would refuse you some of the changes that commands of this program make.',
    behaviour: 'The command fails with Forbidden before it has changed anything.',
    repair: 'Ask an administrator of the cluster for a role that allows it.',
    sources: [other('Kubernetes API, SelfSubjectAccessReview')],
  },
  'SFL-H14': {
    means: 'A manifest is of a kind that no check knows.',
    behaviour: 'It was passed over; others may still refer to it.',
    repair: 'Nothing to do.',
    sources: [other('kubectl sfl check --help')],
  },
} as const satisfies Stories
