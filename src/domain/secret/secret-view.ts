import {kubectl, sfl, type Command, withWords} from '../core/commands.js'
import {KAFKA_BROKER_CONFIG, SECRET, SYSTEM_NAMESPACE} from '../eventing/names.js'
import {deletingFindings, heldFindings} from '../findings/existing.js'
import {type Finding} from '../findings/finding.js'
import {finding} from '../findings/catalogue.js'
import {certificateFindings, earliestExpiry, type CertificateBundle} from '../kafka/credentials/certificates.js'
import {
  judgeKafkaSecret,
  readersOf,
  type KeyForm,
  type SecretFacts,
  type SecretFormat,
} from '../kafka/credentials/secret-format.js'
import {createSecretCommand, secretContentFindings, secretTitle} from '../kafka/credentials/secret-preflight.js'
import {type KubeObject, type ObjectMeta, type Ref} from '../core/object.js'
import {isFound, type Lookup, type NotFound} from '../core/seen.js'
import {DEFAULT_PASSWORD_KEY, DEFAULT_USER_KEY} from '../sonataflow/names.js'
import {type SecretUse} from './secret-uses.js'
import {MANAGED_BY} from './secret-plan.js'

/** A Secret that was looked at; nothing of its values is left but what may be shown. */
export interface SecretRecord {
  metadata: ObjectMeta
  /** Kubernetes' type, `Opaque` mostly. */
  type: string
  /** Sizes in bytes. */
  sizes: Readonly<Record<string, number>>
  facts: SecretFacts
  bundle: CertificateBundle
}

export type SecretPurpose = 'kafka' | 'postgres' | 'source' | 'other'

/** Everything that `secret list` and `secret describe` show, as data. Values never. */
export interface SecretView {
  namespace: string
  name: string
  labels: Readonly<Record<string, string>>
  createdAt?: string
  state: 'found' | NotFound
  purpose: SecretPurpose
  type?: string
  keys: ReadonlyArray<{name: string; bytes: number}>
  format?: SecretFormat
  protocol?: string
  mechanism?: string
  keyForm?: KeyForm
  certificates: ReadonlyArray<{key: string; subject: string; issuer: string; validFrom: string; expiresAt: string}>
  /** RFC 3339; the first certificate to expire. */
  expiresAt?: string
  readBy: readonly string[]
  notReadBy: readonly string[]
  usedBy: ReadonlyArray<{kind: string; name: string; namespace: string; through?: string; keys?: readonly string[]}>
  /** Kinds that could not be looked at, so that there may be more users. */
  unseenUsers: readonly string[]
  verdict: 'ok' | 'warning' | 'error' | 'unknown'
  findings: readonly Finding[]
}

const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z')

const looksLikeKafka = ({protocol, saslType, tlsEnabled}: SecretFacts): boolean =>
  protocol !== undefined || saslType !== undefined || tlsEnabled !== undefined

const looksLikePostgres = ({keys}: SecretFacts): boolean =>
  keys.includes(DEFAULT_USER_KEY) && keys.includes(DEFAULT_PASSWORD_KEY)

/** Worth a row although nobody refers to it: made by this program, or in one of its formats. */
export const isOurs = ({metadata, type, facts}: SecretRecord): boolean =>
  metadata.labels?.['app.kubernetes.io/managed-by'] === MANAGED_BY['app.kubernetes.io/managed-by'] ||
  (type === 'Opaque' && (looksLikeKafka(facts) || looksLikePostgres(facts)))

const purposeOf = (record: SecretRecord | undefined, uses: readonly SecretUse[]): SecretPurpose => {
  const kinds = new Set(uses.map(({kind}) => kind))
  if (kinds.has('broker') || kinds.has('sink') || kinds.has('channel')) return 'kafka'
  if (kinds.has('platform')) return 'postgres'
  if (kinds.has('source')) return 'source'
  if (record !== undefined && looksLikeKafka(record.facts)) return 'kafka'
  return record !== undefined && looksLikePostgres(record.facts) ? 'postgres' : 'other'
}

