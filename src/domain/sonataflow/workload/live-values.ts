import {type KubeObject} from '../../core/object.js'
import {textAt, textsAt} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {type EffectiveService} from '../effective/effective.js'
import {maskedUrl} from '../effective/persistence.js'
import {envText} from '../effective/rows.js'
import {triggerLinks} from '../eventing/preflight.js'
import {serviceContainerOf, type LiveService} from './live-service.js'
import {type PlatformDescribeFacts} from './live-facts.js'
import {readPodTemplate, type EnvSetting} from '../model.js'
import {serviceSuffix, serviceUrl, serviceWord, type ServiceKey} from '../names.js'
import {autoscalerOf} from '../services/pod-preflight.js'

/** What the cluster has of one setting. */
export interface LiveValue {
  /** For people; never a secret. */
  text: string
  /** Said here where the texts alone do not tell. */
  drift?: boolean
  /** Why it may be another one than that of the platform. */
  note?: string
}

export type LiveValues = Readonly<Record<string, LiveValue>>

/** Variables that a SinkBinding puts into the containers of its subject. */
const INJECTED: ReadonlySet<string> = new Set(['K_SINK', 'K_CE_OVERRIDES', 'K_CA_CERTS'])
/** Operators before 1.38 do not set it. */
const YOUNG_VARIABLE = 'QUARKUS_DATASOURCE_REACTIVE_URL'
const NOT_THERE = '<none>'

const UNITS: Readonly<Record<string, number>> = {
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
}

/** `1000m` and `1` are one amount; what is no quantity stays as it is. */
const amountOf = (text: string): number | string => {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]{0,2})$/.exec(text) ?? []
  const factor = unit === '' ? 1 : UNITS[unit]
  return digits === '' || factor === undefined ? text : Number(digits) * factor
}

const sameAmounts = (one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => amountOf(one[name] ?? '') === amountOf(other[name] ?? ''))
}

const amountsText = (amounts: Readonly<Record<string, string>>): string =>
  Object.entries(amounts)
    .map(([name, amount]) => `${name}=${amount}`)
    .join(', ') || NOT_THERE

/** The environment of a container. */
export const liveEnv = (container: unknown): readonly EnvSetting[] => readPodTemplate({container}).env

/** `secretKeyRef NAME KEY`, as `readPodTemplate` writes it. */
const secretOf = (one: EnvSetting | undefined): {name: string; key: string} | undefined => {
  const [kind, name, key] = one?.from?.split(' ') ?? []
  return kind === 'secretKeyRef' && name !== undefined && key !== undefined ? {name, key} : undefined
}

/** The parts of the URL that the operator makes of a `serviceRef`. */
const URL_PARTS = /^jdbc:postgresql:\/\/([^./:@?]+)\.([^/:@?]+):(\d+)\/([^?]*)\?currentSchema=([^&]*)$/

/** The database of a container, by its environment; `otherwise` is what one without PostgreSQL has. */
export const databaseValues = (
  prefix: string,
  env: ReadonlyMap<string, EnvSetting>,
  otherwise: 'ephemeral' | 'none',
): LiveValues => {
  const url = env.get('QUARKUS_DATASOURCE_JDBC_URL')?.value
  if (url === undefined) return {[`${prefix}.persistence`]: {text: otherwise}}
  const [, name, namespace, port, database, schema] = URL_PARTS.exec(url) ?? []
  const user = secretOf(env.get('QUARKUS_DATASOURCE_USERNAME'))
  const password = secretOf(env.get('QUARKUS_DATASOURCE_PASSWORD'))
  const given = {
    service: name,
    namespace,
    port,
    name: database,
    schema,
    'jdbc-url': maskedUrl(url),
    secret: password?.name ?? user?.name ?? NOT_THERE,
    'user-key': user?.key ?? NOT_THERE,
    'password-key': password?.key ?? NOT_THERE,
  }
  return {
    [`${prefix}.persistence`]: {text: 'postgresql'},
    ...Object.fromEntries(
      Object.entries(given).flatMap(([key, text]) =>
        text === undefined ? [] : [[`${prefix}.database.${key}`, {text}]],
      ),
    ),
  }
}

const migrationValue = (service: EffectiveService, env: ReadonlyMap<string, EnvSetting>): LiveValue | undefined => {
  const atStart = env.get('QUARKUS_FLYWAY_MIGRATE_AT_START')?.value
  const migration = service.details?.migration
  if (migration?.atStart === undefined) return undefined
  if (atStart === undefined) return {text: NOT_THERE}
  const same = atStart === String(migration.atStart)
  return {text: atStart === 'true' ? 'service' : 'not at start', drift: !same}
}

const envValues = (
  prefix: string,
  service: EffectiveService,
  env: ReadonlyMap<string, EnvSetting>,
  young: boolean,
): LiveValues =>
  Object.fromEntries(
    (service.details?.env ?? [])
      .filter(({ignored}) => ignored !== true)
      .map((wanted): [string, LiveValue] => {
        const found = env.get(wanted.name)
        const text = found === undefined ? NOT_THERE : envText({...found, origin: wanted.origin})
        const drift = found?.value !== wanted.value || found?.from !== wanted.from
        const excused = found === undefined && wanted.name === YOUNG_VARIABLE && !young
        return [
          `${prefix}.env.${wanted.name}`,
          {text, drift: drift && !excused, ...(excused ? {note: 'this operator does not set it'} : {})},
        ]
      }),
  )

