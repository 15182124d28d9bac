import {type Kind, type KubeObject, type Ref, refOf} from '../../../domain/core/object.js'
import {listAt} from '../../../domain/core/read.js'
import {systemNamespace} from '../../admission/config.js'
import {BROKER} from '../../../domain/eventing/names.js'
import {crashesController} from '../../../domain/eventing/broker/controller-crash.js'
import {type Change} from '../../store/objects.js'
import {type ClusterView, type Controller} from '../controller.js'
import {type KafkaPart} from '../shipped.js'

/** The Deployment that runs the controllers of the Kafka add-on. */
const kafkaController: Ref = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: systemNamespace,
  name: 'kafka-controller',
}

const disable = '--disable-controllers='

/** Controllers by the part of KnativeKafka that they belong to. */
const controllers: Readonly<Record<Exclude<KafkaPart, 'controller'>, readonly string[]>> = {
  broker: ['broker-controller', 'trigger-controller', 'namespaced-broker-controller', 'namespaced-trigger-controller'],
  channel: ['channel-controller'],
  sink: ['sink-controller'],
  source: ['source-controller'],
}

/** What `--disable-controllers` gets for the parts that are off. */
export const disabledControllers = (isEnabled: (part: Exclude<KafkaPart, 'controller'>) => boolean): string[] =>
  (['broker', 'sink', 'source', 'channel'] as const)
    .filter((part) => !isEnabled(part))
    .flatMap((part) => controllers[part])

/** Whether kafka-controller is there and was not told to leave this controller out. */
const runs = (cluster: ClusterView, controller: string): boolean => {
  const deployment = cluster.get(kafkaController)
  if (deployment === undefined) return false
  const args = listAt(listAt(deployment, 'spec', 'template', 'spec', 'containers')[0], 'args')
  return !args.some(
    (arg) =>
      typeof arg === 'string' && arg.startsWith(disable) && arg.slice(disable.length).split(',').includes(controller),
  )
}

/** The release of kafka-controller as its label gives it: `[1, 16]`. */
export const kafkaRelease = (cluster: ClusterView): readonly [number, number] => {
  const label = cluster.get(kafkaController)?.metadata.labels?.['app.kubernetes.io/version'] ?? ''
  const [, major = '1', minor = '99'] = /^v?(\d+)\.(\d+)/.exec(label) ?? []
  return [Number(major), Number(minor)]
}

const isKafkaController = ({kind, metadata}: KubeObject): boolean =>
  kind === kafkaController.kind && metadata.name === kafkaController.name && metadata.namespace === systemNamespace

const crashingBrokers = (cluster: ClusterView): KubeObject[] =>
  cluster.list(BROKER.apiVersion, BROKER.kind).filter(crashesController)

/** A change after which the process that crashed may go on. */
const isRecovery = ({object, type}: Change): boolean =>
  type === 'DELETED' && object.kind === BROKER.kind && crashesController(object)

/**
 * A controller that rests while kafka-controller does not run it, and looks at everything when it comes back. It is also
 * down while there is a broker that crashes it; `crash` is what it still does of that broker.
 */
export const whileRunning = (
  name: string,
  {apiVersion, kind}: Kind,
  controller: Controller,
  crash?: (broker: KubeObject, cluster: ClusterView) => void,
): Controller => ({
  name: controller.name,
  wants: (change, cluster) =>
    isKafkaController(change.object) || isRecovery(change)
      ? cluster.list(apiVersion, kind).map(refOf)
      : controller.wants(change, cluster),
  reconcile(ref, cluster) {
    if (!runs(cluster, name)) return
    const [culprit] = crashingBrokers(cluster)
    if (culprit === undefined) controller.reconcile(ref, cluster)
    else crash?.(culprit, cluster)
  },
})
