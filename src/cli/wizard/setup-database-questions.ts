import {parseServiceAddress} from '../../domain/sonataflow/persistence/connection-options.js'
import {
  DEFAULT_DATABASE,
  DEFAULT_PASSWORD_KEY,
  DEFAULT_USER_KEY,
  defaultSchema,
  platformNameFault,
  serviceKeys,
} from '../../domain/sonataflow/names.js'
import {setupFault, type SetupAnswers, type SetupId} from '../../domain/sonataflow/setup/answers.js'
import {isFound} from '../../domain/core/seen.js'
import {offeredDatabases} from '../../domain/sonataflow/setup/facts.js'
import {hasTwoDatabases} from '../../domain/sonataflow/setup/parts.js'
import {checkedBy} from './question.js'
import {
  filled,
  named,
  passwordFile,
  secretChoices,
  whole,
  withServices,
  type SetupQuestion,
  type SetupSources,
} from './setup-question.js'

const withDatabase = (answers: SetupAnswers): boolean => withServices(answers) && answers.persistence === 'postgresql'
const withSchemas = (answers: SetupAnswers): boolean => withDatabase(answers) && answers.databaseScope !== 'platform'

/** A database, by the answers about it. */
interface DatabaseIds {
  service: SetupId
  database: SetupId
  secret: SetupId
  user: SetupId
  password: SetupId
}

const first: DatabaseIds = {
  service: 'databaseService',
  database: 'database',
  secret: 'databaseSecret',
  user: 'databaseUser',
  password: 'databasePasswordFile',
}
const ofJobService: DatabaseIds = {
  service: 'jobDatabaseService',
  database: 'jobDatabase',
  secret: 'jobDatabaseSecret',
  user: 'jobDatabaseUser',
  password: 'jobDatabasePasswordFile',
}

/** A Secret that is not there is made, for the user that is asked for then. */
const isNewSecret = async ({lookups}: SetupSources, answers: SetupAnswers, ids: DatabaseIds): Promise<boolean> => {
  const name = answers[ids.secret] ?? ''
  if (ids !== first && name === answers.databaseSecret) return false
  const found = await lookups.secrets(answers.namespace ?? '')
  // Where it may not be looked for, a file that names a user has the last word.
  return found === 'forbidden' ? answers[ids.user] !== undefined : !found.includes(name)
}

/** Nobody answers where there is no Service; where that cannot be read (no permission), the plan says so. */
const serviceFault = (
  {facts: {services}, preparing}: SetupSources,
  answer: string,
  here: string | undefined,
): true | string => {
  if (preparing || !isFound(services)) return true
  const {name, namespace = here} = parseServiceAddress(answer)
  return (
    services.some(({metadata}) => metadata.name === name && metadata.namespace === namespace) ||
    `there is no Service "${name}" in namespace "${namespace ?? ''}"`
  )
}

/** A Secret that is there has to have the keys that the services read; that of something else is easily taken. */
const secretFault = async (
  {lookups, preparing}: SetupSources,
  name: string,
  namespace = '',
): Promise<true | string> => {
  if (preparing) return true
  const keys = await lookups.secretKeys(namespace, name)
  const missing = [DEFAULT_USER_KEY, DEFAULT_PASSWORD_KEY].filter((key) => keys?.includes(key) === false)
  if (missing.length === 0) return true
  const has = keys === undefined || keys.length === 0 ? 'it is empty' : `it has ${keys.join(', ')}`
  return `Secret "${name}" has no ${missing.join(' and no ')}: ${has}`
}

