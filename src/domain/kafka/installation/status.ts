import {fill, kubectl, sfl, type Word} from '../../core/commands.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {KAFKA_BROKER_CONFIG, KafkaKey, SYSTEM_NAMESPACE} from '../../eventing/names.js'
import {refOf, type KubeObject} from '../../core/object.js'
import {conditionsOf, readinessOf, whyNotReady, type Condition} from '../../core/readiness.js'
import {booleanAt, listAt, numberAt, textAt} from '../../core/read.js'
import {isFound, type Lookup, type NotFound} from '../../core/seen.js'
import {workloadState, type WorkloadName, type WorkloadState} from '../../core/workload.js'
import {secretState} from '../config/description.js'
import {dataOf, judgeKafkaData} from '../config/preflight.js'
import {brokerNames, isKafkaBroker} from '../config/use.js'
import {readKafkaConfig} from '../config/kafka-config.js'
import {installationOf, installCommands, isEnabled, workloadNamed, type Installation} from './installation.js'
import {type KafkaDisableFacts, type PartObjects} from './disable.js'
import {controlPlane, dataPlane, partObjects, PARTS, type Part} from './parts.js'
import {writtenBy} from '../config/writer.js'

export interface KafkaStatusFacts extends KafkaDisableFacts {
  /** Pods of the workloads of Kafka. */
  pods: Lookup<readonly KubeObject[]>
}

export interface PodLine {
  name: string
  /** The workload that it belongs to. */
  app: string
  status: string
  ready: number
  containers: number
  restarts: number
  /** RFC 3339 */
  created?: string
}

export interface WorkloadLine extends WorkloadName {
  state: 'ready' | 'not ready' | 'missing' | 'unknown'
  wanted?: number
  ready?: number
}

export interface PartStatus {
  part: Part
  enabled: boolean | 'unknown'
  workloads: readonly WorkloadLine[]
  /** How many objects there are that need it. */
  objects: number | NotFound
}

/** Everything that `kafka status` shows, as data. */
export interface KafkaStatus {
  installation: {by: Installation['by']; resource?: string; version?: string; knativeKafkaServed: boolean}
  controlPlane: readonly WorkloadLine[]
  parts: readonly PartStatus[]
  pods: readonly PodLine[] | NotFound
  /** The settings of brokers that name no config of their own. */
  defaults:
    | {
        configMap: string
        /** The resource of an operator, or nobody. */
        writtenBy: string
        bootstrapServers?: string
        partitions?: string
        replicationFactor?: string
        authSecret?: {name: string; state: string}
      }
    | NotFound
  /** Of the KnativeKafka. */
  conditions: readonly Condition[]
  brokers: {total: number; notReady: ReadonlyArray<{namespace: string; name: string; reason: string}>} | NotFound
  findings: readonly Finding[]
}

const place = {namespace: SYSTEM_NAMESPACE, name: KAFKA_BROKER_CONFIG}

/** Puts together how Kafka is installed and how it does. */
export const viewKafkaStatus = (facts: KafkaStatusFacts): KafkaStatus => {
  const installation = installationOf(facts)
  const line = (workload: WorkloadName): WorkloadLine => lineOf(workload, facts)
  const resource = 'resource' in installation ? refOf(installation.resource) : undefined
  const parts = PARTS.map((part): PartStatus => ({
    part,
    enabled: isEnabled(part, installation, facts),
    workloads: dataPlane[part].map(line),
    objects: countOf(facts.objects[part]),
  }))
  const brokers = brokersOf(facts)
  const view = {
    installation: {
      by: installation.by,
      knativeKafkaServed: facts.knativeKafkaServed,
      ...(resource === undefined ? {} : {resource: `${resource.namespace ?? ''}/${resource.name}`}),
      ...('version' in installation && installation.version !== undefined ? {version: installation.version} : {}),
    },
    controlPlane: controlPlane.map(line),
    parts,
    pods: isFound(facts.pods) ? facts.pods.map(podLine).toSorted((a, b) => (a.name < b.name ? -1 : 1)) : facts.pods,
    defaults: defaultsOf(facts),
    conditions: installation.by === 'KnativeKafka' ? conditionsOf(installation.resource) : [],
    brokers,
  }
  return {...view, findings: findingsOf(view, installation, facts)}
}

const lineOf = (workload: WorkloadName, facts: KafkaStatusFacts): WorkloadLine => {
  if (!isFound(facts.workloads)) return {...workload, state: 'unknown'}
  const object = workloadNamed(facts, workload.name)
  if (object === undefined) return {...workload, state: 'missing'}
  const {kind, name, wanted, ready, healthy}: WorkloadState = workloadState(object)
  return {kind, name, wanted, ready, state: healthy ? 'ready' : 'not ready'}
}

const countOf = (objects: Lookup<readonly KubeObject[]> | undefined): number | NotFound => {
  if (isFound(objects)) return objects.length
  return objects === 'absent' ? 0 : 'forbidden'
}

