import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {at} from '../../core/read.js'
import {conditionsOf, readinessOf, type Condition} from '../../core/readiness.js'
import {isFound} from '../../core/seen.js'
import {type ChannelDescribeFacts} from './facts.js'
import {backingRef, backingType, planeFindings} from './plane.js'
import {kubectl} from '../../core/commands.js'
import {sinkLookUp} from '../delivery/preflight.js'
import {heldFindings} from '../../findings/existing.js'
import {resourceNameOf} from '../../kinds/registry.js'
import {SYSTEM_NAMESPACE} from '../names.js'

export const quoted = ({reason, message}: Condition): string => [reason, message].filter((text) => text).join(': ')

/** What fails by itself, and not only because something else does. */
export const failingConditions = (object: KubeObject): Condition[] =>
  conditionsOf(object).filter(({type, status, severity}) => type !== 'Ready' && status === 'False' && !severity)

/** `waiting for A, B`, or what the controller says. */
export const waitingFor = (object: KubeObject): string => {
  const open = conditionsOf(object)
    .filter(({type, status}) => type !== 'Ready' && status !== 'True')
    .map(({type}) => type)
  return open.length > 0
    ? `waiting for ${open.join(', ')}`
    : (readinessOf(object).message ?? 'its controller is still at work')
}

/** Finds the causes of a channel that is not ready, each with the command that repairs it. */
export const diagnoseChannel = (facts: ChannelDescribeFacts): Finding[] => {
  const {channel} = facts
  const ref = refOf(channel)
  const {state} = readinessOf(channel)
  if (channel.metadata.deletionTimestamp !== undefined) return heldFindings(channel, 'SFL-C17')
  if (state === 'ready') return []
  const plane = planeFindings(ref, backingType(channel), facts.served, facts.deployments).filter(
    ({code}) => code !== 'SFL-B11',
  )
  if (conditionsOf(channel).length === 0)
    return [
      finding('SFL-C12', {
        object: ref,
        message: `no controller has looked at channel ${ref.name} yet`,
        repair: kubectl('-n', SYSTEM_NAMESPACE, 'get', 'deployments', 'eventing-controller'),
      }),
      ...plane,
    ]
  const failing = failingConditions(channel)
  if (failing.length === 0)
    return [
      ...plane,
      finding('SFL-C14', {object: ref, message: `channel ${ref.name} is not ready yet: ${waitingFor(channel)}`}),
    ]
  return [...ownCauses(failing).flatMap((condition) => explain(facts, condition, plane)), ...plane]
}

/** The channel repeats what the real channel says: without that one ready, nothing else is worth a look. */
const ownCauses = (failing: readonly Condition[]): Condition[] => {
  const backing = failing.filter(({type}) => type === 'BackingChannelReady')
  return backing.length > 0 ? backing : [...failing]
}

const unresolved = (channel: KubeObject, why: string): Finding => {
  const ref = refOf(channel)
  const {namespace = ''} = ref
  return finding('SFL-D02', {
    object: ref,
    message: `the dead letter sink could not be resolved (${why})`,
    ...sinkLookUp(at(channel, 'spec', 'delivery', 'deadLetterSink'), namespace),
  })
}

const explain = (
  {channel, backing}: ChannelDescribeFacts,
  condition: Condition,
  plane: readonly Finding[],
): Finding[] => {
  const ref = refOf(channel)
  const {namespace = ''} = ref
  const {type} = condition
  if (type === 'DeadLetterSinkResolved') return [unresolved(channel, `${type}: ${quoted(condition)}`)]
  const real = backingRef(channel)
  if (type === 'BackingChannelReady' && real !== undefined) {
    // That the kind is not served, or nobody looks after it, says more than this condition does.
    if (plane.length > 0) return []
    const failing = isFound(backing) ? failingConditions(backing) : []
    const sink = failing.find((one) => one.type === 'DeadLetterSinkResolved')
    if (sink !== undefined) return [unresolved(channel, `${real.kind} ${real.name}: ${quoted(sink)}`)]
    const inner = failing.map((one) => `${one.type}: ${quoted(one)}`)
    return [
      finding('SFL-C13', {
        object: ref,
        message: `${real.kind} ${real.name} behind the channel is not ready (${inner.length > 0 ? inner.join('; ') : `${type}: ${quoted(condition)}`})`,
        repair: kubectl('-n', namespace, 'describe', resourceNameOf(real), real.name),
      }),
    ]
  }
  return [
    finding('SFL-C13', {
      object: ref,
      message: `condition ${type} of channel ${ref.name} fails (${type}: ${quoted(condition)})`,
      repair: kubectl('-n', namespace, 'describe', resourceNameOf(ref), ref.name),
    }),
  ]
}
