import {other, pull, section, upstream} from '../sources.js'
import {type Stories} from '../story.js'
/** SFL-DB: databases of the supporting services and their migration. */
export const databaseStories = {
  'SFL-DB01': {
    means: 'The service has no PostgreSQL of its own and none of the platform.',
    behaviour:
      'The operator deploys an image with an embedded database. Taking a database away switches to that image; what the former one holds is left alone and unused.',
    repair: 'Set a PostgreSQL for the service or the whole platform: "platform persistence set".',
    sources: [section('5.3.4.1')],
  },
  'SFL-DB02': {
    means: 'dbMigrationStrategy is service, job or none, letter by letter.',
    behaviour:
      'The CRD lets any text through; the operator takes whatever it does not know for none, so nobody migrates the database.',
    repair: 'Set one of the three with "platform migration set".',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/services/services.go'),
      section('5.3.4.2'),
    ],
  },
  'SFL-DB03': {
    means: 'Strategy job was chosen for a service that has no PostgreSQL.',
    behaviour:
      'The operator writes a Job whose Secret is called " ", which the server refuses. On a running platform it has deleted both Deployments before that, and they do not come back.',
    repair: 'Set the database first, or take the strategy away.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/platform/db_migrator_job.go'),
      section('5.3.4.3', 'prints such an example'),
    ],
  },
  'SFL-DB04': {
    means: 'There is nothing to migrate: the service has no PostgreSQL.',
    behaviour: 'The operator ignores it; the embedded database is new at every start.',
    repair: 'Set a database, or leave the strategy away.',
    sources: [section('5.3.4.2')],
  },
  'SFL-DB05': {
    means:
      'The database of the platform is in another namespace or on another port, and a migration Job is to migrate it.',
    behaviour:
      'Of the serviceRef of the platform the operator gives the Job the names of Service and database only: it connects to the namespace of the platform and port 5432, and fails, or migrates another database.',
    repair: 'Give the service a connection of its own, or use a JDBC URL.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/profiles/common/persistence/postgresql.go'),
      section('5.3.4.5', 'prints such an example'),
    ],
  },
  'SFL-DB06': {
    means: 'A new migration Job is about to run while the services are running.',
    behaviour:
      'Since March 2026 (OpenShift Serverless Logic 1.38) the operator deletes the Deployments of Data Index and Job Service before it creates the Job, and recreates them when it has succeeded. The same happens at an upgrade of the operator, and after the Job was deleted. Older operators leave them running. The release is recognized by what the operator has made, its CRD and its Deployment; where they do not tell, the finding says so.',
    repair: 'Do it when an outage is acceptable; follow it with "platform migration status".',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/db_migrator_job.go')],
  },
  'SFL-DB07': {
    means: 'There is a migration Job already; the operator creates it once and never changes it.',
    behaviour:
      'A failed Job keeps both services away forever, and after a change of the database nothing migrates the new one.',
    repair: 'Delete the Job: "platform migration retry". Both services go down until the new one has succeeded.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/db_migrator_job.go')],
  },
  'SFL-DB08': {
    means: 'A connection is a Secret and exactly one of a Service and a JDBC URL.',
    behaviour:
      'The CRD allows exactly two properties under postgresql and demands secretRef; the server refuses anything else.',
    repair: 'State the whole connection with "platform persistence set".',
    sources: [other('the CRD sonataflowplatforms.sonataflow.org'), section('5.3.4.3')],
  },
  'SFL-DB09': {
    means: 'It does not exist in the namespace of the platform, or lacks a key.',
    behaviour:
      'The pods stay at CreateContainerConfigError. A Secret in the namespace of the database is of no use to them, and the keys are POSTGRESQL_USER and POSTGRESQL_PASSWORD unless others are named.',
    repair:
      'Create it in the namespace of the platform: "secret create-postgres-auth", or name its keys with --user-key and --password-key.',
    sources: [section('5.3.4.3')],
  },
  'SFL-DB10': {
    means: 'The Service that is named does not exist, lacks the port, or has no ready endpoints.',
    behaviour: 'The service, or the migration Job, cannot connect, and fails at its start.',
    repair: 'Correct name, namespace and port, or start the database.',
    sources: [section('5.3.4.3')],
  },
  'SFL-DB11': {
    means: 'Data Index and Job Service would use the same schema of the same database.',
    behaviour:
      'Their tables are mixed, and the migration history of one confuses the other. A JDBC URL of the platform is used by every service and every workflow exactly as it is.',
    repair: 'Give each service a schema of its own.',
    sources: [pull('apache/incubator-kie-kogito-serverless-operator', 372), section('5.3.4.4')],
  },
  'SFL-DB12': {
    means:
      'Without databaseSchema it is <platform>-data-index-service or <platform>-jobs-service. PostgreSQL keeps 63 bytes of a name.',
    behaviour: 'A longer name is cut off silently, so two schemas may become one.',
    repair: 'Name a schema with --schema.',
    sources: [section('5.3.4.3'), other('PostgreSQL, NAMEDATALEN')],
  },
  'SFL-DB13': {
    means: 'The URL is no PostgreSQL one, names no schema, or has credentials in it.',
    behaviour:
      'It is handed on as it is. Without currentSchema the tables go into the default schema of the user; credentials in it are visible in the platform and in the Deployment.',
    repair: 'jdbc:postgresql://HOST:PORT/DATABASE?currentSchema=SCHEMA, with user and password in the Secret.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/profiles/common/persistence/postgresql.go')],
  },
  'SFL-DB14': {
    means: 'No databaseName was given, so the database is called sonataflow.',
    behaviour: 'Neither the operator nor a migration creates it, only schemas; without it the services do not start.',
    repair: 'Create it, or name another one with --database.',
    sources: [
      upstream('kubesmarts/logic-operator', 'internal/controller/profiles/common/persistence/postgresql.go'),
      section('5.3.4.3'),
    ],
  },
  'SFL-DB15': {
    means: 'Strategy none: an administrator creates and changes the tables by hand.',
    behaviour:
      'Neither operator nor service touches the schema; a service with the wrong tables fails at its start or later.',
    repair: 'Nothing to do, if this is meant. The scripts are in the images of the services.',
    sources: [section('5.3.4.2.3')],
  },
  'SFL-DB20': {
    means: 'No service has the strategy job, or there is no Job yet.',
    behaviour: 'The operator creates the Job by itself when a service asks for it.',
    repair: 'Look with "platform migration status"; choose the strategy with "platform migration set".',
    sources: [section('5.3.4.2.1')],
  },
  'SFL-DB21': {
    means: 'The migration Job has neither succeeded nor failed yet.',
    behaviour:
      'Deleting it kills its pod. What was migrated so far stays, and the next run goes on from there, or stumbles.',
    repair: 'Wait for it: "platform migration status".',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/db_migrator_job.go')],
  },
  'SFL-DB22': {
    means: 'The Job that would be run again did its work.',
    behaviour: 'A second run against the same database changes nothing, but both services go down for it.',
    repair: 'Run it again only after a change of the database.',
    sources: [upstream('kubesmarts/logic-operator', 'internal/controller/platform/db_migrator_job.go')],
  },
} as const satisfies Stories
