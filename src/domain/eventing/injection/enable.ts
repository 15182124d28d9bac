import {type Finding} from '../../findings/finding.js'
import {finding, applyForce} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {type Plan, type Step} from '../../core/plan.js'
import {injectedCrashFindings} from '../broker/controller-crash.js'
import {type DefaultsFacts, type Trigger} from '../broker/facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {sfl} from '../../core/commands.js'
import {waitStep} from '../../findings/existing.js'
import {namespaceRef, refOfTrigger, rightsFindings, type InjectionCommandFacts} from './options.js'
import {enableSugar} from './sugar.js'
import {injectsNamespace, injectsTrigger, type InjectionAnswer} from './verdicts.js'
import {INJECTION, brokerRef} from '../names.js'
import {injectionMarks} from '../trigger/manifest.js'

export interface InjectionEnableOptions {
  namespace: string
  /** The triggers to mark; left out, the namespace is marked. */
  triggers?: readonly Trigger[]
  force?: boolean
  /** Wait until the broker is ready, at most so many milliseconds. */
  waitMs?: number
}

export interface InjectionEnableFacts extends InjectionCommandFacts {
  /** The brokers of the namespace, by name. */
  brokers: Lookup<Readonly<Record<string, KubeObject>>>
  /** What the broker that is injected will be. */
  defaults: Lookup<DefaultsFacts>
}

/** The plan of `broker injection enable`: marks the namespace, or triggers (OpenShift Serverless, "Creating a broker by annotating a trigger" and "Creating a broker by labeling a namespace"). */
export const planInjectionEnable = (options: InjectionEnableOptions, facts: InjectionEnableFacts): Plan => {
  const {namespace, triggers, waitMs} = options
  const marked = triggers === undefined ? markNamespace(namespace, facts) : markTriggers(triggers, facts)
  const brokers = triggers === undefined ? ['default'] : [...new Set(triggers.map(({broker}) => broker))]
  const changes = marked.steps.some(({verb}) => verb === 'patch')
  const refused = rightsFindings(namespace, facts.rights, {
    namespace: changes && triggers === undefined,
    triggers: changes && triggers !== undefined,
    broker: false,
  })
  const findings = [...marked.findings, ...brokers.flatMap((name) => presentFindings(name, namespace, facts))]
  return {
    steps: [...marked.steps, ...brokers.flatMap((name) => waitStep(brokerRef(name, namespace), waitMs))],
    findings: applyForce(
      [...brokers.flatMap((name) => crashFindings(name, namespace, facts)), ...refused, ...findings],
      options.force,
    ),
  }
}

/** The broker that injection makes names neither class nor config. */
const crashFindings = (name: string, namespace: string, {brokers, defaults}: InjectionEnableFacts): Finding[] =>
  isFound(brokers) && Object.hasOwn(brokers, name) ? [] : injectedCrashFindings(name, namespace, defaults)

const markNamespace = (namespace: string, facts: InjectionEnableFacts): {steps: Step[]; findings: Finding[]} => {
  const stored = facts.namespace
  if (!isFound(stored)) return {steps: [], findings: [absentNamespace(namespace, stored)]}
  const labels = {...stored.metadata.labels, [INJECTION]: 'enabled'}
  const answer = injectsNamespace({...facts, namespaceLabels: labels})
  return {
    steps: [
      stored.metadata.labels?.[INJECTION] === 'enabled'
        ? {verb: 'keep', object: stored}
        : {
            verb: 'patch',
            ref: namespaceRef(namespace),
            before: stored,
            patch: {metadata: {labels: {[INJECTION]: 'enabled'}}},
          },
    ],
    findings: answerFindings(answer, `namespace ${namespace}`, namespace, 'default', 'namespace-selector', facts),
  }
}

const absentNamespace = (namespace: string, stored: 'absent' | 'forbidden'): Finding =>
  stored === 'absent'
    ? finding('SFL-I09', {object: namespaceRef(namespace), message: `namespace ${namespace} does not exist`})
    : finding('SFL-I09', {
        object: namespaceRef(namespace),
        message: `you may not read namespace ${namespace}, so its labels cannot be changed`,
        repair: sfl('broker create', 'default', '-n', namespace),
      })

const markTriggers = (
  triggers: readonly Trigger[],
  facts: InjectionEnableFacts,
): {steps: Step[]; findings: Finding[]} => {
  const one = (trigger: Trigger): {step: Step; findings: Finding[]} => {
    const marks = injectionMarks(trigger.broker)
    const has = (kind: 'labels' | 'annotations'): boolean =>
      Object.entries(marks[kind]).every(([key, value]) => trigger[kind][key] === value)
    const labels = {...trigger.labels, ...marks.labels}
    const annotations = {...trigger.annotations, ...marks.annotations}
    return {
      step:
        has('labels') && has('annotations')
          ? {verb: 'keep', object: trigger.object}
          : {
              verb: 'patch',
              ref: refOfTrigger(trigger),
              before: trigger.object,
              patch: {
                metadata: {
                  ...(has('labels') ? {} : {labels: marks.labels}),
                  ...(has('annotations') ? {} : {annotations: marks.annotations}),
                },
              },
            },
      findings: answerFindings(
        injectsTrigger(facts, {labels, annotations}),
        `trigger ${trigger.name}`,
        trigger.namespace,
        trigger.broker,
        'trigger-selector',
        facts,
      ),
    }
  }
  const marked = triggers.map(one)
  return {steps: marked.map(({step}) => step), findings: marked.flatMap(({findings}) => findings)}
}

const answerFindings = (
  answer: InjectionAnswer,
  what: string,
  namespace: string,
  broker: string,
  key: 'namespace-selector' | 'trigger-selector',
  {sugar}: InjectionEnableFacts,
): Finding[] => {
  if (answer === 'yes') return []
  if (answer === 'unknown')
    return [
      finding('SFL-I05', {
        message: `whether the cluster acts upon the mark of ${what} cannot be told: ConfigMap knative-eventing/config-sugar could not be read`,
      }),
    ]
  const selector = isFound(sugar)
    ? sugar[key === 'namespace-selector' ? 'namespaceSelector' : 'triggerSelector']
    : undefined
  const why =
    selector === 'off'
      ? `${key} of config-sugar is empty, so it is off`
      : selector !== undefined && 'fault' in selector
        ? `${key} of config-sugar cannot be read: ${selector.fault}`
        : `${key} of config-sugar does not match it`
  return [
    finding('SFL-I08', {
      message: `injection would do nothing for ${what}: ${why}`,
      repair: [sfl('broker create', broker, '-n', namespace), enableSugar(key)],
    }),
  ]
}

const presentFindings = (name: string, namespace: string, {brokers}: InjectionEnableFacts): Finding[] =>
  isFound(brokers) && Object.hasOwn(brokers, name)
    ? [
        finding('SFL-I10', {
          object: brokerRef(name, namespace),
          message: `broker ${name} exists already; injection will create it again whenever it is deleted`,
        }),
      ]
    : []
