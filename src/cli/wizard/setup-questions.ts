import {seen} from '../../domain/seen.js'
import {MECHANISMS} from '../../domain/kafka/secret-format.js'
import {readBootstrapServers} from '../../domain/kafka/bootstrap-servers.js'
import {parseServiceAddress} from '../../domain/sonataflow/connection-options.js'
import {parseBrokerReference} from '../../domain/sonataflow/destination-options.js'
import {platformNameFault} from '../../domain/sonataflow/names.js'
import {setupFault, type SetupAnswers, type SetupId} from '../../domain/sonataflow/setup-answers.js'
import {kafkaWorks, offeredBrokers, offeredDatabases, type SetupFacts} from '../../domain/sonataflow/setup-facts.js'
import {checkName, checkNamespace} from '../../domain/syntax.js'
import type {Choice} from '../../terminal/prompts.js'
import {checkedBy, type Question} from './question.js'

type Setup = Question<SetupId>

const POSTGRES_KEYS = 'POSTGRESQL_USER and POSTGRESQL_PASSWORD'

const filled = (what: string) => (answer: string) => answer !== '' || `${what} is empty`
const named = (what: string) => checkedBy((answer) => checkName(answer, what))
const whole = (id: SetupId) => (answer: string) => setupFault(id, answer) ?? true
const withServices = ({services}: SetupAnswers): boolean => services !== 'none'
const withDatabase = (answers: SetupAnswers): boolean => withServices(answers) && answers.persistence === 'postgresql'
const withSettings = ({eventing, kafkaSettings}: SetupAnswers): boolean =>
  eventing === 'kafka' && kafkaSettings === 'new'
const isNewLogin = ({kafkaLogin}: SetupAnswers): boolean =>
  kafkaLogin !== undefined && !['none', 'existing'].includes(kafkaLogin)
const withSasl = (answers: SetupAnswers): boolean =>
  withSettings(answers) && isNewLogin(answers) && answers.kafkaLogin !== 'certificate'
const withCertificate = (answers: SetupAnswers): boolean =>
  withSettings(answers) && answers.kafkaLogin === 'certificate'

/** What is there already, read when it is asked about. */
export interface SetupLookups {
  secrets(namespace: string): Promise<readonly string[]>
  /** Whether it was among them. */
  hasSecret(namespace: string, name: string): boolean
}

const platformNames = ({platforms}: SetupFacts, namespace: string): string[] =>
  seen(platforms) ? platforms.filter((one) => one.namespace === namespace).map(({name}) => name) : []

const place = (facts: SetupFacts, here: string): Setup[] => [
  {
    id: 'namespace',
    text: 'Namespace of the platform?',
    why: 'Workflows use the platform of their own namespace.',
    help: 'The operator looks for a platform in the namespace of each workflow; without one there it takes what a cluster platform shares. Only one platform of a namespace is active.',
    choices: () =>
      seen(facts.namespaces)
        ? facts.namespaces.filter((name) => !/^(kube-|openshift|knative-)/.test(name)).map((value) => ({value}))
        : [],
    initial: () => here,
    check: checkedBy((answer) => checkNamespace(answer)),
  },
  {
    id: 'name',
    text: 'Name of the platform:',
    why: 'Its services are named after it, and so are their schemas in the database.',
    // Only one platform of a namespace is active, so the one that is there is the one to go on with.
    initial: ({namespace = ''}) => platformNames(facts, namespace)[0] ?? 'sonataflow-platform',
    check: (answer) => platformNameFault(answer) ?? true,
  },
  {
    id: 'services',
    text: 'Which services?',
    why: 'Data Index answers questions about workflows; Job Service runs their timers.',
    help: 'Workflows run without both, but then nobody can query them, and timers and timeouts do not survive a restart of the pod. Document 5.3.1 and 5.3.2.',
    choices: () => [
      {value: 'all', label: 'Data Index and Job Service'},
      {value: 'data-index', label: 'Data Index only'},
      {value: 'job-service', label: 'Job Service only'},
      {value: 'none', label: 'none'},
    ],
    initial: () => 'all',
  },
]

