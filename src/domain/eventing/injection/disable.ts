import {type Finding} from '../../findings/finding.js'
import {applyForce, asWarnings, finding} from '../../findings/catalogue.js'
import {handleOf, type KubeObject} from '../../core/object.js'
import {type Plan, type Step} from '../../core/plan.js'
import {textAt} from '../../core/read.js'
import {type ConfigMapFacts, type Trigger} from '../broker/facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {planBrokerDelete} from '../broker/delete.js'
import {judgeInjection} from './injection.js'
import {isMarked, namespaceRef, refOfTrigger, rightsFindings, type InjectionCommandFacts} from './options.js'
import {BROKER, INJECTED, INJECTION, brokerRef} from '../names.js'

export interface InjectionDisableOptions {
  namespace: string
  /** Take the marks off these triggers only; left out, off the namespace and all its triggers. */
  triggers?: readonly Trigger[]
  /** The broker whose return is judged, and which may be deleted. */
  broker: string
  deleteBroker: boolean
  force?: boolean
  /** How long the deletion may take, in milliseconds. */
  waitMs: number
  /** How long to watch whether the broker comes back, in milliseconds. */
  settleMs: number
}

export interface InjectionDisableFacts extends InjectionCommandFacts {
  broker: Lookup<KubeObject>
  /** The ConfigMap that the broker names. */
  config?: Lookup<ConfigMapFacts>
}

/**
 * The plan of `broker injection disable`, in the order of OpenShift Serverless, "Deleting a broker that was created by injection": the label of the namespace, label and
 * annotation of every trigger, the broker, and then a while to see that nothing brings it back.
 */
export const planInjectionDisable = (options: InjectionDisableOptions, facts: InjectionDisableFacts): Plan => {
  const {namespace} = options
  const onNamespace = options.triggers === undefined ? unmarkNamespace(namespace, facts) : []
  const chosen = options.triggers ?? (isFound(facts.triggers) ? facts.triggers : [])
  const onTriggers = chosen.filter(isMarked).map(unmarkTrigger)
  const remaining = judgedAfter(options, facts, chosen)
  const deletion = options.deleteBroker && isFound(facts.broker) ? deletionOf(facts.broker, options, facts) : undefined
  const changes = [...onNamespace, ...onTriggers]
  const steps: Step[] = [...changes, ...(deletion?.steps ?? [])]
  const refused = rightsFindings(namespace, facts.rights, {
    namespace: onNamespace.some(({verb}) => verb === 'patch'),
    triggers: onTriggers.length > 0,
    broker: deletion !== undefined,
  })
  const passable = [
    // Without a deletion, nothing is at stake yet.
    ...(deletion === undefined ? asWarnings(remaining) : remaining),
    ...(deletion?.findings ?? []),
    ...(options.deleteBroker && facts.broker === 'forbidden'
      ? [
          finding('SFL-B11', {
            object: brokerRef(options.broker, namespace),
            message: `broker ${options.broker} was not deleted: you have no permission to read it`,
          }),
        ]
      : []),
  ]
  return {
    steps: steps.length > 0 || !isFound(facts.namespace) ? steps : [{verb: 'keep', object: facts.namespace}],
    findings: applyForce([...refused, ...passable], options.force),
  }
}

const unmarkNamespace = (namespace: string, facts: InjectionDisableFacts): Step[] => {
  const stored = facts.namespace
  if (!isFound(stored) || stored.metadata.labels?.[INJECTION] !== 'enabled') return []
  return [
    {
      verb: 'patch',
      ref: namespaceRef(namespace),
      before: stored,
      patch: {metadata: {labels: {[INJECTION]: null}}},
      reason: 'the namespace would bring broker default back',
    },
  ]
}

const unmarkTrigger = (trigger: Trigger): Step => ({
  verb: 'patch',
  ref: refOfTrigger(trigger),
  before: trigger.object,
  patch: {
    metadata: {
      ...(trigger.labels[INJECTION] === undefined ? {} : {labels: {[INJECTION]: null}}),
      ...(trigger.annotations[INJECTION] === undefined ? {} : {annotations: {[INJECTION]: null}}),
    },
  },
  reason: `trigger ${trigger.name} would bring broker ${trigger.broker} back`,
})

const without = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([key]) => key !== INJECTION))

/** What would still bring the broker back once the marks are gone: selectors of another kind, other labels. */
const judgedAfter = (
  {namespace, broker: name, triggers: only}: InjectionDisableOptions,
  facts: InjectionDisableFacts,
  chosen: readonly Trigger[],
): Finding[] => {
  const names = new Set(chosen.map((trigger) => trigger.name))
  const labels = facts.namespaceLabels
  const broker = isFound(facts.broker) ? facts.broker : {...BROKER, metadata: {name, namespace}}
  return judgeInjection(broker, {
    ...facts,
    namespaceLabels:
      only === undefined && isFound(labels) && labels[INJECTION] === 'enabled' ? without(labels) : labels,
    triggers: isFound(facts.triggers)
      ? facts.triggers.map((trigger) =>
          names.has(trigger.name)
            ? {...trigger, labels: without(trigger.labels), annotations: without(trigger.annotations)}
            : trigger,
        )
      : facts.triggers,
  }).findings
}

const deletionOf = (broker: KubeObject, options: InjectionDisableOptions, facts: InjectionDisableFacts): Plan => {
  const {config} = facts
  const ref = brokerRef(options.broker, options.namespace)
  const {uid} = broker.metadata
  const plan = planBrokerDelete(
    {waitMs: options.waitMs},
    {
      broker,
      // Judged already, as it will be once the marks are gone.
      sugar: {namespaceSelector: 'off', triggerSelector: 'off'},
      namespaceLabels: {},
      triggers: isFound(facts.triggers) ? facts.triggers.map((one) => ({...one, annotations: {}})) : facts.triggers,
      ...(config === undefined ? {} : {config}),
    },
  )
  return {
    // What could not be read was said already.
    findings: plan.findings.filter(({code}) => code !== 'SFL-I05'),
    steps: [...plan.steps, {verb: 'stay-gone', ref, settleMs: options.settleMs, ...(uid === undefined ? {} : {uid})}],
  }
}

/** Why a broker that was deleted is there again: who created it, and what will do so the next time. */
export const cameBack = (facts: InjectionDisableFacts): Finding[] => {
  if (!isFound(facts.broker)) return []
  const {name, namespace = '', labels = {}, ownerReferences = [], managedFields = []} = facts.broker.metadata
  const [owner] = ownerReferences
  // Controllers write the status, which says nothing about who wants the broker.
  const managers = new Set(
    managedFields.flatMap((entry) => (textAt(entry, 'subresource') ? [] : (textAt(entry, 'manager') ?? []))),
  )
  const who =
    labels[INJECTED] === 'true'
      ? 'it was created by injection'
      : owner === undefined
        ? `not by injection${managers.size === 0 ? '' : `; its fields are managed by ${[...managers].join(', ')}`}`
        : `it belongs to ${handleOf(owner)}`
  return [
    finding('SFL-I12', {object: brokerRef(name, namespace), message: `broker ${name} is there again: ${who}`}),
    ...judgeInjection(facts.broker, facts).findings.filter(({level}) => level === 'error'),
  ]
}
