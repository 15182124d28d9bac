/**
 * How the parts of the Kafka add-on read a Secret: from the names of its keys and the few values that are no credentials
 * (eventing-kafka-broker control-plane/pkg/security; data-plane core security/KafkaClientsAuth.java).
 */

/** Keys of the `protocol` format, and of the format that came before it. */
export const SecretKey = {
  Protocol: 'protocol',
  Mechanism: 'sasl.mechanism',
  User: 'user',
  Password: 'password',
  Authority: 'ca.crt',
  Certificate: 'user.crt',
  Key: 'user.key',
  SkipClientAuth: 'user.skip',
  TokenProvider: 'tokenProvider',
  LegacyUser: 'username',
  LegacyMechanism: 'saslType',
  OldLegacyMechanism: 'sasltype',
  LegacyTls: 'tls.enabled',
} as const

/** Every key that some reader of Kafka Secrets looks at. */
export const kafkaKeys: readonly string[] = Object.values(SecretKey)

/** The values that are no credentials, and may be looked at and shown. */
export const plainKeys = [
  SecretKey.Protocol,
  SecretKey.Mechanism,
  SecretKey.SkipClientAuth,
  SecretKey.TokenProvider,
  SecretKey.LegacyMechanism,
  SecretKey.OldLegacyMechanism,
  SecretKey.LegacyTls,
] as const
type PlainKey = (typeof plainKeys)[number]

export const PROTOCOLS = ['PLAINTEXT', 'SASL_PLAINTEXT', 'SSL', 'SASL_SSL'] as const
export type Protocol = (typeof PROTOCOLS)[number]
export const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const
const OAUTH = 'OAUTHBEARER'
const TOKEN_PROVIDERS = ['MSKAccessTokenProvider', 'MSKRoleAccessTokenProvider']

export const usesTls = (protocol: string): boolean => protocol === 'SSL' || protocol === 'SASL_SSL'
export const usesSasl = (protocol: string): boolean => protocol.startsWith('SASL_')

/** The form of a private key: the data plane takes PKCS#8 that is not encrypted, and nothing else. */
export type KeyForm = 'PKCS#8' | 'PKCS#1' | 'SEC1' | 'encrypted' | 'none'

/** Told by the PEM labels alone; `none` when there is no private key. */
export const keyFormOf = (pem: string): KeyForm => {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type:.*ENCRYPTED/m.test(pem)) return 'encrypted'
  if (pem.includes('-----BEGIN PRIVATE KEY-----')) return 'PKCS#8'
  if (pem.includes('-----BEGIN RSA PRIVATE KEY-----')) return 'PKCS#1'
  return pem.includes('-----BEGIN EC PRIVATE KEY-----') ? 'SEC1' : 'none'
}

/** A Secret without its secrets. */
export interface SecretFacts {
  keys: readonly string[]
  /** Keys whose value is empty; they count as missing. */
  empty?: readonly string[]
  protocol?: string
  mechanism?: string
  userSkip?: string
  tokenProvider?: string
  saslType?: string
  tlsEnabled?: string
  /** `ca.crt` has a block that looks like a certificate. */
  authorityReads?: boolean
  keyForm?: KeyForm
  /** Certificate and key cannot be loaded as a pair; Go's words are about like these. */
  pairFault?: string
  /** Of `user` and `password`, those with characters that break the data plane's settings. */
  garbled?: readonly string[]
}

