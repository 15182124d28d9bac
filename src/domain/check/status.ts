import {BROKER, BROKER_LABEL, CHANNEL, SINK_BINDING, SUBSCRIPTION, TRIGGER} from '../eventing/names.js'
import {type Installation, installationOf} from '../kafka/kafka-installation.js'
import {type Level} from '../finding.js'
import {refOf, type Kind, type KubeObject, type Ref} from '../object.js'
import {readinessOf} from '../readiness.js'
import {listSecrets} from '../secret/secret-list.js'
import {platformUses} from '../secret/secret-uses.js'
import {SECRET} from '../eventing/names.js'
import {seen, type Unseen} from '../seen.js'
import {contextOf, liveService} from '../sonataflow/live-service.js'
import {readPlatform} from '../sonataflow/model.js'
import {PLATFORM, serviceKeys, WORKFLOW} from '../sonataflow/names.js'
import {sourceKinds} from './check-kinds.js'
import {kafkaSecretUses, kafkaStatusFacts, namedSecrets} from './kafka-facts.js'
import {type Knowledge} from './knowledge.js'
import {platformFactsOf} from './platform-facts.js'
import {runChecks, type CheckReport, type ReportFinding} from './report.js'

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
  /** They may not be listed, or their kind is not installed. */
  unseen?: Unseen
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
  unseen?: Unseen,
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
    ...(unseen === undefined || objects.length > 0 ? {} : {unseen}),
  }
}

const stateOf = (object: KubeObject): 'ready' | 'pending' | 'failed' => readinessOf(object).state

/** What a channel-based broker makes for itself belongs to it. */
const isOwn = ({kind, metadata}: KubeObject): boolean =>
  kind === TRIGGER.kind || metadata.labels?.[BROKER_LABEL] === undefined

const kindRow = (what: StatusRow['what'], known: Knowledge, ...kinds: readonly Kind[]): StatusRow => {
  const unseen = kinds.map((kind) => known.list(kind, known.state.namespace)).find((list) => !seen(list))
  return rowOf(
    what,
    known
      .subjects(...kinds)
      .filter(isOwn)
      .map((object) => ({ref: refOf(object), state: stateOf(object)})),
    typeof unseen === 'string' ? unseen : undefined,
  )
}

/** The supporting services of platforms; those that need not run are left out. */
const serviceRow = (known: Knowledge): StatusRow =>
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
  )

/** The Secrets that somebody names; they are ready when they are there and hold what is needed. */
const secretRow = (known: Knowledge): StatusRow => {
  const uses = [...kafkaSecretUses(known), ...known.subjects(PLATFORM).flatMap(platformUses)]
  const views = listSecrets(
    {uses, unseen: ['nobody was asked about other users'], secrets: namedSecrets(known, uses), listed: true},
    {selected: false, now: known.now},
  )
  return rowOf(
    'secrets',
    views
      .filter(({verdict}) => verdict !== 'unknown')
      .map(({name, namespace, verdict}) => ({
        ref: {...SECRET, name, namespace},
        state: verdict === 'error' ? ('failed' as const) : ('ready' as const),
      })),
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

const causesOf = ({checks}: CheckReport): ReportFinding[] =>
  checks
    .flatMap(({id, findings}) => findings.filter(({level}) => isCause(level, id)))
    .toSorted(
      (one, other) =>
        Number(other.level === 'error') - Number(one.level === 'error') || other.affects.length - one.affects.length,
    )

/** Puts together what there is and why it is not ready. */
export const viewStatus = (known: Knowledge): StatusView => {
  const report = runChecks(known, {about: 'health'})
  const causes = causesOf(report)
  const {by, ...installation} = installationOf(kafkaStatusFacts(known))
  const version = 'version' in installation ? installation.version : undefined
  const rows = [
    kindRow('platforms', known, PLATFORM),
    serviceRow(known),
    kindRow('workflows', known, WORKFLOW),
    kindRow('brokers', known, BROKER),
    kindRow('triggers', known, TRIGGER),
    kindRow('channels', known, CHANNEL),
    kindRow('subscriptions', known, SUBSCRIPTION),
    kindRow('sources', known, ...sourceKinds, SINK_BINDING),
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
