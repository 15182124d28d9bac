import {fill, kubectl, sfl, type Command, reading} from '../../core/commands.js'
import {deletingFindings, waitStep} from '../../findings/existing.js'
import {type Finding} from '../../findings/finding.js'
import {finding, applyForce} from '../../findings/catalogue.js'
import {mergePatch} from '../../core/merge-patch.js'
import {
  KAFKA_BROKER_CONFIG,
  KAFKA_CHANNEL_CONFIG,
  KafkaKey,
  SECRET,
  KNATIVE_EVENTING,
  KNATIVE_KAFKA,
  SYSTEM_NAMESPACE,
} from '../../eventing/names.js'
import {refOf, type KubeObject, type Manifest, type Ref} from '../../core/object.js'
import {patchBetween} from '../../core/patch-between.js'
import {type Plan, type Step} from '../../core/plan.js'
import {booleanAt, isRecord, recordAt, textAt, type Fields} from '../../core/read.js'
import {isFound} from '../../core/seen.js'
import {dataOf, effectFindings, judgeKafkaData} from '../config/preflight.js'
import {brokerData} from './knative-kafka-data.js'
import {type WorkloadName} from '../../core/workload.js'
import {controlPlane, dataPlane, partsText, type Part} from './parts.js'
import {
  installationOf,
  installCommands,
  workloadNamed,
  type Installation,
  type KafkaInstallFacts,
} from './installation.js'
import {createSecretCommand, secretTitle} from '../credentials/secret-preflight.js'
import {type KafkaEnableRequest} from './switch-options.js'

export interface SwitchOptions {
  force?: boolean
  waitMs?: number
}

const place = {namespace: SYSTEM_NAMESPACE, name: KAFKA_BROKER_CONFIG}

/** The name that documents and the operator's console use. */
export const knativeKafkaRef: Ref = {...KNATIVE_KAFKA, name: 'knative-kafka', namespace: SYSTEM_NAMESPACE}

/** Both are required by the schema. */
const bare: Fields = {channel: {enabled: false}, source: {enabled: false}}

const wantedSpec = ({parts, settings, authSecretNamespace}: KafkaEnableRequest): Fields => {
  const {bootstrapServers, partitions, replicationFactor, authSecret} = settings
  const servers = bootstrapServers === undefined ? {} : {bootstrapServers: bootstrapServers.join(',')}
  const secret = authSecret === undefined ? {} : {authSecretName: authSecret}
  const defaultConfig = {
    ...servers,
    ...(partitions === undefined ? {} : {numPartitions: partitions}),
    ...(replicationFactor === undefined ? {} : {replicationFactor}),
    ...secret,
  }
  const more: Readonly<Record<Part, Fields>> = {
    broker: Object.keys(defaultConfig).length === 0 ? {} : {defaultConfig},
    channel: {...servers, ...secret, ...(authSecret === undefined ? {} : {authSecretNamespace})},
    source: {},
    sink: {},
  }
  return Object.fromEntries(parts.map((part) => [part, {enabled: true, ...more[part]}]))
}

/** Waits until the workloads run, then until the operator says so. */
const waiting = (parts: readonly Part[], ref: Ref, waitMs: number | undefined): Step[] =>
  waitMs === undefined
    ? []
    : [
        ...[...controlPlane, ...parts.flatMap((part) => dataPlane[part])].map((workload): Step => ({
          verb: 'wait',
          ref: workloadRef(workload),
          until: 'available',
          timeoutMs: waitMs,
        })),
        ...waitStep(ref, waitMs),
      ]

export const workloadRef = ({kind, name}: WorkloadName): Ref => ({
  apiVersion: 'apps/v1',
  kind,
  name,
  namespace: SYSTEM_NAMESPACE,
})

/** The plan of `kafka enable`: the KnativeKafka is created complete, or only what is named is patched. */
export const planKafkaEnable = (
  request: KafkaEnableRequest,
  options: SwitchOptions,
  facts: KafkaInstallFacts,
): Plan => {
  const installation = installationOf(facts)
  if (installation.by === 'KnativeKafka') return enabledIn(installation.resource, request, options, facts)
  if (facts.knativeKafkas === 'forbidden' && facts.knativeKafkaServed) return {steps: [], findings: [unreadable]}
  if (!facts.knativeKafkaServed) return planWithoutResource(request, installation, facts)
  const spec = recordAt({spec: mergePatch(bare, wantedSpec(request))}, 'spec')
  const {name, namespace = '', ...kind} = knativeKafkaRef
  const object: Manifest = {...kind, metadata: {name, namespace}, spec}
  const findings = judged(object, undefined, request, facts)
  return {
    steps: [{verb: 'create', object}, ...waiting(request.parts, knativeKafkaRef, options.waitMs)],
    findings: applyForce(findings, options.force),
  }
}

