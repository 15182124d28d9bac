import {ExitCode, SflError, invalid} from '../errors.js'
import {type Finding} from '../finding.js'
import {finding, forced} from '../findings.js'
import {mergePatch} from '../merge-patch.js'
import {type KubeObject} from '../object.js'
import {type Plan} from '../plan.js'
import {at, isRecord, recordAt, type Fields} from '../read.js'
import {brokerFaults} from './admission.js'
import {parseBrokerConfig, type ConfigReference} from './broker-config.js'
import {type UpdateFacts} from './broker-facts.js'
import {immutableFindings} from './broker-immutable.js'
import {kubectl} from './commands.js'
import {
  deliveryFields,
  deliverySpec,
  parseUnset,
  readDelivery,
  readDeliverySpec,
  unsetDelivery,
  type DeliveryFlag,
  type DeliveryOptions,
  type DeliverySettings,
  type Unset,
} from './delivery.js'
import {deliveryFindings, sinkFindings} from './delivery-judgement.js'
import {permissiveFeatures} from './features.js'
import {BROKER_CLASS, brokerRef} from './names.js'
import {patchBetween} from './patch-between.js'
import {readAnnotations, readLabels} from './syntax.js'

/** Flags of broker update, as typed. */
export interface BrokerUpdateOptions extends DeliveryOptions {
  name: string
  namespace: string
  labels?: readonly string[] | undefined
  annotations?: readonly string[] | undefined
  unset?: readonly string[] | undefined
  /** Cannot be changed; taken in order to explain that. */
  className?: string | undefined
  brokerConfig?: string | undefined
}

export interface BrokerUpdateRequest {
  name: string
  namespace: string
  className?: string
  config?: ConfigReference
  labels: Readonly<Record<string, string>>
  annotations: Readonly<Record<string, string>>
  delivery: DeliverySettings
  unset: readonly Unset[]
  findings: readonly Finding[]
}

const contradiction = (
  unset: Unset,
  settings: DeliverySettings,
  labels: Fields,
  annotations: Fields,
): string | undefined => {
  if ('label' in unset) return labels[unset.label] === undefined ? undefined : `label ${unset.label}`
  if ('annotation' in unset)
    return annotations[unset.annotation] === undefined ? undefined : `annotation ${unset.annotation}`
  if (unset.delivery === 'all') return Object.keys(settings).length === 0 ? undefined : 'delivery'
  return settings[deliveryFields[unset.delivery]] === undefined ? undefined : unset.delivery
}

/** Checks the flags of broker update. Throws InvalidArgument. */
export const readBrokerUpdateOptions = (options: BrokerUpdateOptions): BrokerUpdateRequest => {
  const labels = readLabels(options.labels ?? [])
  const {[BROKER_CLASS]: annotatedClass, ...annotations} = readAnnotations(options.annotations ?? [])
  const {settings, findings} = readDelivery(options, options.namespace)
  const unset = (options.unset ?? []).map(parseUnset)
  const className = options.className || annotatedClass
  const config = options.brokerConfig === undefined ? undefined : parseBrokerConfig(options.brokerConfig)
  const contradictions = unset.flatMap((one) => contradiction(one, settings, labels, annotations) ?? [])
  if (contradictions.length > 0) throw invalid(`${contradictions.join(', ')}: cannot be set and unset at the same time`)
  const nothing =
    Object.keys(settings).length + Object.keys(labels).length + Object.keys(annotations).length + unset.length === 0
  if (nothing && className === undefined && config === undefined)
    throw new SflError('InvalidArgument', 'nothing to update: no setting was given', ExitCode.Usage, {
      hint: 'give at least one of --dl-sink, --retry, --backoff-policy, --backoff-delay, --timeout, --retry-after-max, --delivery-format, --label, --annotation, --unset',
    })
  return {
    name: options.name,
    namespace: options.namespace,
    ...(className === undefined ? {} : {className}),
    ...(config === undefined ? {} : {config}),
    labels,
    annotations,
    delivery: settings,
    unset,
    findings,
  }
}

