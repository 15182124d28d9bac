import {issue, other, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-CP: cluster platforms. */
export const clusterPlatformStories = {
  'SFL-CP01': {
    means: 'The platform that a cluster platform names does not exist, is not ready, or is a duplicate.',
    behaviour: 'Condition Succeed is False with reason PlatformNotFound or Failure, and no namespace gets any service.',
    repair: 'Create it, or bring it right; then the cluster platform follows.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/sonataflowclusterplatform_controller.go'),
      section('5.3.7'),
    ],
  },
  'SFL-CP02': {
    means: 'One cluster platform counts for the whole cluster.',
    behaviour: 'A second one gets Succeed=False with reason Duplicated and has no effect.',
    repair: 'Change or delete the active one.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/sonataflowclusterplatform_controller.go')],
  },
  'SFL-CP03': {
    means: 'The named platform has a service disabled, or keeps the data of all namespaces in an embedded database.',
    behaviour: 'Only enabled services are shared; an embedded database is lost at every restart.',
    repair: 'Enable the services and give them a PostgreSQL.',
    sources: [section('5.3.7'), section('5.3.4.1')],
  },
  'SFL-CP04': {
    means: 'Their platforms have spec.services, even if that is empty.',
    behaviour: 'There is no partial override: with any spec.services no service of the cluster is used.',
    repair: 'Nothing to do, if this is meant; else take spec.services out of their platforms.',
    sources: [section('5.3.7')],
  },
  'SFL-CP05': {
    means: 'Workflows of the same name would share one Data Index.',
    behaviour: 'Data Index knows workflows by their id, not by namespace: definitions and instances of both are mixed.',
    repair:
      'Give them different names, or a platform with services of its own to one of the namespaces. Network policies have to let the namespaces in.',
    sources: [issue('apache/incubator-kie-kogito-apps', 2031)],
  },
  'SFL-CP06': {
    means: 'spec.capabilities.workflows does not contain services.',
    behaviour:
      'No namespace gets its services. Workflows without a broker of their own still inherit that of its platform.',
    repair: 'Apply it with --capability workflows=services.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/sonataflowplatform_controller.go')],
  },
  'SFL-CP10': {
    means: 'The namespace of the shared platform has NetworkPolicies that limit who may reach its pods.',
    behaviour:
      'Workflows of other namespaces send their events to the services of the shared platform by HTTP; what no policy lets in is dropped, and nothing of it is in any status. Whether the policies select the pods of the services is not worked out here.',
    repair: 'Let the namespaces of the workflows in with a NetworkPolicy of the namespace of the platform.',
    sources: [other('redhat-developer/rhdh-operator, the policies that its documentation adds'), section('5.3.7')],
  },
  'SFL-CP07': {
    means: 'A cluster platform of this name is there, so it cannot be created.',
    behaviour: 'The API server answers AlreadyExists and changes nothing.',
    repair: 'Change it with "cluster-platform apply", or create with --if-not-exists.',
    sources: [section('5.3.7')],
  },
  'SFL-CP08': {
    means: 'It was asked for only if it does not exist; it does, with other settings than those of the command.',
    behaviour: 'Nothing was changed.',
    repair: 'Use "cluster-platform apply" if the settings of the command are wanted.',
    sources: [section('5.3.7')],
  },
  'SFL-CP09': {
    means: 'It is marked for deletion and only still there because of finalizers.',
    behaviour: 'Changes have no effect.',
    repair: 'Wait until it is gone, then create it again.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-CP20': {
    means: 'A cluster platform names the platform that is deleted.',
    behaviour:
      'It becomes Succeed=False with reason PlatformNotFound, and the namespaces that used it get no services.',
    repair: 'Let the cluster platform name another one first: "cluster-platform apply".',
    sources: [section('5.3.7')],
  },
  'SFL-CP21': {
    means: 'They have no services of their own and use those of the cluster platform that is deleted.',
    behaviour:
      'Their platforms lose status.clusterPlatformRef. Workflows that run keep the old addresses, which still answer; those that are deployed from then on get none. The platform that was shared stays.',
    repair: 'Give these namespaces services of their own, or create another cluster platform.',
    sources: [
      section('5.3.7'),
      upstream('kubesmarts/logic-operator', 'internal/controller/sonataflowplatform_controller.go'),
    ],
  },
  'SFL-CP22': {
    means: 'There is another one, which was a duplicate until now.',
    behaviour: 'When all are duplicates, the operator makes one of them the active one.',
    repair: 'Nothing to do, if this is meant; else delete that one as well.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/sonataflowclusterplatform_controller.go')],
  },
  'SFL-CP23': {
    means: 'It is marked for deletion; it goes when its finalizers are gone.',
    behaviour: 'The operator sets none; whoever set it must take it off.',
    repair: 'Find out who set it; take it off by hand if nobody does.',
    sources: [other('Kubernetes, "Finalizers"')],
  },
  'SFL-CP24': {
    means: 'The cluster platform that is changed is the active one, and namespaces use what it shares.',
    behaviour:
      'The operator writes the new addresses into the platforms of these namespaces. Workflows that run keep the old ones until they are redeployed; without the capability services the namespaces get none.',
    repair: 'Restart the Deployments of the workflows, if the change is meant.',
    sources: [
      section('5.3.7'),
      upstream('kubesmarts/logic-operator', 'internal/controller/sonataflowplatform_controller.go'),
    ],
  },
} as const satisfies Stories
