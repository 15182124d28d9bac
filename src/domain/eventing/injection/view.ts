import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {readinessOf} from '../../core/readiness.js'
import {type Selector, type Trigger} from '../broker/facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {sfl} from '../../core/commands.js'
import {selectorFaults} from './injection.js'
import {isMarked, refOfTrigger, type InjectionCommandFacts} from './options.js'
import {injectsNamespace, injectsTrigger, type InjectionAnswer} from './verdicts.js'
import {matchesEverything, matchesSelector} from '../../core/label-selector.js'
import {INJECTION} from '../names.js'

export interface InjectionShowFacts extends Omit<InjectionCommandFacts, 'rights' | 'namespace'> {
  /** The brokers of the namespace, by name. */
  brokers: Lookup<Readonly<Record<string, KubeObject>>>
}

/** The namespace or one trigger, with what the sugar controller makes of it. */
export interface InjectionSubject {
  kind: 'Namespace' | 'Trigger'
  name: string
  /** Values of the marks, where they are set. */
  label?: string
  annotation?: string
  acts: InjectionAnswer
  /** The broker that would be created. */
  broker: string
  /** Whether that broker is there. */
  brokerState: 'ready' | 'pending' | 'failed' | 'absent' | 'unknown'
}

/** Everything that `broker injection show` shows, as data. */
export interface InjectionView {
  namespace: string
  namespaceInjection: 'off' | 'on' | 'everything' | 'faulty' | 'unknown' | 'fixed'
  triggerInjection: 'off' | 'on' | 'everything' | 'faulty' | 'unknown' | 'fixed'
  subjects: readonly InjectionSubject[]
  findings: readonly Finding[]
}

/** Evaluates config-sugar for the namespace and each of its triggers. */
export const viewInjection = (namespace: string, facts: InjectionShowFacts): InjectionView => {
  const triggers = isFound(facts.triggers)
    ? facts.triggers.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)))
    : []
  const label = isFound(facts.namespaceLabels) ? facts.namespaceLabels[INJECTION] : undefined
  return {
    namespace,
    namespaceInjection: stateOf(facts.sugar, 'namespaceSelector'),
    triggerInjection: stateOf(facts.sugar, 'triggerSelector'),
    subjects: [
      {
        kind: 'Namespace',
        name: namespace,
        ...(label === undefined ? {} : {label}),
        acts: injectsNamespace(facts),
        broker: 'default',
        brokerState: brokerState('default', facts),
      },
      ...triggers.map((trigger) => subjectOf(trigger, facts)),
    ],
    findings: [
      ...(isFound(facts.sugar) ? selectorFaults(facts.sugar) : []),
      ...triggers.flatMap((trigger) => annotationFindings(trigger, facts)),
      ...blindFindings(namespace, facts),
    ],
  }
}

const stateOf = (
  sugar: InjectionShowFacts['sugar'],
  key: 'namespaceSelector' | 'triggerSelector',
): InjectionView['namespaceInjection'] => {
  if (sugar === 'absent') return 'fixed'
  if (sugar === 'forbidden') return 'unknown'
  const selector: Selector = sugar[key]
  if (selector === 'off') return 'off'
  if ('fault' in selector || matchesSelector(selector.selector, {}) === undefined) return 'faulty'
  return matchesEverything(selector.selector) ? 'everything' : 'on'
}

const subjectOf = (trigger: Trigger, facts: InjectionShowFacts): InjectionSubject => {
  const [label, annotation] = [trigger.labels[INJECTION], trigger.annotations[INJECTION]]
  return {
    kind: 'Trigger',
    name: trigger.name,
    ...(label === undefined ? {} : {label}),
    ...(annotation === undefined ? {} : {annotation}),
    acts: injectsTrigger(facts, trigger),
    broker: trigger.broker,
    brokerState: brokerState(trigger.broker, facts),
  }
}

const brokerState = (name: string, {brokers}: InjectionShowFacts): InjectionSubject['brokerState'] => {
  if (!isFound(brokers)) return brokers === 'absent' ? 'absent' : 'unknown'
  const broker = Object.hasOwn(brokers, name) ? brokers[name] : undefined
  return broker === undefined ? 'absent' : readinessOf(broker).state
}

/** Marked as the document says, which does nothing any more. */
const annotationFindings = (trigger: Trigger, facts: InjectionShowFacts): Finding[] =>
  isMarked(trigger) &&
  trigger.annotations[INJECTION] === 'enabled' &&
  trigger.labels[INJECTION] !== 'enabled' &&
  injectsTrigger(facts, trigger) === 'no'
    ? [
        finding('SFL-I11', {
          object: refOfTrigger(trigger),
          message: `trigger ${trigger.name} has the injection annotation without the label; Knative looks at the label since release 1.4`,
          repair: sfl('broker injection enable', '-n', trigger.namespace, '--trigger', trigger.name),
        }),
      ]
    : []

const blindFindings = (namespace: string, facts: InjectionShowFacts): Finding[] => {
  const blind = [
    ...(facts.sugar === 'forbidden' ? ['ConfigMap knative-eventing/config-sugar'] : []),
    ...(facts.namespaceLabels === 'forbidden' ? [`namespace ${namespace}`] : []),
    ...(facts.triggers === 'forbidden' ? [`the triggers of namespace ${namespace}`] : []),
    ...(facts.brokers === 'forbidden' ? [`the brokers of namespace ${namespace}`] : []),
  ]
  return blind.length === 0
    ? []
    : [finding('SFL-I05', {message: `injection was not fully checked: ${blind.join(', ')} could not be read`})]
}
