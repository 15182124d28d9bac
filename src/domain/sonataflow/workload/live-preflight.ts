import {kubectl, type Command} from '../../core/commands.js'
import {SERVICE} from '../../eventing/names.js'
import {type Finding} from '../../findings/finding.js'
import {finding, rankOf} from '../../findings/catalogue.js'
import {refOf, type Ref} from '../../core/object.js'
import {isFound} from '../../core/seen.js'
import {childManifests, expectedChildren, leftovers} from './expected.js'
import {belongsTo} from './children.js'
import {effectiveServices} from '../effective/effective.js'
import {viewPlatformEffective, notLookedAt} from '../effective/view.js'
import {contextOf, liveService, migrationHold, type LiveService} from './live-service.js'
import {type PlatformDescribeFacts} from './live-facts.js'
import {unfinishedJobFindings} from '../migration/view.js'
import {serviceKeys, serviceObjectName, serviceTitle, serviceWord, sinkBindingName, type ServiceKey} from '../names.js'
import {judgePlatform} from '../platform/preflight.js'
import {enumeration, platformCommand} from '../say.js'
import {leftoverFindings} from '../services/preflight.js'

const logsCommand = ({ref, pods, why = ''}: LiveService): Command => {
  const [pod] = pods.filter(({ready}) => !ready)
  const namespace = ref.namespace ?? ''
  // What never started has written nothing; its events tell.
  return pod === undefined || !/CrashLoop|exit code|health check/.test(why)
    ? kubectl('-n', namespace, 'describe', ...(pod === undefined ? ['deployment', ref.name] : ['pod', pod.name]))
    : kubectl('-n', namespace, 'logs', pod.name, '--tail', '50')
}

const sharedHome = ({ref}: LiveService, {platform}: PlatformDescribeFacts): string =>
  ref.namespace === platform.namespace ? '' : ` of the cluster, in namespace ${ref.namespace ?? ''},`

const anyway = ({platform}: PlatformDescribeFacts): string =>
  platform.status.succeed?.status === 'True' ? ', though the platform says it is ready' : ''

const because = ({why}: LiveService): string => (why === undefined ? '' : `: ${why}`)

/** L1: services without a Deployment; those that are missing for one reason are told in one sentence. */
const missingFindings = (facts: PlatformDescribeFacts): Finding[] => {
  const {platform} = facts
  if (platform.status.duplicated) return []
  const context = contextOf(facts)(platform)
  const missing = serviceKeys
    .map((key) => ({key, live: liveService(key, context, facts)}))
    .filter(({live}) => live.state === 'missing')
  const held = migrationHold(context, facts.jobs) !== undefined
  return [...new Set(missing.map(({live}) => live.why))].flatMap((why) => {
    const group = missing.filter(({live}) => live.why === why)
    const [first] = group
    if (first === undefined) return []
    const {live} = first
    return [
      finding('SFL-L01', {
        object: live.ref,
        message: `${enumeration(group.map(({key}) => serviceTitle[key]))}${sharedHome(live, facts)} ${group.length === 1 ? 'is' : 'are'} not deployed${anyway(facts)}${because(live)}`,
        repair: held
          ? platformCommand(platform, 'migration status', '--platform', platform.name)
          : kubectl('-n', live.ref.namespace ?? '', 'get', 'events', '--field-selector', 'type=Warning'),
      }),
    ]
  })
}

/** L2 and L3: what of one service runs. */
const serviceFindings = (key: ServiceKey, facts: PlatformDescribeFacts): Finding[] => {
  const {platform} = facts
  const live = liveService(key, contextOf(facts)(platform), facts)
  const {state, ref, why = ''} = live
  const who = `${serviceTitle[key]}${sharedHome(live, facts)}`
  if (state === 'not-ready')
    return [
      finding('SFL-L02', {
        object: ref,
        message: `${who} is not ready${anyway(facts)} (${live.ready} of ${live.wanted} pods)${because(live)}`,
        repair: logsCommand(live),
      }),
    ]
  if (state !== 'stopped') return []
  const intended = why.includes('podTemplate.replicas')
  const repair = /SinkBinding/.test(why)
    ? platformCommand(platform, 'eventing links', '--platform', platform.name)
    : platformCommand(platform, 'services configure', serviceWord[key], '--replicas', '1', '--platform', platform.name)
  return [
    finding('SFL-L03', {
      ...(intended ? {level: 'note'} : {}),
      object: ref,
      message: `${who} has 0 replicas${because(live)}`,
      repair,
    }),
  ]
}

/** Settings whose drift other findings tell better. */
const TOLD_ELSEWHERE = /\.(deployment|source|sink|url)$/

