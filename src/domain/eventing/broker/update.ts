import {ExitCode, SflError} from '../../core/errors.js'
import {finding, applyForce} from '../../findings/catalogue.js'
import {type KubeObject} from '../../core/object.js'
import {type Plan} from '../../core/plan.js'
import {at} from '../../core/read.js'
import {brokerFaults} from '../admission.js'
import {parseBrokerConfig, type ConfigReference} from './config.js'
import {type UpdateFacts} from './facts.js'
import {immutableFindings} from './immutable.js'
import {
  allDeliveryUnset,
  changeable,
  changed,
  deliveryTouched,
  isNothing,
  readChanges,
  type ChangeOptions,
  type Changes,
} from '../changes.js'
import {readDeliverySpec} from '../delivery/delivery.js'
import {deliveryFindings, sinkFindings} from '../delivery/preflight.js'
import {deletingFindings, waitStep} from '../../findings/existing.js'
import {permissiveFeatures} from '../features.js'
import {BROKER_CLASS, brokerRef} from '../names.js'
import {patchBetween} from '../../core/patch-between.js'

/** Flags of broker update, as typed. */
export interface BrokerUpdateOptions extends ChangeOptions {
  name: string
  namespace: string
  /** Cannot be changed; taken in order to explain that. */
  className?: string | undefined
  brokerConfig?: string | undefined
}

export interface BrokerUpdateRequest extends Changes {
  name: string
  namespace: string
  className?: string
  config?: ConfigReference
}

/** Checks the flags of broker update. Throws InvalidArgument. */
export const readBrokerUpdateOptions = (options: BrokerUpdateOptions): BrokerUpdateRequest => {
  const changes = readChanges(options, options.namespace)
  const {[BROKER_CLASS]: annotatedClass, ...annotations} = changes.annotations
  const className = options.className || annotatedClass
  const config = options.brokerConfig === undefined ? undefined : parseBrokerConfig(options.brokerConfig)
  if (isNothing({...changes, annotations}) && className === undefined && config === undefined)
    throw new SflError('InvalidArgument', 'nothing to update: no setting was given', ExitCode.Usage, {
      hint: 'give at least one of --dl-sink, --retry, --backoff-policy, --backoff-delay, --timeout, --retry-after-max, --delivery-format, --label, --annotation, --unset',
    })
  return {
    ...changes,
    annotations,
    name: options.name,
    namespace: options.namespace,
    ...(className === undefined ? {} : {className}),
    ...(config === undefined ? {} : {config}),
  }
}

/** The plan of `broker update`: a merge patch of what differs, or nothing. */
export const planBrokerUpdate = (
  request: BrokerUpdateRequest,
  options: {force?: boolean; waitMs?: number},
  facts: UpdateFacts,
): Plan => {
  const {broker} = facts
  const ref = brokerRef(request.name, request.namespace)
  const className = broker.metadata.annotations?.[BROKER_CLASS]
  const after = changed(broker, request, facts.sink?.destination)
  const patch = patchBetween(changeable(broker, 'delivery'), changeable(after, 'delivery'))
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
    ...deletingFindings(broker, 'SFL-B21'),
    ...judged.filter((one) => !flagErrors.includes(one)),
    ...sinkFindings(ref, facts.sink),
    ...(allDeliveryUnset(request)
      ? [
          finding('SFL-D13', {
            object: ref,
            message: `without delivery settings broker ${request.name} gets the cluster's default ones again`,
          }),
        ]
      : []),
  ]
  return {
    steps: [
      patch === undefined ? {verb: 'keep', object: broker} : {verb: 'patch', ref, before: broker, patch},
      ...waitStep(ref, options.waitMs),
    ],
    findings: applyForce([...refused, ...findings], options.force),
  }
}

/** Faults that the change brings in. Feature flags have findings of their own. */
const newFaults = (after: KubeObject, before: KubeObject): string[] => {
  const old = brokerFaults(before, undefined, permissiveFeatures)
  return brokerFaults(after, before, permissiveFeatures).filter((text) => !old.includes(text))
}