const database = (facts: SetupFacts, {secrets, hasSecret}: SetupLookups): Setup[] => [
  {
    id: 'persistence',
    text: 'Where do the services keep their data?',
    why: 'Without PostgreSQL, all is lost when a pod of a service is restarted.',
    help: 'Ephemeral services keep their data in the pod: for development only. Document 5.3.4.',
    when: withServices,
    choices: () => [
      {value: 'postgresql', label: 'in PostgreSQL'},
      {value: 'ephemeral', label: 'nowhere: it is lost at a restart (for development)'},
    ],
    initial: ({namespace = ''}) => (offeredDatabases(facts, namespace).length > 0 ? 'postgresql' : 'ephemeral'),
  },
  {
    id: 'databaseService',
    text: 'Service of the PostgreSQL?',
    why: 'NAME[.NAMESPACE][:PORT] of a Service of this cluster.',
    when: withDatabase,
    choices: ({namespace = ''}) => offeredDatabases(facts, namespace),
    other: 'another one',
    check: checkedBy(parseServiceAddress),
  },
  {
    id: 'database',
    text: 'Database:',
    why: 'It must exist: the services make their tables in it, but not the database itself.',
    when: withDatabase,
    initial: () => 'sonataflow',
    check: filled('the name of the database'),
  },
  {
    id: 'databaseSecret',
    text: 'Secret with user and password?',
    why: `It has to be in the namespace of the platform, with the keys ${POSTGRES_KEYS}.`,
    help: 'A Secret in the namespace of the database does not help: pods read Secrets of their own namespace only. A name that does not exist yet makes a new one.',
    when: withDatabase,
    choices: async ({namespace = ''}) => (await secrets(namespace)).map((value): Choice => ({value})),
    other: 'a new one',
    initial: () => undefined,
    check: named('secret name'),
  },
  {
    id: 'databaseUser',
    text: ({databaseSecret = ''}) => `User of the database, for the new Secret ${databaseSecret}:`,
    why: 'The password is asked for at the end, where it is not shown.',
    when: (answers) => withDatabase(answers) && !hasSecret(answers.namespace ?? '', answers.databaseSecret ?? ''),
    initial: () => 'sonataflow',
    check: filled('the user'),
  },
  {
    id: 'migration',
    text: 'Who brings the tables up to date?',
    why: 'Tables change with the versions of the services.',
    help: 'service: each pod migrates when it starts, simple, for one pod each. job: the operator runs a Job first, needed where several pods start at once. none: you do it yourself, and the services fail until it is done. Document 5.3.4.2.',
    when: withDatabase,
    choices: () => [
      {value: 'service', label: 'service: each service when it starts'},
      {value: 'job', label: 'job: a Job of the operator, before the services start'},
      {value: 'none', label: 'none: an administrator, by hand'},
    ],
    initial: () => 'service',
  },
  {
    id: 'dataIndexReplicas',
    text: 'Pods of Data Index:',
    why: 'More than one keeps it reachable while a node is drained.',
    when: (answers) => withDatabase(answers) && answers.services !== 'job-service',
    initial: () => '1',
    check: whole('dataIndexReplicas'),
  },
]

