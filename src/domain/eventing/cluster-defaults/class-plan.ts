import {type EditDocument} from '../../core/document-edits.js'
import {blocking, type Finding} from '../../findings/finding.js'
import {finding, applyForce} from '../../findings/catalogue.js'
import {type SettingsChange} from '../../kafka/write-target/write-settings.js'
import {chooseTarget, type WriteTarget} from '../../kafka/write-target/write-target.js'
import {at, recordAt, textAt, type Fields} from '../../core/read.js'
import {crashingDefaultFindings, crashingDefaults} from '../broker/controller-crash.js'
import {readBrokerDefaults} from './broker-defaults.js'
import {isShipped, scopePath, setEdits, unsetEdits} from './class-edits.js'
import {defaultsRef, fitFindings} from './class-fitness.js'
import {type ClassRequest} from './class-options.js'
import {baseOf, documentToday, type ClassFacts} from './default-facts.js'
import {deliverySpec} from '../delivery/delivery.js'
import {deliveryFindings, sinkFindings} from '../delivery/preflight.js'
import {BROKER_DEFAULTS, BROKER_DEFAULTS_KEY, BrokerClass, NAMESPACE, SYSTEM_NAMESPACE} from '../names.js'
import {finish, isChanging, rewritten, type AskedPlan, type SettingWriteOptions} from './setting-plan.js'

const place = {namespace: SYSTEM_NAMESPACE, name: BROKER_DEFAULTS}

/** Namespaces whose own default wins over the cluster's. */
const ownDefaults = (document: unknown): string[] =>
  Object.entries(recordAt(document, 'namespaceDefaults')).flatMap(([namespace, entry]) =>
    textAt(entry, 'brokerClass') ? [namespace] : [],
  )

const listed = (names: readonly string[]): string =>
  names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ')

/** `defaultBrokerClass` follows the class of the cluster's default, where it is or would be a different one. */
const eventingSpec = (target: WriteTarget, document: unknown, always: boolean): {eventingSpec?: Fields} => {
  if (target.via !== 'knative-eventing') return {}
  const wanted = textAt(document, 'clusterDefault', 'brokerClass')
  const stated = textAt(target.object, 'spec', 'defaultBrokerClass')
  return wanted === undefined || (!always && stated === undefined) ? {} : {eventingSpec: {defaultBrokerClass: wanted}}
}

/** The plan of `broker class set` (OpenShift Serverless, "Configuring the default broker class"). */
export const planClassSet = (
  request: ClassRequest,
  options: SettingWriteOptions,
  facts: ClassFacts,
  edit: EditDocument,
): AskedPlan => {
  const {className, scopes} = request
  const {target, findings: chosen} = chooseTarget(place, facts, options)
  if (target === undefined) return {plan: {steps: [], findings: chosen}}
  const delivery = deliverySpec(request.delivery, facts.sink?.destination)
  const {text, document, faulty} = rewritten(
    baseOf(target, facts),
    (base) => setEdits(base, documentToday(facts), {className, scopes, delivery}),
    edit,
    {target, key: BROKER_DEFAULTS_KEY},
  )
  const forCluster = scopes.some(({scope}) => scope === undefined)
  const change: SettingsChange = {
    set: {[BROKER_DEFAULTS_KEY]: text},
    ...eventingSpec(target, document, forCluster),
  }
  const judged = [
    ...(faulty === undefined ? [] : [faulty]),
    ...scopes.flatMap(({scope, config}) => fitFindings(className, config, scope, facts)),
    ...scopes.flatMap(({scope}) => deliveryOf(scopePath(scope), document, className)),
    ...sinkFindings(defaultsRef, facts.sink),
    ...scopes.flatMap(({scope}) => namespaceFindings(scope, facts)),
  ]
  const where = forCluster ? 'the cluster' : `namespace ${listed(scopes.map(({scope}) => scope ?? ''))}`
  const plan = finish(
    target,
    change,
    `default class ${className} for ${where}`,
    applyForce([...crashesAfter(facts, document), ...chosen, ...request.findings, ...judged], options.force),
    options,
  )
  if (!isChanging(plan) || blocking(plan.findings).length > 0) return {plan}
  const effects = [
    effect(forCluster, document, className),
    ...scopes.flatMap(({scope}) => lostDelivery(scope, document)),
  ]
  return {
    plan: {...plan, findings: [...plan.findings, ...effects]},
    question: forCluster
      ? `Make ${className} the default class of new brokers in the whole cluster?`
      : `Make ${className} the default class of new brokers in ${where}?`,
    ...(forCluster ? {typedName: className} : {}),
  }
}

/** Defaults that would bring the Kafka controller down, and do not yet. */
const crashesAfter = (facts: ClassFacts, document: unknown): Finding[] => {
  const today = crashingDefaults(readBrokerDefaults(documentToday(facts))).map((one) => JSON.stringify(one))
  return crashingDefaultFindings(
    crashingDefaults(readBrokerDefaults(document)).filter((one) => !today.includes(JSON.stringify(one))),
  )
}

