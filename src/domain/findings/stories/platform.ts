import {issue, other, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-P: platforms and the operator. */
export const platformStories = {
  'SFL-P01': {
    means: 'The server does not serve sonataflow.org/v1alpha08, so there is nothing to store a platform in.',
    behaviour: 'The API server answers that it does not know the kind.',
    repair:
      'Install the SonataFlow operator (on OpenShift: OpenShift Serverless Logic, from OperatorHub). Apply its CRDs on the server side or with kubectl create: the one for platforms is too large for a client-side apply.',
    sources: [section('5.3'), upstream('kubesmarts/logic-operator', 'operator.yaml')],
  },
  'SFL-P02': {
    means: 'One platform of a namespace counts; any other one is a duplicate.',
    behaviour:
      'The duplicate gets condition Succeed=False with reason Duplicated and no message, and nothing of it is deployed. A namespace in which a workflow was deployed first has the platform sonataflow-platform, which the operator made.',
    repair: 'Change the active platform instead of adding one, or delete it first.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/platform.go'), section('5.3.3')],
  },
  'SFL-P03': {
    means: 'No running operator was found, or it has not seen the newest version of the platform.',
    behaviour: 'The platform is stored, and nothing else happens until an operator manages it.',
    repair:
      'Look at the operator: namespace sonataflow-operator-system, or openshift-serverless-logic on OpenShift; then at its log.',
    sources: [upstream('kubesmarts/logic-operator', 'config/manager')],
  },
  'SFL-P04': {
    means: 'Services, labels and the default schemas are named after the platform.',
    behaviour:
      'The platform is accepted; then the operator fails at <platform>-data-index-service or <platform>-jobs-service (63 characters, no dots), or, with migration strategy job, at a label of the migration Job. Since March 2026 (OpenShift Serverless Logic 1.38) the name of that Job ends with a hash, which leaves nine characters less.',
    repair:
      'Choose a name of at most 44 characters; of 27 with strategy job, or 36 before OpenShift Serverless Logic 1.38.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/db_migrator_job.go'),
      other('DNS-1123'),
    ],
  },
  'SFL-P05': {
    means: 'The CRD of this cluster does not know the field: it is misspelt, misplaced, or of another version.',
    behaviour: 'The server drops it silently, or refuses the platform when validation is strict.',
    repair:
      'Put it where it belongs: migration strategies under spec.services.<service>.persistence, schemas under a service. What older operators do not know cannot be set there.',
    sources: [
      other('the CRD sonataflowplatforms.sonataflow.org'),
      section('5.3.4.5', 'prints dbMigrationStrategy in the wrong place'),
    ],
  },
  'SFL-P06': {
    means: 'You may not read something that this check needs, so it was left out.',
    behaviour: 'Nothing is known to be wrong.',
    repair: 'Ask for the right to read it.',
    sources: [other('kubectl auth can-i --help')],
  },
  'SFL-P07': {
    means: 'A platform of this name is there, so it cannot be created.',
    behaviour: 'The API server answers AlreadyExists and changes nothing.',
    repair: 'Change it with "platform apply" or the commands for its parts, or create with --if-not-exists.',
    sources: [section('5.3.2')],
  },
  'SFL-P08': {
    means: 'It was asked for only if it does not exist; it does, with other settings than those of the command.',
    behaviour: 'Nothing was changed.',
    repair: 'Use "platform apply" if the settings of the command are wanted.',
    sources: [section('5.3.2')],
  },
  'SFL-P09': {
    means: 'It is marked for deletion and only still there because of finalizers.',
    behaviour:
      'Changes have no effect. The finalizer trigger-deletion stays until the operator has deleted triggers in other namespaces.',
    repair: 'Wait until it is gone, then create it again.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/sonataflowplatform_controller.go')],
  },
  'SFL-W01': {
    means: 'Workflows need both: Data Index records what happens, Job Service keeps time.',
    behaviour:
      'The operator connects workflows only with what is enabled. Without Job Service no timeout and no timer fires; without Data Index there is no record of instances and jobs.',
    repair: 'Enable both, unless this is meant.',
    sources: [section('5.3.1')],
  },
  'SFL-W02': {
    means: 'A stanza under spec.services without enabled counts as enabled.',
    behaviour:
      'The operator writes enabled: true into the platform. Even with enabled: false it deploys the service, and only keeps workflows away from it.',
    repair: 'Write what you mean: "platform services enable" or "disable"; "remove" takes the stanza away.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/defaults.go')],
  },
  'SFL-W03': {
    means: 'A namespace whose platform has spec.services, even an empty one, gets no service of the cluster platform.',
    behaviour:
      'It is all or nothing: a Data Index of its own also turns the shared Job Service off for this namespace.',
    repair: 'Enable what is missing here as well, or remove spec.services to use those of the cluster.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/services/services.go'),
      section('5.3.7'),
    ],
  },
  'SFL-W04': {
    means: 'The services are local and have no broker, and the platform of the cluster has one.',
    behaviour:
      'Workflows without a sink use the broker of the cluster platform, and its Data Index; the local Data Index has no triggers and sees nothing. For local services the operator does not do what rule 3 of the document says.',
    repair: 'Give this platform a broker.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/knative/knative.go'), section('5.3.5.6')],
  },
  'SFL-W05': {
    means: 'The source of Data Index is another broker than the one that workflows send to.',
    behaviour:
      'Events go to the broker of the workflow or platform; only triggers on that broker would bring them to Data Index.',
    repair: 'Use one broker for both, best in spec.eventing.broker.',
    sources: [section('5.3.5.2'), section('5.3.5.3')],
  },
  'SFL-W06': {
    means: 'Workflows take services, database and broker from the platform when they are deployed.',
    behaviour:
      'A change of the platform does not reliably reach those that run; workflows of profile dev are never connected.',
    repair: 'Restart their Deployments, and look with "workflow describe".',
    sources: [
      issue('apache/incubator-kie-kogito-serverless-operator', 321),
      issue('apache/incubator-kie-kogito-serverless-operator', 468),
    ],
  },
  'SFL-W07': {
    means: 'A stanza was taken away, and what the operator made for it is still there.',
    behaviour:
      'Deployment, Service, ConfigMap, triggers and SinkBinding go only with the whole platform; the pods keep running.',
    repair: 'Delete them: "platform services remove --prune".',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go')],
  },
  'SFL-W08': {
    means: 'enabled: false does not stop a service, it only keeps workflows from being connected with it.',
    behaviour: 'The operator deploys every service whose stanza is there.',
    repair: 'To stop it, remove the stanza and what is left: "platform services remove --prune".',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go'), section('5.3.1')],
  },
  'SFL-P20': {
    means: 'The operator owns everything that it made for a platform in its namespace.',
    behaviour:
      'With the platform the garbage collector deletes Deployments, Services, ConfigMaps, triggers, the SinkBinding and the migration Job.',
    repair: 'Nothing to do, if this is meant.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/k8s.go', 'owner references')],
  },
  'SFL-P21': {
    means:
      'Triggers beside a broker of another namespace have no owner; the finalizer trigger-deletion stands for them.',
    behaviour:
      'The operator deletes them and takes the finalizer off. While it does not run, the platform stays, marked for deletion.',
    repair: 'Look whether the operator runs; without it delete the triggers, then take the finalizer off by hand.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/sonataflowplatform_controller.go')],
  },
  'SFL-P22': {
    means: 'Workflows of the namespace are deployed with the platform that is deleted.',
    behaviour:
      'They keep running with the addresses of services that no longer exist, so events and timers fail. At its next look at a workflow the operator makes an empty platform sonataflow-platform, or works with the next one of the namespace.',
    repair: 'Create the new platform, then restart the Deployments of the workflows.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/platform.go'),
      section('5.3.1'),
      section('5.3.3'),
    ],
  },
  'SFL-P23': {
    means: 'Data Index and Job Service keep their data in PostgreSQL, or in an embedded database of their pods.',
    behaviour: 'An embedded database goes with the pod. PostgreSQL is not touched: schemas and tables stay.',
    repair: 'Drop the schemas by hand, if the data is no longer wanted.',
    sources: [section('5.3.4.1'), section('5.3.4.3')],
  },
  'SFL-P24': {
    means: 'The namespace has another platform, which was a duplicate until now.',
    behaviour: 'The operator looks at duplicates again and again, and deploys the first one that no longer is one.',
    repair: 'Nothing to do, if this is meant; else delete that one as well.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/platform.go')],
  },
  'SFL-P25': {
    means: 'The platform is marked for deletion; it goes when its finalizers are gone.',
    behaviour: 'The operator takes trigger-deletion off after it has deleted the triggers in other namespaces.',
    repair: 'See that the operator runs. Taking the finalizer off by hand leaves those triggers behind.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/sonataflowplatform_controller.go')],
  },
  'SFL-P26': {
    means: 'The flags no longer name a service, but not everything in its stanza was written by this program.',
    behaviour:
      'Server-side apply removes only what it alone has written. The operator writes enabled and podTemplate back, so the stanza stays, and with it the service.',
    repair: 'Take it away with "platform services remove --prune".',
    sources: [
      other('Kubernetes, "Server-Side Apply"'),
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/defaults.go'),
    ],
  },
} as const satisfies Stories
