import {createsWhatIsMissing} from '../../findings/finding.js'
import {
  BROKER,
  BROKER_CLASS,
  DEPLOYMENT,
  isKafkaClass,
  KAFKA_BROKER_CONFIG,
  KAFKA_CHANNEL,
  SECRET,
  STATEFUL_SET,
  SYSTEM_NAMESPACE,
  TRIGGER,
} from '../../eventing/names.js'
import {groupOf, type Ref} from '../../core/object.js'
import {textAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {PLATFORM} from '../../sonataflow/names.js'
import {keyOf} from '../snapshot/cluster-state.js'
import {type Snapshot} from '../snapshot/snapshot.js'
import {rankOf} from '../../findings/catalogue.js'
import {objectKey, withFollowers, type MergedFinding} from './merged-finding.js'

/**
 * Several checks see the same fault from their side: a broker that is missing is missing for its triggers, for the sources
 * that send to it, and for the platform whose services stay away because of it. Here they become one finding, the cause,
 * that names all others as its consequences.
 */

/** Which findings follow from which: the ones in the keys are not told for themselves. */
type Following = ReadonlyMap<MergedFinding, readonly MergedFinding[]>
type Rule = (told: readonly MergedFinding[], known: Snapshot) => Following

const isFault = ({finding, about}: MergedFinding): boolean => about === 'health' && finding.level !== 'note'

/** Whether an object is there; of Secrets that alone is known. */
const lookUp = (ref: Ref, known: Snapshot): Lookup<object> =>
  ref.kind === SECRET.kind && ref.apiVersion === SECRET.apiVersion
    ? known.secret(ref.namespace ?? '', ref.name)
    : known.get(ref, ref.namespace ?? '', ref.name)

const indexed = <T>(items: readonly T[], keysOf: (item: T) => Iterable<string>): ReadonlyMap<string, readonly T[]> => {
  const index = new Map<string, T[]>()
  for (const item of items)
    for (const key of keysOf(item)) {
      const found = index.get(key)
      if (found === undefined) index.set(key, [item])
      else found.push(item)
    }
  return index
}

/** That what was given up cannot be kept weighs less than that nothing is delivered. */
const isAboutDeadLetters = ({finding}: MergedFinding): boolean => /^SFL-D/.test(finding.code)

/** Of several findings about one thing the one that says and helps most; of equals the first. */
const best = (some: readonly MergedFinding[]): MergedFinding =>
  some.toSorted(
    (one, other) =>
      rankOf(one.finding) - rankOf(other.finding) ||
      Number(createsWhatIsMissing(other.finding)) - Number(createsWhatIsMissing(one.finding)) ||
      Number(isAboutDeadLetters(one)) - Number(isAboutDeadLetters(other)),
  )[0]!

const allButOne = (groups: Iterable<readonly MergedFinding[]>): Following =>
  new Map(
    [...groups].flatMap((group) => {
      if (group.length < 2) return []
      const cause = best(group)
      return group.filter((one) => one !== cause).map((one) => [one, [cause]] as const)
    }),
  )

/** One object that is not there, whoever misses it. Nobody misses the links of a platform but the platform. */
const oneMissingObject: Rule = (told, known) => {
  const missing = told.filter(
    (one) =>
      isFault(one) &&
      !isLink(one) &&
      one.finding.object !== undefined &&
      lookUp(one.finding.object, known) === 'absent',
  )
  return allButOne(indexed(missing, (one) => [objectKey(one.finding)]).values())
}

/** Whoever looks into a Secret sees a certificate or key that cannot be read; one check looks closer than the others. */
const readInSecret: readonly string[] = ['SFL-A04', 'SFL-A05', 'SFL-A06']
const CLOSER_LOOK = 'kafka-credentials'

const closerLook: Rule = (told) => {
  const some = told.filter(({finding}) => readInSecret.includes(finding.code))
  const closer = indexed(
    some.filter(({home}) => home === CLOSER_LOOK),
    ({finding}) => [`${finding.code} ${objectKey(finding)}`],
  )
  return new Map(
    some
      .filter(({home}) => home !== CLOSER_LOOK)
      .map((one) => [one, closer.get(`${one.finding.code} ${objectKey(one.finding)}`) ?? []] as const)
      .filter(([, causes]) => causes.length > 0),
  )
}

/** The codes of what a condition repeats, and of what a look at the object itself has found. */
const repeated: Readonly<Record<string, readonly string[]>> = {
  'SFL-D02': ['SFL-D02', 'SFL-D03'],
  'SFL-D10': ['SFL-D10'],
  'SFL-T05': ['SFL-T05', 'SFL-T06'],
  'SFL-S06': ['SFL-S06', 'SFL-S07'],
}
const isOfCondition = ({home}: MergedFinding): boolean => home.endsWith('-ready')

const whatConditionsRepeat: Rule = (told) => {
  const looked = indexed(
    told.filter((one) => isFault(one) && !isOfCondition(one)),
    ({finding, affects}) => [objectKey(finding), ...affects.keys()],
  )
  return new Map(
    told.flatMap((one) => {
      const codes = Object.hasOwn(repeated, one.finding.code) ? repeated[one.finding.code] : undefined
      if (codes === undefined || !isOfCondition(one)) return []
      const some = (looked.get(objectKey(one.finding)) ?? []).filter(({finding}) => codes.includes(finding.code))
      return some.length === 0 ? [] : [[one, some] as const]
    }),
  )
}

const isWorkload = ({kind, apiVersion}: Ref): boolean =>
  groupOf(apiVersion) === 'apps' && [DEPLOYMENT.kind, STATEFUL_SET.kind].includes(kind)

/** One Deployment of a control or data plane that does not run, whatever needs it. */
const isIdleWorkload = (one: MergedFinding): boolean =>
  isFault(one) && one.finding.object !== undefined && isWorkload(one.finding.object) && !isService(one)

const oneIdleWorkload: Rule = (told) =>
  allButOne(indexed(told.filter(isIdleWorkload), (one) => [objectKey(one.finding)]).values())

/** Somebody waits for an object that is there and not ready: that is no cause when something is said of the object itself. */
const waiting: readonly string[] = ['SFL-T04', 'SFL-T06', 'SFL-S03', 'SFL-S07', 'SFL-D03', 'SFL-H11', 'SFL-E03']

const waits = ({finding: {code, object}}: MergedFinding, known: Snapshot): boolean =>
  object !== undefined && waiting.includes(code) && isFound(lookUp(object, known))

/** Nothing is said of the object itself: those who wait for it tell it together. */
const oneWaitedFor: Rule = (told, known) =>
  allButOne(
    indexed(
      told.filter((one) => waits(one, known)),
      (one) => [objectKey(one.finding)],
    ).values(),
  )

/** That a source is not ready follows from what is known to harm it. */
const whatHarmsSources: Rule = (told) => {
  const causes = indexed(
    told.filter((one) => isFault(one) && one.finding.level === 'error'),
    ({affects}) => affects.keys(),
  )
  return new Map(
    told
      .filter(({finding}) => finding.code === 'SFL-H10')
      .map((one) => [one, causes.get(objectKey(one.finding)) ?? []] as const)
      .filter(([, some]) => some.length > 0),
  )
}

const whatIsWaitedFor: Rule = (told, known) => {
  const causes = indexed(
    told.filter((one) => isFault(one) && !waits(one, known)),
    ({finding, affects}) => [objectKey(finding), ...affects.keys()],
  )
  return new Map(
    told.flatMap((one) => {
      if (!waits(one, known)) return []
      const some = causes.get(objectKey(one.finding)) ?? []
      const errors = some.filter(({finding}) => finding.level === 'error')
      return some.length === 0 ? [] : [[one, errors.length > 0 ? errors : some] as const]
    }),
  )
}

const NO_DATA_PLANE = 'SFL-K38'

/** Kafka, or a part of it, is not there: neither are its Deployments and the settings that come with it. */
const whatKafkaLacks: Rule = (told, known) => {
  const parts = indexed(
    told.filter(({codes}) => codes.has(NO_DATA_PLANE)),
    ({affects}) => affects.keys(),
  )
  const isShipped = ({name, namespace}: Ref): boolean => name === KAFKA_BROKER_CONFIG && namespace === SYSTEM_NAMESPACE
  const follows = (one: MergedFinding): boolean => {
    const {object} = one.finding
    if (object === undefined || !isFault(one)) return false
    return (isWorkload(object) || isShipped(object)) && lookUp(object, known) === 'absent'
  }
  return new Map(
    parts.size === 0
      ? []
      : told
          .filter(follows)
          .map((one) => [one, [...new Set([...one.affects.keys()].flatMap((key) => parts.get(key) ?? []))]] as const)
          .filter(([, some]) => some.length > 0),
  )
}

/** Nothing happens with an object: the controller or data plane that is known not to run. */
const idle: readonly string[] = [
  'SFL-B18',
  'SFL-B22',
  'SFL-T15',
  'SFL-T17',
  'SFL-T20',
  'SFL-C12',
  'SFL-C14',
  'SFL-S10',
  'SFL-S12',
]
/** Without it nothing of Knative Eventing is looked at. */
const KEEPS_ALL_WAITING = 'SFL-H03'

/** A broker that keeps the Kafka controller from everything else. */
const STOPS_KAFKA = 'SFL-K48'

/** Whether the Kafka controller would have to look at an object. */
const isKafkas = (ref: Ref | undefined, known: Snapshot): boolean => {
  const object = ref === undefined ? 'absent' : known.get(ref, ref.namespace ?? '', ref.name)
  if (!isFound(object)) return false
  const {metadata, kind} = object
  if (kind === BROKER.kind) return isKafkaClass(metadata.annotations?.[BROKER_CLASS])
  if (kind === TRIGGER.kind) {
    const broker = known.get(BROKER, metadata.namespace ?? '', textAt(object, 'spec', 'broker') ?? '')
    return isFound(broker) && isKafkaClass(broker.metadata.annotations?.[BROKER_CLASS])
  }
  return kind.startsWith('Kafka') || textAt(object, 'spec', 'channelTemplate', 'kind') === KAFKA_CHANNEL.kind
}

const whatStopsKafka: Rule = (told, known) => {
  const causes = told.filter(({codes}) => codes.has(STOPS_KAFKA))
  return new Map(
    causes.length === 0
      ? []
      : told
          .filter(({finding: {code, object}}) => idle.includes(code) && isKafkas(object, known))
          .map((one) => [one, causes] as const),
  )
}

const whoDoesNotWork: Rule = (told) => {
  const workloads = told.filter((one) => isIdleWorkload(one) || one.codes.has(NO_DATA_PLANE))
  const all = workloads.filter(({codes}) => codes.has(KEEPS_ALL_WAITING))
  const causes = indexed(workloads, ({affects}) => affects.keys())
  return new Map(
    told
      .filter(({finding: {code}}) => idle.includes(code))
      .map((one) => [one, [...new Set([...all, ...(causes.get(objectKey(one.finding)) ?? [])])]] as const)
      .filter(([, some]) => some.length > 0),
  )
}

/** Supporting services that are not there or not ready. */
const isService = ({finding}: MergedFinding): boolean => ['SFL-L01', 'SFL-L02', 'SFL-L03'].includes(finding.code)
/** Triggers and SinkBindings that the operator should have made. */
const isLink = ({finding}: MergedFinding): boolean => finding.code === 'SFL-E06'
const brokerFails: readonly string[] = ['SFL-E01', 'SFL-E02', 'SFL-E03', 'SFL-E05', 'SFL-E07']
/** Faults of a platform over which its operator fails before it comes to the services. */
const stopsOperator: readonly string[] = ['SFL-E01', 'SFL-E05', 'SFL-E07', 'SFL-DB03', 'SFL-DB08']

const isPlatform = ({kind}: Ref): boolean => kind === PLATFORM.kind

const platformsOf = ({finding, affects}: MergedFinding): string[] =>
  [...(finding.object === undefined ? [] : [finding.object]), ...affects.values()]
    .filter(isPlatform)
    .map((ref) => keyOf(ref, ref))

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(/[^\w.-]+/))

