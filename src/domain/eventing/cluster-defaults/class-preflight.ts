import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {kubectl} from '../../core/commands.js'
import {configEntry, governing, type ConfigMapPlace} from '../../kafka/write-target/write-target.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {resourceNameOf} from '../../kinds/registry.js'
import {at, isRecord, recordAt, textAt} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {readConfigReference} from '../broker/config.js'
import {defaultsRef, setCommand} from './class-fitness.js'
import {documentToday, type ClassFacts, type SettingFacts} from './default-facts.js'
import {BROKER_DEFAULTS, BROKER_DEFAULTS_KEY, BrokerClass, SYSTEM_NAMESPACE} from '../names.js'

export const placeOfDefaults: ConfigMapPlace = {namespace: SYSTEM_NAMESPACE, name: BROKER_DEFAULTS}

const title = `ConfigMap ${SYSTEM_NAMESPACE}/${BROKER_DEFAULTS}`

/** What contradicts itself in config-br-defaults and in the KnativeEventing that writes it, whatever the namespace. */
export const defaultsFindingsOf = (facts: ClassFacts): Finding[] => {
  if (facts.today === 'forbidden')
    return [
      finding('SFL-B11', {
        object: defaultsRef,
        message: `the default class and config are not known: ${title} could not be read`,
      }),
    ]
  const resource = governing(placeOfDefaults, facts)
  return [
    ...todayFindings(facts),
    ...(resource === undefined
      ? []
      : [
          ...spellingFindings(resource, BROKER_DEFAULTS),
          ...unwrittenFindings(resource, BROKER_DEFAULTS, BROKER_DEFAULTS_KEY, facts),
          ...classFieldFindings(resource, facts),
        ]),
  ]
}

const todayFindings = (facts: ClassFacts): Finding[] => {
  const {today} = facts
  const edit = kubectl('-n', SYSTEM_NAMESPACE, 'edit', 'configmap', BROKER_DEFAULTS)
  if (!isFound(today))
    return [
      finding('SFL-F07', {
        object: defaultsRef,
        message: `${title} does not exist, so brokers that name no class are refused`,
        repair: setCommand(BrokerClass.MTChannelBased, undefined),
      }),
    ]
  if ('fault' in today)
    return [
      finding('SFL-B13', {
        object: defaultsRef,
        message: `${BROKER_DEFAULTS_KEY} of ${title} cannot be read: ${today.fault}`,
        repair: today.text === '' ? setCommand(BrokerClass.MTChannelBased, undefined) : edit,
      }),
    ]
  const cluster = at(today.document, 'clusterDefault')
  const className = textAt(cluster, 'brokerClass') || undefined
  const gaps = !isRecord(cluster)
    ? ['clusterDefault']
    : [
        ...(className === undefined ? ['clusterDefault.brokerClass'] : []),
        ...(readConfigReference(cluster) === undefined ? ['the config of clusterDefault'] : []),
      ]
  return [
    ...(gaps.length === 0
      ? []
      : [
          finding('SFL-F07', {
            object: defaultsRef,
            message: `${gaps.join(' and ')} ${gaps.length === 1 ? 'is' : 'are'} missing in ${BROKER_DEFAULTS_KEY}, so brokers that leave it to the defaults may be refused`,
            repair: setCommand(className ?? BrokerClass.MTChannelBased, undefined),
          }),
        ]),
    ...Object.entries(recordAt(today.document, 'namespaceDefaults')).flatMap(([namespace, entry]) =>
      isRecord(entry) && !textAt(entry, 'brokerClass')
        ? [
            finding('SFL-F08', {
              object: defaultsRef,
              message: `the default of namespace ${namespace} has no brokerClass, so brokers that name no class skip it`,
              repair: setCommand(className ?? BrokerClass.MTChannelBased, namespace, readConfigReference(entry)),
            }),
          ]
        : [],
    ),
  ]
}

/** The same ConfigMap under both of its names. */
export const spellingFindings = (resource: KubeObject, name: string): Finding[] => {
  const {spelling, ignored} = configEntry(resource, name)
  if (ignored === undefined) return []
  const ref = refOf(resource)
  return [
    finding('SFL-F05', {
      object: ref,
      message: `spec.config of KnativeEventing ${ref.name} has ${spelling} and ${ignored.spelling}; the operator ignores ${ignored.spelling}`,
      repair: kubectl(
        '-n',
        ref.namespace ?? '',
        'patch',
        resourceNameOf(ref),
        ref.name,
        '--type=merge',
        '-p',
        JSON.stringify({spec: {config: {[ignored.spelling]: null}}}),
      ),
    }),
  ]
}

/** Anywhere in the text, a comment included: so the operator looks for it. */
const mentionsClass = (text: string): boolean => text.includes('brokerClass:')

/** The operator did not get to it, or is hindered. */
export const unwrittenFindings = (
  resource: KubeObject,
  name: string,
  key: string,
  {today, stated}: SettingFacts,
): Finding[] => {
  if (stated === undefined || !isFound(today) || stated.text === today.text) return []
  // Without any class in it, the operator fills one in: the texts then differ by design.
  if (key === BROKER_DEFAULTS_KEY && !mentionsClass(stated.text)) return []
  const ref = refOf(resource)
  return [
    finding('SFL-F11', {
      object: ref,
      message: `ConfigMap ${SYSTEM_NAMESPACE}/${name} does not hold what KnativeEventing ${ref.name} says; what is shown here is the ConfigMap, which is what Knative goes by`,
      repair: kubectl('-n', ref.namespace ?? '', 'describe', resourceNameOf(ref), ref.name),
    }),
  ]
}

const classFieldFindings = (resource: KubeObject, facts: ClassFacts): Finding[] => {
  const field = textAt(resource, 'spec', 'defaultBrokerClass')
  const stated = facts.stated
  if (!field || stated === undefined || !mentionsClass(stated.text)) return []
  const effective = textAt(documentToday(facts), 'clusterDefault', 'brokerClass')
  if (effective === field) return []
  return [
    finding('SFL-F06', {
      object: refOf(resource),
      message: `spec.defaultBrokerClass of KnativeEventing ${resource.metadata.name} is ${field} and has no effect, because ${BROKER_DEFAULTS_KEY} names classes itself; the default of the cluster is ${effective ?? 'none'}`,
      repair: setCommand(field, undefined),
    }),
  ]
}