export const unreadable = finding('SFL-K42', {
  message: `KnativeKafkas cannot be listed (no permission) in namespace ${SYSTEM_NAMESPACE}, so whether there is one to change is not known`,
  repair: kubectl('auth', 'can-i', 'list', 'knativekafkas.operator.serverless.openshift.io', '-n', SYSTEM_NAMESPACE),
})

const enabledIn = (
  resource: KubeObject,
  request: KafkaEnableRequest,
  options: SwitchOptions,
  facts: KafkaInstallFacts,
): Plan => {
  const ref = refOf(resource)
  const wanted = mergePatch(resource, {spec: wantedSpec(request)})
  const after: KubeObject = isRecord(wanted) ? {...resource, ...wanted} : resource
  const patch = patchBetween(resource, after)
  const findings = judged(after, resource, request, facts)
  return {
    steps: [
      patch === undefined
        ? {verb: 'keep', object: resource}
        : {verb: 'patch', ref, before: resource, patch: {...patch}},
      ...waiting(request.parts, ref, options.waitMs),
    ],
    findings: applyForce([...deletingFindings(resource, 'SFL-K45'), ...findings], options.force),
  }
}

const judged = (
  after: KubeObject,
  before: KubeObject | undefined,
  request: KafkaEnableRequest,
  facts: KafkaInstallFacts,
): Finding[] => {
  const object = refOf(after)
  const data = brokerData(after)
  const brokerParts = request.parts.includes('broker')
  const again = (part: Part): Command => sfl('kafka enable', part, '--bootstrap-servers', fill('HOST:PORT'))
  const secrets = judgeKafkaData(place, data, facts.secret).filter((one) => one.object?.kind === 'Secret')
  const kept = dataOf(facts.configMap)
  return [
    ...(before === undefined ? missingEventing(facts) : []),
    ...(brokerParts && data[KafkaKey.BootstrapServers] === ''
      ? [
          finding('SFL-K39', {
            object,
            message: `broker would be enabled without bootstrap servers: the operator would write an empty ${KafkaKey.BootstrapServers} into ConfigMap ${place.namespace}/${place.name}, and every Kafka broker would fail`,
            repair: again('broker'),
          }),
        ]
      : []),
    ...channelFindings(after),
    ...(brokerParts ? secrets : channelSecretFindings(request, facts)),
    ...(brokerParts && Object.keys(kept).length > 0 && data[KafkaKey.BootstrapServers] !== ''
      ? effectFindings(place, kept, {...kept, ...data}, facts)
      : []),
  ]
}

/** Channels read either format of a Secret, so that only its absence is told. */
const channelSecretFindings = (request: KafkaEnableRequest, facts: KafkaInstallFacts): Finding[] => {
  const {authSecret: name} = request.settings
  const here = request.authSecretNamespace === SYSTEM_NAMESPACE
  if (name === undefined || !here || facts.secret !== 'absent') return []
  const object: Ref = {...SECRET, name, namespace: SYSTEM_NAMESPACE}
  return [
    finding('SFL-K03', {
      object,
      message: `${secretTitle(object)}, which channels would use, does not exist`,
      repair: createSecretCommand(object),
    }),
  ]
}

/** The rules of the webhook about channels. */
const channelFindings = (resource: KubeObject): Finding[] => {
  if (booleanAt(resource, 'spec', 'channel', 'enabled') !== true) return []
  const object = refOf(resource)
  const [servers, name, namespace] = ['bootstrapServers', 'authSecretName', 'authSecretNamespace'].map((field) =>
    textAt(resource, 'spec', 'channel', field),
  )
  const faults = [
    ...(servers ? [] : ['spec.channel.bootstrapServers is needed']),
    ...(Boolean(name) === Boolean(namespace)
      ? []
      : ['spec.channel.authSecretName and authSecretNamespace are needed both, or none of them']),
  ]
  return faults.map((fault) =>
    finding('SFL-K40', {
      object,
      message: `the server would refuse an enabled channel: ${fault}`,
      repair: sfl(
        'kafka enable',
        'channel',
        '--bootstrap-servers',
        servers || textAt(resource, 'spec', 'broker', 'defaultConfig', 'bootstrapServers') || fill('HOST:PORT'),
        ...(name || namespace
          ? ['--auth-secret', name || fill('NAME'), '--auth-secret-namespace', namespace || SYSTEM_NAMESPACE]
          : []),
      ),
    }),
  )
}