const replicasValue = (service: EffectiveService, live: LiveService, facts: PlatformDescribeFacts): LiveValue => {
  const text = String(live.wanted)
  const {service: key, owner} = service
  const scaler = owner === undefined || service.scope !== 'local' ? undefined : autoscalerOf(owner, key, facts)
  if (scaler !== undefined && key === 'dataIndex' && service.details?.replicas.value !== 0)
    return {text, drift: false, note: `HorizontalPodAutoscaler ${scaler.metadata.name} decides`}
  return live.state === 'stopped' && live.why !== undefined ? {text, note: live.why} : {text}
}

/** Image, replicas, resources, database and environment, from the Deployment. */
const deploymentValues = (
  service: EffectiveService,
  live: LiveService,
  deployment: KubeObject,
  facts: PlatformDescribeFacts,
): LiveValues => {
  const {service: key, details} = service
  const prefix = serviceWord[key]
  const container = serviceContainerOf(deployment, key)
  const env = new Map(liveEnv(container).map((one) => [one.name, one]))
  const requests = textsAt(container, 'resources', 'requests')
  const limits = textsAt(container, 'resources', 'limits')
  const migration = migrationValue(service, env)
  // Without the operator's tag the image that it would choose is known but for that tag.
  const tagged = details?.image.origin.from === 'field' || /[:@][^/]*$/.test(details?.image.value ?? '')
  const image = live.image ?? NOT_THERE
  return {
    [`${prefix}.image`]: tagged
      ? {text: image}
      : {text: image, drift: !image.startsWith(`${details?.image.value ?? ''}:`)},
    [`${prefix}.replicas`]: replicasValue(service, live, facts),
    [`${prefix}.requests`]: {text: amountsText(requests), drift: !sameAmounts(requests, details?.requests.value ?? {})},
    [`${prefix}.limits`]: {text: amountsText(limits), drift: !sameAmounts(limits, details?.limits.value ?? {})},
    ...databaseValues(prefix, env, 'ephemeral'),
    ...(migration === undefined ? {} : {[`${prefix}.migration`]: migration}),
    ...envValues(prefix, service, env, isFound(facts.schema) && facts.schema.disruptionBudget),
  }
}

/** The brokers that the triggers of a service hang on. */
const sourceValue = (key: ServiceKey, facts: PlatformDescribeFacts): LiveValue | undefined => {
  if (!isFound(facts.triggers)) return facts.triggers === 'absent' ? {text: 'direct HTTP'} : undefined
  const brokers = triggerLinks(facts.platform, facts).flatMap(({actual, expected}) => {
    if (actual === undefined) return []
    const of =
      expected?.trigger.service === key || actual.metadata.labels?.['app.kubernetes.io/name'] === serviceSuffix[key]
    return of ? [`broker ${actual.metadata.namespace ?? ''}/${textAt(actual, 'spec', 'broker') ?? ''}`] : []
  })
  return {text: [...new Set(brokers)].join(', ') || 'direct HTTP'}
}

const sinkValue = ({sinkBinding}: PlatformDescribeFacts): LiveValue | undefined => {
  if (sinkBinding === 'forbidden') return undefined
  if (!isFound(sinkBinding)) return {text: 'direct HTTP'}
  return {text: destinationOf(sinkBinding, 'sink') ?? NOT_THERE}
}

/** The sink of a SinkBinding, in the words of `destinationText`. */
export const destinationOf = (binding: KubeObject, field: string): string | undefined => {
  const name = textAt(binding, 'spec', field, 'ref', 'name')
  if (name === undefined) return textAt(binding, 'spec', field, 'uri')
  const kind = (textAt(binding, 'spec', field, 'ref', 'kind') ?? 'Broker').toLowerCase()
  return `${kind} ${textAt(binding, 'spec', field, 'ref', 'namespace') ?? binding.metadata.namespace ?? ''}/${name}`
}

const urlValue = (
  service: EffectiveService,
  {serviceObjects, platform}: PlatformDescribeFacts,
): LiveValue | undefined => {
  if (service.url === undefined || !isFound(serviceObjects)) return undefined
  const url = serviceUrl(platform.name, platform.namespace, service.service)
  const found = serviceObjects.some(({metadata}) => url === `http://${metadata.name}.${metadata.namespace ?? ''}`)
  return {text: found ? url : NOT_THERE}
}

/** What the cluster has of the settings of one service, by the names of its rows; nothing of what could not be read. */
export const liveValues = (service: EffectiveService, live: LiveService, facts: PlatformDescribeFacts): LiveValues => {
  const prefix = serviceWord[service.service]
  const local = service.scope === 'local'
  const [source, sink, url] = local
    ? [sourceValue(service.service, facts), sinkValue(facts), urlValue(service, facts)]
    : []
  return {
    ...(live.object === undefined ? {} : deploymentValues(service, live, live.object, facts)),
    ...(url === undefined ? {} : {[`${prefix}.url`]: url}),
    ...(source === undefined ? {} : {[`${prefix}.source`]: source}),
    ...(sink === undefined ? {} : {[`${prefix}.sink`]: sink}),
  }
}

/** Variables of the container that neither operator, platform nor SinkBinding has put there. */
export const strangeEnv = (service: EffectiveService, {object}: LiveService): readonly EnvSetting[] => {
  if (object === undefined) return []
  const known = new Set((service.details?.env ?? []).map(({name}) => name))
  return liveEnv(serviceContainerOf(object, service.service)).filter(
    ({name}) => !known.has(name) && !INJECTED.has(name),
  )
}
