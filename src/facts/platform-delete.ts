import {CONFIG_MAP, DEPLOYMENT, SERVICE, SINK_BINDING, TRIGGER} from '../domain/eventing/names.js'
import {type Kind, type KubeObject, type Ref} from '../domain/core/object.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {belongsTo} from '../domain/sonataflow/workload/children.js'
import {readPlatform, type Platform} from '../domain/sonataflow/model.js'
import {DISRUPTION_BUDGET, JOB, OPERATOR, PLATFORM, WORKFLOW} from '../domain/sonataflow/names.js'
import {sharedBy, type PlatformDeleteFacts} from '../domain/sonataflow/platform/delete.js'
import {readWorkflow, type Workflow} from '../domain/sonataflow/workflow/model.js'
import {type KubeClient} from '../kube/client.js'
import {listAll, tryRead} from './look.js'
import {operatorFacts} from './sonataflow-operator.js'
import {readClusterPlatforms, readPlatforms} from './workflow.js'

/** What the operator made in a namespace, and the kinds that cannot be listed (no permission). */
export interface OperatorObjects {
  objects: readonly KubeObject[]
  unread: readonly string[]
}

const madeKinds: readonly Kind[] = [DEPLOYMENT, SERVICE, CONFIG_MAP, DISRUPTION_BUDGET, JOB, SINK_BINDING, TRIGGER]

/** What the SonataFlow operator made in a namespace, by its label; for platforms and workflows alike. */
export const readOperatorObjects = async (client: KubeClient, namespace: string): Promise<OperatorObjects> => {
  const lists = await Promise.all(
    madeKinds.map((kind) =>
      tryRead(listAll(client, {...kind, namespace, labelSelector: `app.kubernetes.io/managed-by=${OPERATOR}`})),
    ),
  )
  return {
    objects: lists.flatMap((list) => (isFound(list) ? list : [])),
    unread: madeKinds.flatMap(({kind}, index) => (lists[index] === 'forbidden' ? [kind] : [])),
  }
}

const distantTriggers = async (client: KubeClient, platform: Platform): Promise<KubeObject[]> => {
  const namespaces = [...new Set(platform.status.triggers.map(({namespace}) => namespace))].filter(
    (namespace) => namespace !== platform.namespace,
  )
  const lists = await Promise.all(
    namespaces.map((namespace) =>
      tryRead(listAll(client, {...TRIGGER, namespace, labelSelector: `app=${platform.name}`})),
    ),
  )
  return lists.flatMap((list) => (isFound(list) ? list : []))
}

const readWorkflows = async (client: KubeClient, namespace: string): Promise<Lookup<readonly Workflow[]>> => {
  const found = await tryRead(listAll(client, {...WORKFLOW, namespace}))
  return isFound(found) ? found.map(readWorkflow) : found
}

/** What is looked at before a platform is deleted. Rejects with the server's NotFound. */
export const platformDeleteFacts = async (client: KubeClient, ref: Ref): Promise<PlatformDeleteFacts> => {
  const {name, namespace = ''} = ref
  const [object, near, operator, workflows, clusterPlatforms, made] = await Promise.all([
    client.get({...PLATFORM, name, namespace}),
    readPlatforms(client, namespace),
    operatorFacts(client),
    readWorkflows(client, namespace),
    readClusterPlatforms(client),
    readOperatorObjects(client, namespace),
  ])
  const platform = readPlatform(object)
  const shared = sharedBy({platform, clusterPlatforms}) !== undefined
  const [distant, everywhere] = await Promise.all([
    distantTriggers(client, platform),
    shared ? readPlatforms(client, undefined) : Promise.resolve(near),
  ])
  const objects = [...made.objects, ...distant].filter((one) => belongsTo(one, platform))
  return {
    platform,
    platforms: isFound(everywhere) ? everywhere : near,
    operator,
    workflows,
    clusterPlatforms,
    objects: made.unread.length === madeKinds.length ? 'forbidden' : objects,
  }
}