/** Whom it concerns. With no entry for other classes, the webhook gives brokers of those the same config. */
const effect = (forCluster: boolean, document: unknown, className?: string): Finding => {
  const own = ownDefaults(document)
  const others =
    own.length === 0 ? '' : ` except ${listed(own)}, which ${own.length === 1 ? 'has its own' : 'have their own'}`
  const classes = at(document, 'clusterDefault', 'brokerClasses') !== undefined
  const strangers =
    className === undefined || classes
      ? ''
      : `; those that ask for another class than ${className} have to name a config as well`
  return finding('SFL-F12', {
    object: defaultsRef,
    message: forCluster
      ? `this is for new brokers of all namespaces${others}${strangers}; brokers that exist keep their class and config`
      : 'brokers that exist keep their class and config',
  })
}

/** The commands that deliveryFindings knows are for objects with a delivery of their own. */
const deliveryOf = (path: readonly string[], document: unknown, className: string): Finding[] => {
  const {retry, backoffPolicy, backoffDelay} = recordAt(document, ...path, 'delivery')
  const spec = {
    ...(typeof retry === 'number' ? {retry} : {}),
    ...(typeof backoffPolicy === 'string' ? {backoffPolicy} : {}),
    ...(typeof backoffDelay === 'string' ? {backoffDelay} : {}),
  }
  return deliveryFindings(defaultsRef, spec, className, 'absent').map(({repair: _, ...rest}) => rest)
}

const namespaceFindings = (scope: string | undefined, facts: ClassFacts): Finding[] =>
  scope !== undefined && facts.namespaces[scope] === 'absent'
    ? [finding('SFL-F17', {object: {...NAMESPACE, name: scope}, message: `namespace ${scope} does not exist`})]
    : []

/** The default of a namespace replaces that of the cluster, its delivery included. */
const lostDelivery = (scope: string | undefined, document: unknown): Finding[] => {
  const cluster = recordAt(document, 'clusterDefault', 'delivery')
  if (scope === undefined || Object.keys(cluster).length === 0) return []
  if (at(document, ...scopePath(scope), 'delivery') !== undefined) return []
  const flags = [
    ['--retry', cluster.retry],
    ['--backoff-policy', cluster.backoffPolicy],
    ['--backoff-delay', cluster.backoffDelay],
  ].flatMap(([flag, value]) => (value === undefined ? [] : [`${String(flag)} ${String(value)}`]))
  return [
    finding('SFL-F13', {
      object: defaultsRef,
      message: `the default delivery of the cluster does not apply to namespace ${scope}, which now has a default of its own${flags.length === 0 ? '' : `; to have the same there, add ${flags.join(' ')}`}`,
    }),
  ]
}

/** The plan of `broker class unset`: back to what is shipped, or no default of their own for these namespaces. */
export const planClassUnset = (
  namespaces: readonly string[],
  options: SettingWriteOptions,
  facts: ClassFacts,
  edit: EditDocument,
): AskedPlan => {
  const {target, findings: chosen} = chooseTarget(place, facts, options)
  if (target === undefined) return {plan: {steps: [], findings: chosen}}
  const base = baseOf(target, facts)
  const {text, document, faulty} = rewritten(
    base,
    (found) => unsetEdits(found, documentToday(facts), namespaces),
    edit,
    {
      target,
      key: BROKER_DEFAULTS_KEY,
    },
  )
  const forCluster = namespaces.length === 0
  const stated = textAt(target.object, 'spec', 'defaultBrokerClass')
  // Without the key the operator writes what is shipped, with the class of defaultBrokerClass.
  const withoutKey =
    target.via === 'knative-eventing' &&
    isShipped(document) &&
    (forCluster || stated === undefined || stated === BrokerClass.MTChannelBased)
  const change: SettingsChange = withoutKey
    ? {remove: [BROKER_DEFAULTS_KEY], ...(forCluster ? {eventingSpec: {defaultBrokerClass: null}} : {})}
    : {set: {[BROKER_DEFAULTS_KEY]: text}, ...eventingSpec(target, document, false)}
  const gone = forCluster || namespaces.some((name) => at(base, 'document', ...scopePath(name)) !== undefined)
  const where = forCluster ? 'the cluster' : `namespace ${listed(namespaces)}`
  const judged = faulty === undefined || withoutKey ? [] : [faulty]
  const findings = applyForce([...crashesAfter(facts, document), ...chosen, ...judged], options.force)
  const plan =
    gone || judged.length > 0
      ? finish(target, change, `no default class for ${where} any more`, findings, options)
      : {steps: target.object === undefined ? [] : [{verb: 'keep' as const, object: target.object}], findings}
  if (!isChanging(plan) || blocking(plan.findings).length > 0) return {plan}
  return {
    plan: {...plan, findings: [...plan.findings, effect(forCluster, document)]},
    question: forCluster
      ? `Go back to the shipped default (${BrokerClass.MTChannelBased}) for new brokers in the whole cluster?`
      : `Take the default class of its own away from ${where}?`,
    ...(forCluster ? {typedName: BrokerClass.MTChannelBased} : {}),
  }
}
