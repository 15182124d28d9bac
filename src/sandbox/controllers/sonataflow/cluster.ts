import {groupOf, type KubeObject, refOf} from '../../../domain/core/object.js'
import {at, textAt} from '../../../domain/core/read.js'
import {readSucceed} from '../../../domain/sonataflow/model.js'
import {CLUSTER_PLATFORM, PLATFORM, SONATAFLOW_GROUP} from '../../../domain/sonataflow/names.js'
import {readClusterPlatform} from '../../../domain/sonataflow/workflow/model.js'
import {failed, type Judged} from '../conditions.js'
import {type ClusterView, type Controller} from '../controller.js'
import {sonataflowConditions, whileOperatorRuns} from './operator.js'

const all = (cluster: ClusterView): KubeObject[] => cluster.list(CLUSTER_PLATFORM.apiVersion, CLUSTER_PLATFORM.kind)

const isReady = (object: KubeObject): boolean => readSucceed(object)?.status === 'True'

const judge = (object: KubeObject, cluster: ClusterView): Judged => {
  const {secondary} = readClusterPlatform(object)
  const active = all(cluster)
    .map(readClusterPlatform)
    .filter((one) => one.name !== object.metadata.name && !one.secondary)
    .some(({object: other}) => isReady(other))
  if (!secondary && active) return failed('Duplicated')
  const [name = '', namespace = ''] = [
    textAt(object, 'spec', 'platformRef', 'name'),
    textAt(object, 'spec', 'platformRef', 'namespace'),
  ]
  const platform = cluster.get({...PLATFORM, name, namespace})
  if (platform === undefined)
    return failed('PlatformNotFound', `${name} platform does not exist in ${namespace} namespace.`)
  const succeed = readSucceed(platform)
  const referenced = `Referenced SonataFlowPlatform '${namespace}/${name}'`
  if (succeed?.status === 'True') return {status: 'True', message: `${referenced} is ready`}
  if (succeed?.status === 'False') return failed('Failure', `${referenced} not ready`)
  return {
    status: 'Unknown',
    reason: 'Warming',
    message: `Waiting for referenced SonataFlowPlatform '${namespace}/${name}' to be ready`,
  }
}

/** SonataFlowClusterPlatforms (kubesmarts/logic-operator internal/controller/clusterplatform/initialize.go). */
export const clusterPlatformController: Controller = whileOperatorRuns(CLUSTER_PLATFORM, {
  name: 'cluster-platform-controller',
  wants: ({object}, cluster) =>
    groupOf(object.apiVersion) === SONATAFLOW_GROUP && [PLATFORM.kind, CLUSTER_PLATFORM.kind].includes(object.kind)
      ? all(cluster).map(refOf)
      : [],
  reconcile(ref, cluster) {
    const object = cluster.get(ref)
    if (object === undefined || object.metadata.deletionTimestamp !== undefined) return
    const {duplicated} = readClusterPlatform(object)
    // Duplicates rest until all are: then one of them takes over.
    if (duplicated && !all(cluster).every((one) => readClusterPlatform(one).duplicated)) return
    const judged = judge(object, cluster)
    const {generation = 1} = object.metadata
    if (judged.reason !== 'Duplicated' && at(object, 'spec', 'capabilities') === undefined)
      cluster.patch(ref, {spec: {capabilities: {workflows: ['services']}}})
    cluster.setStatus(ref, {
      conditions: sonataflowConditions(object, {Succeed: judged}, cluster.now()),
      observedGeneration: generation,
      version: '0.8',
    })
  },
})
