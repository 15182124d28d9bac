import {BROKER, DEPLOYMENT, SINK_BINDING, TRIGGER} from '../domain/eventing/names.js'
import {type Kind, type KubeObject} from '../domain/core/object.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {AUTOSCALER, JOB, WORKFLOW} from '../domain/sonataflow/names.js'
import {type PlatformListFacts} from '../domain/sonataflow/platform/list.js'
import {readWorkflow} from '../domain/sonataflow/workflow/model.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {listAll, tryRead} from './look.js'
import {madeByOperator} from './platform-describe.js'
import {readSchema} from './platform.js'
import {operatorFacts} from './sonataflow-operator.js'
import {readClusterPlatforms, readPlatforms, workflowContext} from './workflow.js'

/** What a list of platforms is made of: one list of each kind, of one namespace or of all. Two rounds at most. */
export const platformListFacts = async (
  client: KubeClient,
  namespace: string | undefined,
  options?: RequestOptions,
): Promise<PlatformListFacts> => {
  const all = (kind: Kind, labelSelector?: string): Promise<Lookup<readonly KubeObject[]>> =>
    tryRead(
      listAll(
        client,
        {
          ...kind,
          ...(namespace === undefined ? {} : {namespace}),
          ...(labelSelector === undefined ? {} : {labelSelector}),
        },
        options,
      ),
    )
  const [
    schema,
    operator,
    platforms,
    clusterPlatforms,
    workflows,
    deployments,
    jobs,
    autoscalers,
    brokers,
    triggers,
    bindings,
    served,
  ] = await Promise.all([
    readSchema(client, options),
    operatorFacts(client, options),
    readPlatforms(client, namespace, options),
    readClusterPlatforms(client, options),
    all(WORKFLOW),
    all(DEPLOYMENT, madeByOperator),
    all(JOB, madeByOperator),
    all(AUTOSCALER),
    all(BROKER),
    all(TRIGGER, madeByOperator),
    all(SINK_BINDING, madeByOperator),
    client.served(TRIGGER.apiVersion, options).then(
      (kinds) => kinds !== undefined,
      () => undefined,
    ),
  ])
  const {clusterPlatform, context} = await workflowContext(client, platforms, clusterPlatforms, options)
  return {
    ...(namespace === undefined ? {} : {namespace}),
    schema,
    operator,
    platforms,
    clusterPlatform,
    clusterwide: context.cluster?.platform ?? (isFound(clusterPlatform) ? 'absent' : clusterPlatform),
    workflows: isFound(workflows) ? workflows.map(readWorkflow) : workflows,
    deployments,
    jobs,
    autoscalers,
    brokers,
    triggers,
    sinkBindings: bindings,
    ...(served === undefined ? {} : {knativeInstalled: served}),
  }
}