/** What there is to say of one Secret. `now` is in milliseconds since 1970. */
export const viewSecret = (
  {namespace, name}: {namespace: string; name: string},
  record: Lookup<SecretRecord>,
  uses: readonly SecretUse[],
  unseenUsers: readonly string[],
  now: number,
): SecretView => {
  const ref: Ref = {...SECRET, namespace, name}
  const found = isFound(record) ? record : undefined
  const purpose = purposeOf(found, uses)
  const findings = [
    ...(found === undefined ? unseenFindings(ref, record === 'absent', purpose, uses) : []),
    ...(found === undefined ? [] : foundFindings(ref, found, purpose, uses, now)),
    ...(uses.length === 0 && unseenUsers.length === 0
      ? [
          finding('SFL-A16', {
            object: ref,
            message: `nobody refers to ${secretTitle(ref)}`,
            ...(purpose === 'kafka' && namespace === SYSTEM_NAMESPACE
              ? {
                  repair: sfl('kafka config update', KAFKA_BROKER_CONFIG, '-n', namespace, '--auth-secret', name),
                }
              : {}),
          }),
        ]
      : []),
  ]
  return {
    namespace,
    name,
    labels: found?.metadata.labels ?? {},
    ...(found?.metadata.creationTimestamp === undefined ? {} : {createdAt: found.metadata.creationTimestamp}),
    state: isFound(record) ? 'found' : record,
    purpose,
    keys: [],
    certificates: [],
    readBy: [],
    notReadBy: [],
    ...(found === undefined ? {} : contentOf(found, purpose)),
    usedBy: uses.map(({by, through, keys}) => ({
      kind: by.kind,
      name: by.name,
      namespace: by.namespace ?? '',
      ...(through === undefined ? {} : {through}),
      ...(keys === undefined ? {} : {keys}),
    })),
    unseenUsers,
    verdict: verdictOf(findings, record),
    findings,
  }
}

const contentOf = ({type, sizes, facts, bundle}: SecretRecord, purpose: SecretPurpose): Partial<SecretView> => {
  const {format, protocol, mechanism} = judgeKafkaSecret(facts)
  const {reads, wouldNot} = readersOf(format)
  const expiry = earliestExpiry(bundle)
  const kafka = purpose === 'kafka' || looksLikeKafka(facts)
  const certificates = [
    ...(bundle.authority?.certificates ?? []).map((one) => ({...one, key: 'ca.crt'})),
    ...(bundle.client?.certificates ?? []).map((one) => ({...one, key: 'user.crt'})),
  ]
  return {
    type,
    keys: Object.entries(sizes)
      .map(([name, bytes]) => ({name, bytes}))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    certificates: certificates.map(({key, subject, issuer, notBefore, notAfter}) => ({
      key,
      subject,
      issuer,
      validFrom: iso(notBefore),
      expiresAt: iso(notAfter),
    })),
    ...(expiry === undefined ? {} : {expiresAt: iso(expiry)}),
    ...(bundle.key === undefined ? {} : {keyForm: bundle.key.form}),
    ...(kafka
      ? {
          format,
          ...(protocol === undefined ? {} : {protocol}),
          ...(mechanism === undefined ? {} : {mechanism}),
          readBy: reads,
          notReadBy: wouldNot,
        }
      : {}),
  }
}

const verdictOf = (findings: readonly Finding[], record: Lookup<SecretRecord>): SecretView['verdict'] => {
  if (record === 'forbidden') return 'unknown'
  if (findings.some(({level}) => level === 'error')) return 'error'
  return findings.some(({level}) => level === 'warning') ? 'warning' : 'ok'
}

/** `broker demo/orders, platform shop/main`: at most three, and how many more. */
const usersText = (uses: readonly SecretUse[]): string => {
  const names = uses.slice(0, 3).map(({by}) => `${by.kind} ${by.namespace ?? ''}/${by.name}`)
  return `${names.join(', ')}${uses.length > 3 ? ` and ${uses.length - 3} more` : ''}`
}

const createCommand = (ref: Ref, purpose: SecretPurpose, uses: readonly SecretUse[]): Command => {
  const {name, namespace = ''} = ref
  if (purpose === 'kafka') return createSecretCommand(ref)
  const keys = [...new Set(uses.flatMap((use) => use.keys ?? []))]
  if (purpose === 'source')
    return kubectl('-n', namespace, 'create', 'secret', 'generic', name, ...keys.map((key) => `--from-file=${key}`))
  const [user = DEFAULT_USER_KEY, password = DEFAULT_PASSWORD_KEY] = keys
  return sfl(
    'secret create-postgres-auth',
    name,
    '-n',
    namespace,
    '--user',
    'USER',
    '--password-file',
    'FILE',
    ...(user === DEFAULT_USER_KEY ? [] : ['--user-key', user]),
    ...(password === DEFAULT_PASSWORD_KEY ? [] : ['--password-key', password]),
  )
}

const unseenFindings = (ref: Ref, absent: boolean, purpose: SecretPurpose, uses: readonly SecretUse[]): Finding[] =>
  absent
    ? [
        finding('SFL-A18', {
          object: ref,
          message: `${secretTitle(ref)} does not exist; ${usersText(uses)} ${uses.length === 1 ? 'refers' : 'refer'} to it`,
          repair: createCommand(ref, purpose, uses),
        }),
      ]
    : [
        finding('SFL-B11', {
          object: ref,
          message: `${secretTitle(ref)} was not checked: it cannot be read (no permission)`,
        }),
      ]

