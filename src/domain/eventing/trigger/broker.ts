import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type KubeObject, type Manifest, type Ref} from '../../core/object.js'
import {readinessOf} from '../../core/readiness.js'
import {suggestions} from '../../core/suggest.js'
import {isFound} from '../../core/seen.js'
import {kubectl, sfl} from '../../core/commands.js'
import {enableSugar} from '../injection/sugar.js'
import {injectsNamespace, injectsTrigger, type InjectionAnswer} from '../injection/verdicts.js'
import {INJECTION, brokerRef} from '../names.js'
import {type TriggerBrokerFacts} from './facts.js'

/** The broker that a trigger names: is it there, on its way, able to work? */
export const triggerBrokerFindings = (trigger: Manifest, broker: string, facts: TriggerBrokerFacts): Finding[] => {
  const {name, namespace = ''} = trigger.metadata
  const object: Ref = {apiVersion: trigger.apiVersion, kind: trigger.kind, name, namespace}
  if (facts.broker === 'forbidden')
    return [
      finding('SFL-B11', {
        object: brokerRef(broker, namespace),
        message: `broker ${broker} was not checked: it could not be read`,
      }),
    ]
  if (!isFound(facts.broker)) return absenceFindings(trigger, object, broker, facts)
  if (facts.broker.metadata.deletionTimestamp !== undefined)
    return [
      finding('SFL-T03', {
        object: brokerRef(broker, namespace),
        message: `broker ${broker} is being deleted`,
        repair: kubectl('-n', namespace, 'wait', '--for=delete', `brokers.eventing.knative.dev/${broker}`),
      }),
    ]
  return unreadyFindings(facts.broker)
}

const unreadyFindings = (broker: KubeObject): Finding[] => {
  const {name, namespace = ''} = broker.metadata
  const {state, reason, message} = readinessOf(broker)
  if (state === 'ready') return []
  const why = [reason, message].filter(Boolean).join(': ')
  return [
    finding('SFL-T04', {
      object: brokerRef(name, namespace),
      message: `broker ${name} is not ready${why === '' ? '' : ` (${why})`}; the trigger cannot be ready before it`,
      repair: sfl('broker describe', name, '-n', namespace),
    }),
  ]
}

const absenceFindings = (trigger: Manifest, object: Ref, broker: string, facts: TriggerBrokerFacts): Finding[] => {
  const namespace = object.namespace ?? ''
  const comes = comesByInjection(trigger, broker, facts)
  if (comes.answer !== 'no')
    return [
      finding('SFL-T25', {
        object: brokerRef(broker, namespace),
        message:
          comes.answer === 'yes'
            ? `broker ${broker} does not exist yet; injection creates it for ${comes.source}`
            : `broker ${broker} does not exist; whether injection creates it for ${comes.source} cannot be told`,
      }),
    ]
  const near = isFound(facts.brokers) ? suggestions(broker, facts.brokers)[0] : undefined
  return [
    finding('SFL-T02', {
      object: brokerRef(broker, namespace),
      message: `broker ${broker} does not exist in namespace ${namespace}${near === undefined ? '' : ` - did you mean ${near}?`}`,
      repair: near === undefined ? sfl('broker create', broker, '-n', namespace) : sfl('broker list', '-n', namespace),
    }),
  ]
}

/** Who makes the sugar controller create the broker of a trigger, if anyone. */
export const comesByInjection = (
  trigger: Manifest,
  broker: string,
  {injection}: TriggerBrokerFacts,
): {answer: InjectionAnswer; source: string} => {
  const {name, namespace = '', labels = {}, annotations = {}} = trigger.metadata
  const byTrigger = injection === undefined ? 'no' : injectsTrigger(injection, {labels, annotations})
  if (byTrigger !== 'no') return {answer: byTrigger, source: `trigger ${name}`}
  const byNamespace = injection === undefined || broker !== 'default' ? 'no' : injectsNamespace(injection)
  // An unreadable namespace is no sign that it is marked.
  const marked = isFound(injection?.namespaceLabels) || byNamespace === 'yes'
  return {answer: marked ? byNamespace : 'no', source: `namespace ${namespace}`}
}

/** `--inject-broker`: whether the marks would be acted upon. */
export const injectFindings = (trigger: Manifest, broker: string, facts: TriggerBrokerFacts): Finding[] => {
  const {name, namespace = '', labels = {}, annotations = {}} = trigger.metadata
  const object: Ref = {apiVersion: trigger.apiVersion, kind: trigger.kind, name, namespace}
  if (isFound(facts.broker))
    return [
      finding('SFL-I10', {
        object: brokerRef(broker, namespace),
        message: `broker ${broker} exists already; injection will create it again whenever it is deleted`,
      }),
    ]
  const answer = facts.injection === undefined ? 'unknown' : injectsTrigger(facts.injection, {labels, annotations})
  if (answer === 'yes') return []
  if (answer === 'unknown' || facts.injection === undefined)
    return [
      finding('SFL-I05', {
        object,
        message: `whether injection creates broker ${broker} for trigger ${name} cannot be told: ConfigMap knative-eventing/config-sugar could not be read`,
      }),
    ]
  return [
    finding('SFL-I08', {
      object,
      message: `label ${INJECTION}=enabled on trigger ${name} would do nothing: trigger-selector of config-sugar ${
        isFound(facts.injection.sugar) && facts.injection.sugar.triggerSelector === 'off'
          ? 'is empty, so injection by triggers is off'
          : 'does not match it'
      }`,
      repair: [sfl('broker create', broker, '-n', namespace), enableSugar('trigger-selector')],
    }),
  ]
}
