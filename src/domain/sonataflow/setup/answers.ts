import {didYouMean} from '../../core/suggest.js'

interface AnswerRule {
  /** The words that may be said, `whole` for a whole number from 1 on, or any `text`; empty means nothing. */
  kind: 'text' | 'whole' | readonly string[]
  /** One sentence for those who write the file. */
  means: string
}

/** What the set-up of a platform has to know, by the words of the answers file. */
const rules = {
  namespace: {kind: 'text', means: 'Namespace of the platform and of all that is made with it.'},
  createNamespace: {kind: ['no', 'yes'], means: 'yes makes the namespace where it does not exist.'},
  name: {kind: 'text', means: 'Name of the platform.'},
  services: {
    kind: ['all', 'data-index', 'job-service', 'none'],
    means:
      'Which services the platform has (OpenShift Serverless Logic, "Supporting services deployment with the SonataFlowPlatform CR").',
  },
  persistence: {
    kind: ['ephemeral', 'postgresql'],
    means:
      'Where the services keep their data (OpenShift Serverless Logic, "Supporting services persistence configurations").',
  },
  databaseService: {kind: 'text', means: 'Service of the PostgreSQL, NAME[.NAMESPACE][:PORT].'},
  database: {kind: 'text', means: 'Name of the database; it has to exist.'},
  databaseSecret: {kind: 'text', means: 'Secret with POSTGRESQL_USER and POSTGRESQL_PASSWORD, in the namespace.'},
  databaseUser: {kind: 'text', means: 'User of the database; makes the Secret where it does not exist.'},
  databasePasswordFile: {
    kind: 'text',
    means: 'File with the password of databaseUser and nothing else; without it somebody has to type it.',
  },
  migration: {
    kind: ['service', 'job', 'none'],
    means: 'Who brings the tables up to date (OpenShift Serverless Logic, "Database migration configuration").',
  },
  databaseScope: {
    kind: ['platform', 'services', 'data-index'],
    means:
      'Who uses the database: services and workflows of the platform (OpenShift Serverless Logic, "Platform-scoped PostgreSQL persistence configuration"), both services (5.3.4.3), or Data Index alone, while Job Service has another one.',
  },
  jobDatabaseService: {kind: 'text', means: 'Service of the PostgreSQL of Job Service; with databaseScope data-index.'},
  jobDatabase: {kind: 'text', means: 'Name of the database of Job Service; it has to exist.'},
  jobDatabaseSecret: {kind: 'text', means: 'Secret for the database of Job Service, in the namespace.'},
  jobDatabaseUser: {kind: 'text', means: 'User of that database; makes the Secret where it does not exist.'},
  jobDatabasePasswordFile: {
    kind: 'text',
    means: 'File with the password of jobDatabaseUser and nothing else; without it somebody has to type it.',
  },
  dataIndexSchema: {kind: 'text', means: 'Schema of Data Index; not with databaseScope platform.'},
  jobServiceSchema: {kind: 'text', means: 'Schema of Job Service; not with databaseScope platform.'},
  dataIndexReplicas: {
    kind: 'whole',
    means:
      'Pods of Data Index; Job Service always has one (OpenShift Serverless Logic, "Advanced supporting services configurations").',
  },
  eventing: {
    kind: ['direct', 'existing', 'kafka'],
    means:
      'How workflows and services talk: over HTTP, through a broker that exists, or a new one (OpenShift Serverless Logic, "Supporting services eventing system configurations").',
  },
  broker: {kind: 'text', means: 'NAME[:NAMESPACE] of the broker that exists, or the name of the new one.'},
  kafkaSettings: {
    kind: ['default', 'new'],
    means: 'Whether the new broker has the settings of the cluster for Kafka, or a ConfigMap of its own.',
  },
  bootstrapServers: {kind: 'text', means: 'HOST:PORT of Kafka, several separated by commas.'},
  partitions: {kind: 'whole', means: "Partitions of the broker's topic."},
  replicationFactor: {kind: 'whole', means: "Replicas of the broker's topic."},
  kafkaLogin: {
    kind: ['none', 'existing', 'PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'certificate'],
    means:
      'How the broker logs in to Kafka: not at all, with a Secret that exists, or with a new one (OpenShift Serverless, "Security configuration for Knative Kafka brokers").',
  },
  kafkaSecret: {kind: 'text', means: 'Name of that Secret.'},
  kafkaUser: {kind: 'text', means: 'User of Kafka, for a new Secret with SASL.'},
  kafkaPasswordFile: {
    kind: 'text',
    means: 'File with the password of kafkaUser and nothing else; without it somebody has to type it.',
  },
  kafkaCaCert: {kind: 'text', means: 'File with the CA certificate of Kafka, PEM; empty for a public CA.'},
  kafkaClientCert: {kind: 'text', means: 'File with the client certificate, PEM.'},
  kafkaClientKey: {kind: 'text', means: 'File with its key, PEM, PKCS #8.'},
  shareWithCluster: {
    kind: ['no', 'yes'],
    means:
      'Whether workflows of all namespaces may use the services: makes a cluster platform (OpenShift Serverless Logic, "Cluster-scoped supporting services").',
  },
} as const satisfies Record<string, AnswerRule>

export type SetupId = keyof typeof rules
export type SetupAnswers = Readonly<Partial<Record<SetupId, string>>>

export const setupIds = Object.keys(rules) as readonly SetupId[]

const WHOLE = /^[1-9]\d{0,8}$/

/** What may not be said of one answer, in words. */
export const setupFault = (id: SetupId, text: string): string | undefined => {
  const {kind}: AnswerRule = rules[id]
  if (typeof kind !== 'string') return kind.includes(text) ? undefined : `${id} is one of ${kind.join(', ')}`
  if (kind === 'whole' && !WHOLE.test(text)) return `${id} is a whole number from 1 on`
  return undefined
}

/** What an answer means, in one sentence. */
export const setupMeaning = (id: SetupId): string => rules[id].means

/** Where something stands in a file, from 1 on. */
export interface Place {
  line: number
  column: number
}

/** An entry of an answers file, and where its two halves stand. */
export interface AnswerEntry {
  key: string
  value: unknown
  at: Place
  valueAt: Place
}

const isSetupId = (key: string): key is SetupId => Object.hasOwn(rules, key)

interface Fault {
  at: Place
  fault: string
}

const readEntry = ({key, value, at, valueAt}: AnswerEntry): [SetupId, string] | Fault => {
  if (!isSetupId(key)) {
    const near = didYouMean(key, setupIds)
    return {at, fault: `there is no answer "${key}"${near === undefined ? '' : `, ${near}`}`}
  }
  const {kind}: AnswerRule = rules[key]
  // YAML 1.1 takes a bare yes or no for a boolean.
  const text = typeof value === 'boolean' && typeof kind !== 'string' ? (value ? 'yes' : 'no') : value
  if (typeof text !== 'string' && (typeof text !== 'number' || typeof kind !== 'string'))
    return {at: valueAt, fault: `${key} has to be a text`}
  const fault = setupFault(key, String(text))
  return fault === undefined ? [key, String(text)] : {at: valueAt, fault: `${fault}, not "${text}"`}
}

/** `line 3, column 5: …` */
export const placed = ({line, column}: Place, fault: string): string => `line ${line}, column ${column}: ${fault}`

/** The answers of a file, where each stands, and everything that is wrong with them. */
export const readSetupAnswers = (
  entries: readonly AnswerEntry[],
): {answers: SetupAnswers; places: Readonly<Partial<Record<SetupId, Place>>>; faults: string[]} => {
  const read = entries.map((entry) => ({entry, found: readEntry(entry)}))
  const good = read.flatMap(({entry, found}) => (Array.isArray(found) ? [{entry, found}] : []))
  return {
    answers: Object.fromEntries(good.map(({found}) => found)),
    places: Object.fromEntries(good.map(({entry, found: [id]}) => [id, entry.valueAt])),
    faults: read.flatMap(({found}) => (Array.isArray(found) ? [] : [placed(found.at, found.fault)])),
  }
}

/** The JSON Schema of an answers file, for editors and for checks before a replay. */
export const setupAnswersSchema = () => ({
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Answers of kubectl sfl platform setup',
  description: 'What platform setup --answers reads, as YAML or JSON. Every answer may be left out: then Enter counts.',
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    Object.entries<AnswerRule>(rules).map(([id, {kind, means}]) => [id, {description: means, ...shapeOf(kind)}]),
  ),
})

const shapeOf = (kind: AnswerRule['kind']): object => {
  if (kind === 'text') return {type: ['string', 'number']}
  if (kind === 'whole')
    return {
      anyOf: [
        {type: 'integer', minimum: 1, maximum: 999_999_999},
        {type: 'string', pattern: WHOLE.source},
      ],
    }
  // A bare yes or no is a boolean to YAML 1.1.
  return {enum: [...kind, ...(kind.includes('yes') ? [true, false] : [])]}
}
