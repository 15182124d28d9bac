import {sfl} from '../../core/commands.js'
import {CONFIG_MAP, KafkaKey, SECRET} from '../../eventing/names.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {channelSettingsFindings} from '../../kafka/config/channel-settings.js'
import {judgeKafkaData} from '../../kafka/config/preflight.js'
import {isForeignToKafka, readKafkaConfig} from '../../kafka/config/kafka-config.js'
import {PARTS} from '../../kafka/installation/parts.js'
import {viewKafkaStatus, type KafkaStatusFacts} from '../../kafka/installation/status.js'
import {refOf, type KubeObject, type Ref} from '../../core/object.js'
import {at} from '../../core/read.js'
import {listSecrets} from '../../secret/secret-list.js'
import {secretKeyOf} from '../../secret/secret-uses.js'
import {isFound} from '../../core/seen.js'
import {type Check, type Verdict} from '../engine/check.js'
import {
  brokerConfigs,
  channelConfig,
  kafkaSecretUses,
  kafkaStatusFacts,
  namedSecrets,
  plannedSecrets,
  usedConfigs,
} from '../snapshot/kafka-facts.js'
import {type Snapshot} from '../snapshot/snapshot.js'

/** Brokers are told among brokers, settings among configs, and the rights to look under what they hide. */
const toldElsewhere = ['SFL-K44', 'SFL-K46']
const aboutData = /^SFL-(K0[1-5]|K24|K25|K29|K31|A\d\d)$/

/** A part that nobody has switched on is no fault. */
const statusFindings = (known: Snapshot): Verdict[] => {
  const facts = kafkaStatusFacts(known)
  return viewKafkaStatus(facts).findings.flatMap((one): Verdict[] => {
    if (one.code === 'SFL-K44') return [finding('SFL-B11', {message: one.message})]
    if (one.code === 'SFL-K38') return [{...one, ...affected(withoutPlane(one, facts))}]
    return toldElsewhere.includes(one.code) || aboutData.test(one.code) ? [] : [one]
  })
}

/** The objects of the part that a finding of missing data planes is about. */
const withoutPlane = ({message}: Finding, {objects}: KafkaStatusFacts): readonly KubeObject[] => {
  const part = PARTS.find((one) => message.includes(`, because ${one} is not `))
  const found = part === undefined ? undefined : objects[part]
  return isFound(found) ? found : []
}

const affected = (brokers: readonly KubeObject[]): {affects?: readonly Ref[]} =>
  brokers.length === 0 ? {} : {affects: brokers.map(refOf)}

const settingsFindings = (known: Snapshot): Verdict[] => [
  ...brokerConfigs(known).flatMap(({place, brokers}) => {
    const facts = known.configMap(place.namespace, place.name)
    if (!isFound(facts) || isForeignToKafka(facts.data)) return []
    return judgeKafkaData(place, facts.data, facts.secret).map((one) => ({...one, ...affected(brokers)}))
  }),
  ...[channelConfig(known)].flatMap((config) => (config === undefined ? [] : channelSettingsFindings(config))),
]

const replicationFindings = (known: Snapshot): Verdict[] =>
  brokerConfigs(known).flatMap(({place, brokers}): Verdict[] => {
    const facts = known.configMap(place.namespace, place.name)
    if (!isFound(facts) || readKafkaConfig(facts.data).replicationFactor !== 1) return []
    return [
      {
        ...finding('SFL-H05', {
          object: {...CONFIG_MAP, ...place},
          message: `${KafkaKey.ReplicationFactor} of ConfigMap ${place.namespace}/${place.name} is 1: events are lost with one Kafka broker`,
          repair: sfl('kafka config update', place.name, '-n', place.namespace, '--replication-factor', '3'),
        }),
        ...affected(brokers),
      },
    ]
  })

