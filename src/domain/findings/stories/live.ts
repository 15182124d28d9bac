import {issue, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-L: what runs of platforms and workflows, against what should. */
export const liveStories = {
  'SFL-L01': {
    means: 'The platform asks for the service, and its Deployment is not there.',
    behaviour:
      'The platform calls itself ready nevertheless: the operator drops the errors of its service action, and leaves only events of type Warning. A Data Index that cannot be linked with its broker keeps the Job Service away, and a migration Job that has not succeeded keeps both away.',
    repair: 'Repair what the message says; the operator tries again by itself, except for a migration Job.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go'),
      issue('apache/incubator-kie-tools', 3056),
    ],
  },
  'SFL-L02': {
    means: 'Its Deployment is there, and too few of its pods are ready.',
    behaviour:
      'The platform calls itself ready nevertheless. Workflows fail or wait where they need the service; events wait in the broker, if there is one.',
    repair: 'Look at the pods: a Secret or key that is missing, a database that cannot be reached, an image.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go')],
  },
  'SFL-L03': {
    means: 'Its Deployment is scaled to none.',
    behaviour:
      'The operator holds the Job Service at 0 replicas until its SinkBinding has provided the sink; 0 replicas in podTemplate stop either service; what somebody scales by hand the operator brings back at its next look.',
    repair: 'Look at the SinkBinding and its broker, or set the replicas.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/services/services.go'),
      section('5.3.6'),
    ],
  },
  'SFL-L04': {
    means: 'A Deployment, trigger or SinkBinding differs from what the operator makes of the platform.',
    behaviour:
      'Somebody has changed it by hand, the operator has not got so far, or it fails on the way. It restores what it manages at its next reconciliation.',
    repair: 'Compare with "platform effective"; change the platform and not what the operator makes of it.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go')],
  },
  'SFL-L05': {
    means: 'The Job that migrates the databases is still running, or its pod cannot start.',
    behaviour:
      'Neither service is deployed until it has succeeded. The operator writes only success into the status of the platform, so nothing is seen there.',
    repair: 'Look at its pod and log with "platform migration status".',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/db_migrator_job.go'),
      section('5.3.4.2.1'),
    ],
  },
  'SFL-L06': {
    means: 'The Kubernetes Service in front of it is not there.',
    behaviour: 'Its URL resolves to nothing: workflows cannot reach it, and triggers do not become ready.',
    repair: 'The operator recreates it at its next look; if it does not, look at the events.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go')],
  },
  'SFL-L07': {
    means: 'Its condition Running is not True.',
    behaviour: 'It answers no request and consumes no event.',
    repair: 'Look at its Deployment, pods and build.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/profiles')],
  },
} as const satisfies Stories
