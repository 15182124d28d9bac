import {DEPLOYMENT} from '../domain/eventing/names.js'
import {type KubeObject} from '../domain/core/object.js'
import {listAt, numberAt, textAt} from '../domain/core/read.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {type OperatorSettings} from '../domain/sonataflow/effective/effective.js'
import {operatorDeployments, type ServiceKey} from '../domain/sonataflow/names.js'
import {operatorDeploymentFacts} from '../domain/sonataflow/release.js'
import {type OperatorFacts} from '../domain/sonataflow/platform/facts.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {listAll, tryRead} from './look.js'

/**
 * The Deployments of the SonataFlow operator, in the namespaces where it is installed, and what its environment says of
 * the images it uses. `absent` when there is none in any of them.
 */
export const operatorFacts = async (client: KubeClient, options?: RequestOptions): Promise<Lookup<OperatorFacts>> => {
  const lists = await Promise.all(
    operatorDeployments.map(async ({namespace, namePrefix}): Promise<Lookup<readonly KubeObject[]>> => {
      const found = await tryRead(listAll(client, {...DEPLOYMENT, namespace}, options))
      return isFound(found) ? found.filter(({metadata}) => metadata.name.startsWith(namePrefix)) : found
    }),
  )
  const found = lists.flatMap((list) => (isFound(list) ? list : []))
  const [first] = found
  if (first === undefined) return lists.includes('forbidden') ? 'forbidden' : 'absent'
  return {
    deployments: found.map((object) => ({
      name: object.metadata.name,
      namespace: object.metadata.namespace ?? '',
      ready: numberAt(object, 'status', 'readyReplicas') ?? 0,
    })),
    settings: settingsOf(first),
  }
}

/** `RELATED_IMAGE_*` of the operator's container, and the tag of its own image (its internal/controller/cfg). */
const settingsOf = (deployment: KubeObject): OperatorSettings => {
  const containers = listAt(deployment, 'spec', 'template', 'spec', 'containers')
  const manager = containers.find((one) => textAt(one, 'name') === 'manager') ?? containers[0]
  const env = new Map(
    listAt(manager, 'env').map((one) => [textAt(one, 'name') ?? '', textAt(one, 'value') ?? ''] as const),
  )
  const imagesOf = (part: string): Partial<Record<'postgresql' | 'ephemeral', string>> => {
    const [postgresql, ephemeral] = [
      env.get(`RELATED_IMAGE_${part}_POSTGRESQL`),
      env.get(`RELATED_IMAGE_${part}_EPHEMERAL`),
    ]
    return {...(postgresql ? {postgresql} : {}), ...(ephemeral ? {ephemeral} : {})}
  }
  const images: OperatorSettings['images'] = {
    dataIndex: imagesOf('DATA_INDEX'),
    jobService: imagesOf('JOBS_SERVICE'),
  } satisfies Record<ServiceKey, object>
  const migratorImage = env.get('RELATED_IMAGE_DB_MIGRATOR_TOOL')
  const imageTag = tagOf(textAt(manager, 'image'))
  return {
    ...operatorDeploymentFacts(deployment),
    images,
    ...(migratorImage ? {migratorImage} : {}),
    ...(imageTag === undefined ? {} : {imageTag}),
  }
}

/** `registry:5000/path/name:tag` and without a digest; images by digest have no tag. */
const tagOf = (image = ''): string | undefined => /:([\w][\w.-]*)$/.exec(image.replace(/@.*$/, ''))?.[1]
