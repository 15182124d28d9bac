import {deletingFindings, deleteSteps, planForExisting, type ExistingCodes} from '../../findings/existing.js'
import {type Finding} from '../../findings/finding.js'
import {finding, relaxed} from '../../findings/catalogue.js'
import {mergePatch} from '../../core/merge-patch.js'
import {refOf, type KubeObject, type Manifest} from '../../core/object.js'
import {patchBetween} from '../../core/patch-between.js'
import {type Plan, type Step} from '../../core/plan.js'
import {isRecord, type Fields} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {fill, sfl, type Command} from '../../core/commands.js'
import {CONFIG_MAP, KAFKA_BROKER_CONFIG, KafkaKey, SYSTEM_NAMESPACE} from '../../eventing/names.js'
import {
  blindFindings,
  dataOf,
  effectFindings,
  foreignFindings,
  immutableFindings,
  isForeign,
  judgeKafkaData,
  titleOf,
  useFindings,
  type ConfigData,
  type KafkaConfigFacts,
} from './preflight.js'
import {settingsData, type KafkaConfigRequest, type KafkaConfigUpdateRequest} from './options.js'
import {brokersUsing, defaultsUsing} from './use.js'
import {brokerData} from '../installation/knative-kafka-data.js'
import {settingsSteps, settledSteps, type SettingsChange} from '../write-target/write-settings.js'
import {writerOf} from './writer.js'
import {
  chooseTarget,
  configMapRef,
  type ConfigMapPlace,
  type Via,
  type WriteTarget,
} from '../write-target/write-target.js'

export interface ConfigWriteOptions {
  /** What to write to; left out, it is found out. */
  via?: Via
  force?: boolean
  /** Waits until an operator has written the ConfigMap, at most so many milliseconds. */
  waitMs?: number
}

/** A plan, and the target that was chosen for it. */
export interface ConfigPlan extends Plan {
  target?: WriteTarget
}

const codes: ExistingCodes = {exists: 'SFL-K19', differs: 'SFL-K20', deleting: 'SFL-K21'}

/** What a change adds to labels and annotations; only a ConfigMap that no operator writes can have some. */
interface MetadataChange {
  set: Fields
  asked: boolean
}

const metadataOf = (request: KafkaConfigRequest & Partial<KafkaConfigUpdateRequest>): MetadataChange => {
  const gone = (keys: readonly string[] = []): Record<string, null> =>
    Object.fromEntries(keys.map((key) => [key, null]))
  const labels = {...gone(request.labelsRemoved), ...request.labels}
  const annotations = {...gone(request.annotationsRemoved), ...request.annotations}
  const some = (map: object): boolean => Object.keys(map).length > 0
  return {
    set: {...(some(labels) ? {labels} : {}), ...(some(annotations) ? {annotations} : {})},
    asked: some(labels) || some(annotations),
  }
}

const manifestOf = (request: KafkaConfigRequest): Manifest => ({
  ...CONFIG_MAP,
  metadata: {
    name: request.name,
    namespace: request.namespace,
    ...(Object.keys(request.labels).length === 0 ? {} : {labels: {...request.labels}}),
    ...(Object.keys(request.annotations).length === 0 ? {} : {annotations: {...request.annotations}}),
  },
  data: settingsData(request.settings),
})

/** Labels and annotations that the operator would take off again. */
const metadataFindings = (target: WriteTarget | undefined, {asked}: MetadataChange): Finding[] =>
  target === undefined || target.via === 'config-map' || !asked
    ? []
    : [
        finding('SFL-F02', {
          object: configMapRef(target.place),
          message: `labels and annotations of ${titleOf(target.place)} are left out: ${writerOf(target)} writes it and would take them off`,
        }),
      ]

/** What a command would do to the data of a ConfigMap. */
interface Intent {
  steps(target: WriteTarget): Step[]
  change: SettingsChange
  after: ConfigData
  /** The data as it is, where only some of it changes: what was wrong before does not stand in the way. */
  before?: ConfigData
  /** What else there is to say. */
  findings: readonly Finding[]
}

/** What was wrong before and still is becomes a warning, so that faults can be repaired one after the other. */
const faultsOf = (place: ConfigMapPlace, {before, after}: Intent, {secret}: KafkaConfigFacts): Finding[] => {
  const faults = judgeKafkaData(place, after, secret)
  if (before === undefined) return faults
  const sameSecret = before[KafkaKey.AuthSecret] === after[KafkaKey.AuthSecret]
  const old = new Set(judgeKafkaData(place, before, sameSecret ? secret : undefined).map(({message}) => message))
  return faults.map((one) =>
    one.level === 'error' && (one.code === 'SFL-K01' || old.has(one.message)) ? {...one, level: 'warning'} : one,
  )
}