/** Where a database is, and who logs in there; `whose` follows the words for it. */
const connection = (
  sources: SetupSources,
  ids: DatabaseIds,
  when: (answers: SetupAnswers) => boolean,
  whose: string,
): SetupQuestion[] => [
  {
    id: ids.service,
    text: `Service of the PostgreSQL${whose}?`,
    why: 'NAME[.NAMESPACE][:PORT] of a Service of this cluster.',
    help: 'Offered is what has port 5432 or a name like postgres. The namespace is that of the platform unless it is named, the port 5432. For a server outside the cluster, or with TLS settings, use "platform persistence set --jdbc-url" afterwards. Document 5.3.4.3.',
    when,
    choices: ({namespace = ''}) => offeredDatabases(sources.facts, namespace),
    other: 'another one',
    otherText: 'Service, NAME[.NAMESPACE][:PORT]:',
    check: checkedBy(parseServiceAddress),
    verify: async (answer, {namespace}) => serviceFault(sources, answer, namespace),
  },
  {
    id: ids.database,
    text: `Database${whose}:`,
    why: 'It must exist: the services make their tables in it, but not the database itself.',
    help: 'sonataflow is what the operator takes when nothing is said. Each service has a schema of its own in it, so both can share one.',
    when,
    initial: () => DEFAULT_DATABASE,
    check: (answer) =>
      answer === ''
        ? 'the name of the database is empty'
        : !/[/@\s]/.test(answer) || 'a name of a database has no "/", "@" and blanks here',
  },
  {
    id: ids.secret,
    text: `Secret with user and password${whose}?`,
    why: 'It has to be in the namespace of the platform, with the keys POSTGRESQL_USER and POSTGRESQL_PASSWORD.',
    help: 'A Secret in the namespace of the database does not help: pods read Secrets of their own namespace only. A name that does not exist yet makes a new one; for a Secret with other keys use "platform persistence set --user-key --password-key" afterwards.',
    when,
    choices: async (answers) => {
      const there = await secretChoices(sources, answers.namespace)
      const made = ids === first || answers.databaseUser === undefined ? [] : [answers.databaseSecret ?? '']
      return [...made.map((value) => ({value, about: 'the one for Data Index'})), ...there]
    },
    other: 'a new one',
    otherText: 'Name of the new Secret:',
    initial: () => undefined,
    check: named('secret name'),
    verify: (answer, {namespace}) => secretFault(sources, answer, namespace),
  },
  {
    id: ids.user,
    text: (answers) => `User of the database, for the new Secret ${answers[ids.secret] ?? ''}:`,
    why: 'It has to exist in PostgreSQL, and may create schemas in the database.',
    help: 'The new Secret gets it as POSTGRESQL_USER. Neither the user nor the database is made in PostgreSQL.',
    when: async (answers) => when(answers) && (await isNewSecret(sources, answers, ids)),
    initial: () => 'sonataflow',
    check: filled('the user'),
  },
  {
    id: ids.password,
    ...passwordFile(sources, false),
    when: async (answers) => when(answers) && (await isNewSecret(sources, answers, ids)),
  },
]

/** The operator copies only name and database of a platform's PostgreSQL to the Job (its internal/controller/platform/db_migrator_job.go). */
const jobLosesAddress = ({migration, databaseService = '', namespace}: SetupAnswers): boolean => {
  if (migration !== 'job') return false
  const [address = '', port = '5432'] = databaseService.split(':')
  const [, home = namespace] = address.split('.')
  return home !== namespace || port !== '5432'
}

const schema = (
  id: 'dataIndexSchema' | 'jobServiceSchema',
  title: string,
  key: 'dataIndex' | 'jobService',
  has: (answers: SetupAnswers) => boolean,
): SetupQuestion => ({
  id,
  text: `Schema of ${title}:`,
  why: 'The migration makes it; in one database each service needs one of its own.',
  help: 'The name that is offered is what the operator takes when nothing is said. A schema that has tables of the service already is used on. At most 63 characters. Document 5.3.4.3.',
  when: (answers) => withSchemas(answers) && has(answers),
  initial: ({name = ''}) => defaultSchema(name, key),
  check: (answer, answers) => {
    if (answer === '') return 'the name of the schema is empty'
    if (answer.length > 63) return `PostgreSQL cuts names after 63 characters; this one has ${answer.length}`
    if (/[/\s]/.test(answer)) return 'a name of a schema has no "/" and blanks here'
    return id === 'jobServiceSchema' && answer === answers.dataIndexSchema && !hasTwoDatabases(answers)
      ? 'Data Index has this schema already: each service needs one of its own'
      : true
  },
})

