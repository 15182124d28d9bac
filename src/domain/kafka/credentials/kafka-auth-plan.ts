import {fill, kubectl, sfl} from '../../core/commands.js'
import {type DefaultsFacts} from '../../eventing/broker/facts.js'
import {readConfigReference} from '../../eventing/broker/config.js'
import {
  BROKER_DEFAULTS,
  BrokerClass,
  KAFKA_BROKER_CONFIG,
  KAFKA_CHANNEL_CONFIG,
  KafkaKey,
  SECRET,
  SYSTEM_NAMESPACE,
} from '../../eventing/names.js'
import {blocking, type Finding} from '../../findings/finding.js'
import {finding, forced} from '../../findings/catalogue.js'
import {mergePatch} from '../../core/merge-patch.js'
import {handleOf, type KubeObject, type Ref} from '../../core/object.js'
import {subjectOf, type Plan, type Step} from '../../core/plan.js'
import {isRecord, textAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {secretStep} from '../../secret/secret-plan.js'
import {certificateFindings, convertKeyCommand, type CertificateBundle} from './certificates.js'
import {createConfigCommand} from '../config/kafka-config.js'
import {type KafkaAuthRequest} from './kafka-auth-options.js'
import {kafkaKeys, usesTls} from './secret-format.js'
import {
  chooseTarget,
  valueIn,
  type ConfigMapPlace,
  type Via,
  type WriteTargetFacts,
} from '../write-target/write-target.js'
import {settingsSteps, settledSteps} from '../write-target/write-settings.js'

/** The ConfigMap that brokers of class Kafka get, and who says so. */
export interface ConfigPlace extends ConfigMapPlace {
  origin: string
}

const shipped: ConfigPlace = {
  namespace: SYSTEM_NAMESPACE,
  name: KAFKA_BROKER_CONFIG,
  origin: 'the one that the Kafka add-on ships',
}

/** Where brokers of class Kafka look for their settings by default, and so for the Secret. */
export const kafkaConfigPlace = (facts: Lookup<DefaultsFacts>): ConfigPlace => {
  if (!isFound(facts) || 'fault' in facts) return shipped
  const {clusterDefault} = facts.defaults
  const ofClass = clusterDefault?.brokerClasses[BrokerClass.Kafka]?.config
  const inline = clusterDefault?.brokerClass === BrokerClass.Kafka ? clusterDefault.inline?.config : undefined
  const found = readConfigReference(ofClass ?? inline)
  // Without a namespace it is looked for in that of each broker.
  if (found?.namespace === undefined || found.kind !== 'ConfigMap') return shipped
  return {namespace: found.namespace, name: found.name, origin: `the default of ${BROKER_DEFAULTS}`}
}

/** Where the Secret goes. */
export const homeOf = ({namespace, config}: KafkaAuthRequest, place: ConfigPlace): string =>
  config?.namespace ?? namespace ?? place.namespace

/** Said on stderr when nobody has named the namespace. */
export const namespaceNote = (place: ConfigPlace): string =>
  `namespace ${place.namespace}: brokers of class Kafka look for the Secret beside ConfigMap ${place.name} (${place.origin})`

export interface KafkaAuthFacts {
  place: ConfigPlace
  /** Sealed. */
  existing: Lookup<KubeObject>
  bundle: CertificateBundle
  /** The ConfigMap of the brokers. */
  config: Lookup<KubeObject>
  /** With `--attach`: the settings of brokers, and with `--for-channels` those of channels. */
  brokers?: WriteTargetFacts
  channels?: WriteTargetFacts
}

export interface KafkaAuthPlanOptions {
  replace?: boolean
  force?: boolean
  via?: Via
  waitMs?: number
  /** The files of the flags, for messages. */
  files: {authority?: string | undefined; client?: string | undefined; key?: string | undefined}
  /** Milliseconds since 1970. */
  now: number
}

/** The Secret, and with `--attach` the settings that name it, as one plan; a question when other credentials are in use. */
export const planKafkaAuth = (
  request: KafkaAuthRequest,
  options: KafkaAuthPlanOptions,
  facts: KafkaAuthFacts,
): {plan: Plan; question?: string} => {
  const namespace = homeOf(request, facts.place)
  const ref: Ref = {...SECRET, name: request.name, namespace}
  const wanted = {namespace, name: request.name, data: request.data, governed: kafkaKeys}
  const {step, findings: existing} = secretStep(wanted, options.replace === true, facts.existing)
  const attached = attach(request, ref, options, facts)
  const refused = [...existing, ...placeFindings(request, ref, facts.place), ...attached.refused]
  const judged = [...contentFindings(request, ref, options, facts.bundle), ...attached.findings]
  const all = options.force === true ? forced(judged) : judged
  const open = blocking([...refused, ...all]).length === 0
  // What would become of those who use the settings is of no interest when nothing is changed.
  const findings = open ? all : all.filter((one) => !attached.findings.includes(one) || one.level !== 'note')
  const next = open && !request.attach ? nextFindings(request, ref, facts) : []
  return {
    plan: {
      steps: [
        attached.steps.length === 0 ? step : {...step, reason: 'the credentials'},
        ...attached.steps,
        ...attached.waits,
      ],
      findings: [...refused, ...findings, ...next],
    },
    ...(attached.question === undefined ? {} : {question: attached.question}),
  }
}

const placeFindings = (request: KafkaAuthRequest, ref: Ref, place: ConfigPlace): Finding[] =>
  request.config !== undefined || ref.namespace === place.namespace
    ? []
    : [
        finding('SFL-A14', {
          object: ref,
          message: `brokers that use ConfigMap ${place.namespace}/${place.name} look for Secret ${ref.name} in namespace ${place.namespace}, not in ${ref.namespace}; brokers with a ConfigMap of their own in ${ref.namespace}, and KafkaSinks there, find it`,
          ...(request.attach ? {level: 'error'} : {}),
        }),
      ]

const contentFindings = (
  request: KafkaAuthRequest,
  ref: Ref,
  {files, now}: KafkaAuthPlanOptions,
  bundle: CertificateBundle,
): Finding[] => {
  const {protocol, data} = request
  const names = {
    authority: `--ca-cert ${files.authority ?? ''}`,
    client: `--client-cert ${files.client ?? ''}`,
    key: `--client-key ${files.key ?? ''}`,
    repairs: {convert: convertKeyCommand(files.key ?? fill('KEY.pem'), pkcs8Name(files.key))},
    advice: '; add --convert-key to convert it on the way',
  }
  return [
    ...certificateFindings(ref, bundle, names, now),
    ...(protocol === 'SASL_PLAINTEXT'
      ? [
          finding('SFL-A13', {
            object: ref,
            message:
              'without TLS, password and events can be read on the way to Kafka; leave --no-tls out if Kafka offers TLS',
          }),
        ]
      : []),
    ...(protocol === 'SASL_SSL' && data['user.crt'] !== undefined
      ? [
          finding('SFL-A15', {
            object: ref,
            message:
              'with SASL_SSL only the data plane shows the client certificate; where Kafka demands one, the control plane cannot create topics',
          }),
        ]
      : []),
    ...(usesTls(protocol) && data['ca.crt'] === undefined
      ? [
          finding('SFL-A23', {
            object: ref,
            message: "there is no ca.crt: Kafka's certificate must be signed by a public CA",
          }),
        ]
      : []),
  ]
}

const pkcs8Name = (path: string | undefined): string =>
  path === undefined ? 'KEY.pkcs8.pem' : `${path.replace(/\.(pem|key)$/, '')}.pkcs8.pem`

/** What is still to be done, unless it is done. */
const nextFindings = ({name, config}: KafkaAuthRequest, ref: Ref, {place, config: read}: KafkaAuthFacts): Finding[] => {
  const where = config ?? place
  if (ref.namespace !== where.namespace) return []
  if (isFound(read) && textAt(read, 'data', KafkaKey.AuthSecret) === name) return []
  const next = finding('SFL-A16', {
    object: ref,
    message: `a Secret alone changes nothing: brokers use it once ${KafkaKey.AuthSecret} of their ConfigMap (${where.namespace}/${where.name}) is ${name}`,
    repair: sfl('kafka config update', where.name, '-n', where.namespace, '--auth-secret', name),
  })
  return [next]
}

interface Attached {
  steps: readonly Step[]
  waits: readonly Step[]
  findings: readonly Finding[]
  /** What `--force` does not pass over. */
  refused: readonly Finding[]
  question?: string
}

const nothing: Attached = {steps: [], waits: [], findings: [], refused: []}

const attach = (
  request: KafkaAuthRequest,
  ref: Ref,
  options: KafkaAuthPlanOptions,
  {place, brokers, channels}: KafkaAuthFacts,
): Attached => {
  if (brokers === undefined) return nothing
  const name = {[KafkaKey.AuthSecret]: ref.name}
  const ofBrokers = attachTo(request.config ?? place, name, options, brokers)
  if (channels === undefined) return ofBrokers
  const channelPlace = {namespace: SYSTEM_NAMESPACE, name: KAFKA_CHANNEL_CONFIG}
  const both = {...name, [`${KafkaKey.AuthSecret.replace(/name$/, 'namespace')}`]: ref.namespace ?? ''}
  const ofChannels = attachTo(channelPlace, both, options, channels)
  const questions = [ofBrokers.question, ofChannels.question].filter((one) => one !== undefined)
  return {
    steps: joined([...ofBrokers.steps, ...ofChannels.steps]),
    waits: [...ofBrokers.waits, ...ofChannels.waits],
    findings: [...ofBrokers.findings, ...ofChannels.findings],
    refused: [...ofBrokers.refused, ...ofChannels.refused],
    ...(questions.length === 0 ? {} : {question: questions.join(' ')}),
  }
}

/** Both settings may be fields of one KnativeKafka, which is changed once. */
const joined = (steps: readonly Step[]): Step[] => {
  const [first, second] = steps
  if (first?.verb !== 'patch' || second?.verb !== 'patch' || first.before.metadata.uid !== second.before.metadata.uid)
    return steps.filter((step, index) => step.verb !== 'keep' || !isAbout(steps[1 - index], step))
  const patch = mergePatch(first.patch, second.patch)
  return isRecord(patch) ? [{...first, patch: {...patch}}] : [...steps]
}

const isAbout = (one: Step | undefined, other: Step): boolean =>
  one !== undefined && one.verb !== 'keep' && handleOf(subjectOf(one)) === handleOf(subjectOf(other))

const attachTo = (
  place: ConfigMapPlace,
  set: Readonly<Record<string, string>>,
  {via, force, waitMs}: KafkaAuthPlanOptions,
  facts: WriteTargetFacts,
): Attached => {
  const where = `ConfigMap ${place.namespace}/${place.name}`
  const {target, findings: refused} = chooseTarget(place, facts, {
    ...(via === undefined ? {} : {via}),
    ...(force === undefined ? {} : {force}),
  })
  if (target === undefined) return {...nothing, refused}
  if (target.object === undefined)
    return {
      ...nothing,
      refused: [
        finding('SFL-A25', {
          object: {...place, apiVersion: 'v1', kind: 'ConfigMap'},
          message: `${where} does not exist, so no broker can use the Secret through it`,
          repair:
            place.name === KAFKA_CHANNEL_CONFIG
              ? kubectl('-n', place.namespace, 'get', 'configmaps')
              : createConfigCommand(place, BrokerClass.Kafka),
        }),
      ],
    }
  const steps = settingsSteps(target, {set}, 'the settings that name the Secret')
  const current = valueIn(target, KafkaKey.AuthSecret)?.text
  const other = current !== undefined && current !== '' && current !== set[KafkaKey.AuthSecret]
  const anew = current === undefined || current === ''
  return {
    steps,
    waits: waitMs === undefined ? [] : settledSteps(target, {set}, waitMs),
    refused,
    findings:
      other || anew
        ? [
            finding('SFL-A21', {
              object: {...place, apiVersion: 'v1', kind: 'ConfigMap'},
              message: `${where} names ${anew ? 'no Secret' : `Secret ${current}`} now; everybody who uses it connects with the new credentials at once`,
              ...(anew ? {level: 'note'} : {}),
            }),
          ]
        : [],
    ...(other
      ? {
          question: `Let everybody who uses ${where} connect with Secret ${set[KafkaKey.AuthSecret]} instead of ${current}?`,
        }
      : {}),
  }
}