/** A plan for a target, with everything that is known about the data it would bring about. */
const planned = (
  place: ConfigMapPlace,
  {target, findings: chosen}: ReturnType<typeof chooseTarget>,
  intent: Intent,
  options: ConfigWriteOptions,
  facts: KafkaConfigFacts,
): ConfigPlan => {
  const {steps, change, after, findings} = intent
  const judged = [
    ...(isForeign(place, facts)
      ? foreignFindings(place, facts)
      : [...faultsOf(place, intent, facts), ...effectFindings(place, dataOf(facts.configMap), after, facts)]),
    ...findings,
  ]
  return {
    steps:
      target === undefined
        ? []
        : [...steps(target), ...(options.waitMs === undefined ? [] : settledSteps(target, change, options.waitMs))],
    findings: [...chosen.filter((one) => isWorthSaying(one, target)), ...relaxed(judged, options.force)],
    ...(target === undefined ? {} : {target}),
  }
}

/** Operators write in one namespace only: elsewhere nobody wonders what is written to. */
const isWorthSaying = ({code}: Finding, target: WriteTarget | undefined): boolean =>
  code !== 'SFL-F04' || target?.via !== 'config-map' || target.place.namespace === SYSTEM_NAMESPACE

/** The plan of `kafka config create`. */
export const planKafkaConfigCreate = (
  request: KafkaConfigRequest,
  options: ConfigWriteOptions & {ifNotExists?: boolean},
  facts: KafkaConfigFacts,
): ConfigPlan => {
  const manifest = manifestOf(request)
  if (isFound(facts.configMap))
    return planForExisting(facts.configMap, manifest, {ifNotExists: options.ifNotExists === true}, codes)
  const place = {namespace: request.namespace, name: request.name}
  const data = settingsData(request.settings)
  const change = {set: data}
  const choice = chooseTarget(place, facts, options)
  const metadata = metadataOf(request)
  return planned(
    place,
    choice,
    {
      steps: (target) =>
        target.object === undefined ? [{verb: 'create', object: manifest}] : settingsSteps(target, change),
      change,
      after: data,
      findings: [...metadataFindings(choice.target, metadata), ...nextStep(place, facts)],
    },
    options,
    facts,
  )
}

/** A ConfigMap of one's own does nothing until brokers name it. */
const nextStep = (place: ConfigMapPlace, facts: KafkaConfigFacts): Finding[] =>
  brokersUsing(place, facts).length > 0 ||
  defaultsUsing(place, facts.defaults).length > 0 ||
  (place.namespace === SYSTEM_NAMESPACE && place.name === KAFKA_BROKER_CONFIG)
    ? []
    : [
        finding('SFL-K30', {
          object: configMapRef(place),
          message: 'brokers use it when they are created with --broker-config',
          repair: sfl(
            'broker create',
            fill('NAME'),
            '--class',
            'Kafka',
            '--broker-config',
            `cm:${place.name}:${place.namespace}`,
          ),
        }),
      ]

/** The plan of `kafka config apply`. Settings that are left out are removed where this program set them. */
export const planKafkaConfigApply = (
  request: KafkaConfigRequest,
  options: ConfigWriteOptions & {forceConflicts?: boolean; fieldManager: string},
  facts: KafkaConfigFacts,
): ConfigPlan => {
  const place = {namespace: request.namespace, name: request.name}
  const data = settingsData(request.settings)
  const before = isFound(facts.configMap) ? facts.configMap : undefined
  const change = {set: data}
  const choice = chooseTarget(place, facts, options)
  const plain = choice.target?.via === 'config-map'
  const object = manifestOf(request)
  const kept = dataOf(facts.configMap)
  const dropped = plain ? appliedKeys(before, options.fieldManager).filter((key) => data[key] === undefined) : []
  return planned(
    place,
    choice,
    {
      steps: (target) =>
        plain
          ? [
              {
                verb: 'apply',
                object,
                before,
                ...(options.forceConflicts === true ? {force: true} : {}),
              },
            ]
          : settingsSteps(target, change),
      change,
      after: {...Object.fromEntries(Object.entries(kept).filter(([key]) => !dropped.includes(key))), ...data},
      findings: [
        ...deletingFindings(before, 'SFL-K21'),
        ...(plain ? immutableFindings(place, facts.configMap) : []),
        ...metadataFindings(choice.target, metadataOf(request)),
        ...blindFindings(place, facts),
        ...(before === undefined ? nextStep(place, facts) : []),
      ],
    },
    options,
    facts,
  )
}

/** The keys that this field manager applied, and nobody else has set: an apply without them removes them. */
const appliedKeys = (object: KubeObject | undefined, fieldManager: string): string[] => {
  const entries = (object?.metadata.managedFields ?? []).flatMap((entry) => {
    const fields = isRecord(entry) && isRecord(entry['fieldsV1']) ? entry['fieldsV1']['f:data'] : undefined
    if (!isRecord(entry) || !isRecord(fields)) return []
    const own = entry['manager'] === fieldManager && entry['operation'] === 'Apply'
    return Object.keys(fields).map((key) => ({key: key.replace(/^f:/, ''), own}))
  })
  const foreign = new Set(entries.filter(({own}) => !own).map(({key}) => key))
  return entries.filter(({key, own}) => own && !foreign.has(key)).map(({key}) => key)
}

