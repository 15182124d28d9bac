import {invalid} from '../../core/errors.js'
import {collectFaults} from '../../core/option-faults.js'
import {mergePatch} from '../../core/merge-patch.js'
import {type Plan} from '../../core/plan.js'
import {at, isRecord, listAt, textAt, type Fields} from '../../core/read.js'
import {installationFindings} from '../platform/installation-preflight.js'
import {type Platform} from '../model.js'
import {type ServiceKey} from '../names.js'
import {planEdit, type EditOptions} from '../platform/edit.js'
import {type PodFacts} from '../platform/facts.js'
import {podFindings} from './pod-preflight.js'
import {type ServicesFacts} from './edit.js'
import {servicesFindings} from './preflight.js'

/** Flags of `platform services configure`, as typed (OpenShift Serverless Logic, "Advanced supporting services configurations"). */
export interface ConfigureOptions {
  replicas?: number | undefined
  /** Empty: the operator's image again. */
  image?: string | undefined
  /** `NAME=VALUE`, or `NAME-` to take it away. */
  env?: readonly string[] | undefined
  /** `cpu=500m`, or `cpu-`. */
  request?: readonly string[] | undefined
  limit?: readonly string[] | undefined
  /** Containers, parsed from a file. */
  initContainers?: unknown
  /** A number or a percentage; empty to take it away. */
  pdbMinAvailable?: string | undefined
  pdbMaxUnavailable?: string | undefined
}

/** A change of named entries: a text sets, null removes. */
type Changes = Readonly<Record<string, string | null>>

export interface ConfigureRequest {
  replicas?: number
  image?: string | null
  env: Changes
  requests: Changes
  limits: Changes
  initContainers: readonly Fields[]
  minAvailable?: number | string | null
  maxUnavailable?: number | string | null
}

const readChanges = (texts: readonly string[], flag: string, check: (name: string, value: string) => void): Changes => {
  const found: Record<string, string | null> = {}
  for (const text of texts) {
    const equals = text.indexOf('=')
    const removed = equals < 0 && text.endsWith('-')
    if (equals < 1 && !removed)
      throw invalid(`invalid ${flag} "${text}": expected NAME=VALUE, or NAME- to take it away`)
    const name = removed ? text.slice(0, -1) : text.slice(0, equals)
    const value = removed ? null : text.slice(equals + 1)
    check(name, value ?? '0')
    if (found[name] !== undefined && found[name] !== value) throw invalid(`${flag} ${name} is given twice`)
    found[name] = value
  }
  return found
}

const checkVariable = (name: string): void => {
  if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name))
    throw invalid(`invalid --env name "${name}": letters, digits, "-", "_" and ".", not beginning with a digit`)
}

/** A quantity of Kubernetes: `500m`, `1`, `1Gi`, `1e3`. */
const checkAmount =
  (flag: string) =>
  (name: string, value: string): void => {
    if (!/^[0-9]+(\.[0-9]+)?([eE][0-9]+|[numkMGTPE]|[KMGTPE]i)?$/.test(value))
      throw invalid(`invalid ${flag} ${name}=${value}: expected a quantity such as 500m or 1Gi`)
  }

const readBudget = (text: string | undefined, flag: string): number | string | null | undefined => {
  if (text === undefined) return undefined
  if (text === '') return null
  if (/^\d+$/.test(text)) return Number(text)
  if (/^\d{1,3}%$/.test(text) && Number(text.slice(0, -1)) <= 100) return text
  throw invalid(`invalid ${flag} "${text}": expected a number or a percentage`)
}

const readInitContainers = (value: unknown): Fields[] => {
  if (value === undefined) return []
  const listed = Array.isArray(value)
    ? value
    : listAt(value, 'initContainers').length > 0
      ? listAt(value, 'initContainers')
      : [value]
  return listed.map((one) => {
    if (!isRecord(one) || !textAt(one, 'name') || !textAt(one, 'image'))
      throw invalid('--init-container-file: every container needs a name and an image')
    return one
  })
}

