import {type Finding, type Level, levels} from './finding.js'
import {type Command} from '../core/commands.js'
import {type Ref} from '../core/object.js'
import {checkFindings} from './catalogue/health.js'
import {brokerFindings} from './catalogue/broker.js'
import {channelFindings} from './catalogue/channel.js'
import {defaultsFindings} from './catalogue/defaults.js'
import {deliveryFindings} from './catalogue/delivery.js'
import {injectionFindings} from './catalogue/injection.js'
import {kafkaFindings} from './catalogue/kafka.js'
import {secretFindings} from './catalogue/credentials.js'
import {clusterPlatformFindings} from './catalogue/cluster-platform.js'
import {databaseFindings} from './catalogue/database.js'
import {platformEventingFindings} from './catalogue/platform-eventing.js'
import {liveFindings} from './catalogue/live.js'
import {platformFindings} from './catalogue/platform.js'
import {podTemplateFindings} from './catalogue/pod.js'
import {subscriptionFindings} from './catalogue/subscription.js'
import {triggerFindings} from './catalogue/trigger.js'

/** The long story of a finding, for `explain`. Sentences, plain text. */
export interface FindingEntry {
  level: Level
  /** More than the object in question stands still: said before everything else. */
  urgent?: true
  title: string
  /** What it means. */
  means: string
  /** What the operators and data planes make of it. */
  behaviour: string
  /** How to repair it, in general. */
  repair: string
  /** Where the rule is written down. */
  documented: string
}

/**
 * Every code there is: A credentials (auth), B broker, D delivery, F defaults, H health, K Kafka, I injection, T trigger, C channel, S subscription and
 * source, P platform, W its services, DB their databases, E their events, CP cluster platform, PT their pods, L what runs
 * of them. Codes are never given a new meaning.
 */
export const catalogue = {
  ...brokerFindings,
  ...deliveryFindings,
  ...defaultsFindings,
  ...kafkaFindings,
  ...secretFindings,
  ...injectionFindings,
  ...triggerFindings,
  ...channelFindings,
  ...subscriptionFindings,
  ...platformFindings,
  ...databaseFindings,
  ...platformEventingFindings,
  ...clusterPlatformFindings,
  ...podTemplateFindings,
  ...checkFindings,
  ...liveFindings,
} as const satisfies Readonly<Record<string, FindingEntry>>
export type FindingCode = keyof typeof catalogue

export const isFindingCode = (text: string): text is FindingCode => Object.hasOwn(catalogue, text)

/** A finding with a code of the catalogue; the level is the catalogue's unless another one is given. */
export const finding = (
  code: FindingCode,
  details: {message: string; object?: Ref; repair?: Command | readonly Command[]; level?: Level},
): Finding => ({
  code,
  level: details.level ?? catalogue[code].level,
  ...(details.object === undefined ? {} : {object: details.object}),
  message: details.message,
  ...(details.repair === undefined ? {} : {repair: 'program' in details.repair ? [details.repair] : details.repair}),
})

/** The order in which findings are told: the urgent ones first, then errors, warnings and notes. */
export const rankOf = ({code, level}: Pick<Finding, 'code' | 'level'>): number => {
  const entry: FindingEntry | undefined = isFindingCode(code) ? catalogue[code] : undefined
  return level === 'error' && entry?.urgent === true ? -1 : levels.indexOf(level)
}

const FINAL: ReadonlySet<string> = new Set([
  'SFL-CP07',
  'SFL-CP09',
  'SFL-DB08',
  'SFL-P01',
  'SFL-P07',
  'SFL-P09',
  'SFL-A01',
  'SFL-A02',
  'SFL-A03',
  'SFL-A14',
  'SFL-A25',
  'SFL-B01',
  'SFL-B09',
  'SFL-B10',
  'SFL-B21',
  'SFL-C01',
  'SFL-C05',
  'SFL-C06',
  'SFL-C10',
  'SFL-S01',
  'SFL-S04',
  'SFL-S05',
  'SFL-S09',
  'SFL-D05',
  'SFL-D06',
  'SFL-F01',
  'SFL-F19',
  'SFL-K48',
  'SFL-K19',
  'SFL-K21',
  'SFL-K34',
  'SFL-K40',
  'SFL-K41',
  'SFL-K42',
  'SFL-K45',
  'SFL-I09',
  'SFL-T01',
  'SFL-T09',
  'SFL-T11',
  'SFL-T14',
  'SFL-T24',
])

/** Errors about what the server itself would refuse: `--force` does not help against them. */
export const isFinal = ({level, code}: Finding): boolean => level === 'error' && FINAL.has(code)

/** Errors become warnings: what `--force` does, except for what the server itself would refuse. */
export const forced = (findings: readonly Finding[]): Finding[] =>
  findings.map((one) => (one.level === 'error' ? {...one, level: 'warning'} : one))

/** What `--force` makes of the findings of a plan in which both kinds of errors are together. */
export const relaxed = (findings: readonly Finding[], force: boolean | undefined): Finding[] =>
  force === true ? findings.flatMap((one) => (isFinal(one) ? [one] : forced([one]))) : [...findings]
