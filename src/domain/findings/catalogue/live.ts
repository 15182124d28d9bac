/** SFL-L: what runs of platforms and workflows, against what should. */
export const liveFindings = {
  'SFL-L01': {
    level: 'error',
    title: 'A supporting service is not deployed',
    means: 'The platform asks for the service, and its Deployment is not there.',
    behaviour:
      'The platform calls itself ready nevertheless: the operator drops the errors of its service action, and leaves only events of type Warning. A Data Index that cannot be linked with its broker keeps the Job Service away, and a migration Job that has not succeeded keeps both away.',
    repair: 'Repair what the message says; the operator tries again by itself, except for a migration Job.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/k8s.go; apache/incubator-kie-tools issue 3056',
  },
  'SFL-L02': {
    level: 'error',
    title: 'A supporting service is not ready',
    means: 'Its Deployment is there, and too few of its pods are ready.',
    behaviour:
      'The platform calls itself ready nevertheless. Workflows fail or wait where they need the service; events wait in the broker, if there is one.',
    repair: 'Look at the pods: a Secret or key that is missing, a database that cannot be reached, an image.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/k8s.go',
  },
  'SFL-L03': {
    level: 'warning',
    title: 'A supporting service has no replicas',
    means: 'Its Deployment is scaled to none.',
    behaviour:
      'The operator holds the Job Service at 0 replicas until its SinkBinding has provided the sink; 0 replicas in podTemplate stop either service; what somebody scales by hand the operator brings back at its next look.',
    repair: 'Look at the SinkBinding and its broker, or set the replicas.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/services/services.go; document 5.3.6',
  },
  'SFL-L04': {
    level: 'warning',
    title: 'The cluster has other settings than the platform',
    means: 'A Deployment, trigger or SinkBinding differs from what the operator makes of the platform.',
    behaviour:
      'Somebody has changed it by hand, the operator has not got so far, or it fails on the way. What it looks after it brings back at its next look.',
    repair: 'Compare with "platform effective"; change the platform and not what the operator makes of it.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/k8s.go',
  },
  'SFL-L05': {
    level: 'warning',
    title: 'The migration Job is not done',
    means: 'The Job that migrates the databases is still running, or its pod cannot start.',
    behaviour:
      'Neither service is deployed until it has succeeded. The operator writes only success into the status of the platform, so nothing is seen there.',
    repair: 'Look at its pod and log with "platform migration status".',
    documented: 'kubesmarts/logic-operator internal/controller/platform/db_migrator_job.go; document 5.3.4.2.1',
  },
  'SFL-L06': {
    level: 'error',
    title: 'A supporting service has no address',
    means: 'The Kubernetes Service in front of it is not there.',
    behaviour: 'Its URL resolves to nothing: workflows cannot reach it, and triggers do not become ready.',
    repair: 'The operator makes it anew at its next look; if it does not, look at the events.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/k8s.go',
  },
  'SFL-L07': {
    level: 'error',
    title: 'The workflow does not run',
    means: 'Its condition Running is not True.',
    behaviour: 'It answers no request and consumes no event.',
    repair: 'Look at its Deployment, pods and build.',
    documented: 'kubesmarts/logic-operator internal/controller/profiles',
  },
} as const
