import {fill, kubectl, sfl, type Command} from '../../core/commands.js'
import {type Finding} from '../../findings/finding.js'
import {finding, type FindingCode} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {
  judgeKafkaSecret,
  MECHANISMS,
  PROTOCOLS,
  SecretKey,
  usesSasl,
  usesTls,
  type Protocol,
  type SecretFacts,
  type SecretFault,
  type SecretVerdict,
} from './secret-format.js'

export const secretTitle = ({name, namespace = ''}: Ref): string => `Secret ${namespace}/${name}`

interface SecretCommand {
  protocol?: Protocol | undefined
  mechanism?: string | undefined
  /** It has a CA certificate of its own. */
  authority?: boolean
  replace?: boolean
  convertKey?: boolean
}

/** The command that creates the Secret, with places to fill in. */
export const createSecretCommand = (
  {name, namespace = ''}: Ref,
  {protocol = 'SASL_SSL', mechanism, authority = true, replace = false, convertKey = false}: SecretCommand = {},
): Command =>
  sfl(
    'secret create-kafka-auth',
    name,
    '-n',
    namespace,
    ...(usesTls(protocol) ? (authority ? ['--ca-cert', 'CA.pem'] : []) : ['--no-tls']),
    ...(usesSasl(protocol)
      ? ['--mechanism', known(mechanism) ?? 'SCRAM-SHA-512', '--user', 'USER', '--password-file', 'FILE']
      : ['--client-cert', fill('CERT.pem'), '--client-key', fill('KEY.pem')]),
    ...(convertKey ? ['--convert-key'] : []),
    ...(replace ? ['--replace'] : []),
  )

const known = (mechanism: string | undefined): string | undefined => nearest(mechanism, MECHANISMS)

/** The value that was meant: line ends and small letters are the usual mistakes. */
const nearest = <T extends string>(text: string | undefined, among: readonly T[]): T | undefined =>
  among.find((one) => one === text?.trim().toUpperCase().replaceAll('_', '-')) ??
  among.find((one) => one === text?.trim().toUpperCase())

/** Sets plain values and leaves the credentials alone, so that nobody has to look them up. */
const setValues = ({name, namespace = ''}: Ref, values: Readonly<Record<string, string>>): Command =>
  kubectl('-n', namespace, 'patch', 'secret', name, '--type=merge', '-p', JSON.stringify({stringData: values}))

/**
 * The plain values that repair a fault and leave the credentials alone; `undefined` when it needs more than that. A Secret
 * in the old format gets those of the new one beside what it has.
 */
export const repairingValues = (
  fault: SecretFault,
  {format, protocol, mechanism}: SecretVerdict,
  facts: SecretFacts,
): Readonly<Record<string, string>> | undefined => {
  if (fault.kind === 'skip') return {[SecretKey.SkipClientAuth]: 'true'}
  const meant = known(mechanism)
  if (fault.kind === 'mechanism') return meant === undefined ? undefined : {[SecretKey.Mechanism]: meant}
  if (fault.kind !== 'protocol') return undefined
  const written = nearest(facts.protocol, PROTOCOLS)
  if (written !== undefined) return {[SecretKey.Protocol]: written}
  const convertible =
    format === 'legacy' &&
    protocol !== undefined &&
    protocol !== 'PLAINTEXT' &&
    (!usesSasl(protocol) || facts.keys.includes(SecretKey.User))
  if (!convertible) return undefined
  const spoken = usesSasl(protocol) ? known(mechanism ?? 'PLAIN') : undefined
  return {[SecretKey.Protocol]: protocol, ...(spoken === undefined ? {} : {[SecretKey.Mechanism]: spoken})}
}

const repairOf = (object: Ref, fault: SecretFault, verdict: SecretVerdict, facts: SecretFacts): Command => {
  const {protocol, mechanism} = verdict
  const authority = facts.keys.includes(SecretKey.Authority)
  const anew = createSecretCommand(object, {
    protocol: protocol === 'PLAINTEXT' ? undefined : protocol,
    mechanism,
    authority: authority || protocol === undefined,
    replace: true,
  })
  const values = repairingValues(fault, verdict, facts)
  if (values !== undefined) return setValues(object, values)
  switch (fault.kind) {
    case 'key':
      return createSecretCommand(object, {protocol, mechanism, authority, replace: true, convertKey: true})
    case 'token':
      return kubectl('-n', object.namespace ?? '', 'edit', 'secret', object.name)
    default:
      return anew
  }
}

const codes: Readonly<Record<SecretFault['kind'], FindingCode>> = {
  protocol: 'SFL-K04',
  missing: 'SFL-K05',
  mechanism: 'SFL-K05',
  skip: 'SFL-K05',
  token: 'SFL-K05',
  authority: 'SFL-A04',
  key: 'SFL-A05',
  pair: 'SFL-A06',
  garbled: 'SFL-A07',
}

export interface ContentOptions {
  /** No broker and no sink reads it: the old format is no error there. */
  channelsOnly?: boolean
  /** Certificates and key are judged by a closer look. */
  examined?: boolean
}

/** What is wrong with the content of a Secret for Kafka. */
export const secretContentFindings = (object: Ref, facts: SecretFacts, options: ContentOptions = {}): Finding[] => {
  const {channelsOnly = false, examined = false} = options
  const verdict = judgeKafkaSecret(facts)
  const faults = verdict.faults.filter(({kind}) => !examined || !['authority', 'key', 'pair'].includes(kind))
  return faults.map((fault) => {
    const {kind, text, operator} = fault
    // Since 1.14 a Secret without protocol is read in the old format, and as PLAINTEXT where it has nothing of that.
    const since = kind === 'protocol' && facts.protocol === undefined ? 'before 1.14 ' : ''
    const said = operator === undefined ? '' : `; ${since}the controller says: ${printed(operator)}`
    const old = kind === 'protocol' && verdict.format === 'legacy'
    const refusal =
      old && channelsOnly
        ? ': KafkaChannels read this old format, the ingress of brokers and KafkaSinks would not'
        : kind === 'protocol'
          ? ', so the broker ingress would refuse it'
          : ''
    return finding(old && channelsOnly ? 'SFL-A22' : codes[kind], {
      object,
      message: `${secretTitle(object)} ${text}${refusal}${said}`,
      repair: repairOf(object, fault, verdict, facts),
    })
  })
}

/** A line end that came with a value is shown, as it is the fault. */
const printed = (text: string): string => text.replaceAll('\n', '\\n')
