import {pull, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-E: brokers, triggers and the SinkBinding of the supporting services. */
export const platformEventingStories = {
  'SFL-E01': {
    means: 'The server does not serve brokers.',
    behaviour:
      'The operator fails at every look at the platform ("no match for kind"), and what comes after is not done.',
    repair: 'Install Knative Eventing, or take the broker away: then the services talk to each other over HTTP.',
    sources: [
      section('5.3.5'),
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/services/services.go'),
    ],
  },
  'SFL-E02': {
    means: 'There is no broker of this name in the namespace that is named, or else that of the platform.',
    behaviour:
      'Event WaitingKnativeEventing on the platform, which still says Ready. As Data Index comes first, a missing broker of its keeps the Job Service from being deployed.',
    repair: 'Create it, or name another one.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/knative/knative.go'), section('5.3.5.1')],
  },
  'SFL-E03': {
    means: 'The operator wants a broker with condition Ready=True.',
    behaviour: 'It makes no trigger and no SinkBinding before that, and says so in events only.',
    repair: 'Look at the broker: "broker describe".',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/knative/knative.go')],
  },
  'SFL-E04': {
    means: 'The supporting services lose data with every event that is lost or out of order.',
    behaviour:
      'Brokers on in-memory channels keep events in memory and do not keep their order. With a Kafka class the operator asks for ordered delivery where it matters.',
    repair: 'Use a broker of class Kafka.',
    sources: [section('5.3.5.1'), section('5.3.5.7')],
  },
  'SFL-E05': {
    means: 'The names of the triggers do not depend on the broker, and the broker of a trigger cannot be changed.',
    behaviour:
      'The webhook refuses the operator ("Immutable fields changed") at every look, until the triggers are deleted. Those in the namespace of a former broker are left there forever.',
    repair: 'Delete them: "platform eventing prune". The operator recreates those it needs.',
    sources: [
      pull('apache/incubator-kie-kogito-serverless-operator', 467),
      upstream('knative/eventing', 'pkg/apis/eventing/v1/trigger_validation.go'),
    ],
  },
  'SFL-E06': {
    means: 'What links the services with the broker is missing, not ready, changed, or left from former settings.',
    behaviour:
      'Events do not arrive, or arrive out of order: annotations are written only at creation. Until the SinkBinding has provided its sink the Job Service has 0 replicas.',
    repair: 'Look with "platform eventing links"; "platform eventing prune" deletes what must be recreated.',
    sources: [
      section('5.3.5.7'),
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/services/services.go'),
    ],
  },
  'SFL-E07': {
    means: 'The operator works with a ref to a Broker; a URI alone serves only as the sink of the Job Service.',
    behaviour:
      'spec.eventing.broker without ref makes the reconciler fail with a nil pointer. In a service it falls back to the broker of the platform. Whatever kind is written, a Broker of that name is looked up.',
    repair: 'Name a broker with "platform eventing set".',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/services/services.go')],
  },
  'SFL-E08': {
    means: 'Triggers live beside their broker.',
    behaviour:
      'They are made in that namespace without an owner, and the platform gets the finalizer trigger-deletion: it goes only when the operator has deleted them.',
    repair: 'Prefer a broker in the namespace of the platform.',
    sources: [section('5.3.5.4'), upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go')],
  },
  'SFL-E09': {
    means: 'It has a source without a sink, or a sink without a source.',
    behaviour:
      'With a source alone it sends to ${K_SINK}, which no SinkBinding sets, and its health check fails. With a sink alone its events still go to Data Index over HTTP.',
    repair: 'Set both, or a broker for the platform.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/services/services.go'),
      section('5.3.5.4'),
    ],
  },
} as const satisfies Stories
