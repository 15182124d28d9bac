import {issue, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-PT: pods of the supporting services (podTemplate). */
export const podTemplateStories = {
  'SFL-PT01': {
    means: 'More than one replica is written for it.',
    behaviour: 'The operator deploys one, or none when 0 is written.',
    repair: 'Leave replicas away for the Job Service.',
    sources: [
      section('5.3.6'),
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/services/services.go'),
    ],
  },
  'SFL-PT02': {
    means: 'A variable of the podTemplate has the name of one that the operator manages.',
    behaviour: 'The value of the operator stays, silently.',
    repair: 'Use the field for it (the database under persistence, for example), and take the variable away.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/services/services.go', 'mergeContainerSpec'),
    ],
  },
  'SFL-PT03': {
    means: 'A container with the name of the service is written in the list of additional containers.',
    behaviour:
      'The operator replaces it whole by its own, so image, variables and resources that stand there are dropped.',
    repair: 'Write them under podTemplate.container: "platform services configure".',
    sources: [issue('apache/incubator-kie-tools', 2938)],
  },
  'SFL-PT04': {
    means: 'volumes or volumeMounts are written in the podTemplate.',
    behaviour:
      'Lists are replaced, not merged: the volume application-config, or its mount at /home/kogito/config, disappears, and with it application.properties.',
    repair: 'Repeat application-config in the list.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go', 'mergo with override')],
  },
  'SFL-PT05': {
    means: 'A HorizontalPodAutoscaler targets the Deployment of the service.',
    behaviour:
      'For Data Index the operator leaves the replicas to it, except for 0. The Job Service must run once, and the operator sets that back.',
    repair: 'Change the autoscaler, not the replicas; delete one that targets the Job Service.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go')],
  },
  'SFL-PT06': {
    means: 'It is written for the Job Service, for a single replica, or with both limits.',
    behaviour:
      'The operator makes one only for Data Index, only with more than one replica, and minAvailable goes before maxUnavailable.',
    repair: 'Give Data Index two replicas, and one of the limits.',
    sources: [section('5.3.6'), upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go')],
  },
  'SFL-PT07': {
    means: 'podTemplate.container.image is written.',
    behaviour:
      'It goes before everything else: an upgrade of the operator, and a change between embedded and PostgreSQL database, leave it as it is.',
    repair: 'Take it away when it is no longer needed.',
    sources: [section('5.3.6')],
  },
} as const satisfies Stories
