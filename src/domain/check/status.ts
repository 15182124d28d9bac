import {BROKER, BROKER_LABEL, SECRET, TRIGGER} from '../eventing/names.js'
import {type Installation, installationOf} from '../kafka/installation/installation.js'
import {type Level} from '../findings/finding.js'
import {refOf, type Kind, type KubeObject, type Ref} from '../core/object.js'
import {readinessOf} from '../core/readiness.js'
import {listSecrets} from '../secret/secret-list.js'
import {platformUses} from '../secret/secret-uses.js'
import {type NotFound} from '../core/seen.js'
import {contextOf, liveService} from '../sonataflow/workload/live-service.js'
import {readPlatform} from '../sonataflow/model.js'
import {PLATFORM, serviceKeys} from '../sonataflow/names.js'
import {PROGRAM} from '../core/commands.js'
import {kindsCountedAs} from './snapshot/kinds.js'
import {keyOf} from './snapshot/cluster-state.js'
import {kafkaSecretUses, kafkaStatusFacts, namedSecrets} from './snapshot/kafka-facts.js'
import {type Snapshot} from './snapshot/snapshot.js'
import {platformFactsOf} from './snapshot/platform-facts.js'
import {runChecks, type CheckReport, type ReportFinding} from './engine/report.js'

/** How many of a kind there are, and which of them are not ready. */
export interface StatusRow {
  what:
    | 'platforms'
    | 'services'
    | 'workflows'
    | 'brokers'
    | 'triggers'
    | 'channels'
    | 'subscriptions'
    | 'sources'
    | 'secrets'
  total: number
  ready: number
  /** Failed first, then what only waits. */
  notReady: readonly StatusObject[]
  /** Their kind is not installed; `forbidden`: some may not be looked at, so that there may be more. */
  unseen?: NotFound
}

export interface StatusObject extends Ref {
  state: 'failed' | 'pending'
}

/** Everything that `status` shows, as data; the shape of `-o json`. */
export interface StatusView {
  apiVersion: 'sfl/v1'
  kind: 'Status'
  /** Left out: all namespaces. */
  namespace?: string
  /** Nothing failed or waits, and nothing of this could be hidden. */
  healthy: boolean
  kafka: {by: Installation['by']; version?: string}
  rows: readonly StatusRow[]
  /** Why something is not ready: causes, not consequences; those with the most sufferers first. */
  causes: readonly ReportFinding[]
  notVerified: readonly string[]
}

const rowOf = (
  what: StatusRow['what'],
  objects: ReadonlyArray<{ref: Ref; state: 'ready' | 'pending' | 'failed'}>,
  unseen?: NotFound,
): StatusRow => {
  const notReady = objects.flatMap(({ref, state}): StatusObject[] => (state === 'ready' ? [] : [{...ref, state}]))
  return {
    what,
    total: objects.length,
    ready: objects.length - notReady.length,
    notReady: [
      ...notReady.filter(({state}) => state === 'failed'),
      ...notReady.filter(({state}) => state === 'pending'),
    ],
    ...(unseen === undefined || (unseen === 'absent' && objects.length > 0) ? {} : {unseen}),
  }
}

const stateOf = (object: KubeObject): 'ready' | 'pending' | 'failed' => readinessOf(object).state

/** What a channel-based broker makes for itself belongs to it. */
const isOwn = ({kind, metadata}: KubeObject): boolean =>
  kind === TRIGGER.kind || metadata.labels?.[BROKER_LABEL] === undefined

/** Forbidden when one of the kinds is, absent when all of them are. */
const unseenOf = (known: Snapshot, kinds: readonly Kind[]): NotFound | undefined => {
  const lists = kinds.map((kind) => known.list(kind, known.state.namespace))
  if (lists.includes('forbidden')) return 'forbidden'
  return lists.every((list) => list === 'absent') ? 'absent' : undefined
}

/** After platforms and their services, in this order. */
const counted = ['workflows', 'brokers', 'triggers', 'channels', 'subscriptions', 'sources'] as const

const kindRow = (what: StatusRow['what'], known: Snapshot): StatusRow => {
  const kinds = kindsCountedAs(what)
  return rowOf(
    what,
    known
      .subjects(...kinds)
      .filter(isOwn)
      .map((object) => ({ref: refOf(object), state: stateOf(object)})),
    unseenOf(known, kinds),
  )
}

/** The supporting services of platforms; those that need not run are left out. */
const serviceRow = (known: Snapshot): StatusRow =>
  rowOf(
    'services',
    known.subjects(PLATFORM).flatMap((object) => {
      const platform = readPlatform(object)
      const facts = platformFactsOf(known, platform)
      return serviceKeys.flatMap((key) => {
        const {state, ref} = liveService(key, contextOf(facts)(platform), facts)
        if (state === 'none' || state === 'unknown' || ref.namespace !== platform.namespace) return []
        return [{ref, state: state === 'ready' ? ('ready' as const) : ('failed' as const)}]
      })
    }),
    unseenOf(known, [PLATFORM]),
  )