/** As kubectl's STATUS column: the reason why a container waits or ended, before the phase. */
const podLine = (pod: KubeObject): PodLine => {
  const containers = listAt(pod, 'status', 'containerStatuses')
  const why = containers
    .map((one) => textAt(one, 'state', 'waiting', 'reason') ?? textAt(one, 'state', 'terminated', 'reason'))
    .find((reason) => reason !== undefined)
  const {creationTimestamp, deletionTimestamp, labels = {}, name} = pod.metadata
  return {
    name,
    app: labels['app'] ?? '',
    status: deletionTimestamp !== undefined ? 'Terminating' : (why ?? textAt(pod, 'status', 'phase') ?? 'Unknown'),
    ready: containers.filter((one) => booleanAt(one, 'ready') === true).length,
    containers: Math.max(containers.length, listAt(pod, 'spec', 'containers').length),
    restarts: containers.reduce<number>((sum, one) => sum + (numberAt(one, 'restartCount') ?? 0), 0),
    ...(creationTimestamp === undefined ? {} : {created: creationTimestamp}),
  }
}

const defaultsOf = (facts: KafkaStatusFacts): KafkaStatus['defaults'] => {
  if (!isFound(facts.configMap)) return facts.configMap
  const data = dataOf(facts.configMap)
  const {authSecret} = readKafkaConfig(data)
  const given = (key: 'bootstrapServers' | 'partitions' | 'replicationFactor', text: string | undefined) =>
    text ? {[key]: text} : {}
  return {
    configMap: `${place.namespace}/${place.name}`,
    writtenBy: writtenBy(place, facts),
    ...given('bootstrapServers', data[KafkaKey.BootstrapServers]),
    ...given('partitions', data[KafkaKey.Partitions]),
    ...given('replicationFactor', data[KafkaKey.ReplicationFactor]),
    ...(authSecret === undefined ? {} : {authSecret: {name: authSecret, state: secretState(facts.secret)}}),
  }
}

const brokersOf = ({brokers}: KafkaStatusFacts): KafkaStatus['brokers'] => {
  if (!isFound(brokers)) return brokers
  const ours = brokers.filter(isKafkaBroker)
  return {
    total: ours.length,
    notReady: ours.flatMap((broker) => {
      const readiness = readinessOf(broker)
      const {name, namespace = ''} = broker.metadata
      return readiness.state === 'ready' ? [] : [{namespace, name, reason: whyNotReady(readiness)}]
    }),
  }
}

const findingsOf = (
  view: Omit<KafkaStatus, 'findings'>,
  installation: Installation,
  facts: KafkaStatusFacts,
): Finding[] => {
  const on = view.parts.filter(({enabled}) => enabled === true)
  return [
    ...resourceFindings(installation),
    ...(on.length === 0 ? [] : view.controlPlane.flatMap((line) => workloadFindings(line, undefined, view.pods))),
    ...on.flatMap(({part, workloads}) => workloads.flatMap((line) => workloadFindings(line, part, view.pods))),
    ...view.parts.flatMap(({part, enabled}) => (enabled === false ? orphanFindings(part, installation, facts) : [])),
    ...(on.some(({part}) => part === 'broker') ? settingsFindings(installation, facts) : []),
    ...brokerFindings(facts),
    ...blindFindings(facts),
  ]
}

const resourceFindings = (installation: Installation): Finding[] => {
  if (installation.by !== 'KnativeKafka') return []
  const {resource} = installation
  const object = refOf(resource)
  if (resource.metadata.deletionTimestamp !== undefined)
    return [
      finding('SFL-K45', {object, message: `KnativeKafka ${object.name} is being deleted, and all parts with it`}),
    ]
  const readiness = readinessOf(resource)
  if (readiness.state === 'ready') return []
  const why = conditionsOf(resource)
    .filter(({type, status}) => type !== 'Ready' && status !== 'True')
    .map(({type, reason, message}) => `${type} (${[reason, message].filter(Boolean).join(': ')})`)
  return [
    finding('SFL-K35', {
      object,
      message: `KnativeKafka ${object.name} is not ready: ${why.length === 0 ? whyNotReady(readiness) || 'nothing says why' : why.join(', ')}`,
      repair: kubectl(
        '-n',
        SYSTEM_NAMESPACE,
        'describe',
        'knativekafkas.operator.serverless.openshift.io',
        object.name,
      ),
    }),
  ]
}

