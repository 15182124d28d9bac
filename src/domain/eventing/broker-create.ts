import {type Finding} from '../finding.js'
import {finding, forced} from '../findings.js'
import {touchedBy} from '../merge-patch.js'
import {type KubeObject, type Manifest} from '../object.js'
import {type Plan, type Step} from '../plan.js'
import {seen, type CreateFacts} from './broker-facts.js'
import {judgeBroker} from './broker-judgement.js'
import {type BrokerRequest} from './broker-options.js'
import {kubectl, sfl} from './commands.js'
import {sameDelivery} from './delivery.js'
import {brokerRef} from './names.js'

export interface CreateOptions {
  ifNotExists?: boolean
  /** Go on in spite of errors, except for what the server itself would refuse. */
  force?: boolean
  /** Wait until it is ready, at most so many milliseconds. */
  waitMs?: number
}

/** The plan of `broker create`. */
export const planBrokerCreate = (request: BrokerRequest, options: CreateOptions, facts: CreateFacts): Plan => {
  const judged = judgeBroker(request, facts, facts.sink)
  const ref = brokerRef(request.name, request.namespace)
  const wait: Step[] =
    options.waitMs === undefined ? [] : [{verb: 'wait', ref, until: 'ready', timeoutMs: options.waitMs}]
  if (seen(facts.existing)) return planForExisting(request, options, facts.existing, judged.manifest, wait)
  const passable = options.force === true ? forced(judged.findings) : judged.findings
  return {steps: [{verb: 'create', object: judged.manifest}, ...wait], findings: [...judged.refused, ...passable]}
}

const planForExisting = (
  request: BrokerRequest,
  options: CreateOptions,
  existing: KubeObject,
  manifest: Manifest,
  wait: readonly Step[],
): Plan => {
  const {name, namespace} = request
  const ref = brokerRef(name, namespace)
  if (existing.metadata.deletionTimestamp !== undefined)
    return {
      steps: [{verb: 'create', object: manifest}],
      findings: [
        finding('SFL-B21', {
          object: ref,
          message: `broker ${name} is being deleted; it can be created again once it is gone`,
          repair: kubectl('-n', namespace, 'wait', '--for=delete', `brokers.eventing.knative.dev/${name}`),
        }),
      ],
    }
  if (options.ifNotExists !== true)
    return {
      steps: [{verb: 'create', object: manifest}],
      findings: [
        finding('SFL-B01', {
          object: ref,
          message: `broker ${name} already exists in namespace ${namespace}`,
          repair: sfl('broker', 'describe', name, '-n', namespace),
        }),
      ],
    }
  return {steps: [{verb: 'keep', object: existing}, ...wait], findings: differences(manifest, existing)}
}

/** What the manifest states and the existing broker has otherwise. */
const differences = (manifest: Manifest, existing: KubeObject): Finding[] => {
  const {labels = {}, annotations = {}} = manifest.metadata
  const wanted = {metadata: {labels, annotations}, ...(manifest.spec === undefined ? {} : {spec: manifest.spec})}
  const stored = touchedBy(wanted, existing)
  const differing = touchedBy(wanted, wanted).flatMap(({path, value}, index) =>
    sameDelivery(value, stored[index]?.value) ? [] : [path],
  )
  if (differing.length === 0) return []
  const {name, namespace = ''} = existing.metadata
  return [
    finding('SFL-B15', {
      object: brokerRef(name, namespace),
      message: `broker ${name} exists with other settings, which were left alone: ${differing.join(', ')}`,
      repair: sfl('broker', 'describe', name, '-n', namespace),
    }),
  ]
}
