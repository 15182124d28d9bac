import {DEPLOYMENT, EVENT, SERVICE} from '../domain/eventing/names.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {refOf, type KubeObject} from '../domain/core/object.js'
import {type PlatformDescribeFacts} from '../domain/sonataflow/workload/live-facts.js'
import {migrationLog, type MigrationLog} from '../domain/sonataflow/migration/view.js'
import {migrationJobs} from '../domain/sonataflow/migration/job.js'
import {type Platform} from '../domain/sonataflow/model.js'
import {MIGRATION_CONTAINER, OPERATOR, POD, serviceKeys, serviceSuffix} from '../domain/sonataflow/names.js'
import {choosePlatform, type PlatformChoice} from '../domain/sonataflow/platform/choice.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {isKubeError} from '../kube/errors.js'
import {readEvents} from './broker.js'
import {listAll, tryRead} from './look.js'
import {readPlatformFacts, readSurroundings, type Surroundings} from './platform.js'

/** Everything that the operator makes has this label. */
export const madeByOperator = `app.kubernetes.io/managed-by=${OPERATOR}`

const servicePods = `app.kubernetes.io/name in (${serviceKeys.map((key) => serviceSuffix[key]).join(',')})`

const readJobPods = async (
  client: KubeClient,
  namespace: string,
  jobs: Lookup<readonly KubeObject[]>,
  options?: RequestOptions,
): Promise<Lookup<readonly KubeObject[]>> => {
  const names = isFound(jobs) ? migrationJobs(jobs).map(({metadata}) => metadata.name) : []
  if (names.length === 0) return []
  return tryRead(listAll(client, {...POD, namespace, labelSelector: `job-name in (${names.join(',')})`}, options))
}

/** The Deployments of the platform that the cluster platform names, for a namespace that uses its services. */
const readClusterDeployments = async (
  client: KubeClient,
  platform: Platform,
  {clusterPlatform}: Surroundings,
  options?: RequestOptions,
): Promise<Pick<PlatformDescribeFacts, 'clusterDeployments'>> => {
  const home = isFound(clusterPlatform)
    ? clusterPlatform.platform.namespace
    : platform.status.clusterPlatform?.platform.namespace
  if (platform.services !== undefined || home === undefined || home === '') return {}
  const query = {...DEPLOYMENT, namespace: home, labelSelector: madeByOperator}
  return {clusterDeployments: await tryRead(listAll(client, query, options))}
}

/** What describes the chosen platform, in two rounds of requests. Throws `SflError` (exit code 3) when there is none. */
export const platformDescribeFacts = async (
  client: KubeClient,
  choice: PlatformChoice,
  {events = true, ...options}: RequestOptions & {events?: boolean} = {},
): Promise<PlatformDescribeFacts> => {
  const {namespace} = choice
  const [surroundings, pods, serviceObjects] = await Promise.all([
    readSurroundings(client, namespace, options),
    tryRead(listAll(client, {...POD, namespace, labelSelector: servicePods}, options)),
    tryRead(listAll(client, {...SERVICE, namespace, labelSelector: madeByOperator}, options)),
  ])
  const platform = choosePlatform(surroundings, choice)
  const [facts, happened, warnings, jobPods, cluster] = await Promise.all([
    readPlatformFacts(client, surroundings, [platform], options),
    events ? readEvents(client, platform.ref, options) : undefined,
    tryRead(listAll(client, {...EVENT, namespace, fieldSelector: 'type=Warning'}, options)),
    readJobPods(client, namespace, surroundings.jobs, options),
    readClusterDeployments(client, platform, surroundings, options),
  ])
  return {
    ...facts,
    ...cluster,
    platform,
    pods,
    serviceObjects,
    warnings,
    jobPods,
    ...(happened === undefined ? {} : {events: happened}),
  }
}

/** The end of the logs of the pods of migration Jobs: a round of its own, since only now their names are known. */
export const migrationLogs = async (
  client: KubeClient,
  {jobPods}: Pick<PlatformDescribeFacts, 'jobPods'>,
  tailLines: number,
  options?: RequestOptions,
): Promise<MigrationLog[]> =>
  Promise.all(
    (isFound(jobPods) ? jobPods : []).map(async (pod): Promise<MigrationLog> => {
      const {name} = pod.metadata
      try {
        const text = await client.logs(refOf(pod), {tailLines, container: MIGRATION_CONTAINER, ...options})
        return migrationLog(name, text)
      } catch (error) {
        if (isKubeError(error, 'Forbidden')) return {pod: name, lines: [], unread: 'no permission to read'}
        if (isKubeError(error, 'NotFound')) return {pod: name, lines: [], unread: 'gone with its pod'}
        if (isKubeError(error, 'BadRequest')) return {pod: name, lines: [], unread: 'none yet, it has not started'}
        throw error
      }
    }),
  )
