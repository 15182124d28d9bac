/** SFL-P: platforms and the operator. */
export const platformFindings = {
  'SFL-P01': {
    level: 'error',
    title: 'SonataFlow is not installed',
    means: 'The server does not serve sonataflow.org/v1alpha08, so there is nothing to store a platform in.',
    behaviour: 'The API server answers that it does not know the kind.',
    repair:
      'Install the SonataFlow operator (on OpenShift: OpenShift Serverless Logic, from OperatorHub). Apply its CRDs on the server side or with kubectl create: the one for platforms is too large for a client-side apply.',
    documented: 'document 5.3; kubesmarts/logic-operator operator.yaml',
  },
  'SFL-P02': {
    level: 'error',
    title: 'Another platform is active in the namespace',
    means: 'One platform of a namespace counts; any other one is a duplicate.',
    behaviour:
      'The duplicate gets condition Succeed=False with reason Duplicated and no message, and nothing of it is deployed. A namespace in which a workflow was deployed first has the platform sonataflow-platform, which the operator made.',
    repair: 'Change the active platform instead of adding one, or delete it first.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/platform.go; document 5.3.3',
  },
  'SFL-P03': {
    level: 'warning',
    title: 'The SonataFlow operator does not act',
    means: 'No running operator was found, or it has not seen the newest version of the platform.',
    behaviour: 'The platform is stored, and nothing else happens until an operator looks after it.',
    repair:
      'Look at the operator: namespace sonataflow-operator-system, or openshift-serverless-logic on OpenShift; then at its log.',
    documented: 'kubesmarts/logic-operator config/manager',
  },
  'SFL-P04': {
    level: 'error',
    title: 'Names cannot be made of this one',
    means: 'Services, labels and the default schemas are named after the platform.',
    behaviour:
      'The platform is accepted; then the operator fails at <platform>-data-index-service or <platform>-jobs-service (63 characters, no dots), or, with migration strategy job, at a label of the migration Job. Since March 2026 (OpenShift Serverless Logic 1.38) the name of that Job ends with a hash, which leaves nine characters less.',
    repair:
      'Choose a name of at most 44 characters; of 27 with strategy job, or 36 before OpenShift Serverless Logic 1.38.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/db_migrator_job.go; DNS-1123',
  },
  'SFL-P05': {
    level: 'error',
    title: 'A field that platforms do not have',
    means: 'The CRD of this cluster does not know the field: it is misspelt, misplaced, or of another version.',
    behaviour: 'The server drops it silently, or refuses the platform when validation is strict.',
    repair:
      'Put it where it belongs: migration strategies under spec.services.<service>.persistence, schemas under a service. What older operators do not know cannot be set there.',
    documented: 'the CRD sonataflowplatforms.sonataflow.org; document 5.3.4.5 prints dbMigrationStrategy misplaced',
  },
  'SFL-P06': {
    level: 'note',
    title: 'A part of the platform was not verified',
    means: 'You may not read something that this check needs, so it was left out.',
    behaviour: 'Nothing is known to be wrong.',
    repair: 'Ask for the right to read it.',
    documented: 'kubectl auth can-i --help',
  },
  'SFL-P07': {
    level: 'error',
    title: 'The platform exists already',
    means: 'A platform of this name is there, so it cannot be created.',
    behaviour: 'The API server answers AlreadyExists and changes nothing.',
    repair: 'Change it with "platform apply" or the commands for its parts, or create with --if-not-exists.',
    documented: 'document 5.3.2',
  },
  'SFL-P08': {
    level: 'warning',
    title: 'The existing platform has other settings',
    means: 'It was asked for only if it does not exist; it does, with other settings than those of the command.',
    behaviour: 'Nothing was changed.',
    repair: 'Use "platform apply" if the settings of the command are wanted.',
    documented: 'document 5.3.2',
  },
  'SFL-P09': {
    level: 'error',
    title: 'The platform is being deleted',
    means: 'It is marked for deletion and only still there because of finalizers.',
    behaviour:
      'Changes have no effect. The finalizer trigger-deletion stays until the operator has deleted triggers in other namespaces.',
    repair: 'Wait until it is gone, then create it again.',
    documented: 'kubesmarts/logic-operator internal/controller/sonataflowplatform_controller.go',
  },
  'SFL-W01': {
    level: 'warning',
    title: 'One supporting service without the other',
    means: 'Workflows need both: Data Index records what happens, Job Service keeps time.',
    behaviour:
      'The operator connects workflows only with what is enabled. Without Job Service no timeout and no timer fires; without Data Index there is no record of instances and jobs.',
    repair: 'Enable both, unless this is meant.',
    documented: 'document 5.3.1',
  },
  'SFL-W02': {
    level: 'warning',
    title: 'A service that is enabled without a word',
    means: 'A stanza under spec.services without enabled counts as enabled.',
    behaviour:
      'The operator writes enabled: true into the platform. Even with enabled: false it deploys the service, and only keeps workflows away from it.',
    repair: 'Write what you mean: "platform services enable" or "disable"; "remove" takes the stanza away.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/defaults.go',
  },
  'SFL-W03': {
    level: 'warning',
    title: 'Services of the cluster are cut off',
    means: 'A namespace whose platform has spec.services, even an empty one, gets no service of the cluster platform.',
    behaviour:
      'It is all or nothing: a Data Index of its own also turns the shared Job Service off for this namespace.',
    repair: 'Enable what is missing here as well, or remove spec.services to use those of the cluster.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/services/services.go; document 5.3.7',
  },
  'SFL-W04': {
    level: 'warning',
    title: 'Workflows and Data Index do not meet',
    means: 'The services are local and have no broker, and the platform of the cluster has one.',
    behaviour:
      'Workflows without a sink use the broker of the cluster platform, and its Data Index; the local Data Index has no triggers and sees nothing. For local services the operator does not do what rule 3 of the document says.',
    repair: 'Give this platform a broker.',
    documented: 'kubesmarts/logic-operator internal/controller/knative/knative.go; document 5.3.5.6',
  },
  'SFL-W05': {
    level: 'warning',
    title: 'Data Index listens elsewhere',
    means: 'The source of Data Index is another broker than the one that workflows send to.',
    behaviour:
      'Events go to the broker of the workflow or platform; only triggers on that broker would bring them to Data Index.',
    repair: 'Use one broker for both, best in spec.eventing.broker.',
    documented: 'document 5.3.5.2, 5.3.5.3',
  },
  'SFL-W06': {
    level: 'warning',
    title: 'Running workflows keep the old settings',
    means: 'Workflows take services, database and broker from the platform when they are deployed.',
    behaviour:
      'A change of the platform does not reliably reach those that run; workflows of profile dev are never connected.',
    repair: 'Restart their Deployments, and look with "workflow describe".',
    documented: 'apache/incubator-kie-kogito-serverless-operator issues 321, 468',
  },
  'SFL-W07': {
    level: 'warning',
    title: 'Objects of a removed service stay',
    means: 'A stanza was taken away, and what the operator made for it is still there.',
    behaviour:
      'Deployment, Service, ConfigMap, triggers and SinkBinding go only with the whole platform; the pods keep running.',
    repair: 'Delete them: "platform services remove --prune".',
    documented: 'kubesmarts/logic-operator internal/controller/platform/k8s.go',
  },
  'SFL-W08': {
    level: 'note',
    title: 'A disabled service keeps running',
    means: 'enabled: false does not stop a service, it only keeps workflows from being connected with it.',
    behaviour: 'The operator deploys every service whose stanza is there.',
    repair: 'To stop it, remove the stanza and what is left: "platform services remove --prune".',
    documented: 'kubesmarts/logic-operator internal/controller/platform/k8s.go; document 5.3.1',
  },
  'SFL-P20': {
    level: 'note',
    title: 'What goes with the platform',
    means: 'The operator owns everything that it made for a platform in its namespace.',
    behaviour:
      'With the platform the garbage collector deletes Deployments, Services, ConfigMaps, triggers, the SinkBinding and the migration Job.',
    repair: 'Nothing to do, if this is meant.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/k8s.go (owner references)',
  },
  'SFL-P21': {
    level: 'note',
    title: 'Triggers in other namespaces hold the platform',
    means:
      'Triggers beside a broker of another namespace have no owner; the finalizer trigger-deletion stands for them.',
    behaviour:
      'The operator deletes them and takes the finalizer off. While it does not run, the platform stays, marked for deletion.',
    repair: 'Look whether the operator runs; without it delete the triggers, then take the finalizer off by hand.',
    documented: 'kubesmarts/logic-operator internal/controller/sonataflowplatform_controller.go',
  },
  'SFL-P22': {
    level: 'warning',
    title: 'Workflows lose their platform',
    means: 'Workflows of the namespace are deployed with the platform that is deleted.',
    behaviour:
      'They keep running with the addresses of services that no longer exist, so events and timers fail. At its next look at a workflow the operator makes an empty platform sonataflow-platform, or works with the next one of the namespace.',
    repair: 'Create the new platform, then restart the Deployments of the workflows.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/platform.go; document 5.3.1, 5.3.3',
  },
  'SFL-P23': {
    level: 'note',
    title: 'What becomes of the data',
    means: 'Data Index and Job Service keep their data in PostgreSQL, or in an embedded database of their pods.',
    behaviour: 'An embedded database goes with the pod. PostgreSQL is not touched: schemas and tables stay.',
    repair: 'Drop the schemas by hand, if the data is no longer wanted.',
    documented: 'document 5.3.4.1, 5.3.4.3',
  },
  'SFL-P24': {
    level: 'note',
    title: 'Another platform becomes active',
    means: 'The namespace has another platform, which was a duplicate until now.',
    behaviour: 'The operator looks at duplicates again and again, and deploys the first one that no longer is one.',
    repair: 'Nothing to do, if this is meant; else delete that one as well.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/platform.go',
  },
  'SFL-P25': {
    level: 'warning',
    title: 'A finalizer holds the platform',
    means: 'The platform is marked for deletion; it goes when its finalizers are gone.',
    behaviour: 'The operator takes trigger-deletion off after it has deleted the triggers in other namespaces.',
    repair: 'See that the operator runs. Taking the finalizer off by hand leaves those triggers behind.',
    documented: 'kubesmarts/logic-operator internal/controller/sonataflowplatform_controller.go',
  },
  'SFL-P26': {
    level: 'warning',
    title: 'Services that an apply does not take away',
    means: 'The flags no longer name a service, but not everything in its stanza was written by this program.',
    behaviour:
      'Server-side apply removes only what it alone has written. The operator writes enabled and podTemplate back, so the stanza stays, and with it the service.',
    repair: 'Take it away with "platform services remove --prune".',
    documented: 'kubernetes.io, server-side apply; kubesmarts/logic-operator internal/controller/platform/defaults.go',
  },
} as const