/** A pod that ends again or is never healthy does not say why; a database or a sink that is not there does. */
const endsAgain = /CrashLoopBackOff|exit code|health check/
const isAboutDatabase = ({codes, finding}: MergedFinding): boolean =>
  finding.level === 'error' && [...codes].some((code) => /^SFL-DB/.test(code))

/** What keeps a service of a platform away: what its own words name, or the database that it cannot reach. */
const explains = (cause: MergedFinding, service: MergedFinding): boolean => {
  const {message} = service.finding
  const words = wordsOf(message)
  const {object} = cause.finding
  const named = [...(object === undefined ? [] : [object]), ...cause.affects.values()].some(
    (ref) => !isPlatform(ref) && words.has(ref.name),
  )
  if (service.finding.code === 'SFL-L01' && stopsOperator.some((code) => cause.codes.has(code))) return true
  return named || (endsAgain.test(message) && (isAboutDatabase(cause) || cause.codes.has('SFL-E09')))
}

const whatPlatformsLack: Rule = (told) => {
  const causes = indexed(
    told.filter((one) => isFault(one) && !isService(one) && !isLink(one)),
    platformsOf,
  )
  const of = (one: MergedFinding): readonly MergedFinding[] =>
    platformsOf(one).flatMap((platform) => causes.get(platform) ?? [])
  const about = indexed(
    told.filter((one) => isFault(one) && one.finding.level === 'error'),
    ({affects}) => affects.keys(),
  )
  const found = told.filter(isFault).flatMap((one): Array<readonly [MergedFinding, readonly MergedFinding[]]> => {
    if (isService(one)) return [[one, of(one).filter((cause) => explains(cause, one))]]
    if (isLink(one))
      return [
        [
          one,
          [
            ...of(one).filter(({codes}) => brokerFails.some((code) => codes.has(code))),
            ...(about.get(objectKey(one.finding)) ?? []).filter((cause) => !isService(cause)),
          ],
        ],
      ]
    return []
  })
  return new Map(found.filter(([, some]) => some.length > 0))
}

