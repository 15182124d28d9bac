import {type ClassChoiceFacts} from '../domain/eventing/cluster-defaults/class-choices.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {readDeployments} from './broker.js'
import {readDefaults} from './config-maps.js'

/** What the classes of brokers mean on this cluster, in one round. */
export const classChoiceFacts = async (client: KubeClient, options?: RequestOptions): Promise<ClassChoiceFacts> => {
  const [defaults, deployments] = await Promise.all([readDefaults(client, options), readDeployments(client, options)])
  return {defaults, deployments}
}
