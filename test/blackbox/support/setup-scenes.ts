import {type KubeObject} from '../../../src/domain/core/object.js'
import {
  BROKER,
  CONFIG_MAP,
  DEPLOYMENT,
  NAMESPACE,
  SECRET,
  SERVICE,
  SINK_BINDING,
  TRIGGER,
} from '../../../src/domain/eventing/names.js'
import {CLUSTER_PLATFORM, JOB, PLATFORM} from '../../../src/domain/sonataflow/names.js'
import {comparableObjects} from '../../support/comparable.js'
import {anEndpointSlice} from '../../support/endpoint-slice.js'
import {aBroker, aKafkaBroker} from './objects.js'
import {BACKSPACE} from './screen.js'
import type {Stage} from './stage.js'
import type {Answered} from './wizard.js'

/** Where platforms are set up: names of a fixed length, so that lines always break at the same place. */
export const HOME = 'workflows'

const home = {namespace: HOME}

/** A Service of PostgreSQL with a pod behind it. */
const postgres = (name: string, namespace: string, port: number): KubeObject[] => [
  {...SERVICE, metadata: {name, namespace}, spec: {ports: [{port}]}},
  anEndpointSlice(name, namespace, {port}),
]

const secret = (name: string, namespace: string, keys: readonly string[]): KubeObject => ({
  ...SECRET,
  metadata: {name, namespace},
  type: 'Opaque',
  data: Object.fromEntries(keys.map((key) => [key, 'eA=='])),
})

const namespace = (name: string): KubeObject => ({...NAMESPACE, metadata: {name}})

/** Nothing but the namespace. */
export const emptyObjects: readonly KubeObject[] = [namespace(HOME)]

/** Databases, Secrets, brokers and platforms, in that namespace and elsewhere. */
export const richObjects: readonly KubeObject[] = [
  ...emptyObjects,
  namespace('data'),
  namespace('stores'),
  ...postgres('postgres', 'data', 5432),
  ...postgres('pgsql', HOME, 5433),
  secret('postgres-auth', HOME, ['POSTGRESQL_USER', 'POSTGRESQL_PASSWORD']),
  secret('registry-login', HOME, ['token']),
  secret('sh.helm.release.v1.shop.v1', HOME, ['release']),
  aBroker(home, 'default', {class: 'MTChannelBasedBroker'}),
  aKafkaBroker(home, 'orders'),
  aKafkaBroker({namespace: 'stores'}, 'stock'),
  {...PLATFORM, metadata: {name: 'shop', namespace: HOME}, spec: {services: {dataIndex: {enabled: true}}}},
  {...PLATFORM, metadata: {name: 'store-platform', namespace: 'stores'}, spec: {}},
]

/** From the first question to the last, for a platform for development. */
export const EMPTY: readonly Answered[] = [
  {question: 'Namespace of the platform?'},
  {question: 'Name of the platform:', typed: 'shop'},
  {question: 'Which services?'},
  {question: 'Where do the services keep their data?'},
  {question: 'How do workflows and services talk', typed: 'dir', take: 'directly'},
  {question: 'May workflows of all namespaces'},
]

/** A platform in a namespace that is made for it. */
export const PLACE: readonly Answered[] = [
  {question: 'Namespace of the platform?', typed: 'a new', take: 'a new one'},
  {question: 'Name of the new namespace:', typed: 'flows'},
  {question: 'Namespace "flows" does not exist.'},
  {question: 'Name of the platform:', typed: 'shop'},
  {question: 'Which services?'},
]

