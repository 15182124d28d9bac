import {pageLimit, type ListQuery, type Page, type RequestOptions} from './client.js'
import {type ListAnswer, listFrom} from './decode.js'
import {isKubeError} from './errors.js'
import type {Transport} from './http/transport.js'
import {type FindResource, collectionRequest} from './requests.js'

/** Servers leave the rest of each object out (apimachinery pkg/apis/meta/v1 PartialObjectMetadataList). */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json'

/**
 * Where a list goes on, seen before its text is parsed: servers write the fields of most lists in their order, so that its
 * metadata is the last thing of all. Nothing else can look like it, since a quote inside a text has a backslash before it.
 */
const CONTINUE_AT_THE_END = /"metadata":\{"continue":"([\w=-]+)"[^{}]*\}\}\s*$/

/** Characters at the end of a list in which its metadata is looked for. */
const END = 2_000

interface ReadPage {
  answer: ListAnswer
  /** The next page, when it was asked for already. */
  next: Promise<ReadPage> | undefined
}

/**
 * Reads a list in pages. The next page is asked for as soon as the one before has come, so that it is on its way while that
 * is parsed and the consumer works; never more than one ahead. When the server has forgotten where we were (410, after some five minutes),
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
  /** Index of the page that the consumer waits for. */
  let awaited = -1
  const read = async (continueToken: string): Promise<ReadPage> => {
    const index = count++
    const limit = pageLimit(query, index)
    const request = collectionRequest('list', query, resource, {limit: limit || undefined, continue: continueToken})
    const accept = query.metadataOnly ? {accept: METADATA_ONLY} : {}
    let next: Promise<ReadPage> | undefined
    const onText = (body: string): boolean => {
      // A page that the consumer does not wait for yet is far enough ahead.
      if (index > awaited) return false
      const [, token] = CONTINUE_AT_THE_END.exec(body.slice(-END)) ?? []
      if (token !== undefined) next = ask(token)
      return token !== undefined
    }
    const json = await transport.send({...request, ...accept, onText, signal: stop.signal})
    return {answer: listFrom(json, query, request.about), next}
  }
  const ask = (continueToken: string): Promise<ReadPage> => {
    const page = read(continueToken)
    // It may fail while nobody waits for it yet; whoever does later gets the failure.
    page.catch(() => {})
    return page
  }
  const seen = new Set<string>()
  let restarted = false
  try {
    for (let pending: Promise<ReadPage> | undefined = ask(''); pending !== undefined;) {
      let page: ReadPage
      awaited++
      try {
        page = await pending
      } catch (error) {
        if (restarted || seen.size === 0 || !isKubeError(error, 'Expired')) throw error
        restarted = true
        pending = ask('')
        continue
      }
      const {answer, next} = page
      const {continueToken, resourceVersion} = answer
      const last = continueToken === ''
      pending = last ? undefined : (next ?? ask(continueToken))
      const items = restarted ? answer.items.filter(({metadata: {uid = ''}}) => !seen.has(uid)) : answer.items
      if (!last) for (const {metadata} of items) seen.add(metadata.uid ?? '')
      yield {items, resourceVersion, last}
    }
  } finally {
    signal?.removeEventListener('abort', onAbort)
    stop.abort()
  }
}