const foundFindings = (
  ref: Ref,
  {metadata, facts, bundle}: SecretRecord,
  purpose: SecretPurpose,
  uses: readonly SecretUse[],
  now: number,
): Finding[] => {
  const object: KubeObject = {...SECRET, metadata}
  const strict = uses.some(({kind}) => kind === 'broker' || kind === 'sink')
  const {protocol} = judgeKafkaSecret(facts)
  const kafka =
    purpose !== 'kafka'
      ? []
      : [
          ...secretContentFindings(ref, facts, {channelsOnly: !strict, examined: true}),
          ...certificateFindings(
            ref,
            bundle,
            {
              authority: `ca.crt of ${secretTitle(ref)}`,
              client: `user.crt of ${secretTitle(ref)}`,
              key: `user.key of ${secretTitle(ref)}`,
              repairs: {
                convert: createSecretCommand(ref, {
                  protocol: protocol === 'PLAINTEXT' ? 'SSL' : protocol,
                  mechanism: facts.mechanism,
                  authority: bundle.authority !== undefined,
                  replace: true,
                  convertKey: true,
                }),
                replace: createSecretCommand(ref, {
                  protocol: protocol === 'PLAINTEXT' ? undefined : protocol,
                  mechanism: facts.mechanism,
                  authority: bundle.authority !== undefined,
                  replace: true,
                }),
              },
            },
            now,
          ),
          ...(protocol === 'SASL_PLAINTEXT'
            ? [
                finding('SFL-A13', {
                  object: ref,
                  message: `${secretTitle(ref)} has protocol SASL_PLAINTEXT: password and events can be read on the way to Kafka`,
                }),
              ]
            : []),
          ...(protocol === 'SASL_SSL' && bundle.client !== undefined
            ? [
                finding('SFL-A15', {
                  object: ref,
                  message:
                    'with SASL_SSL only the data plane shows the client certificate; where Kafka demands one, the control plane cannot create topics',
                }),
              ]
            : []),
        ]
  return [
    ...deletingFindings(object, 'SFL-A02'),
    ...heldFindings(object, 'SFL-A24'),
    ...kafka,
    ...keyFindings(ref, facts, uses),
  ]
}

/** Keys in the way that other charts and operators spell them. */
const lookAlike = (wanted: string, keys: readonly string[]): string | undefined => {
  const bare = (key: string): string => key.toLowerCase().replace(/^(postgresql|postgres|pg|db)[-_.]?/, '')
  const meaning = (key: string): string => bare(key).replace(/^username$/, 'user')
  return keys.find((key) => meaning(key) === meaning(wanted))
}

/** Keys that a platform or a source asks for by name (OpenShift Serverless Logic, "PostgreSQL persistence configuration"). */
const keyFindings = (ref: Ref, {keys, empty = []}: SecretFacts, uses: readonly SecretUse[]): Finding[] =>
  uses.flatMap(({by, kind, keys: wanted = []}) => {
    const missing = wanted.filter((key) => !keys.includes(key) || empty.includes(key))
    if (missing.length === 0) return []
    const near = missing.flatMap((key) => lookAlike(key, keys) ?? [])
    return [
      finding('SFL-A17', {
        object: ref,
        message: `${secretTitle(ref)} lacks ${missing.join(', ')}, which ${kind === 'platform' ? 'platform' : by.kind} ${by.namespace ?? ''}/${by.name} asks for${near.length === 0 ? '' : `; it has ${near.join(', ')}`}`,
        repair:
          kind === 'platform'
            ? withWords(createCommand(ref, 'postgres', [{...uses[0]!, keys: wanted}]), '--replace')
            : kubectl('-n', ref.namespace ?? '', 'edit', 'secret', ref.name),
      }),
    ]
  })

/**
 * The views as objects: what `-o json`, `-o name` and jsonpath work on. Shaped like the Secret, so that `.metadata.name` is
 * where everyone looks for it, and without `data`.
 */
export const viewObject = (view: Omit<SecretView, 'findings'> & {findings: readonly unknown[]}): KubeObject => {
  const {namespace, name, labels, createdAt, type, ...rest} = view
  return {
    ...SECRET,
    metadata: {
      name,
      namespace,
      ...(Object.keys(labels).length === 0 ? {} : {labels: {...labels}}),
      ...(createdAt === undefined ? {} : {creationTimestamp: createdAt}),
    },
    ...(type === undefined ? {} : {type}),
    view: rest,
  }
}