/** Two databases with new credentials. */
export const DATABASES: readonly Answered[] = [
  {question: 'Where do the services keep their data?'},
  {question: 'Service of the PostgreSQL?', typed: 'postgres', take: 'postgres.data'},
  {question: 'Database:', typed: 'flows'},
  {question: 'Secret with user and password?', typed: 'new-auth'},
  {question: 'User of the database'},
  {question: 'Where does its password come from?', typed: 'file', take: 'it is in a file'},
  {question: 'File with the password:', typed: 'pg.txt'},
  {question: 'Who runs the database migrations?', typed: 'job', take: 'job:'},
  {question: 'Who uses this database?', typed: 'another', take: 'only Data Index; Job Service has'},
  {question: 'Service of the PostgreSQL of Job Service?', typed: 'pgsql', take: 'pgsql'},
  {question: 'Database of Job Service:', typed: 'jobs'},
  {question: 'Secret with user and password of Job Service?', typed: 'a new one', take: 'a new one'},
  {question: 'Name of the new Secret:', typed: 'jobs-auth'},
  {question: 'User of the database, for the new Secret jobs-auth:', typed: 'jobs'},
  {question: 'Where does its password come from?', typed: 'file', take: 'it is in a file'},
  {question: 'File with the password:', typed: 'jobs.txt'},
  {question: 'Schema of Data Index:', typed: 'data'},
  {question: 'Schema of Job Service:'},
  {question: 'Pods of Data Index:', typed: '2'},
]

/** A new broker with settings and credentials of its own. */
export const KAFKA: readonly Answered[] = [
  {question: 'How do workflows and services talk', typed: 'new', take: 'through a new broker'},
  {question: 'Name of the new broker:', typed: 'events'},
  {question: 'Settings of Kafka for this broker?', typed: 'own', take: 'some of its own'},
  {question: 'Bootstrap servers of Kafka:', typed: 'my-kafka:9093'},
  {question: 'Partitions of its topic:', typed: '6'},
  {question: 'Replicas of its topic:', typed: '1'},
  {question: 'How does the broker log in to Kafka?', typed: '512', take: 'user and password, SASL SCRAM-SHA-512'},
  {question: 'Name of the new Secret:'},
  {question: 'User of Kafka:', typed: 'events'},
  {question: 'Where does its password come from?', typed: 'file', take: 'it is in a file'},
  {question: 'File with the password:', typed: 'kafka.txt'},
  {question: "Who has signed Kafka's certificate?"},
]

export const SHARING: Answered = {question: 'May workflows of all namespaces', typed: 'yes', take: 'yes'}

/** As many questions as there can be, each answered at once. */
export const EVERYTHING: readonly Answered[] = [...PLACE, ...DATABASES, ...KAFKA, SHARING]

/** Passwords of the answers above. */
export const passwordFiles = {'jobs.txt': 's3cret-3\n', 'pg.txt': 's3cret-1\n', 'kafka.txt': 's3cret-2\n'}

/** Takes back so many letters, and types others. */
export const instead = (letters: number, text: string): string => BACKSPACE.repeat(letters) + text

const NAMESPACED = [CONFIG_MAP, SECRET, SERVICE, DEPLOYMENT, JOB, BROKER, TRIGGER, SINK_BINDING, PLATFORM]

/** Everything that a set-up and the controllers have made in a namespace, and for the cluster. */
export const madeIn = async ({api}: Stage, namespace: string): Promise<Record<string, unknown>> => {
  const namespaces = (await api.list(NAMESPACE)).filter(({metadata}) => metadata.name === namespace)
  const lists = await Promise.all([...NAMESPACED.map((kind) => api.list(kind, namespace)), api.list(CLUSTER_PLATFORM)])
  return comparableObjects([...namespaces, ...lists.flat()])
}

/** What would show that anything at all was written: every object with the version of its last change. */
export const versionsOf = async ({api}: Stage): Promise<string[]> => {
  const lists = await Promise.all(
    [NAMESPACE, CLUSTER_PLATFORM, CONFIG_MAP, SECRET, BROKER, TRIGGER, PLATFORM].map((kind) => api.list(kind)),
  )
  return lists
    .flat()
    .map(({kind, metadata}) => [kind, metadata.namespace, metadata.name, metadata.resourceVersion].join(' '))
}