/** L4: what differs between the platform and its Deployments. */
const driftFindings = (facts: PlatformDescribeFacts): Finding[] => {
  const {platform} = facts
  const {settings} = viewPlatformEffective(facts)
  const context = contextOf(facts)(platform)
  return serviceKeys.flatMap((key) => {
    const prefix = `${serviceWord[key]}.`
    const {state, ref} = liveService(key, context, facts)
    const different = settings
      .filter(({setting, drift}) => drift === true && setting.startsWith(prefix) && !TOLD_ELSEWHERE.test(setting))
      .map(({setting}) => setting.slice(prefix.length))
      .filter((setting) => !(setting === 'replicas' && state === 'stopped'))
    return different.length === 0
      ? []
      : [
          finding('SFL-L04', {
            object: ref,
            message: `${serviceTitle[key]} runs with another ${enumeration(different)} than its platform makes of it`,
            repair: platformCommand(platform, 'effective', platform.name),
          }),
        ]
  })
}

/** L6: services without a Service in front. */
const addressFindings = (facts: PlatformDescribeFacts): Finding[] => {
  const {platform, serviceObjects} = facts
  if (!isFound(serviceObjects)) return []
  const context = contextOf(facts)(platform)
  const services = effectiveServices(context)
  return serviceKeys.flatMap((key) => {
    const name = serviceObjectName(platform.name, key)
    const live = liveService(key, context, facts)
    const there = serviceObjects.some(({metadata}) => metadata.name === name)
    if (services[key].scope !== 'local' || live.object === undefined || there) return []
    return [
      finding('SFL-L06', {
        object: {...SERVICE, name, namespace: platform.namespace},
        message: `Service ${name} does not exist: nobody reaches ${serviceTitle[key]} by its URL`,
        repair: kubectl('-n', platform.namespace, 'get', 'events', '--field-selector', `type=Warning`),
      }),
    ]
  })
}

/** Objects that the operator once made for services of this platform and no longer wants. */
export const leftBehind = (facts: PlatformDescribeFacts): ReadonlyArray<{key: ServiceKey; refs: readonly Ref[]}> => {
  const {platform, deployments, serviceObjects} = facts
  if (platform.status.duplicated) return []
  const actual = [...(isFound(deployments) ? deployments : []), ...(isFound(serviceObjects) ? serviceObjects : [])]
  const left = leftovers(expectedChildren(contextOf(facts)(platform), facts.brokers), actual, (one) =>
    belongsTo(one, platform),
  )
  return serviceKeys.flatMap((key) => {
    const name = serviceObjectName(platform.name, key)
    const refs = left.filter(({metadata}) => metadata.name === name).map(refOf)
    return refs.length === 0 ? [] : [{key, refs}]
  })
}

/** P6: what could not be looked at, in one note. */
const unreadFindings = (facts: PlatformDescribeFacts): Finding[] => {
  const unread = notLookedAt(facts)
  return unread.length === 0
    ? []
    : [
        finding('SFL-P06', {
          object: facts.platform.ref,
          message: `not verified, since you may not read them: ${enumeration(unread, 12)}`,
        }),
      ]
}

/** Errors first, each kind in the order in which it was found; nothing twice. */
export const bySeverity = (findings: readonly Finding[]): Finding[] =>
  [...new Map(findings.map((one) => [`${one.code} ${one.message}`, one])).values()].toSorted(
    (one, other) => rankOf(one) - rankOf(other),
  )

/** L1 to L4: what Deployments alone can tell. */
export const runningFindings = (facts: PlatformDescribeFacts): Finding[] => [
  ...missingFindings(facts),
  ...serviceKeys.flatMap((key) => serviceFindings(key, facts)),
  ...driftFindings(facts),
]

/** Everything that is wrong with a platform and with what runs of it. `now` is in milliseconds since 1970. */
export const liveFindingsOf = (facts: PlatformDescribeFacts, now: number): Finding[] => {
  const {platform} = facts
  return bySeverity([
    ...missingFindings(facts),
    ...serviceKeys.flatMap((key) => serviceFindings(key, facts)),
    ...unfinishedJobFindings(facts, now),
    ...addressFindings(facts),
    ...judgePlatform(platform, facts, {before: platform, links: true}),
    ...driftFindings(facts),
    ...leftBehind(facts).flatMap(({key, refs}) => leftoverFindings(platform, [key], refs)),
    ...unreadFindings(facts),
  ])
}

/** Names of everything that the operator makes for a platform; events about them are told with it. */
export const childNames = (facts: PlatformDescribeFacts): ReadonlySet<string> =>
  new Set([
    ...childManifests(expectedChildren(contextOf(facts)(facts.platform), facts.brokers)).map(
      ({metadata}) => metadata.name,
    ),
    sinkBindingName(facts.platform.name),
  ])