const workloadFindings = (line: WorkloadLine, part: Part | undefined, pods: KafkaStatus['pods']): Finding[] => {
  const {kind, name, state} = line
  const object = {apiVersion: 'apps/v1', kind, name, namespace: SYSTEM_NAMESPACE}
  const whose = part === undefined ? '' : ` of ${part}`
  if (state === 'missing')
    return [
      finding('SFL-K37', {
        object,
        message: `${kind} ${name}${whose} is missing in namespace ${SYSTEM_NAMESPACE}`,
        repair: kubectl('-n', SYSTEM_NAMESPACE, 'get', 'deployments,statefulsets'),
      }),
    ]
  if (state !== 'not ready') return []
  const bad = isFound(pods) ? pods.filter(({app, ready, containers}) => app === name && ready < containers) : []
  const why = bad.map((pod) => `${pod.name} ${pod.status}`).join(', ')
  const scaled = line.wanted === 0
  // Enough pods and still not ready: those are from before the last change.
  const stale = !scaled && (line.ready ?? 0) >= (line.wanted ?? 1)
  const itself = scaled || stale
  const fault = scaled
    ? 'is scaled to 0'
    : stale
      ? 'has not rolled out its last change yet'
      : `has ${line.ready ?? 0} of ${line.wanted ?? 1} pods ready`
  return [
    finding('SFL-K36', {
      object,
      message: `${kind} ${name}${whose} ${fault}${why === '' ? '' : `: ${why}`}`,
      repair: kubectl(
        '-n',
        SYSTEM_NAMESPACE,
        'describe',
        itself ? kind.toLowerCase() : 'pods',
        ...(itself ? [name] : ['-l', `app=${name}`]),
      ),
    }),
  ]
}

/** Objects of a part that is off. */
const orphanFindings = (part: Part, installation: Installation, facts: KafkaStatusFacts): Finding[] => {
  const found = facts.objects[part]
  if (!isFound(found) || found.length === 0) return []
  const {one, many} = partObjects[part]
  const several = found.length > 1
  return [
    finding('SFL-K38', {
      message: `${found.length} ${several ? many : one} ${several ? 'have' : 'has'} no data plane, because ${part} is not ${installation.by === 'KnativeKafka' ? 'enabled' : 'installed'}: ${brokerNames(found)}`,
      repair:
        installation.by === 'KnativeKafka' || facts.knativeKafkaServed
          ? sfl(
              'kafka enable',
              part,
              ...(part === 'broker' || part === 'channel' ? ['--bootstrap-servers', serversOf(installation)] : []),
            )
          : installCommands([part], installation, facts),
    }),
  ]
}

const serversOf = (installation: Installation): Word =>
  (installation.by === 'KnativeKafka'
    ? textAt(installation.resource, 'spec', 'broker', 'defaultConfig', 'bootstrapServers')
    : undefined) ?? fill('HOST:PORT')

const settingsFindings = (installation: Installation, facts: KafkaStatusFacts): Finding[] => {
  if (
    installation.by === 'KnativeKafka' &&
    !textAt(installation.resource, 'spec', 'broker', 'defaultConfig', 'bootstrapServers')
  )
    return [
      finding('SFL-K39', {
        object: refOf(installation.resource),
        message: `KnativeKafka ${installation.resource.metadata.name} enables broker without spec.broker.defaultConfig.bootstrapServers, so brokers that use ConfigMap ${place.namespace}/${place.name} fail`,
        repair: sfl('kafka enable', 'broker', '--bootstrap-servers', fill('HOST:PORT')),
      }),
    ]
  return isFound(facts.configMap) ? judgeKafkaData(place, dataOf(facts.configMap), facts.secret) : []
}

const brokerFindings = (facts: KafkaStatusFacts): Finding[] => {
  const notReady = isFound(facts.brokers)
    ? facts.brokers.filter((broker) => isKafkaBroker(broker) && readinessOf(broker).state !== 'ready')
    : []
  const [first] = notReady
  if (first === undefined) return []
  return [
    finding('SFL-K46', {
      message: `${notReady.length} Kafka ${notReady.length === 1 ? 'broker is' : 'brokers are'} not ready: ${brokerNames(notReady)}`,
      repair:
        notReady.length === 1
          ? sfl('broker describe', first.metadata.name, '-n', first.metadata.namespace ?? '')
          : sfl('broker list', '-A'),
    }),
  ]
}

const blindFindings = (facts: KafkaStatusFacts): Finding[] => {
  const hidden = (objects: PartObjects): string[] =>
    PARTS.filter((part) => part !== 'broker' && objects[part] === 'forbidden').map((part) => partObjects[part].many)
  const blind = [
    ...(facts.knativeKafkas === 'forbidden' && facts.knativeKafkaServed ? ['KnativeKafkas'] : []),
    ...(facts.workloads === 'forbidden' ? ['Deployments and StatefulSets'] : []),
    ...(facts.pods === 'forbidden' ? ['pods'] : []),
    ...(facts.configMap === 'forbidden' ? [`ConfigMap ${place.name}`] : []),
  ]
  const everywhere = [
    ...(facts.brokers === 'forbidden' || facts.onlyIn !== undefined ? ['brokers'] : []),
    ...hidden(facts.objects),
  ]
  return [
    ...(blind.length === 0
      ? []
      : [
          finding('SFL-K44', {
            message: `not looked at, because they cannot be read (no permission) in namespace ${SYSTEM_NAMESPACE}: ${blind.join(', ')}`,
          }),
        ]),
    ...(everywhere.length === 0
      ? []
      : [
          finding('SFL-K44', {
            message: `not looked at, because they cannot be listed (no permission) in all namespaces: ${everywhere.join(', ')}`,
          }),
        ]),
  ]
}
