import {pageLimit, type ListQuery, type Page, type RequestOptions} from './client.js'
import {type ListAnswer, listFrom} from './edge.js'
import {isKubeError} from './errors.js'
import type {Transport} from './http/transport.js'
import {type FindResource, collectionRequest} from './requests.js'

/** Servers leave the rest of each object out (apimachinery pkg/apis/meta/v1 PartialObjectMetadataList). */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json'

/**
 * Reads a list in pages. The next page is asked for as soon as the one before has come, so that it is on its way while the
 * consumer works; never more than one ahead. When the server has forgotten where we were (410, after some five minutes),
 * reading starts anew once, and passes over what was already handed out.
 */
export async function* listPages(
  transport: Transport,
  find: FindResource,
  query: ListQuery,
  {signal}: RequestOptions,
): AsyncGenerator<Page, void> {
  const resource = await find(query, 'list', signal)
  // The consumer may stop reading while a page is on its way.
  const stop = new AbortController()
  const onAbort = (): void => stop.abort()
  signal?.addEventListener('abort', onAbort, {once: true})
  if (signal?.aborted) stop.abort()
  let count = 0
  const read = async (continueToken: string): Promise<ListAnswer> => {
    const limit = pageLimit(query, count++)
    const request = collectionRequest('list', query, resource, {limit: limit || undefined, continue: continueToken})
    const accept = query.metadataOnly ? {accept: METADATA_ONLY} : {}
    return listFrom(await transport.send({...request, ...accept, signal: stop.signal}), query, request.about)
  }
  const ask = (continueToken: string): Promise<ListAnswer> => {
    const page = read(continueToken)
    // It may fail while nobody waits for it yet; whoever does later gets the failure.
    page.catch(() => {})
    return page
  }
  const seen = new Set<string>()
  let restarted = false
  try {
    for (let pending: Promise<ListAnswer> | undefined = ask(''); pending !== undefined;) {
      let page: ListAnswer
      try {
        page = await pending
      } catch (error) {
        if (restarted || seen.size === 0 || !isKubeError(error, 'Expired')) throw error
        restarted = true
        pending = ask('')
        continue
      }
      const {continueToken, resourceVersion} = page
      const last = continueToken === ''
      pending = last ? undefined : ask(continueToken)
      const items = restarted ? page.items.filter(({metadata: {uid = ''}}) => !seen.has(uid)) : page.items
      if (!last) for (const {metadata} of items) seen.add(metadata.uid ?? '')
      yield {items, resourceVersion, last}
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    stop.abort()
  }
}
