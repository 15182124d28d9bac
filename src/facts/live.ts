import {type Kind, type KubeObject, type Ref} from '../domain/core/object.js'
import {isFound, type Lookup} from '../domain/core/seen.js'
import {type ListQuestion, type Place, type Reader, type Served} from '../domain/reading/reader.js'
import {run, type Reading} from '../domain/reading/reading.js'
import {SECRET} from '../domain/eventing/names.js'
import {type KubeClient, type RequestOptions} from '../kube/client.js'
import {isKubeError} from '../kube/errors.js'
import {parseDocument} from './document.js'
import {listAll, tryRead} from './look.js'
import {factsOfSecret} from './sealed-secret.js'

/** What is asked twice is read once: one reader serves one decision, in which nothing may change under its feet. */
const once = <Q, A>(
  key: (question: Q) => string,
  answer: (question: Q) => Promise<A>,
): ((question: Q) => Promise<A>) => {
  const asked = new Map<string, Promise<A>>()
  return (question) => {
    const known = asked.get(key(question)) ?? answer(question)
    asked.set(key(question), known)
    return known
  }
}

/** Answers from the cluster, with the user's own rights. */
export const liveReader = (client: KubeClient, options?: RequestOptions): Reader => {
  const listed = new Map<string, readonly KubeObject[]>()
  const placeOf = ({apiVersion, kind, namespace = ''}: Kind & {namespace?: string}) =>
    `${apiVersion} ${kind} ${namespace}`
  const get = async (ref: Ref): Promise<Lookup<KubeObject> | 'not-served'> => {
    // Of a whole list it is known what is not in it.
    const among = listed.get(placeOf(ref))
    if (among !== undefined) return among.find(({metadata}) => metadata.name === ref.name) ?? 'absent'
    try {
      return await tryRead(client.get(ref, options), ['NotFound'])
    } catch (error) {
      if (isKubeError(error, 'ResourceNotServed')) return 'not-served'
      throw error
    }
  }
  const kinds = once(String, (apiVersion: string) =>
    tryRead((async () => ({kinds: await client.served(apiVersion, options)}))()),
  )
  return {
    get: once(JSON.stringify, get),
    list: once(JSON.stringify, async (query: ListQuestion) => {
      const found = await tryRead(listAll(client, query, options))
      const isWhole = !query.labelSelector && !query.fieldSelector && query.metadataOnly !== true
      if (isFound(found) && isWhole && query.namespace !== undefined) listed.set(placeOf(query), found)
      return found
    }),
    async secret(place: Place) {
      const found = await get({...SECRET, ...place})
      if (found === 'not-served') return 'absent'
      return isFound(found) ? factsOfSecret(found) : found
    },
    async served({apiVersion, kind}: Kind): Promise<Served> {
      const answer = await kinds(apiVersion)
      if (answer === 'forbidden') return 'unknown'
      const isThere = isFound(answer) && answer.kinds?.some((one) => one.kind === kind) === true
      return isThere ? 'served' : 'not-served'
    },
    async kinds(apiVersion) {
      const answer = await kinds(apiVersion)
      return isFound(answer) ? (answer.kinds ?? []) : answer
    },
    parse: parseDocument,
    isNew: () => false,
  }
}

/** Runs a reading against the cluster. */
export const readLive = async <T>(client: KubeClient, reading: Reading<T>, options?: RequestOptions): Promise<T> =>
  run(liveReader(client, options), reading)
