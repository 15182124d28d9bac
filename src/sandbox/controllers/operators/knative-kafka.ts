import {KAFKA_BROKER_CONFIG, KAFKA_CHANNEL_CONFIG, KafkaKey, KNATIVE_KAFKA} from '../../../domain/eventing/names.js'
import {type KubeObject} from '../../../domain/core/object.js'
import {at, booleanAt, numberAt, textAt} from '../../../domain/core/read.js'
import {kafkaKinds} from '../../kinds/all.js'
import {definitionOf} from '../../kinds/definition.js'
import {type KindInfo, storageVersion} from '../../kinds/kind.js'
import {observed} from '../addressables.js'
import {conditionsOf, failed, isTrue} from '../conditions.js'
import {type ClusterView, type Controller} from '../controller.js'
import {concernedResources, hold, install, notReady, release, uninstall} from '../install.js'
import {disabledControllers} from '../kafka/controller.js'
import {kafkaManifest} from '../kafka/manifest.js'
import {configured, withData} from '../settings.js'
import {type KafkaPart, kafkaParts, versions} from '../shipped.js'

// "This needs to remain" is what the operator's source says of the name.
const finalizer = 'knative-kafka-openshift'
const group = 'knativekafkas.operator.serverless.openshift.io'

const version = versions.openshift

const kindRef = (kind: KindInfo) => ({apiVersion: storageVersion(kind), kind: kind.kind})

const isEnabled = (resource: KubeObject, part: KafkaPart): boolean =>
  booleanAt(resource, 'spec', part, 'enabled') === true

/** The parts that are on; the controller goes with any of them. */
const partsOf = (resource: KubeObject): KafkaPart[] => {
  const data = kafkaParts.filter((part) => part !== 'controller' && isEnabled(resource, part))
  return data.length === 0 ? [] : ['controller', ...data]
}

/** The fields of the resource win over `spec.config`; a number that is not there becomes 0. */
const brokerData = (resource: KubeObject): Record<string, string> => {
  const config = at(resource, 'spec', 'broker', 'defaultConfig')
  const secret = textAt(config, 'authSecretName')
  return {
    [KafkaKey.BootstrapServers]: textAt(config, 'bootstrapServers') ?? '',
    [KafkaKey.Partitions]: String(numberAt(config, 'numPartitions') ?? 0),
    [KafkaKey.ReplicationFactor]: String(numberAt(config, 'replicationFactor') ?? 0),
    ...(secret ? {[KafkaKey.AuthSecret]: secret} : {}),
  }
}

const channelData = (resource: KubeObject): Record<string, string> => {
  const channel = at(resource, 'spec', 'channel')
  const [secret, namespace] = [textAt(channel, 'authSecretName'), textAt(channel, 'authSecretNamespace')]
  return {
    [KafkaKey.BootstrapServers]: textAt(channel, 'bootstrapServers') ?? '',
    ...(secret && namespace ? {[KafkaKey.AuthSecret]: secret, 'auth.secret.ref.namespace': namespace} : {}),
  }
}

const manifestOf = (resource: KubeObject, parts: readonly KafkaPart[]): KubeObject[] => {
  const replicas = numberAt(resource, 'spec', 'high-availability', 'replicas') ?? 1
  const off = disabledControllers((part) => isEnabled(resource, part))
  const shipped = kafkaManifest(parts, version, {
    'kafka-controller': {replicas, args: [`--disable-controllers=${off.join(',')}`]},
    'kafka-webhook-eventing': {replicas},
  })
  return configured(shipped, at(resource, 'spec', 'config')).map((object) => {
    if (object.metadata.name === KAFKA_BROKER_CONFIG) return withData(object, brokerData(resource))
    return object.metadata.name === KAFKA_CHANNEL_CONFIG ? withData(object, channelData(resource)) : object
  })
}

const report = (cluster: ClusterView, resource: KubeObject, manifest: readonly KubeObject[]): void =>
  cluster.setStatus(
    {...KNATIVE_KAFKA, name: resource.metadata.name, namespace: resource.metadata.namespace ?? ''},
    {
      ...observed(resource),
      conditions: conditionsOf(
        resource,
        {
          InstallSucceeded: isTrue,
          DeploymentsAvailable:
            notReady(cluster, manifest, 'Deployment').length === 0
              ? isTrue
              : failed('NotReady', 'Waiting on deployments'),
          StatefulSetsAvailable:
            notReady(cluster, manifest, 'StatefulSet').length === 0
              ? isTrue
              : failed('NotReady', 'Waiting on StatefulSets'),
        },
        cluster.now(),
      ),
      version,
    },
  )

/** The operator behind KnativeKafka (openshift-knative/serverless-operator knative-operator/pkg/controller/knativekafka). */
export const knativeKafkaController: Controller = {
  name: 'knative-openshift',
  wants: (change) => concernedResources(change, KNATIVE_KAFKA),
  reconcile(ref, cluster) {
    const resource = cluster.get(ref)
    if (resource === undefined) return
    if (resource.metadata.deletionTimestamp !== undefined) {
      uninstall(cluster, kafkaManifest(kafkaParts, version))
      release(cluster, resource, finalizer)
      return
    }
    hold(cluster, resource, finalizer)
    const parts = partsOf(resource)
    // The definitions come with the first part that is enabled, and stay when it is disabled.
    if (parts.length > 0)
      for (const kind of kafkaKinds) if (cluster.target(kindRef(kind)) === undefined) cluster.create(definitionOf(kind))
    const manifest = manifestOf(resource, parts)
    install(cluster, resource, manifest, {
      [`${group}/ownerName`]: ref.name,
      [`${group}/ownerNamespace`]: ref.namespace ?? '',
    })
    uninstall(
      cluster,
      kafkaManifest(
        kafkaParts.filter((part) => !parts.includes(part)),
        version,
      ),
    )
    report(cluster, cluster.get(ref) ?? resource, manifest)
  },
}