/** Checks the flags. Throws InvalidArgument; several faults come as one error with `causes`. */
export const readConfigureOptions = (options: ConfigureOptions): ConfigureRequest => {
  const {attempt, reject, check} = collectFaults()
  const {replicas, image} = options
  if (replicas !== undefined && (!Number.isInteger(replicas) || replicas < 0 || replicas > 2_147_483_647))
    reject(`invalid --replicas ${replicas}: expected 0 or more`)
  const env = attempt(() => readChanges(options.env ?? [], '--env', checkVariable)) ?? {}
  const requests = attempt(() => readChanges(options.request ?? [], '--request', checkAmount('--request'))) ?? {}
  const limits = attempt(() => readChanges(options.limit ?? [], '--limit', checkAmount('--limit'))) ?? {}
  const initContainers = attempt(() => readInitContainers(options.initContainers)) ?? []
  const minAvailable = attempt(() => readBudget(options.pdbMinAvailable, '--pdb-min-available'))
  const maxUnavailable = attempt(() => readBudget(options.pdbMaxUnavailable, '--pdb-max-unavailable'))
  if (minAvailable != null && maxUnavailable != null)
    reject('--pdb-min-available and --pdb-max-unavailable exclude each other: only the first would count')
  const nothing =
    [replicas, image, minAvailable, maxUnavailable].every((one) => one === undefined) &&
    Object.keys({...env, ...requests, ...limits}).length + initContainers.length === 0
  check()
  if (nothing)
    throw invalid(
      'nothing to configure: no setting was given',
      'give at least one of --replicas, --image, --env, --request, --limit, --init-container-file, --pdb-min-available, --pdb-max-unavailable',
    )
  return {
    ...(replicas === undefined ? {} : {replicas}),
    ...(image === undefined ? {} : {image: image === '' ? null : image}),
    env,
    requests,
    limits,
    initContainers,
    ...(minAvailable === undefined ? {} : {minAvailable}),
    ...(maxUnavailable === undefined ? {} : {maxUnavailable}),
  }
}

/** A list of named things after a change; what is not named stays where it is. */
const changedList = (present: readonly unknown[], wanted: readonly Fields[], removed: readonly string[]): unknown[] => {
  const kept = present.flatMap((one) => {
    const name = textAt(one, 'name') ?? ''
    const replacement = wanted.find((other) => other.name === name)
    return removed.includes(name) ? [] : [replacement ?? one]
  })
  const names = present.map((one) => textAt(one, 'name'))
  return [...kept, ...wanted.filter((one) => !names.some((name) => name === one.name))]
}

/** The merge patch of the stanza of a service. Lists are stated whole, as merge patches want it. */
export const configurePatch = (key: ServiceKey, request: ConfigureRequest, platform: Platform): Fields => {
  const {replicas, image, env, requests, limits, initContainers, minAvailable, maxUnavailable} = request
  const template = at(platform.object, 'spec', 'services', key, 'podTemplate')
  const variables = Object.entries(env)
  const container = {
    ...(image === undefined ? {} : {image}),
    ...(variables.length === 0
      ? {}
      : {
          env: changedList(
            listAt(template, 'container', 'env'),
            variables.flatMap(([name, value]) => (value === null ? [] : [{name, value}])),
            variables.flatMap(([name, value]) => (value === null ? [name] : [])),
          ),
        }),
    ...(Object.keys(requests).length + Object.keys(limits).length === 0
      ? {}
      : {
          resources: {
            ...(Object.keys(requests).length === 0 ? {} : {requests}),
            ...(Object.keys(limits).length === 0 ? {} : {limits}),
          },
        }),
  }
  // The two limits exclude each other, so setting one takes the other away.
  const budget = {
    ...(minAvailable === undefined ? {} : {minAvailable, ...(minAvailable === null ? {} : {maxUnavailable: null})}),
    ...(maxUnavailable === undefined ? {} : {maxUnavailable, ...(maxUnavailable === null ? {} : {minAvailable: null})}),
  }
  const patch = {
    ...(replicas === undefined ? {} : {replicas}),
    ...(Object.keys(container).length === 0 ? {} : {container}),
    ...(initContainers.length === 0
      ? {}
      : {initContainers: changedList(listAt(template, 'initContainers'), initContainers, [])}),
    ...(Object.keys(budget).length === 0 ? {} : {podDisruptionBudget: budget}),
  }
  return {services: {[key]: {podTemplate: withoutEmptied(template, patch)}}}
}

const isEmpty = (value: unknown): boolean =>
  Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0

/** What a patch would leave empty is taken away whole: an empty budget, for one, is not the same as none. */
const withoutEmptied = (present: unknown, patch: Fields): Fields | null => {
  const leaner: Fields = Object.fromEntries(
    Object.entries(patch).map(([name, value]) => [
      name,
      isRecord(value) ? withoutEmptied(at(present, name), value) : isEmpty(value) ? null : value,
    ]),
  )
  return isEmpty(mergePatch(isRecord(present) ? present : {}, leaner)) && !isEmpty(present) ? null : leaner
}

/** The plan of `platform services configure`. */
export const planServicesConfigure = (
  key: ServiceKey,
  request: ConfigureRequest,
  options: EditOptions,
  facts: ServicesFacts & PodFacts,
): Plan =>
  planEdit(facts.platform, configurePatch(key, request, facts.platform), options, ({after}) => ({
    findings: [
      ...installationFindings(after, facts, facts.platform),
      ...servicesFindings(after, facts),
      ...podFindings(after, facts),
    ],
  }))
