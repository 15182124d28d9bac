import {KNATIVE_EVENTING, KNATIVE_KAFKA} from '../../../domain/eventing/names.js'
import {type KubeObject} from '../../../domain/core/object.js'
import {at, booleanAt, listAt, numberAt, textAt} from '../../../domain/core/read.js'
import {observed} from '../addressables.js'
import {conditionsOf, failed, isTrue, type Judged, unknown} from '../conditions.js'
import {type ClusterView, type Controller} from '../controller.js'
import {concernedResources, hold, install, notReady, release, uninstall} from '../install.js'
import {kafkaManifest} from '../kafka/manifest.js'
import {configured, type Prepared, withDefaultClass} from '../settings.js'
import {
  eventingConfigMaps,
  eventingDeployments,
  type Flavour,
  type KafkaPart,
  kafkaParts,
  versions,
  workload,
} from '../shipped.js'

const finalizer = 'knativeeventings.operator.knative.dev'

/** The operator of OpenShift Serverless runs where its own kinds are served. */
const flavourOf = (cluster: ClusterView): Flavour =>
  cluster.target(KNATIVE_KAFKA) === undefined ? 'upstream' : 'openshift'

/** Release files by name, as `spec.additionalManifests` gives their URLs. */
const partsOfUrl = (url: string): readonly KafkaPart[] => {
  const file = url.slice(url.lastIndexOf('/') + 1)
  if (file === 'eventing-kafka.yaml') return kafkaParts
  return kafkaParts.filter((part) => file === `eventing-kafka-${part}.yaml`)
}

/** The Kafka parts that the operator of knative.dev installs (knative/operator pkg/reconciler/knativeeventing/source). */
const kafkaPartsOf = (resource: KubeObject, flavour: Flavour): KafkaPart[] => {
  if (flavour === 'openshift') return []
  const urls = listAt(resource, 'spec', 'additionalManifests').map((entry) => textAt(entry, 'URL') ?? '')
  const source = booleanAt(resource, 'spec', 'source', 'kafka', 'enabled') === true
  const chosen = new Set<KafkaPart>([
    ...(source ? (['controller', 'source'] as const) : []),
    ...urls.flatMap(partsOfUrl),
  ])
  return kafkaParts.filter((part) => chosen.has(part))
}

const versionOf = (resource: KubeObject, flavour: Flavour): string =>
  textAt(resource, 'spec', 'version') || versions[flavour]

const manifestOf = (resource: KubeObject, flavour: Flavour): Prepared => {
  // OpenShift runs two of everything when nothing else is said (serverless-operator openshift-knative-operator/pkg/eventing).
  const replicas =
    numberAt(resource, 'spec', 'high-availability', 'replicas') ?? (flavour === 'openshift' ? 2 : undefined)
  const version = versionOf(resource, flavour)
  const shipped = [
    ...eventingConfigMaps(flavour),
    ...kafkaManifest(kafkaPartsOf(resource, flavour), version),
    ...eventingDeployments.map((name) =>
      workload('Deployment', name, version, replicas === undefined ? {} : {replicas}),
    ),
  ]
  return withDefaultClass(configured(shipped, at(resource, 'spec', 'config')), at(resource, 'spec'))
}

/** Kafka parts that an earlier version of the resource asked for, and this one does not. */
const leftOver = (resource: KubeObject, manifest: readonly KubeObject[], cluster: ClusterView): KubeObject[] => {
  const names = new Set(manifest.map(({kind, metadata}) => `${kind}/${metadata.name}`))
  return kafkaManifest(kafkaParts, '')
    .filter(({kind, metadata}) => !names.has(`${kind}/${metadata.name}`))
    .filter(({apiVersion, kind, metadata}) =>
      (
        cluster.get({apiVersion, kind, name: metadata.name, namespace: metadata.namespace ?? ''})?.metadata
          .ownerReferences ?? []
      ).some(({uid}) => uid === resource.metadata.uid),
    )
}

const report = (
  cluster: ClusterView,
  resource: KubeObject,
  judged: Record<string, Judged>,
  flavour: Flavour,
  version?: string,
): void =>
  cluster.setStatus(
    {...KNATIVE_EVENTING, name: resource.metadata.name, namespace: resource.metadata.namespace ?? ''},
    {
      ...observed(resource),
      conditions: conditionsOf(
        resource,
        {
          DependenciesInstalled: isTrue,
          VersionMigrationEligible: isTrue,
          ...(flavour === 'upstream' ? {TargetClusterResolved: isTrue} : {}),
          ...judged,
        },
        cluster.now(),
      ),
      ...(version === undefined ? {} : {version, manifests: [`/var/run/ko/knative-eventing/${version}`]}),
    },
  )

/** The operator behind KnativeEventing (knative/operator pkg/reconciler/knativeeventing/knativeeventing.go). */
export const knativeEventingController: Controller = {
  name: 'knative-operator',
  wants: (change) => concernedResources(change, KNATIVE_EVENTING),
  reconcile(ref, cluster) {
    const resource = cluster.get(ref)
    if (resource === undefined) return
    const flavour = flavourOf(cluster)
    if (resource.metadata.deletionTimestamp !== undefined) {
      const prepared = manifestOf({...resource, spec: {}}, flavour)
      if (typeof prepared !== 'string' && 'manifest' in prepared) uninstall(cluster, prepared.manifest)
      uninstall(cluster, leftOver(resource, [], cluster))
      release(cluster, resource, finalizer)
      return
    }
    hold(cluster, resource, finalizer)
    const prepared = manifestOf(resource, flavour)
    if (prepared === 'crashed') return
    const held = cluster.get(ref) ?? resource
    if ('fault' in prepared) {
      const judged = {
        InstallSucceeded: failed('Error', `Install failed with message: ${prepared.fault}`),
        DeploymentsAvailable: unknown,
      }
      report(cluster, held, judged, flavour)
      return
    }
    const {manifest} = prepared
    install(cluster, resource, manifest)
    uninstall(cluster, leftOver(resource, manifest, cluster))
    const waiting = notReady(cluster, manifest, 'Deployment')
    report(
      cluster,
      held,
      {
        InstallSucceeded: isTrue,
        DeploymentsAvailable:
          waiting.length === 0 ? isTrue : failed('NotReady', `Waiting on deployments: ${waiting.join(', ')}`),
      },
      flavour,
      versionOf(resource, flavour),
    )
  },
}