const missingEventing = ({knativeEventings}: KafkaInstallFacts): Finding[] =>
  knativeEventings === 'absent' ||
  (isFound(knativeEventings) && knativeEventings.every(({metadata}) => metadata.deletionTimestamp !== undefined))
    ? [
        finding('SFL-K41', {
          object: {...KNATIVE_EVENTING, name: 'knative-eventing', namespace: SYSTEM_NAMESPACE},
          message: `there is no KnativeEventing in namespace ${SYSTEM_NAMESPACE}; it must be installed before Kafka`,
          repair: reading(
            kubectl('apply', '-f', '-'),
            JSON.stringify({...KNATIVE_EVENTING, metadata: {name: 'knative-eventing', namespace: SYSTEM_NAMESPACE}}),
          ),
        }),
      ]
    : []

/** Without the kind KnativeKafka a part is there or not; nothing can be switched. */
const planWithoutResource = (
  request: KafkaEnableRequest,
  installation: Installation,
  facts: KafkaInstallFacts,
): Plan => {
  const {parts, settings} = request
  const missing = parts.filter((part) => dataPlane[part].some(({name}) => workloadNamed(facts, name) === undefined))
  const asked = settings.bootstrapServers ?? settings.partitions ?? settings.replicationFactor ?? settings.authSecret
  if (installation.by === 'unknown')
    return {
      steps: [],
      findings: [
        finding('SFL-K42', {
          message: `the server knows no KnativeKafka, and what is installed in namespace ${SYSTEM_NAMESPACE} cannot be looked at (no permission)`,
          repair: kubectl('auth', 'can-i', 'list', 'deployments.apps', '-n', SYSTEM_NAMESPACE),
        }),
      ],
    }
  if (missing.length === 0 && asked === undefined) {
    const there = parts.flatMap((part) => dataPlane[part]).flatMap(({name}) => workloadNamed(facts, name) ?? [])
    return {steps: there.map((object): Step => ({verb: 'keep', object})), findings: []}
  }
  if (missing.length === 0)
    return {
      steps: [],
      findings: [
        finding('SFL-K42', {
          message: `${partsText(parts)} ${parts.length === 1 ? 'is' : 'are'} there already, and without a KnativeKafka the settings are in ConfigMaps`,
          repair: settingsCommands(request),
        }),
      ],
    }
  const how =
    installation.by === 'nothing'
      ? 'Kafka is not installed'
      : `Kafka came from ${installation.by === 'release files' ? 'release files' : 'the Knative operator'}`
  return {
    steps: [],
    findings: [
      finding('SFL-K42', {
        message: `the server knows no KnativeKafka (only OpenShift Serverless has it) and ${how}: ${partsText(missing)} ${missing.length === 1 ? 'comes' : 'come'} with ${missing.length === 1 ? 'its manifest' : 'their manifests'}`,
        repair: installCommands(missing, installation, facts),
      }),
    ],
  }
}

const settingsCommands = ({parts, settings, authSecretNamespace}: KafkaEnableRequest): readonly Command[] => {
  const {bootstrapServers, partitions, replicationFactor, authSecret} = settings
  const flags = [
    ...(bootstrapServers === undefined ? [] : ['--bootstrap-servers', bootstrapServers.join(',')]),
    ...(partitions === undefined ? [] : ['--partitions', String(partitions)]),
    ...(replicationFactor === undefined ? [] : ['--replication-factor', String(replicationFactor)]),
    ...(authSecret === undefined ? [] : ['--auth-secret', authSecret]),
  ]
  const channel = {
    ...(bootstrapServers === undefined ? {} : {[KafkaKey.BootstrapServers]: bootstrapServers.join(',')}),
    ...(authSecret === undefined
      ? {}
      : {[KafkaKey.AuthSecret]: authSecret, 'auth.secret.ref.namespace': authSecretNamespace}),
  }
  return [
    ...(parts.includes('broker') ? [sfl('kafka config update', place.name, '-n', place.namespace, ...flags)] : []),
    ...(parts.includes('channel')
      ? [
          kubectl(
            '-n',
            SYSTEM_NAMESPACE,
            'patch',
            'configmap',
            KAFKA_CHANNEL_CONFIG,
            '--type=merge',
            '-p',
            JSON.stringify({data: channel}),
          ),
        ]
      : []),
  ]
}
