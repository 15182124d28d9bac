import {kubectl, type Command} from '../../core/commands.js'
import {KNATIVE_EVENTING, SYSTEM_NAMESPACE} from '../../eventing/names.js'
import {type KubeObject} from '../../core/object.js'
import {booleanAt, listAt, recordAt, textAt} from '../../core/read.js'
import {isFound, type Lookup} from '../../core/seen.js'
import {type KafkaConfigFacts} from '../config/preflight.js'
import {dataPlane, PARTS, type Part} from './parts.js'

/** How Kafka is installed for Knative, with the defaults of its brokers. */
export interface KafkaInstallFacts extends KafkaConfigFacts {
  /** The server knows the kind KnativeKafka: OpenShift Serverless. */
  knativeKafkaServed: boolean
  /** Deployments and StatefulSets of the system namespace. */
  workloads: Lookup<readonly KubeObject[]>
}

export type Installation =
  /** OpenShift Serverless. */
  | {by: 'KnativeKafka'; resource: KubeObject; version?: string}
  /** The Knative operator applies the manifests of Kafka. */
  | {by: 'KnativeEventing'; resource: KubeObject; version?: string}
  /** Somebody applied the release files. */
  | {by: 'release files'; version?: string}
  | {by: 'nothing'}
  /** May not be looked at. */
  | {by: 'unknown'}

const versionOf = (workload: KubeObject | undefined): {version?: string} => {
  const version = workload?.metadata.labels?.['app.kubernetes.io/version']?.replace(/^v/, '')
  return version === undefined ? {} : {version}
}

const firstOf = (objects: Lookup<readonly KubeObject[]>): KubeObject | undefined =>
  isFound(objects) ? objects[0] : undefined

export const workloadNamed = (
  {workloads}: Pick<KafkaInstallFacts, 'workloads'>,
  name: string,
): KubeObject | undefined => (isFound(workloads) ? workloads.find(({metadata}) => metadata.name === name) : undefined)

/** Finds out who installed Kafka. */
export const installationOf = (facts: KafkaInstallFacts): Installation => {
  const resource = firstOf(facts.knativeKafkas)
  const version = textAt(resource, 'status', 'version')
  if (resource !== undefined) return {by: 'KnativeKafka', resource, ...(version === undefined ? {} : {version})}
  const controller = workloadNamed(facts, 'kafka-controller')
  const eventing = firstOf(facts.knativeEventings)
  const owned = controller?.metadata.ownerReferences?.some(({kind}) => kind === KNATIVE_EVENTING.kind) === true
  if (owned && eventing !== undefined) return {by: 'KnativeEventing', resource: eventing, ...versionOf(controller)}
  const some =
    controller ??
    PARTS.flatMap((part) => dataPlane[part])
      .map(({name}) => workloadNamed(facts, name))
      .find(Boolean)
  if (some !== undefined) return {by: 'release files', ...versionOf(some)}
  return facts.workloads === 'forbidden' || facts.knativeKafkas === 'forbidden' ? {by: 'unknown'} : {by: 'nothing'}
}

/** A part is switched on: by the KnativeKafka, or because its data plane is there. */
export const isEnabled = (part: Part, installation: Installation, facts: KafkaInstallFacts): boolean | 'unknown' => {
  if (installation.by === 'KnativeKafka') return booleanAt(installation.resource, 'spec', part, 'enabled') === true
  if (!isFound(facts.workloads)) return 'unknown'
  return dataPlane[part].some(({name}) => workloadNamed(facts, name) !== undefined)
}

const RELEASES = 'https://github.com/knative-extensions/eventing-kafka-broker/releases'

/**
 * The release file of a part. The exact version is that of the Kafka controller; of Knative Eventing only the minor
 * version is shared, whose first release always exists.
 */
export const releaseFile = (file: Part | 'controller', facts: KafkaInstallFacts): string => {
  const own = versionOf(workloadNamed(facts, 'kafka-controller')).version
  const eventing = versionOf(workloadNamed(facts, 'eventing-controller')).version
  const minor = /^(\d+\.\d+)\./.exec(eventing ?? '')?.[1]
  const version =
    own !== undefined && /^\d+\.\d+\.\d+$/.test(own) ? own : minor === undefined ? undefined : `${minor}.0`
  const folder = version === undefined ? 'latest/download' : `download/knative-v${version}`
  return `${RELEASES}/${folder}/eventing-kafka-${file}.yaml`
}

const sources = ['ceph', 'github', 'gitlab', 'kafka', 'rabbitmq', 'redis'] as const

/** The commands that bring parts without a KnativeKafka. */
export const installCommands = (
  parts: readonly Part[],
  installation: Installation,
  facts: KafkaInstallFacts,
): readonly Command[] => {
  const files: Array<Part | 'controller'> = [
    ...(workloadNamed(facts, 'kafka-controller') === undefined ? (['controller'] as const) : []),
    ...parts,
  ]
  const eventing = firstOf(facts.knativeEventings)
  if (eventing === undefined || installation.by === 'release files')
    return files.map((file) => kubectl('apply', '-f', releaseFile(file, facts)))
  const onlySource = parts.every((part) => part === 'source')
  const listed = listAt(eventing, 'spec', 'additionalManifests')
  const patch = onlySource
    ? {
        source: Object.fromEntries(
          sources.map((name) => [
            name,
            {
              enabled: false,
              ...recordAt(eventing, 'spec', 'source', name),
              ...(name === 'kafka' ? {enabled: true} : {}),
            },
          ]),
        ),
      }
    : {additionalManifests: [...listed, ...files.map((file) => ({URL: releaseFile(file, facts)}))]}
  return [
    kubectl(
      '-n',
      eventing.metadata.namespace ?? SYSTEM_NAMESPACE,
      'patch',
      'knativeeventings.operator.knative.dev',
      eventing.metadata.name,
      '--type=merge',
      '-p',
      JSON.stringify({spec: patch}),
    ),
  ]
}

/** The commands that take parts away without a KnativeKafka. */
export const removeCommands = (
  parts: readonly Part[],
  installation: Installation,
  facts: KafkaInstallFacts,
): Command | readonly Command[] =>
  installation.by === 'KnativeEventing'
    ? kubectl(
        '-n',
        installation.resource.metadata.namespace ?? SYSTEM_NAMESPACE,
        'edit',
        'knativeeventings.operator.knative.dev',
        installation.resource.metadata.name,
      )
    : parts.map((part) => kubectl('delete', '-f', releaseFile(part, facts)))