/** The Secrets that somebody names; they are ready when they are there and hold what is needed. */
const secretRow = (known: Snapshot): StatusRow => {
  const uses = [...kafkaSecretUses(known), ...known.subjects(PLATFORM).flatMap(platformUses)]
  const views = listSecrets(
    {uses, unseen: ['nobody was asked about other users'], secrets: namedSecrets(known, uses), listed: true},
    {selected: false, now: known.now},
  )
  // Who names them is not known, or whether they are there.
  const hidden = [...known.state.secrets.values()].some(({unseen}) => unseen === 'forbidden')
  return rowOf(
    'secrets',
    views
      .filter(({verdict}) => verdict !== 'unknown')
      .map(({name, namespace, verdict}) => ({
        ref: {...SECRET, name, namespace},
        state: verdict === 'error' ? ('failed' as const) : ('ready' as const),
      })),
    hidden ? 'forbidden' : unseenOf(known, [BROKER, PLATFORM]) === 'forbidden' ? 'forbidden' : undefined,
  )
}

/** Checks whose warnings say that something is on its way. */
const readiness: ReadonlySet<string> = new Set([
  'broker-ready',
  'trigger-ready',
  'channel-ready',
  'subscription-ready',
  'source-ready',
  'workflows',
])

const isCause = (level: Level, check: string): boolean =>
  level === 'error' || (level === 'warning' && readiness.has(check))

/** What a service lacks is told by findings about its platform; that it is not there follows from them. */
const followsFromPlatform: readonly string[] = ['SFL-L01', 'SFL-L02', 'SFL-L03']

const keysOf = (one: ReportFinding): string[] =>
  [one.object, ...one.affects].flatMap((ref) => (ref ? [keyOf(ref, ref)] : []))

/** A cause while it is put together: however many findings come to it, each costs the same. */
interface Cause {
  finding: ReportFinding
  affects: Map<string, Ref>
}

const add = ({affects}: Cause, refs: readonly Ref[]): void => {
  for (const ref of refs) affects.set(keyOf(ref, ref), ref)
}

/** One line for each cause: several findings about one missing object are one, and so are a service and its platform. */
const merged = (findings: readonly ReportFinding[], known: Snapshot): ReportFinding[] => {
  const causes = new Map<string, Cause>()
  const put = (one: ReportFinding): void => {
    const {object} = one
    const missing = object !== undefined && known.get(object, object.namespace ?? '', object.name) === 'absent'
    const place = object === undefined ? '' : keyOf(object, object)
    const key = missing ? place : `${one.code} ${place} ${one.message}`
    const cause = causes.get(key) ?? {finding: one, affects: new Map<string, Ref>()}
    // Of several commands the one of this program repairs; others only look.
    if (!isRepair(cause.finding) && isRepair(one)) cause.finding = one
    add(cause, one.affects)
    causes.set(key, cause)
  }
  const isFollowing = ({code}: ReportFinding): boolean => followsFromPlatform.includes(code)
  findings.filter((one) => !isFollowing(one)).forEach(put)
  const byObject = new Map<string, Cause>()
  for (const cause of causes.values())
    if (cause.finding.level === 'error')
      for (const key of keysOf({...cause.finding, affects: [...cause.affects.values()]}))
        if (!byObject.has(key)) byObject.set(key, cause)
  const left = findings.filter(isFollowing).filter((one) => {
    const key = one.affects.map((ref) => keyOf(ref, ref)).find((platform) => byObject.has(platform))
    const cause = key === undefined ? undefined : byObject.get(key)
    if (cause !== undefined) add(cause, [...one.affects, ...(one.object === undefined ? [] : [one.object])])
    return cause === undefined
  })
  return [...[...causes.values()].map(({finding, affects}) => ({...finding, affects: [...affects.values()]})), ...left]
}

const isRepair = ({repair = ''}: ReportFinding): boolean =>
  repair.startsWith(`${PROGRAM} `) && / (create|create-\S+) /.test(repair)

const causesOf = ({checks}: CheckReport, known: Snapshot): ReportFinding[] =>
  merged(
    checks.flatMap(({id, findings}) => findings.filter(({level}) => isCause(level, id))),
    known,
  ).toSorted(
    (one, other) =>
      Number(other.level === 'error') - Number(one.level === 'error') || other.affects.length - one.affects.length,
  )

/** Puts together what there is and why it is not ready. */
export const viewStatus = (known: Snapshot): StatusView => {
  const report = runChecks(known, {about: 'health'})
  const causes = causesOf(report, known)
  const {by, ...installation} = installationOf(kafkaStatusFacts(known))
  const version = 'version' in installation ? installation.version : undefined
  const rows = [
    kindRow('platforms', known),
    serviceRow(known),
    ...counted.map((what) => kindRow(what, known)),
    secretRow(known),
  ]
  const {namespace} = known.state
  return {
    apiVersion: 'sfl/v1',
    kind: 'Status',
    ...(namespace === undefined ? {} : {namespace}),
    healthy: causes.length === 0 && rows.every(({notReady, unseen}) => notReady.length === 0 && unseen !== 'forbidden'),
    kafka: {by, ...(version === undefined ? {} : {version})},
    rows,
    causes,
    notVerified: [...new Set(report.checks.flatMap((check) => check.notVerified))],
  }
}