/** Reads the plain values of a Secret. `text` answers the decoded value of a key. */
export const secretFacts = (keys: readonly string[], text: (key: string) => string): SecretFacts => {
  const known = (key: PlainKey): string | undefined => (keys.includes(key) ? text(key) : undefined)
  const entries = {
    protocol: known(SecretKey.Protocol),
    mechanism: known(SecretKey.Mechanism),
    userSkip: known(SecretKey.SkipClientAuth),
    tokenProvider: known(SecretKey.TokenProvider),
    saslType: known(SecretKey.LegacyMechanism) ?? known(SecretKey.OldLegacyMechanism),
    tlsEnabled: known(SecretKey.LegacyTls),
  }
  const empty = kafkaKeys.filter((key) => keys.includes(key) && text(key) === '')
  const garbled = [SecretKey.User, SecretKey.Password].filter((key) => keys.includes(key) && isGarbled(text(key)))
  return {
    keys: [...keys],
    ...Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)),
    ...(empty.length === 0 ? {} : {empty}),
    ...(keys.includes(SecretKey.Authority) && text(SecretKey.Authority) !== ''
      ? {authorityReads: text(SecretKey.Authority).includes('-----BEGIN CERTIFICATE-----')}
      : {}),
    ...(keys.includes(SecretKey.Key) && text(SecretKey.Key) !== '' ? {keyForm: keyFormOf(text(SecretKey.Key))} : {}),
    ...(garbled.length === 0 ? {} : {garbled}),
  }
}

/**
 * The data plane pastes user and password between double quotes, unescaped, into one line of JAAS configuration
 * (KafkaClientsAuth.java): a quote ends the value, a backslash swallows the next character, a line end breaks the line.
 */
