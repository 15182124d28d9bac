import {type Finding} from '../../findings/finding.js'
import {finding, type FindingCode} from '../../findings/catalogue.js'
import {type Ref} from '../../core/object.js'
import {type ResolvedSink} from '../broker/facts.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {kubectl, sfl} from '../../core/commands.js'
import {type DeliverySpec} from './delivery.js'
import {type Features} from '../features.js'
import {BrokerClass, CHANNEL, FEATURES_CONFIG, SYSTEM_NAMESPACE, isKafkaClass} from '../names.js'
import {printSink, sinkOf} from '../reference.js'
import {nounOf} from '../../kinds/registry.js'

const enableFeature = (key: string): string =>
  kubectl(
    '-n',
    SYSTEM_NAMESPACE,
    'patch',
    'configmap',
    FEATURES_CONFIG,
    '--type=merge',
    '-p',
    JSON.stringify({data: {[key]: 'enabled'}}),
  )

/**
 * Judges the delivery settings that an object would have, against the broker class whose data plane delivers and the
 * feature flags. `plane` names that data plane where there is no broker.
 */
export const deliveryFindings = (
  holder: Ref,
  delivery: DeliverySpec | undefined,
  className: string | undefined,
  features: Lookup<Features>,
  plane = `class ${className ?? ''}`,
): Finding[] => {
  if (delivery === undefined) return []
  const findings: Finding[] = []
  const {backoffPolicy, backoffDelay, retryAfterMax, timeout} = delivery
  const backoff = [
    backoffPolicy === undefined ? [] : ['back-off policy'],
    backoffDelay === undefined ? [] : ['back-off delay'],
  ].flat()
  if (backoff.length > 0 && (delivery.retry ?? 0) === 0)
    findings.push(
      finding('SFL-D01', {
        object: holder,
        message: `${backoff.join(' and ')} without retry: nothing is retried, so there is nothing to pause for`,
        repair: update(holder, '--retry', '5'),
      }),
    )
  else if (backoff.length === 1 && className === BrokerClass.MTChannelBased)
    findings.push(
      finding('SFL-D08', {
        object: holder,
        message: `${plane} needs back-off policy and delay together; with only the ${backoff[0]} it retries at once`,
        repair:
          backoffPolicy === undefined
            ? update(holder, '--backoff-policy', 'exponential')
            : update(holder, '--backoff-delay', 'PT1S'),
      }),
    )
  const flags = [
    [timeout, 'SFL-D05', 'timeout', 'delivery-timeout', (known: Features): boolean => known.deliveryTimeout],
    [
      retryAfterMax,
      'SFL-D06',
      'retryAfterMax',
      'delivery-retryafter',
      (known: Features): boolean => known.deliveryRetryAfter,
    ],
  ] as const
  for (const [value, code, field, key, enabled] of flags) {
    if (value === undefined) continue
    if (isFound(features) && !enabled(features))
      findings.push(
        finding(code, {
          object: holder,
          message: `${field} is not allowed on this cluster: ${key} is not enabled in ConfigMap ${SYSTEM_NAMESPACE}/${FEATURES_CONFIG}`,
          repair: enableFeature(key),
        }),
      )
    else if (features === 'forbidden')
      findings.push(
        finding('SFL-B11', {
          object: holder,
          message: `${field} was not checked: ConfigMap ${SYSTEM_NAMESPACE}/${FEATURES_CONFIG} could not be read, and ${key} decides whether it is allowed`,
        }),
      )
  }
  if (retryAfterMax !== undefined && isKafkaClass(className))
    findings.push(
      finding('SFL-D07', {
        object: holder,
        message: `${plane} does not read retryAfterMax; it will have no effect`,
      }),
    )
  return findings
}

/** The delivery of a Channel is fixed at its creation. */
const update = ({kind, name, namespace = ''}: Ref, ...flags: string[]): string =>
  sfl(kind.toLowerCase(), kind === CHANNEL.kind ? 'create' : 'update', name, '-n', namespace, ...flags)

/** What a sink is to the object that names it, and the codes for one that cannot be used. */
export interface SinkRole {
  word: string
  missing: FindingCode
  addressless: FindingCode
}

const deadLetters: SinkRole = {word: 'dead letter sink', missing: 'SFL-D02', addressless: 'SFL-D03'}

/** Judges a sink that was looked up. */
export const sinkFindings = (
  holder: Ref,
  resolved: ResolvedSink | undefined,
  {word, missing, addressless}: SinkRole = deadLetters,
): Finding[] => {
  if (resolved === undefined || 'uri' in resolved.sink) return []
  const {ref} = resolved.sink
  const {destination} = resolved
  const object: Ref | undefined = destination.ref === undefined ? undefined : {...destination.ref}
  const shown = printSink(resolved.sink, holder.namespace ?? '')
  const about = object === undefined ? {} : {object}
  if (
    destination.ref?.apiVersion === holder.apiVersion &&
    destination.ref.kind === holder.kind &&
    ref.name === holder.name &&
    ref.namespace === holder.namespace
  )
    return [
      finding('SFL-D11', {
        object: holder,
        message: `the ${word} of ${nounOf(holder)} ${holder.name} is the ${nounOf(holder)} itself`,
      }),
    ]
  switch (resolved.state) {
    case 'absent':
      return [
        finding(missing, {
          ...about,
          message: `${word} ${shown} does not exist in namespace ${ref.namespace}`,
          repair: kubectl('-n', ref.namespace, 'get', resourceWord(ref.resource, ref.apiVersion)),
        }),
      ]
    case 'not-served':
      return [
        finding(missing, {
          ...about,
          message: `${word} ${shown}: the cluster does not serve ${ref.resource} of ${ref.apiVersion}`,
          repair: kubectl(
            'api-resources',
            `--api-group=${ref.apiVersion.includes('/') ? ref.apiVersion.split('/')[0]! : ''}`,
          ),
        }),
      ]
    case 'no-address':
      return [
        finding(addressless, {
          ...about,
          message: `${word} ${shown} exists but has no address yet, so no event can be sent to it`,
          repair: kubectl('-n', ref.namespace, 'describe', resourceWord(ref.resource, ref.apiVersion), ref.name),
        }),
      ]
    case 'never-addressed':
      return [
        finding(addressless, {
          ...about,
          ...(resolved.planned === true ? {level: 'note' as const} : {}),
          message: `${word} ${shown} is a ${destination.ref?.kind ?? ref.resource}, and nothing ever gives one an address, so no event can be sent to it`,
          repair: kubectl('-n', ref.namespace, 'get', 'services', 'services.serving.knative.dev'),
        }),
      ]
    case 'forbidden':
      return [finding('SFL-B11', {...about, message: `${word} ${shown} was not checked: it could not be read`})]
    case 'addressable':
    case 'uri':
      return []
  }
}

/** `services.serving.knative.dev`, as kubectl takes a resource without ambiguity. */
export const resourceWord = (resource: string, apiVersion: string): string =>
  apiVersion.includes('/') ? `${resource}.${apiVersion.split('/')[0]!}` : resource

/** How to look at the object that a stored destination names; nothing for a URI. */
export const sinkLookUp = (destination: unknown, namespace: string): {repair?: string} => {
  const sink = sinkOf(destination, namespace)
  if (sink === undefined || 'uri' in sink) return {}
  const {resource, apiVersion, name} = sink.ref
  return {repair: kubectl('-n', sink.ref.namespace, 'get', resourceWord(resource, apiVersion), name)}
}