/** The plan of `broker update`: a merge patch of what differs, or nothing. */
export const planBrokerUpdate = (
  request: BrokerUpdateRequest,
  options: {force?: boolean},
  facts: UpdateFacts,
): Plan => {
  const {broker} = facts
  const ref = brokerRef(request.name, request.namespace)
  const className = broker.metadata.annotations?.[BROKER_CLASS]
  const after = wantedBroker(request, facts)
  const patch = patchBetween(relevant(broker), relevant(after))
  const delivery = readDeliverySpec(at(after, 'spec', 'delivery'))

  const touched = deliveryTouched(request)
  const judged = touched ? deliveryFindings(ref, delivery, className, facts.features) : []
  const flagErrors = judged.filter(({code, level}) => level === 'error' && ['SFL-D05', 'SFL-D06'].includes(code))
  const refused = [
    ...immutableFindings(broker, request),
    ...flagErrors,
    ...(patch === undefined ? [] : newFaults(after, broker)).map((text) =>
      finding('SFL-B09', {object: ref, message: `the server would refuse it: ${text}`}),
    ),
  ]
  const findings = [
    ...request.findings,
    ...deletionFinding(broker, request),
    ...judged.filter((one) => !flagErrors.includes(one)),
    ...sinkFindings(ref, facts.sink),
    ...(request.unset.some((one) => 'delivery' in one && one.delivery === 'all')
      ? [
          finding('SFL-D13', {
            object: ref,
            message: `without delivery settings broker ${request.name} gets the cluster's default ones again`,
          }),
        ]
      : []),
  ]
  return {
    steps: [patch === undefined ? {verb: 'keep', object: broker} : {verb: 'patch', ref, before: broker, patch}],
    findings: [...refused, ...(options.force === true ? forced(findings) : findings)],
  }
}

/** Faults that the change brings in. Feature flags have findings of their own. */
const newFaults = (after: KubeObject, before: KubeObject): string[] => {
  const old = brokerFaults(before, undefined, permissiveFeatures)
  return brokerFaults(after, before, permissiveFeatures).filter((text) => !old.includes(text))
}

const deliveryTouched = (request: BrokerUpdateRequest): boolean =>
  Object.keys(request.delivery).length > 0 || request.unset.some((one) => 'delivery' in one)

/** Only what an update may change. */
const relevant = (broker: KubeObject): Fields => ({
  metadata: {labels: broker.metadata.labels ?? {}, annotations: broker.metadata.annotations ?? {}},
  spec: {delivery: at(broker, 'spec', 'delivery')},
})

const wantedBroker = (request: BrokerUpdateRequest, facts: UpdateFacts): KubeObject => {
  const {broker} = facts
  const flags = request.unset.flatMap((one): DeliveryFlag[] =>
    'delivery' in one && one.delivery !== 'all' ? [one.delivery] : [],
  )
  const gone = (kind: 'label' | 'annotation'): Record<string, null> =>
    Object.fromEntries(request.unset.flatMap((one) => (kind in one ? [[Object.values(one)[0], null]] : [])))
  const present = at(broker, 'spec', 'delivery')
  const kept = unsetDelivery(present, flags)
  const wanted = deliverySpec(request.delivery, facts.sink?.destination)
  const all = request.unset.some((one) => 'delivery' in one && one.delivery === 'all')
  const delivery = Object.keys(wanted).length === 0 ? kept : {...kept, ...wanted}
  const spec = Object.fromEntries(Object.entries(recordAt(broker, 'spec')).filter(([field]) => field !== 'delivery'))
  const metadata = mergePatch(broker.metadata, {
    labels: {...gone('label'), ...request.labels},
    annotations: {...gone('annotation'), ...request.annotations},
  })
  return {
    ...broker,
    metadata: {...broker.metadata, ...(isRecord(metadata) ? metadata : {})},
    spec: {...spec, ...(all || delivery === undefined ? {} : {delivery})},
  }
}

const deletionFinding = (broker: KubeObject, request: BrokerUpdateRequest): Finding[] =>
  broker.metadata.deletionTimestamp === undefined
    ? []
    : [
        finding('SFL-B21', {
          object: brokerRef(request.name, request.namespace),
          message: `broker ${request.name} is being deleted; changes have no effect`,
          repair: kubectl(
            '-n',
            request.namespace,
            'wait',
            '--for=delete',
            `brokers.eventing.knative.dev/${request.name}`,
          ),
        }),
      ]