/** The plan of `kafka config update`: only what was named is sent. The ConfigMap must be there. */
export const planKafkaConfigUpdate = (
  request: KafkaConfigUpdateRequest,
  options: ConfigWriteOptions,
  facts: KafkaConfigFacts,
): ConfigPlan => {
  const place = {namespace: request.namespace, name: request.name}
  const set = settingsData(request.settings)
  const change = {set, remove: request.removed}
  const choice = chooseTarget(place, facts, options)
  const metadata = metadataOf(request)
  const before = isFound(facts.configMap) ? facts.configMap : undefined
  const current = currentData(choice.target)
  const after = {
    ...Object.fromEntries(Object.entries(current).filter(([key]) => !request.removed.includes(key))),
    ...set,
  }
  const plain = choice.target?.via === 'config-map'
  return planned(
    place,
    choice,
    {
      steps: (target) =>
        plain && before !== undefined ? [patchStep(before, change, metadata.set)] : settingsSteps(target, change),
      change,
      before: current,
      after,
      findings: [
        ...deletingFindings(before, 'SFL-K21'),
        ...(plain && Object.keys(set).length + request.removed.length > 0
          ? immutableFindings(place, facts.configMap)
          : []),
        ...metadataFindings(choice.target, metadata),
        ...blindFindings(place, facts),
      ],
    },
    options,
    facts,
  )
}

/** The data as it is, or as the operator would write it once its part is enabled. */
const currentData = (target: WriteTarget | undefined): ConfigData => {
  if (target?.configMap !== undefined) return dataOf(target.configMap)
  const {via, object, place} = target ?? {}
  return via === 'knative-kafka' && object !== undefined && place?.name === KAFKA_BROKER_CONFIG
    ? brokerData(object)
    : {}
}

const patchStep = (before: KubeObject, {set = {}, remove = []}: SettingsChange, metadata: Fields): Step => {
  const data = {...Object.fromEntries(remove.map((key) => [key, null])), ...set}
  const wanted = mergePatch(before, {
    ...(Object.keys(data).length === 0 ? {} : {data}),
    ...(Object.keys(metadata).length === 0 ? {} : {metadata}),
  })
  const patch = isRecord(wanted) ? patchBetween(before, wanted) : undefined
  return patch === undefined
    ? {verb: 'keep', object: before}
    : {verb: 'patch', ref: refOf(before), before, patch: {...patch}}
}

/** The plan of `kafka config delete`. */
export const planKafkaConfigDelete = (
  configMap: KubeObject,
  options: {force?: boolean; waitMs?: number},
  facts: KafkaConfigFacts,
): Plan => {
  const place = {namespace: configMap.metadata.namespace ?? '', name: configMap.metadata.name}
  const object = configMapRef(place)
  const {target} = chooseTarget(place, facts)
  const operator = target === undefined || target.via === 'config-map' ? undefined : target
  const uses = useFindings(place, facts)
  const findings = [
    ...foreignFindings(place, facts),
    ...uses,
    ...(operator === undefined
      ? []
      : [
          finding('SFL-K33', {
            object,
            message: `${titleOf(place)} would be back at once: ${writerOf(operator)} writes it`,
            ...(operator.via === 'knative-kafka' && place.name === KAFKA_BROKER_CONFIG
              ? {repair: sfl('kafka disable', 'broker')}
              : {}),
          }),
        ]),
    ...(uses.length === 0 &&
    operator === undefined &&
    place.namespace === SYSTEM_NAMESPACE &&
    place.name === KAFKA_BROKER_CONFIG
      ? [
          finding('SFL-K27', {
            object,
            message: `${titleOf(place)} is what Kafka brokers use as documented; nothing uses it now`,
            repair: recreateCommand(place, dataOf(configMap)),
          }),
        ]
      : []),
    ...blindFindings(place, facts),
  ]
  return {steps: deleteSteps(configMap, options.waitMs), findings: relaxed(findings, options.force)}
}

/** The command that makes the same ConfigMap again. */
const recreateCommand = ({name, namespace}: ConfigMapPlace, data: ConfigData): Command => {
  const flag = (word: string, key: string): string[] => (data[key] === undefined ? [] : [word, data[key]])
  return sfl(
    'kafka config create',
    name,
    '-n',
    namespace,
    ...flag('--bootstrap-servers', KafkaKey.BootstrapServers),
    ...flag('--partitions', KafkaKey.Partitions),
    ...flag('--replication-factor', KafkaKey.ReplicationFactor),
    ...flag('--auth-secret', KafkaKey.AuthSecret),
  )
}