const eventing = (facts: SetupFacts): Setup[] => [
  {
    id: 'eventing',
    text: 'How do workflows and services talk to each other?',
    why: 'Through a broker, events wait while a service is down; directly, they are lost.',
    help: 'With a broker the operator makes triggers for the services, and SinkBindings for the workflows. Without one, workflows call the services over HTTP. Document 5.3.5.',
    when: withServices,
    choices: ({namespace = ''}) => [
      ...(offeredBrokers(facts, namespace).length > 0
        ? [{value: 'existing', label: 'through a broker that exists'}]
        : []),
      ...(kafkaWorks(facts) ? [{value: 'kafka', label: 'through a new broker of class Kafka'}] : []),
      {value: 'direct', label: 'directly, over HTTP'},
    ],
  },
  {
    id: 'broker',
    text: ({eventing: way}) => (way === 'kafka' ? 'Name of the new broker:' : 'Which broker?'),
    when: (answers) => withServices(answers) && (answers.eventing === 'kafka' || answers.eventing === 'existing'),
    choices: ({namespace = '', eventing: way}) => (way === 'existing' ? offeredBrokers(facts, namespace) : []),
    initial: ({eventing: way}) => (way === 'kafka' ? 'default' : undefined),
    check: (answer, {eventing: way}) =>
      checkedBy(() => (way === 'kafka' ? checkName(answer, 'broker name') : parseBrokerReference(answer, '--broker')))(
        answer,
      ),
  },
  {
    id: 'kafkaSettings',
    text: 'Settings of Kafka for this broker?',
    why: 'Servers, topics and credentials come from a ConfigMap.',
    when: ({eventing: way}) => way === 'kafka',
    choices: () => [
      {value: 'default', label: 'those of the cluster'},
      {value: 'new', label: 'some of its own'},
    ],
    initial: () => 'default',
  },
  {
    id: 'bootstrapServers',
    text: 'Bootstrap servers of Kafka:',
    why: 'HOST:PORT, several separated by commas: as pods of this cluster reach them.',
    when: withSettings,
    check: checkedBy(readBootstrapServers),
  },
  {
    id: 'partitions',
    text: 'Partitions of its topic:',
    why: 'As many events of one broker can be delivered at the same time.',
    when: withSettings,
    initial: () => '10',
    check: whole('partitions'),
  },
  {
    id: 'replicationFactor',
    text: 'Replicas of its topic:',
    why: 'Not more than Kafka has servers; with one alone, events are lost with its disk.',
    when: withSettings,
    initial: () => '3',
    check: whole('replicationFactor'),
  },
]

const credentials = ({secrets}: SetupLookups): Setup[] => [
  {
    id: 'kafkaLogin',
    text: 'How does the broker log in to Kafka?',
    why: 'It has to be what the listener of Kafka expects.',
    when: withSettings,
    choices: () => [
      {value: 'none', label: 'not at all, without TLS'},
      {value: 'existing', label: 'with a Secret that exists'},
      ...MECHANISMS.map((value) => ({value, label: `user and password, SASL ${value}`})),
      {value: 'certificate', label: 'client certificate'},
    ],
    initial: () => 'none',
  },
  {
    id: 'kafkaSecret',
    text: ({kafkaLogin}) => (kafkaLogin === 'existing' ? 'Which Secret?' : 'Name of the new Secret:'),
    why: 'It has to be beside the ConfigMap, in the namespace of the platform.',
    when: (answers) => withSettings(answers) && answers.kafkaLogin !== 'none',
    choices: async ({namespace = '', kafkaLogin}) =>
      kafkaLogin === 'existing' ? (await secrets(namespace)).map((value): Choice => ({value})) : [],
    other: 'another one',
    initial: ({kafkaLogin}) => (kafkaLogin === 'existing' ? undefined : 'kafka-auth'),
    check: named('secret name'),
  },
  {id: 'kafkaUser', text: 'User:', when: withSasl, check: filled('the user')},
  {
    id: 'kafkaCaCert',
    text: 'File with the CA certificate, PEM (nothing for a public CA):',
    when: (answers) => withSettings(answers) && isNewLogin(answers),
    initial: () => '',
  },
  {id: 'kafkaClientCert', text: 'File with the client certificate, PEM:', when: withCertificate, check: filled('it')},
  {id: 'kafkaClientKey', text: 'File with its key, PEM, PKCS #8:', when: withCertificate, check: filled('it')},
]

const sharing = ({mayShare, clusterPlatforms}: SetupFacts): Setup[] => [
  {
    id: 'shareWithCluster',
    text: 'May workflows of all namespaces use its services?',
    why: 'Workflows in namespaces without a platform of their own then use this one.',
    help: 'This makes a cluster platform that names the platform. Only one of them is active. Document 5.3.7.',
    when: (answers) => withServices(answers) && mayShare && seen(clusterPlatforms) && clusterPlatforms.length === 0,
    choices: () => [
      {value: 'no', label: 'no, only those of its namespace'},
      {value: 'yes', label: 'yes'},
    ],
    initial: () => 'no',
  },
]

/** All questions of a set-up in their order; what was found on the cluster is offered, the document's advice is what Enter means. */
export const setupQuestions = (facts: SetupFacts, lookups: SetupLookups, here: string): readonly Setup[] => [
  ...place(facts, here),
  ...database(facts, lookups),
  ...eventing(facts),
  ...credentials(lookups),
  ...sharing(facts),
]
