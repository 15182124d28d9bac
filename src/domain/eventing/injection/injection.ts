import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject, type Ref} from '../../core/object.js'
import {isRecord} from '../../core/read.js'
import {type InjectionFacts, type Selector, type SugarFacts, type Trigger} from '../broker/facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {kubectl} from '../../core/commands.js'
import {labelThatStops, matchesEverything, matchesSelector} from '../../core/label-selector.js'
import {
  CONFIG_MAP,
  INJECTED,
  INJECTION,
  NAMESPACE,
  SUGAR_CONFIG,
  SYSTEM_NAMESPACE,
  TRIGGER,
  brokerRef,
} from '../names.js'

/** Whether a broker would come back after its deletion, and what would bring it back. */
export interface InjectionVerdict {
  /** It carries the label of the sugar controller. */
  injected: boolean
  recreated: 'yes' | 'no' | 'unknown'
  findings: Finding[]
}

const enabledSelector = {matchExpressions: [{key: INJECTION, operator: 'In', values: ['enabled']}]}

/** What OpenShift Serverless ships, and what a cluster before Knative 1.4 does without any ConfigMap. */
export const presumedSugar: SugarFacts = {
  namespaceSelector: {selector: enabledSelector},
  triggerSelector: {selector: enabledSelector},
}

/**
 * Evaluates config-sugar's selectors against the labels of the namespace and of the triggers (knative/eventing
 * pkg/reconciler/sugar). A namespace brings back only the broker `default`, a trigger the one that it names.
 */
export const judgeInjection = (
  broker: KubeObject,
  facts: InjectionFacts & {triggers: Lookup<readonly Trigger[]>},
): InjectionVerdict => {
  const {name} = broker.metadata
  const namespace = broker.metadata.namespace ?? ''
  const known = isFound(facts.sugar)
  const sugar = isFound(facts.sugar) ? facts.sugar : presumedSugar
  // An old cluster has no config-sugar and fixed keys; without the right to read it, nothing is certain.
  const certain = facts.sugar !== 'forbidden'
  const findings: Finding[] = []
  const blind: string[] = []
  if (facts.sugar === 'forbidden') blind.push(`ConfigMap ${SYSTEM_NAMESPACE}/${SUGAR_CONFIG}`)

  if (name === 'default') {
    if (isFound(facts.namespaceLabels))
      findings.push(...namespaceFindings(namespace, facts.namespaceLabels, sugar.namespaceSelector, certain))
    else if (known ? sugar.namespaceSelector !== 'off' : true) blind.push(`the labels of namespace ${namespace}`)
  }
  if (isFound(facts.triggers)) {
    for (const trigger of facts.triggers.filter((one) => one.broker === name))
      findings.push(...triggerFindings(trigger, sugar.triggerSelector, certain, facts.sugar === 'absent'))
  } else blind.push(`the triggers of namespace ${namespace}`)
  findings.push(...selectorFaults(sugar))

  const sources = findings.filter(({code}) => ['SFL-I01', 'SFL-I02', 'SFL-I03'].includes(code))
  if (blind.length > 0)
    findings.push(
      finding('SFL-I05', {
        object: brokerRef(name, namespace),
        message: `whether injection would create the broker again was not fully checked: ${blind.join(', ')} could not be read`,
      }),
    )
  return {
    injected: broker.metadata.labels?.[INJECTED] === 'true',
    recreated: sources.some(({level}) => level === 'error')
      ? 'yes'
      : sources.length > 0 || blind.length > 0
        ? 'unknown'
        : 'no',
    findings,
  }
}

/** A selector of config-sugar that could be read, and matches. */
export const selects = (selector: Selector, labels: Readonly<Record<string, string>>): boolean =>
  isRecord(selector) && 'selector' in selector && matchesSelector(selector.selector, labels) === true

export const editSugar = kubectl('-n', SYSTEM_NAMESPACE, 'edit', 'configmap', SUGAR_CONFIG)