/** In this order: who waits for a broker tells with it what it keeps others from. */
const rules: readonly Rule[] = [
  closerLook,
  whatConditionsRepeat,
  oneMissingObject,
  oneIdleWorkload,
  whatKafkaLacks,
  whatStopsKafka,
  whoDoesNotWork,
  whatIsWaitedFor,
  oneWaitedFor,
  whatHarmsSources,
  whatPlatformsLack,
]

/** Who suffers from what follows: a service that is not there, too, and nothing else that is not there. */
const sufferersOf = (follower: MergedFinding, known: Snapshot): Ref[] => {
  const {object} = follower.finding
  const own = object !== undefined && (isService(follower) || isFound(lookUp(object, known)))
  return [...(own ? [object] : []), ...follower.affects.values()]
}

const sinkWords = /^(dead letter sink|subscriber|reply|sink) (?=\S+ does not exist)/

/** What is missing is not only the sink that the first one calls it. */
const inNeutralWords = (cause: MergedFinding, followers: readonly MergedFinding[]): MergedFinding => {
  const {message} = cause.finding
  const others = followers.some(({finding}) => finding.message !== message && sinkWords.test(finding.message))
  return others ? {...cause, finding: {...cause.finding, message: message.replace(sinkWords, '')}} : cause
}

const applied = (told: readonly MergedFinding[], rule: Rule, known: Snapshot): MergedFinding[] => {
  const following = rule(told, known)
  if (following.size === 0) return [...told]
  const followers = new Map<MergedFinding, MergedFinding[]>()
  for (const [follower, causes] of following)
    for (const cause of causes) {
      const others = followers.get(cause)
      if (others === undefined) followers.set(cause, [follower])
      else others.push(follower)
    }
  return told.flatMap((one) => {
    if (following.has(one)) return []
    const own = followers.get(one)
    if (own === undefined) return [one]
    return [withFollowers(inNeutralWords(one, own), own, (follower) => sufferersOf(follower, known))]
  })
}

/** The causes among the findings, each with everyone who suffers from it; what only follows from them is left out. */
export const causesAmong = (told: readonly MergedFinding[], known: Snapshot): MergedFinding[] =>
  rules.reduce<MergedFinding[]>((left, rule) => applied(left, rule, known), [...told])
