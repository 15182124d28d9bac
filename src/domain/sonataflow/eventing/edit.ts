import {invalid} from '../../core/errors.js'
import {collectFaults} from '../../core/option-faults.js'
import {refOf} from '../../core/object.js'
import {patchBetween} from '../../core/patch-between.js'
import {type Plan, type Step} from '../../core/plan.js'
import {recordAt, type Fields} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {parseBrokerReference, parseSinkReference} from './destination-options.js'
import {eventingFindings, needsDeletion, sinkBindingLink, triggerLinks} from './preflight.js'
import {installationFindings, operatorFindings} from '../platform/installation-preflight.js'
import {type Platform} from '../model.js'
import {serviceTitle, serviceWord, type ServiceKey} from '../names.js'
import {planEdit, type EditOptions} from '../platform/edit.js'
import {type EventingFacts, type InstallationFacts, type NeighbourFacts} from '../platform/facts.js'
import {notListed} from '../say.js'
import {runningWorkflowFindings, servicesFindings} from '../services/preflight.js'

/** Flags of `platform eventing set`, as typed. Without a service it is about the whole platform. */
export interface EventingOptions {
  service?: ServiceKey | undefined
  broker?: string | undefined
  source?: string | undefined
  sink?: string | undefined
}

/** What is set, by its path under spec. */
export interface EventingRequest {
  service?: ServiceKey
  broker?: Fields
  source?: Fields
  sink?: Fields
}

/** Throws InvalidArgument; several faults come as one error with `causes`. */
export const readEventingOptions = ({service, broker, source, sink}: EventingOptions): EventingRequest => {
  const {attempt, reject, check} = collectFaults()
  if (service === undefined && (source !== undefined || sink !== undefined))
    reject('--source and --sink belong to a service; the whole platform has one --broker')
  if (service !== undefined && broker !== undefined)
    reject(
      `--broker is for the whole platform; ${serviceWord[service]} has --source${service === 'jobService' ? ' and --sink' : ''}`,
    )
  if (service === 'dataIndex' && sink !== undefined) reject(`--sink: ${serviceTitle.dataIndex} sends no events`)
  const read = {
    broker: broker === undefined ? undefined : attempt(() => parseBrokerReference(broker, '--broker')),
    source: source === undefined ? undefined : attempt(() => parseBrokerReference(source, '--source')),
    sink: sink === undefined ? undefined : attempt(() => parseSinkReference(sink, '--sink')),
  }
  check()
  if (broker === undefined && source === undefined && sink === undefined)
    throw invalid(
      'nothing to set: no broker was given',
      service === undefined ? 'give --broker' : `give --source${service === 'jobService' ? ' or --sink' : ''}`,
    )
  return {
    ...(service === undefined ? {} : {service}),
    ...(read.broker === undefined ? {} : {broker: read.broker}),
    ...(read.source === undefined ? {} : {source: read.source}),
    ...(read.sink === undefined ? {} : {sink: read.sink}),
  }
}

/** What the commands on eventing need to know. */
export interface PlatformEventingFacts extends InstallationFacts, NeighbourFacts, EventingFacts {
  platform: Platform
}

/**
 * Triggers and a SinkBinding that only get in the way after the edit. They are deleted after it: before it, the operator
 * would make them anew as they were.
 */
export const cleaningSteps = (after: Platform, facts: EventingFacts): Step[] => {
  const binding = sinkBindingLink(after, facts)
  return [
    ...triggerLinks(after, facts).flatMap((link): Step[] =>
      needsDeletion(link) && link.actual !== undefined
        ? [
            {
              verb: 'delete',
              ref: link.ref,
              before: link.actual,
              reason:
                link.state === 'stale'
                  ? (link.why ?? 'it is stale')
                  : link.state === 'unordered'
                    ? 'ordered delivery is asked for only at its creation'
                    : 'the broker of a trigger cannot be changed; the operator makes a new one',
            },
          ]
        : [],
    ),
    ...(binding?.state === 'stale' && binding.actual !== undefined
      ? [
          {
            verb: 'delete' as const,
            ref: refOf(binding.actual),
            before: binding.actual,
            reason: binding.why ?? 'it is stale',
          },
        ]
      : []),
  ]
}

const plan = (patch: Fields, options: EditOptions, facts: PlatformEventingFacts, platformWide: boolean): Plan =>
  planEdit(facts.platform, patch, options, ({before, after, unchanged}) => ({
    findings: [
      ...installationFindings(after, facts, before),
      ...servicesFindings(after, facts),
      ...eventingFindings(after, facts, {planned: !unchanged}),
      ...(platformWide && !unchanged ? runningWorkflowFindings(after, facts, 'broker') : []),
    ],
    following: unchanged || !isFound(facts.triggers) ? [] : cleaningSteps(after, facts),
  }))

const replaced = (platform: Platform, path: readonly string[], wanted: Fields): Fields =>
  patchBetween(recordAt(platform.object, 'spec', ...path), wanted) ?? {}

/** The plan of `platform eventing set`: the reference, and the deletion of triggers that cannot follow it. */
export const planEventingSet = (
  {service, broker, source, sink}: EventingRequest,
  options: EditOptions,
  facts: PlatformEventingFacts,
): Plan => {
  const {platform} = facts
  const patch =
    service === undefined
      ? {eventing: {broker: replaced(platform, ['eventing', 'broker'], broker ?? {})}}
      : {
          services: {
            [service]: {
              ...(source === undefined ? {} : {source: replaced(platform, ['services', service, 'source'], source)}),
              ...(sink === undefined ? {} : {sink: replaced(platform, ['services', service, 'sink'], sink)}),
            },
          },
        }
  return plan(patch, options, facts, service === undefined)
}

/** The plan of `platform eventing unset`: the broker of the platform, or source and sink of a service. */
export const planEventingUnset = (
  service: ServiceKey | undefined,
  options: EditOptions,
  facts: PlatformEventingFacts,
): Plan => {
  const {platform} = facts
  const {source, sink} = (service === undefined ? undefined : platform.services?.[service]) ?? {}
  const parts = {...(source === undefined ? {} : {source: null}), ...(sink === undefined ? {} : {sink: null})}
  const patch =
    service === undefined ? {eventing: null} : Object.keys(parts).length === 0 ? {} : {services: {[service]: parts}}
  return plan(patch, options, facts, service === undefined)
}

/** The plan of `platform eventing prune`: what only a deletion brings right. */
export const planEventingPrune = (facts: PlatformEventingFacts): Plan => {
  const {platform, triggers} = facts
  const steps = cleaningSteps(platform, facts)
  return {
    steps: steps.length === 0 ? [{verb: 'keep', object: platform.object}] : steps,
    findings: [
      ...(triggers === 'forbidden' ? [notListed(platform.ref, 'which triggers are stale', 'triggers')] : []),
      ...operatorFindings(facts, platform),
    ],
  }
}