const may = (certain: boolean): string => (certain ? 'creates' : 'creates, if injection is on,')

const level = (certain: boolean): {level?: 'warning'} => (certain ? {} : {level: 'warning'})

const namespaceFindings = (
  namespace: string,
  labels: Readonly<Record<string, string>>,
  selector: Selector,
  certain: boolean,
): Finding[] => {
  if (!selects(selector, labels) || selector === 'off' || !('selector' in selector)) return []
  const object: Ref = {...NAMESPACE, name: namespace}
  if (matchesEverything(selector.selector)) return [everything('namespace-selector', 'namespace', object)]
  const change = labelThatStops(selector.selector, labels)
  return [
    finding('SFL-I01', {
      object,
      message: `namespace ${namespace} ${may(certain)} broker default again: its labels match namespace-selector of ${SUGAR_CONFIG}`,
      repair: change === undefined ? editSugar : kubectl('label', 'namespace', namespace, change, ...overwrite(change)),
      ...level(certain),
    }),
  ]
}

const overwrite = (change: string): string[] => (change.includes('=') ? ['--overwrite'] : [])

const everything = (key: string, what: string, object: Ref): Finding =>
  finding('SFL-I03', {
    object,
    message: `${key} of ${SUGAR_CONFIG} matches every ${what}, so no label can keep the broker away`,
    repair: editSugar,
  })

const triggerFindings = (trigger: Trigger, selector: Selector, certain: boolean, oldCluster: boolean): Finding[] => {
  const object: Ref = {...TRIGGER, name: trigger.name, namespace: trigger.namespace}
  const annotated = trigger.annotations[INJECTION] === 'enabled'
  if (selects(selector, trigger.labels) && selector !== 'off' && 'selector' in selector) {
    if (matchesEverything(selector.selector)) return [everything('trigger-selector', 'trigger', object)]
    const change = labelThatStops(selector.selector, trigger.labels)
    return [
      finding('SFL-I02', {
        object,
        message: `trigger ${trigger.name} ${may(certain)} broker ${trigger.broker} again: its labels match trigger-selector of ${SUGAR_CONFIG}`,
        repair:
          change === undefined
            ? editSugar
            : kubectl(
                '-n',
                trigger.namespace,
                'label',
                'triggers.eventing.knative.dev',
                trigger.name,
                change,
                ...overwrite(change),
              ),
        ...level(certain),
      }),
    ]
  }
  if (!annotated) return []
  const repair = kubectl(
    '-n',
    trigger.namespace,
    'annotate',
    'triggers.eventing.knative.dev',
    trigger.name,
    `${INJECTION}-`,
  )
  return oldCluster
    ? [
        finding('SFL-I02', {
          object,
          message: `trigger ${trigger.name} creates broker ${trigger.broker} again: it has the injection annotation, which this old cluster acts upon`,
          repair,
        }),
      ]
    : [
        finding('SFL-I07', {
          object,
          message: `trigger ${trigger.name} has the injection annotation; Knative before 1.4 would create broker ${trigger.broker} again`,
          repair,
        }),
      ]
}

/** Selectors that are no label selectors in YAML. */
export const selectorFaults = (sugar: SugarFacts): Finding[] =>
  (
    [
      ['namespace-selector', sugar.namespaceSelector],
      ['trigger-selector', sugar.triggerSelector],
    ] as const
  ).flatMap(([key, selector]) => {
    if (selector === 'off') return []
    const fault =
      'fault' in selector
        ? selector.fault
        : matchesSelector(selector.selector, {}) === undefined
          ? 'it is not a label selector'
          : undefined
    return fault === undefined
      ? []
      : [
          finding('SFL-I04', {
            object: {...CONFIG_MAP, name: SUGAR_CONFIG, namespace: SYSTEM_NAMESPACE},
            message: `${key} of ConfigMap ${SYSTEM_NAMESPACE}/${SUGAR_CONFIG} cannot be read: ${fault}`,
            repair: editSugar,
          }),
        ]
  })
