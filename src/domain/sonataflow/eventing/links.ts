import {
  BROKER_CLASS,
  DELIVERY_ORDER,
  DEPLOYMENT,
  SERVICE,
  SINK_BINDING,
  TRIGGER,
  triggerRef,
} from '../../eventing/names.js'
import {type KubeObject, type Manifest, type Ref} from '../../core/object.js'
import {conditionOf, readinessOf, whyNotReady} from '../../core/readiness.js'
import {textAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {belongsTo, childLabels, ownerOf} from '../workload/children.js'
import {serviceSink, serviceSource, type EffectiveDestination} from '../effective/eventing.js'
import {deployedServices, type Platform} from '../model.js'
import {
  platformTriggers,
  retiredTriggers,
  serviceObjectName,
  sinkBindingName,
  triggerName,
  type PlatformTrigger,
} from '../names.js'

/** The triggers and the SinkBinding by which services get and send events: expected, and what is there. */

/** Brokers that were looked up, by `namespace/name`. */
export type Brokers = Readonly<Record<string, Lookup<KubeObject>>>

/** A trigger as the operator wants it. */
export interface ExpectedTrigger {
  trigger: PlatformTrigger
  /** In the namespace of the broker. */
  ref: Ref
  broker: string
  subscriber: {name: string; namespace: string}
  /** Wants the annotation for ordered delivery; `undefined` when the broker's class is not known. */
  ordered: boolean | undefined
}

const classOf = (broker: Lookup<KubeObject> | undefined): string | undefined =>
  broker !== undefined && isFound(broker) ? (broker.metadata.annotations?.[BROKER_CLASS] ?? '') : undefined

/** The triggers that the operator makes for a platform. Its uid is part of their names, so a manifest has none yet. */
export const expectedTriggers = (platform: Platform, brokers: Brokers = {}): ExpectedTrigger[] => {
  const {uid, name, namespace} = platform
  if (uid === undefined) return []
  return deployedServices(platform).flatMap((key): ExpectedTrigger[] => {
    const source = serviceSource(platform, key)
    if (source.mode !== 'ref') return []
    const className = classOf(brokers[`${source.namespace}/${source.name}`])
    return platformTriggers
      .filter(({service}) => service === key)
      .map((trigger) => ({
        trigger,
        ref: triggerRef(triggerName(trigger, uid), source.namespace),
        broker: source.name,
        subscriber: {name: serviceObjectName(name, key), namespace},
        ordered: !trigger.ordered ? false : className === undefined ? undefined : className.includes('Kafka'),
      }))
  })
}

/** The manifest of a trigger, as the operator writes it. */
export const triggerManifest = (one: ExpectedTrigger, platform: Platform, tag?: string): Manifest => ({
  ...TRIGGER,
  metadata: {
    name: one.ref.name,
    namespace: one.ref.namespace ?? '',
    labels: childLabels(platform, one.trigger.service, tag),
    ...(one.ordered === true ? {annotations: {[DELIVERY_ORDER]: 'ordered'}} : {}),
    ...(one.ref.namespace === platform.namespace ? ownerOf(platform) : {}),
  },
  spec: {
    broker: one.broker,
    filter: {attributes: {type: one.trigger.eventType}},
    subscriber: {ref: {...SERVICE, ...one.subscriber}, uri: one.trigger.path},
  },
})

export type TriggerState = 'ok' | 'missing' | 'not-ready' | 'other-broker' | 'differs' | 'unordered' | 'stale'

/** One line of `platform eventing links`. */
export interface TriggerLink {
  ref: Ref
  state: TriggerState
  /** Left out for a stale one. */
  expected?: ExpectedTrigger
  /** Left out for a missing one. */
  actual?: KubeObject
  /** Why it is in this state, in words. */
  why?: string
}

const differences = (expected: ExpectedTrigger, actual: KubeObject): string[] => {
  const wanted: ReadonlyArray<readonly [string, string, string | undefined]> = [
    ['filter type', expected.trigger.eventType, textAt(actual, 'spec', 'filter', 'attributes', 'type')],
    ['subscriber', expected.subscriber.name, textAt(actual, 'spec', 'subscriber', 'ref', 'name')],
    [
      'subscriber namespace',
      expected.subscriber.namespace,
      textAt(actual, 'spec', 'subscriber', 'ref', 'namespace') ?? actual.metadata.namespace,
    ],
    ['path', expected.trigger.path, textAt(actual, 'spec', 'subscriber', 'uri')],
  ]
  return wanted.flatMap(([what, should, is]) =>
    should === is ? [] : [`${what} is ${is ?? 'missing'} instead of ${should}`],
  )
}

const judgeTrigger = (expected: ExpectedTrigger, actual: KubeObject | undefined): TriggerLink => {
  const link = (state: TriggerState, why?: string): TriggerLink => ({
    ref: expected.ref,
    state,
    expected,
    ...(actual === undefined ? {} : {actual}),
    ...(why === undefined || why === '' ? {} : {why}),
  })
  if (actual === undefined) return link('missing')
  const broker = textAt(actual, 'spec', 'broker')
  if (broker !== expected.broker) return link('other-broker', `attached to ${broker ?? 'no broker'}`)
  const differing = differences(expected, actual)
  if (differing.length > 0) return link('differs', differing.join(', '))
  const readiness = readinessOf(actual)
  if (readiness.state !== 'ready') return link('not-ready', whyNotReady(readiness))
  if (expected.ordered === true && actual.metadata.annotations?.[DELIVERY_ORDER] !== 'ordered')
    return link('unordered', `without annotation ${DELIVERY_ORDER}: ordered`)
  return link('ok')
}

const keyOf = ({namespace = '', name}: Pick<Ref, 'namespace' | 'name'>): string => `${namespace}/${name}`

/** Whether a trigger is one of a platform: by its labels, its name, or the list in the status. */
const isOf = (trigger: KubeObject, platform: Platform): boolean => {
  const {name, namespace = ''} = trigger.metadata
  const {uid} = platform
  return (
    belongsTo(trigger, platform) ||
    platform.status.triggers.some((one) => one.name === name && one.namespace === namespace) ||
    (uid !== undefined && [...platformTriggers, ...retiredTriggers].some((one) => triggerName(one, uid) === name))
  )
}

/** A trigger that operators no longer make. */
export const isRetired = ({why}: TriggerLink): boolean => why === RETIRED

const RETIRED = 'operators since Nov 2024 no longer make it'

const staleWhy = (trigger: KubeObject, platform: Platform, expected: readonly ExpectedTrigger[]): string => {
  const {name, namespace = ''} = trigger.metadata
  const {uid} = platform
  if (uid !== undefined && retiredTriggers.some((one) => triggerName(one, uid) === name)) return RETIRED
  const moved = expected.find(({ref}) => ref.name === name)
  if (moved !== undefined)
    return `the broker is now in namespace ${moved.ref.namespace}, and this one was left in ${namespace}`
  return 'the platform no longer gets these events from a broker'
}

/** Expected against actual, stale ones last. `actual` may hold triggers of anyone. */
export const compareTriggers = (
  platform: Platform,
  expected: readonly ExpectedTrigger[],
  actual: readonly KubeObject[],
): TriggerLink[] => {
  const found = new Map(actual.map((one) => [keyOf(one.metadata), one]))
  const wanted = new Set(expected.map(({ref}) => keyOf(ref)))
  return [
    ...expected.map((one) => judgeTrigger(one, found.get(keyOf(one.ref)))),
    ...actual
      .filter((one) => !wanted.has(keyOf(one.metadata)) && isOf(one, platform))
      .map((one): TriggerLink => ({
        ref: triggerRef(one.metadata.name, one.metadata.namespace ?? ''),
        state: 'stale',
        actual: one,
        why: staleWhy(one, platform, expected),
      })),
  ]
}

/** The SinkBinding as the operator wants it. */
export interface ExpectedSinkBinding {
  ref: Ref
  sink: Exclude<EffectiveDestination, {mode: 'http' | 'broken'}>
  subject: Ref
}

/** `undefined` when the Job Service sends its events directly, or is not there. */
export const expectedSinkBinding = (platform: Platform): ExpectedSinkBinding | undefined => {
  if (platform.services?.jobService === undefined) return undefined
  const sink = serviceSink(platform)
  if (sink.mode === 'http' || sink.mode === 'broken') return undefined
  const {name, namespace} = platform
  return {
    ref: {...SINK_BINDING, name: sinkBindingName(name), namespace},
    sink,
    subject: {...DEPLOYMENT, name: serviceObjectName(name, 'jobService'), namespace},
  }
}

export const sinkBindingManifest = (one: ExpectedSinkBinding, platform: Platform, tag?: string): Manifest => {
  const written = platform.services?.jobService?.sink ?? platform.broker ?? {}
  return {
    ...SINK_BINDING,
    metadata: {
      name: one.ref.name,
      namespace: platform.namespace,
      labels: childLabels(platform, 'jobService', tag),
      ...ownerOf(platform),
    },
    spec: {
      sink: {...written},
      subject: {
        apiVersion: one.subject.apiVersion,
        kind: one.subject.kind,
        name: one.subject.name,
        namespace: platform.namespace,
      },
    },
  }
}

export type SinkBindingState = 'ok' | 'missing' | 'not-provided' | 'not-ready' | 'other-sink' | 'stale'

export interface SinkBindingLink {
  ref: Ref
  state: SinkBindingState
  expected?: ExpectedSinkBinding
  actual?: KubeObject
  why?: string
}

/** Without condition SinkProvided the operator keeps the Job Service at 0 replicas. */
export const sinkProvided = (binding: KubeObject): boolean => conditionOf(binding, 'SinkProvided')?.status === 'True'

const sinkDiffers = ({sink}: ExpectedSinkBinding, actual: KubeObject): boolean =>
  sink.mode === 'uri'
    ? textAt(actual, 'spec', 'sink', 'uri') !== sink.uri
    : textAt(actual, 'spec', 'sink', 'ref', 'name') !== sink.name ||
      (textAt(actual, 'spec', 'sink', 'ref', 'namespace') ?? actual.metadata.namespace) !== sink.namespace

/** Expected against actual; `undefined` when there is none and should be none. */
export const compareSinkBinding = (
  platform: Platform,
  expected: ExpectedSinkBinding | undefined,
  actual: KubeObject | undefined,
): SinkBindingLink | undefined => {
  const ref: Ref = {...SINK_BINDING, name: sinkBindingName(platform.name), namespace: platform.namespace}
  if (expected === undefined)
    return actual === undefined
      ? undefined
      : {ref, state: 'stale', actual, why: 'the Job Service no longer sends its events to a sink'}
  if (actual === undefined) return {ref, state: 'missing', expected}
  const link = (state: SinkBindingState, why = ''): SinkBindingLink => ({
    ref,
    state,
    expected,
    actual,
    ...(why === '' ? {} : {why}),
  })
  if (sinkDiffers(expected, actual)) {
    const name = textAt(actual, 'spec', 'sink', 'ref', 'name') ?? textAt(actual, 'spec', 'sink', 'uri')
    return link('other-sink', `it still names ${name ?? 'nothing'}`)
  }
  if (!sinkProvided(actual)) {
    const condition = conditionOf(actual, 'SinkProvided')
    return link('not-provided', [condition?.reason, condition?.message].filter(Boolean).join(': '))
  }
  const readiness = readinessOf(actual)
  return readiness.state === 'ready' ? link('ok') : link('not-ready', whyNotReady(readiness))
}