/** What is missing for brokers is told with their ConfigMap; here it is only referred to. */
const missingFindings = (known: Snapshot, key: string, uses: ReturnType<typeof kafkaSecretUses>): Finding[] => {
  const places = new Set(
    uses.flatMap((use) =>
      secretKeyOf(use) === key ? [use.through ?? secretKeyOf({namespace: use.namespace, name: use.by.name})] : [],
    ),
  )
  return [...places].flatMap((text) => {
    const [namespace = '', name = ''] = text.split('/')
    const facts = known.configMap(namespace, name)
    return isFound(facts)
      ? judgeKafkaData({namespace, name}, facts.data, facts.secret).filter(({code}) => code === 'SFL-K03')
      : []
  })
}

const secretFindings = (known: Snapshot): Verdict[] => {
  const uses = kafkaSecretUses(known)
  const secrets = new Map([
    ...namedSecrets(known, uses),
    ...plannedSecrets(known).map(
      ({namespace, name}) => [secretKeyOf({namespace, name}), known.secret(namespace, name)] as const,
    ),
  ])
  const users = new Map<string, Ref[]>()
  const notOfBrokers = new Set<string>()
  for (const use of uses) {
    const key = secretKeyOf(use)
    const others = users.get(key)
    if (others === undefined) users.set(key, [use.by])
    else others.push(use.by)
    if (use.kind !== 'broker') notOfBrokers.add(key)
  }
  const views = listSecrets(
    {uses, unseen: ['nobody was asked about other users'], secrets, listed: true},
    {selected: false, now: known.now},
  )
  return views.flatMap((view): Verdict[] => {
    const key = secretKeyOf(view)
    const affects = users.get(key)
    if (view.state === 'forbidden')
      return [
        finding('SFL-B11', {
          object: {...SECRET, name: view.name, namespace: view.namespace},
          message: `Secret ${key} could not be read`,
        }),
      ]
    if (view.state === 'absent' && !notOfBrokers.has(key)) return missingFindings(known, key, uses)
    return view.findings.map((one) => ({...one, ...(affects === undefined ? {} : {affects})}))
  })
}

/** OpenShift's installer has been told `fips: true`. */
const isFips = (known: Snapshot): boolean => {
  const text = known.state.installConfig
  if (text === undefined) return false
  const parsed = known.parse(text)
  return 'document' in parsed && at(parsed.document, 'fips') === true
}

const fipsFindings = (known: Snapshot): Verdict[] => {
  const brokers = usedConfigs(known).flatMap((used) => used.brokers)
  return brokers.length === 0 || !isFips(known)
    ? []
    : [
        {
          ...finding('SFL-H04', {
            message: 'the cluster runs in FIPS mode, and the Kafka broker does not support that',
            repair: sfl('broker class set', 'MTChannelBasedBroker'),
          }),
          ...affected(brokers),
        },
      ]
}

/** Kafka is there, or somebody needs it. */
const concerns = (known: Snapshot): number => {
  if (known.state.planned !== undefined) return 0
  const {installation, parts} = viewKafkaStatus(kafkaStatusFacts(known))
  const objects = parts.reduce((sum, {objects: some}) => sum + (typeof some === 'number' ? some : 0), 0)
  return installation.by === 'nothing' && objects === 0 ? 0 : Math.max(1, objects)
}

const check = (
  id: string,
  about: Check['about'],
  question: string,
  count: (known: Snapshot) => number,
  judge: (known: Snapshot) => readonly Verdict[],
): Check => ({id, category: 'kafka', about, question, count, judge})

export const kafkaChecks: readonly Check[] = [
  check('kafka-installed', 'health', 'Kafka for Knative is installed and runs', concerns, statusFindings),
  check(
    'kafka-settings',
    'health',
    'Settings of Kafka brokers can be used',
    (known) => brokerConfigs(known).length + Number(channelConfig(known) !== undefined),
    settingsFindings,
  ),
  check(
    'kafka-credentials',
    'health',
    'Credentials for Kafka are complete, valid and protected',
    (known) => new Set(kafkaSecretUses(known).map(secretKeyOf)).size + plannedSecrets(known).length,
    secretFindings,
  ),
  check(
    'kafka-replication',
    'audit',
    'Topics have more than one copy',
    (known) => brokerConfigs(known).length,
    replicationFindings,
  ),
  check(
    'kafka-fips',
    'audit',
    'Kafka brokers are not used in FIPS mode',
    (known) => usedConfigs(known).length,
    fipsFindings,
  ),
]
