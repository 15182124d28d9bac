/** SFL-DB: databases of the supporting services and their migration. */
export const databaseFindings = {
  'SFL-DB01': {
    level: 'warning',
    title: 'The data is lost at every restart',
    means: 'The service has no PostgreSQL of its own and none of the platform.',
    behaviour:
      'The operator deploys an image with an embedded database. Taking a database away switches to that image; what the former one holds is left alone and unused.',
    repair: 'Set a PostgreSQL for the service or the whole platform: "platform persistence set".',
    documented: 'document 5.3.4.1',
  },
  'SFL-DB02': {
    level: 'error',
    title: 'No such migration strategy',
    means: 'dbMigrationStrategy is service, job or none, letter by letter.',
    behaviour:
      'The CRD lets any text through; the operator takes whatever it does not know for none, so nobody migrates the database.',
    repair: 'Set one of the three with "platform migration set".',
    documented: 'kubesmarts/logic-operator internal/controller/platform/services/services.go; document 5.3.4.2',
  },
  'SFL-DB03': {
    level: 'error',
    title: 'A migration Job without a database',
    means: 'Strategy job was chosen for a service that has no PostgreSQL.',
    behaviour:
      'The operator writes a Job whose Secret is called " ", which the server refuses. On a running platform it has deleted both Deployments before that, and they do not come back.',
    repair: 'Set the database first, or take the strategy away.',
    documented:
      'kubesmarts/logic-operator internal/controller/platform/db_migrator_job.go; document 5.3.4.3 prints such an example',
  },
  'SFL-DB04': {
    level: 'warning',
    title: 'A migration strategy without effect',
    means: 'There is nothing to migrate: the service has no PostgreSQL.',
    behaviour: 'The operator ignores it; the embedded database is new at every start.',
    repair: 'Set a database, or leave the strategy away.',
    documented: 'document 5.3.4.2',
  },
  'SFL-DB05': {
    level: 'error',
    title: 'The migration Job connects elsewhere',
    means:
      'The database of the platform is in another namespace or on another port, and a migration Job is to migrate it.',
    behaviour:
      'Of the serviceRef of the platform the operator gives the Job the names of Service and database only: it connects to the namespace of the platform and port 5432, and fails, or migrates another database.',
    repair: 'Give the service a connection of its own, or use a JDBC URL.',
    documented:
      'kubesmarts/logic-operator internal/controller/profiles/common/persistence/postgresql.go; document 5.3.4.5 prints such an example',
  },
  'SFL-DB06': {
    level: 'warning',
    title: 'Both services go down for the migration',
    means: 'A new migration Job is about to run while the services are running.',
    behaviour:
      'Since March 2026 (OpenShift Serverless Logic 1.38) the operator deletes the Deployments of Data Index and Job Service before it creates the Job, and makes them anew when it has succeeded. The same happens at an upgrade of the operator, and after the Job was deleted. Older operators leave them running. The release is recognized by what the operator has made, its CRD and its Deployment; where they do not tell, the finding says so.',
    repair: 'Do it when an outage is acceptable; follow it with "platform migration status".',
    documented: 'kubesmarts/logic-operator internal/controller/platform/db_migrator_job.go',
  },
  'SFL-DB07': {
    level: 'error',
    title: 'The migration Job is not run again',
    means: 'There is a migration Job already; the operator creates it once and never changes it.',
    behaviour:
      'A failed Job keeps both services away for ever, and after a change of the database nothing migrates the new one.',
    repair: 'Delete the Job: "platform migration retry". Both services go down until the new one has succeeded.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/db_migrator_job.go',
  },
  'SFL-DB08': {
    level: 'error',
    title: 'An incomplete database connection',
    means: 'A connection is a Secret and exactly one of a Service and a JDBC URL.',
    behaviour:
      'The CRD allows exactly two properties under postgresql and demands secretRef; the server refuses anything else.',
    repair: 'State the whole connection with "platform persistence set".',
    documented: 'the CRD sonataflowplatforms.sonataflow.org; document 5.3.4.3',
  },
  'SFL-DB09': {
    level: 'error',
    title: 'The Secret of the database does not serve',
    means: 'It does not exist in the namespace of the platform, or lacks a key.',
    behaviour:
      'The pods stay at CreateContainerConfigError. A Secret in the namespace of the database is of no use to them, and the keys are POSTGRESQL_USER and POSTGRESQL_PASSWORD unless others are named.',
    repair:
      'Create it in the namespace of the platform: "secret create-postgres-auth", or name its keys with --user-key and --password-key.',
    documented: 'document 5.3.4.3',
  },
  'SFL-DB10': {
    level: 'error',
    title: 'No database behind the Service',
    means: 'The Service that is named does not exist, lacks the port, or has no ready endpoints.',
    behaviour: 'The service, or the migration Job, cannot connect, and fails at its start.',
    repair: 'Correct name, namespace and port, or start the database.',
    documented: 'document 5.3.4.3',
  },
  'SFL-DB11': {
    level: 'warning',
    title: 'Two services in one schema',
    means: 'Data Index and Job Service would use the same schema of the same database.',
    behaviour:
      'Their tables are mixed, and the migration history of one confuses the other. A JDBC URL of the platform is used by every service and every workflow exactly as it is.',
    repair: 'Give each service a schema of its own.',
    documented: 'apache/incubator-kie-kogito-serverless-operator pull 372; document 5.3.4.4',
  },
  'SFL-DB12': {
    level: 'error',
    title: 'The schema of a service',
    means:
      'Without databaseSchema it is <platform>-data-index-service or <platform>-jobs-service. PostgreSQL keeps 63 bytes of a name.',
    behaviour: 'A longer name is cut off silently, so two schemas may become one.',
    repair: 'Name a schema with --schema.',
    documented: 'document 5.3.4.3; PostgreSQL, NAMEDATALEN',
  },
  'SFL-DB13': {
    level: 'error',
    title: 'A JDBC URL that does not work well',
    means: 'The URL is no PostgreSQL one, names no schema, or has credentials in it.',
    behaviour:
      'It is handed on as it is. Without currentSchema the tables go into the default schema of the user; credentials in it are visible in the platform and in the Deployment.',
    repair: 'jdbc:postgresql://HOST:PORT/DATABASE?currentSchema=SCHEMA, with user and password in the Secret.',
    documented: 'kubesmarts/logic-operator internal/controller/profiles/common/persistence/postgresql.go',
  },
  'SFL-DB14': {
    level: 'warning',
    title: 'The default database is used',
    means: 'No databaseName was given, so the database is called sonataflow.',
    behaviour: 'Neither the operator nor a migration creates it, only schemas; without it the services do not start.',
    repair: 'Create it, or name another one with --database.',
    documented:
      'kubesmarts/logic-operator internal/controller/profiles/common/persistence/postgresql.go; document 5.3.4.3',
  },
  'SFL-DB15': {
    level: 'note',
    title: 'Nobody migrates the database',
    means: 'Strategy none: an administrator creates and changes the tables by hand.',
    behaviour:
      'Neither operator nor service touches the schema; a service with the wrong tables fails at its start or later.',
    repair: 'Nothing to do, if this is meant. The scripts are in the images of the services.',
    documented: 'document 5.3.4.2.3',
  },
  'SFL-DB20': {
    level: 'note',
    title: 'There is no migration to run again',
    means: 'No service has the strategy job, or there is no Job yet.',
    behaviour: 'The operator creates the Job by itself when a service asks for it.',
    repair: 'Look with "platform migration status"; choose the strategy with "platform migration set".',
    documented: 'document 5.3.4.2.1',
  },
  'SFL-DB21': {
    level: 'error',
    title: 'The migration is still running',
    means: 'The migration Job has neither succeeded nor failed yet.',
    behaviour:
      'Deleting it kills its pod. What was migrated so far stays, and the next run goes on from there, or stumbles.',
    repair: 'Wait for it: "platform migration status".',
    documented: 'kubesmarts/logic-operator internal/controller/platform/db_migrator_job.go',
  },
  'SFL-DB22': {
    level: 'warning',
    title: 'The migration has succeeded already',
    means: 'The Job that would be run again did its work.',
    behaviour: 'A second run against the same database changes nothing, but both services go down for it.',
    repair: 'Run it again only after a change of the database.',
    documented: 'kubesmarts/logic-operator internal/controller/platform/db_migrator_job.go',
  },
} as const
