import {type NotFound} from '../domain/core/seen.js'
import {ExitCode, SflError} from '../domain/core/errors.js'
import {type KubeObject, type Ref} from '../domain/core/object.js'
import {BROKER} from '../domain/eventing/names.js'
import {type KubeClient, type ListQuery, type RequestOptions} from '../kube/client.js'
import {isKubeError} from '../kube/errors.js'

/** Reasons that say "it is not there", the kind itself included. */
const absences = ['NotFound', 'ResourceNotServed']

/** A read that a missing object or a missing right does not spoil. Other failures (no connection, 401) are passed on. */
export const tryRead = async <T extends object>(
  pending: Promise<T>,
  absent: readonly string[] = absences,
): Promise<T | NotFound> => {
  try {
    return await pending
  } catch (error) {
    if (absent.some((reason) => isKubeError(error, reason))) return 'absent'
    if (isKubeError(error, 'Forbidden')) return 'forbidden'
    throw error
  }
}

/** All pages of a list. */
export const listAll = async (
  client: KubeClient,
  query: ListQuery,
  options?: RequestOptions,
): Promise<KubeObject[]> => {
  const items: KubeObject[] = []
  for await (const page of client.list(query, options)) items.push(...page.items)
  return items
}

/** The server does not know brokers. */
export const knativeNotInstalled = (): SflError =>
  new SflError(
    'KnativeNotInstalled',
    'Knative Eventing is not installed: the server does not serve brokers',
    ExitCode.Failed,
    {
      hint: 'install Knative Eventing, or choose another cluster with --context',
    },
  )

/** Throws KnativeNotInstalled when the server does not serve brokers. Without an answer it is taken to do so. */
export const checkInstalled = async (client: KubeClient, options?: RequestOptions): Promise<void> => {
  const kinds = await tryRead((async () => ({served: await client.served(BROKER.apiVersion, options)}))())
  if (kinds === 'absent') throw knativeNotInstalled()
  if (kinds === 'forbidden') return
  if (kinds.served?.some(({kind}) => kind === BROKER.kind) !== true) throw knativeNotInstalled()
}

/** The object of Knative Eventing that a command is about. Rejects with the server's NotFound, or with KnativeNotInstalled. */
export const getEventing = async (client: KubeClient, ref: Ref, options?: RequestOptions): Promise<KubeObject> => {
  try {
    return await client.get(ref, options)
  } catch (error) {
    if (isKubeError(error, 'ResourceNotServed')) throw knativeNotInstalled()
    if (isKubeError(error, 'NotFound')) await checkInstalled(client, options)
    throw error
  }
}

/** The broker that a command is about. Rejects as `getEventing` does. */
export const getBroker = (
  client: KubeClient,
  {namespace = '', name}: Pick<Ref, 'name' | 'namespace'>,
  options?: RequestOptions,
): Promise<KubeObject> => getEventing(client, {...BROKER, namespace, name}, options)