export const isGarbled = (text: string): boolean => /["\\\u0000-\u001f\u007f\u2028\u2029]/.test(text)

/** What is wrong with a Secret: the keys in question, and what the operator says. */
export interface SecretFault {
  kind: 'protocol' | 'missing' | 'mechanism' | 'skip' | 'authority' | 'key' | 'pair' | 'garbled' | 'token'
  keys: readonly string[]
  /** Continues "Secret n/x …". */
  text: string
  /** The words in the broker's condition TopicReady, where the control plane finds it. */
  operator?: string
}

export type SecretFormat = 'protocol' | 'legacy' | 'both' | 'neither'

export interface SecretVerdict {
  format: SecretFormat
  /** What Kafka is spoken to with; left out where nothing says it. */
  protocol?: Protocol
  mechanism?: string
  faults: readonly SecretFault[]
}

const goTrue = ['1', 't', 'T', 'TRUE', 'true', 'True']
const goFalse = ['0', 'f', 'F', 'FALSE', 'false', 'False']
const isProtocol = (text: string | undefined): text is Protocol => PROTOCOLS.some((one) => one === text)

const has = ({keys, empty = []}: SecretFacts, key: string): boolean => keys.includes(key) && !empty.includes(key)

/** The old format as the control plane recognises it (control-plane/pkg/security/legacy.go). */
const legacyOf = (facts: SecretFacts): {protocol: Protocol; mechanism?: string} | undefined => {
  const {tlsEnabled = '', saslType} = facts
  const tls = has(facts, SecretKey.Authority) || goTrue.includes(tlsEnabled)
  const sasl = has(facts, SecretKey.Password) && (has(facts, SecretKey.User) || has(facts, SecretKey.LegacyUser))
  if (!tls && !sasl && saslType === undefined && tlsEnabled === '') return undefined
  const protocol = sasl ? (tls ? 'SASL_SSL' : 'SASL_PLAINTEXT') : tls ? 'SSL' : 'PLAINTEXT'
  return {protocol, ...(saslType === undefined ? {} : {mechanism: saslType})}
}

const isMarkedLegacy = ({saslType, tlsEnabled, keys}: SecretFacts): boolean =>
  saslType !== undefined || tlsEnabled !== undefined || keys.includes(SecretKey.LegacyUser)

/** The format, what it comes to, and what is wrong with it. */
export const judgeKafkaSecret = (facts: SecretFacts): SecretVerdict => {
  const legacy = legacyOf(facts)
  if (facts.protocol === undefined) {
    const fault: SecretFault = {
      kind: 'protocol',
      keys: [SecretKey.Protocol],
      text: `has no key ${SecretKey.Protocol}`,
      ...(legacy === undefined
        ? {operator: `protocol required (key: protocol) supported protocols: ${goProtocols}`}
        : {}),
    }
    return {format: legacy === undefined ? 'neither' : 'legacy', ...legacy, faults: [fault]}
  }
  const format = isMarkedLegacy(facts) && legacy !== undefined ? 'both' : 'protocol'
  if (!isProtocol(facts.protocol)) {
    const fault: SecretFault = {
      kind: 'protocol',
      keys: [SecretKey.Protocol],
      text: `has protocol ${JSON.stringify(facts.protocol)}, which is none of ${PROTOCOLS.join(', ')}`,
      operator: `protocol ${facts.protocol} unsupported (key: protocol), supported protocols: ${goProtocols}`,
    }
    return {format, faults: [fault]}
  }
  const {protocol} = facts
  const mechanism = usesSasl(protocol) ? (facts.mechanism ?? 'PLAIN') : undefined
  return {
    format,
    protocol,
    ...(mechanism === undefined ? {} : {mechanism}),
    faults: [
      ...(usesSasl(protocol) ? saslFaults(protocol, facts) : []),
      ...(usesTls(protocol) ? tlsFaults(protocol, facts) : []),
    ],
  }
}

/** As Go prints the list. */
const goProtocols = `[${PROTOCOLS.join(' ')}]`

const saslFaults = (protocol: Protocol, facts: SecretFacts): SecretFault[] => {
  const {mechanism, garbled = []} = facts
  const faults: SecretFault[] = []
  if (mechanism !== undefined && ![...MECHANISMS, OAUTH].includes(mechanism))
    faults.push({
      kind: 'mechanism',
      keys: [SecretKey.Mechanism],
      text: `has sasl.mechanism ${JSON.stringify(mechanism)}, which is none of ${[...MECHANISMS, OAUTH].join(', ')}`,
      operator: `[protocol ${protocol}] unsupported SASL mechanism (key: sasl.mechanism)`,
    })
  const missing = [SecretKey.User, SecretKey.Password].filter((key) => !has(facts, key))
  if (mechanism === OAUTH) {
    if (protocol !== 'SASL_SSL' && missing.length > 0)
      faults.push({
        kind: 'token',
        keys: [SecretKey.Protocol],
        text: `has sasl.mechanism ${OAUTH} with protocol ${protocol}, which the data plane refuses; it needs SASL_SSL`,
      })
    if (facts.tokenProvider !== undefined && !TOKEN_PROVIDERS.includes(facts.tokenProvider))
      faults.push({
        kind: 'token',
        keys: [SecretKey.TokenProvider],
        text: `has tokenProvider ${JSON.stringify(facts.tokenProvider)}, which is none of ${TOKEN_PROVIDERS.join(', ')}`,
      })
  } else if (missing.length > 0) {
    const first =
      missing[0] === SecretKey.User ? 'SASL user required (key: user)' : 'SASL password required (key: password)'
    faults.push({
      kind: 'missing',
      keys: missing,
      text: `has protocol ${protocol} but lacks ${missing.join(', ')}`,
      operator: `[protocol ${protocol}] ${first}`,
    })
  }
  if (garbled.length > 0)
    faults.push({
      kind: 'garbled',
      keys: garbled,
      text: `has characters in ${garbled.join(' and ')} that the data plane garbles: ", \\ or a control character, a line end for example`,
    })
  return faults
}

const tlsFaults = (protocol: Protocol, facts: SecretFacts): SecretFault[] => {
  const {userSkip, keyForm, pairFault} = facts
  const prefix = `[protocol ${protocol}]`
  const faults: SecretFault[] = []
  const skips = goTrue.includes(userSkip ?? '')
  if (userSkip !== undefined && ![...goTrue, ...goFalse].includes(userSkip))
    faults.push({
      kind: 'skip',
      keys: [SecretKey.SkipClientAuth],
      text: `has user.skip ${JSON.stringify(userSkip)}, which is neither true nor false`,
      operator: `${prefix} failed to parse client auth flag (key: user.skip): strconv.ParseBool: parsing ${JSON.stringify(userSkip)}: invalid syntax`,
    })
  else if (skips && userSkip?.toLowerCase() !== 'true')
    faults.push({
      kind: 'skip',
      keys: [SecretKey.SkipClientAuth],
      text: `has user.skip ${JSON.stringify(userSkip)}: the control plane takes it for true, the data plane does not`,
    })
  if (facts.authorityReads === false)
    faults.push({
      kind: 'authority',
      keys: [SecretKey.Authority],
      text: 'has a ca.crt without a PEM certificate',
      operator: `${prefix} failed to parse CA certificates (key: ca.crt)`,
    })
  const missing = [SecretKey.Key, SecretKey.Certificate].filter((key) => !has(facts, key))
  if (protocol === 'SSL' && !skips && missing.length > 0)
    faults.push({
      kind: 'missing',
      keys: missing.toReversed(),
      text: `has protocol ${protocol} but lacks ${missing.toReversed().join(', ')}`,
      operator: `${prefix} required user key (key: ${missing[0]}) - use "user.skip: true" to disable client auth`,
    })
  if (missing.length === 0 && !skips) {
    if (pairFault !== undefined)
      faults.push({
        kind: 'pair',
        keys: [SecretKey.Certificate, SecretKey.Key],
        text: `has a user.crt and a user.key that cannot be loaded together: ${pairFault}`,
        operator: `${prefix} failed to load x.509 key pair: ${pairFault}`,
      })
    faults.push(...keyFaults(prefix, keyForm))
  }
  return faults
}

const keyFaults = (prefix: string, form: KeyForm | undefined): SecretFault[] => {
  switch (form) {
    case 'PKCS#1':
      return [
        {
          kind: 'key',
          keys: [SecretKey.Key],
          text: 'has a user.key in PKCS #1, and only PKCS #8 is read',
          operator: `${prefix} unsupported user key format in user.key, 'PKCS #1' format is not supported, convert private key to 'PKCS #8'`,
        },
      ]
    case 'SEC1':
      return [
        {
          kind: 'key',
          keys: [SecretKey.Key],
          text: 'has a user.key in SEC1: the control plane takes it, the data plane reads only PKCS #8',
        },
      ]
    case 'encrypted':
      return [
        {kind: 'key', keys: [SecretKey.Key], text: 'has a user.key that is encrypted, and nobody has its passphrase'},
      ]
    default:
      return []
  }
}

/** Who reads Kafka Secrets. */
export type SecretReader =
  | 'control plane of brokers and sinks'
  | 'broker ingress'
  | 'trigger dispatcher'
  | 'trigger dispatcher of KafkaNamespaced'
  | 'KafkaSink'
  | 'KafkaChannel'
  | 'KafkaSource'

const readers: ReadonlyArray<{reader: SecretReader; protocol: boolean; legacy: boolean}> = [
  {reader: 'control plane of brokers and sinks', protocol: true, legacy: true},
  {reader: 'broker ingress', protocol: true, legacy: false},
  {reader: 'trigger dispatcher', protocol: true, legacy: true},
  {reader: 'trigger dispatcher of KafkaNamespaced', protocol: true, legacy: false},
  {reader: 'KafkaSink', protocol: true, legacy: false},
  {reader: 'KafkaChannel', protocol: true, legacy: true},
]

/**
 * Which parts understand a format, and which do not. A KafkaSource reads neither: it names each key itself
 * (`spec.net.tls`, `spec.net.sasl`). The old format is read since Knative 1.14.
 */
export const readersOf = (format: SecretFormat): {reads: SecretReader[]; wouldNot: SecretReader[]} => {
  const reads = readers
    .filter(({protocol, legacy}) => (format === 'legacy' ? legacy : format !== 'neither' && protocol))
    .map(({reader}) => reader)
  return {reads, wouldNot: readers.map(({reader}) => reader).filter((reader) => !reads.includes(reader))}
}

/** What the control plane would answer, its first complaint; `undefined` when it is content. */
export const controlPlaneFault = (facts: SecretFacts): string | undefined =>
  judgeKafkaSecret(facts).faults.find(({operator}) => operator !== undefined)?.operator