const scope: SetupQuestion = {
  id: 'databaseScope',
  text: 'Who uses this database?',
  why: (answers) =>
    jobLosesAddress(answers)
      ? 'The migration Job loses namespace and port of a database that is set for the whole platform.'
      : 'Set for the whole platform, workflows of the namespace keep their state in it as well.',
  help: 'For the whole platform, each service and each workflow has a schema that is named after it (OpenShift Serverless Logic, "Platform-scoped PostgreSQL persistence configuration"). For the services alone, their schemas can have other names, and workflows keep their state wherever they say themselves (5.3.4.3). Two databases keep the load of queries away from the timers.',
  when: withDatabase,
  choices: ({services}) => [
    {value: 'platform', label: 'the services, and the workflows of the namespace'},
    {value: 'services', label: 'only the services; their schemas can be named'},
    ...(services === 'all' ? [{value: 'data-index', label: 'only Data Index; Job Service has another one'}] : []),
  ],
  initial: (answers) =>
    answers.jobDatabaseService !== undefined && answers.services === 'all'
      ? 'data-index'
      : jobLosesAddress(answers) || answers.dataIndexSchema || answers.jobServiceSchema
        ? 'services'
        : 'platform',
  check: (answer, answers) =>
    setupFault('databaseScope', answer) ??
    (answer === 'platform' && jobLosesAddress(answers)
      ? 'with migration job only the services can have a database in another namespace or at another port: the operator drops both from what is set for the platform'
      : answer === 'data-index' && answers.services !== 'all'
        ? 'there is only one service: it is the one that uses the database'
        : true),
}

/** Questions about where the services keep their data. */
export const databaseQuestions = (sources: SetupSources): readonly SetupQuestion[] => [
  {
    id: 'persistence',
    text: 'Where do the services keep their data?',
    why: 'Without PostgreSQL, all is lost when a pod of a service is restarted.',
    help: 'Ephemeral services keep their data in the pod: for development only. PostgreSQL has to run already, here or reachable through a Service; the operator does not install it. Document 5.3.4.',
    when: withServices,
    choices: () => [
      {value: 'postgresql', label: 'in PostgreSQL'},
      {value: 'ephemeral', label: 'nowhere: it is lost at a restart (for development)'},
    ],
    initial: ({namespace = ''}) => (offeredDatabases(sources.facts, namespace).length > 0 ? 'postgresql' : 'ephemeral'),
  },
  ...connection(sources, first, withDatabase, ''),
  {
    id: 'migration',
    text: 'Who runs the database migrations?',
    why: 'Tables change with the versions of the services.',
    help: 'service: each pod migrates when it starts, simple, for one pod each. job: the operator runs a Job first, needed where several pods start at once. none: you do it yourself, and the services fail until it is done. Document 5.3.4.2.',
    when: withDatabase,
    choices: () => [
      {value: 'service', label: 'service: each service when it starts'},
      {value: 'job', label: 'job: a Job of the operator, before the services start'},
      {value: 'none', label: 'none: an administrator, by hand'},
    ],
    initial: () => 'service',
    check: (answer, {name = ''}) => {
      const long = platformNameFault(name, {services: serviceKeys, migrationJob: answer === 'job'})
      const fault = setupFault('migration', answer) ?? (long && `not with the name ${name}: ${long}`)
      return fault ?? true
    },
  },
  scope,
  ...connection(sources, ofJobService, hasTwoDatabases, ' of Job Service'),
  schema('dataIndexSchema', 'Data Index', 'dataIndex', ({services}) => services !== 'job-service'),
  schema('jobServiceSchema', 'Job Service', 'jobService', ({services}) => services !== 'data-index'),
  {
    id: 'dataIndexReplicas',
    text: 'Pods of Data Index:',
    why: 'More than one keeps it reachable while a node is drained. Job Service always has one: two would fire timers twice.',
    help: 'With more than one pod let a Job migrate the database, or they all try it at their start. Job Service ignores a number of pods: the operator keeps it at one. Document 5.3.6.',
    when: (answers) => withDatabase(answers) && answers.services !== 'job-service',
    initial: () => '1',
    check: whole('dataIndexReplicas'),
  },
]
