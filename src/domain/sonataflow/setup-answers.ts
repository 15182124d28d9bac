import {didYouMean} from '../suggest.js'

/** What the set-up of a platform has to know, by the words of the answers file. All are texts; empty means nothing. */
const schema = {
  namespace: 'text',
  name: 'text',
  services: ['all', 'data-index', 'job-service', 'none'],
  persistence: ['ephemeral', 'postgresql'],
  /** `NAME[.NAMESPACE][:PORT]` */
  databaseService: 'text',
  database: 'text',
  databaseSecret: 'text',
  /** Given, the Secret is made for this user. */
  databaseUser: 'text',
  /** Where the password is read from; without it, it is asked for. */
  databasePasswordFile: 'text',
  dataIndexSchema: 'text',
  jobServiceSchema: 'text',
  migration: ['service', 'job', 'none'],
  dataIndexReplicas: 'whole',
  eventing: ['direct', 'existing', 'kafka'],
  /** `NAME[:NAMESPACE]` of one that exists, or the name of the new one. */
  broker: 'text',
  /** `default` for the settings of the cluster, `new` for some of its own. */
  kafkaSettings: ['default', 'new'],
  bootstrapServers: 'text',
  partitions: 'whole',
  replicationFactor: 'whole',
  /** `none`, a Secret that is there, or a new one. */
  kafkaLogin: ['none', 'existing', 'PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'certificate'],
  kafkaSecret: 'text',
  kafkaUser: 'text',
  kafkaPasswordFile: 'text',
  kafkaCaCert: 'text',
  kafkaClientCert: 'text',
  kafkaClientKey: 'text',
  shareWithCluster: ['no', 'yes'],
} as const

export type SetupId = keyof typeof schema
export type SetupAnswers = Readonly<Partial<Record<SetupId, string>>>

export const setupIds = Object.keys(schema) as readonly SetupId[]

/** What may not be said of one answer, in words. */
export const setupFault = (id: SetupId, text: string): string | undefined => {
  const kind: string | readonly string[] = schema[id]
  if (typeof kind !== 'string') return kind.includes(text) ? undefined : `${id} is one of ${kind.join(', ')}`
  if (kind === 'whole' && !/^[1-9]\d{0,8}$/.test(text)) return `${id} is a whole number from 1 on`
  return undefined
}

/** An entry of an answers file, and where it stands. */
export interface AnswerEntry {
  key: string
  value: unknown
  line: number
  column: number
}

const isSetupId = (key: string): key is SetupId => Object.hasOwn(schema, key)

const readEntry = ({key, value}: AnswerEntry): [SetupId, string] | string => {
  if (!isSetupId(key)) {
    const near = didYouMean(key, setupIds)
    return `there is no answer "${key}"${near === undefined ? '' : `, ${near}`}`
  }
  // YAML 1.1 takes a bare yes or no for a boolean.
  const text = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value
  if (typeof text !== 'string' && typeof text !== 'number') return `${key} has to be a text`
  const fault = setupFault(key, String(text))
  return fault === undefined ? [key, String(text)] : `${fault}, not "${text}"`
}

/** The answers of a file; everything that is wrong with them, each with its line and column. */
export const readSetupAnswers = (entries: readonly AnswerEntry[]): {answers: SetupAnswers; faults: string[]} => {
  const read = entries.map((entry) => ({entry, found: readEntry(entry)}))
  const good = read.flatMap(({found}) => (typeof found === 'string' ? [] : [found]))
  return {
    answers: Object.fromEntries(good),
    faults: read.flatMap(({entry: {line, column}, found}) =>
      typeof found === 'string' ? [`line ${line}, column ${column}: ${found}`] : [],
    ),
  }
}
