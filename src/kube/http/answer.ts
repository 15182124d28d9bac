import {listAt, numberAt, textAt} from '../../domain/core/read.js'
import {type FailedRequest, KubeError, type StatusCause} from '../errors.js'
import {given} from '../config/entries.js'

export interface Answer {
  status: number
  contentType: string
  body: string
  location?: string
  /** Seconds */
  retryAfter?: number
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  405: 'MethodNotAllowed',
  406: 'NotAcceptable',
  409: 'Conflict',
  410: 'Expired',
  413: 'RequestEntityTooLarge',
  415: 'UnsupportedMediaType',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
}

/** What was asked for was done, or is what was sent. */
export const isGood = ({status}: Answer): boolean => status >= 200 && status < 300

/** The JSON of an answer with status 2xx; everything else becomes a `KubeError`. */
export const readAnswer = (answer: Answer, request: FailedRequest, server: string): unknown => {
  if (isGood(answer)) {
    const value = parsed(answer.body)
    if (value !== undefined) return value.json
    throw badAnswer(answer, request, server)
  }
  throw failureOf(answer, request, server)
}

/** metav1.Status to `KubeError`; answers without one get the reason that belongs to their code. */
export const failureOf = (answer: Answer, request: FailedRequest, server: string): KubeError => {
  const {status, retryAfter} = answer
  const json = parsed(answer.body)?.json
  if (textAt(json, 'kind') === 'Status') return statusError(json, status, request, server, retryAfter)
  const details = {code: status, request, server, ...given({retryAfter})}
  if (status === 404) {
    return new KubeError('ResourceNotServed', `the server does not have ${wanted(request)}`, details)
  }
  // Redirects and web pages come from something between us and the API server; below 200 nothing was answered yet.
  if (status < 200 || (status >= 300 && status < 400) || (isWebPage(answer) && status < 500))
    return badAnswer(answer, request, server)
  const said = excerpt(answer.body)
  const reason = REASONS[status] ?? (status >= 500 ? 'ServiceUnavailable' : 'BadRequest')
  return new KubeError(reason, `the server answered ${status}${said && `: ${said}`}`, details)
}

/** An ERROR event of a watch, or a failed request's body. */
export const statusError = (
  status: unknown,
  code: number,
  request: FailedRequest,
  server: string,
  retryAfter?: number,
): KubeError => {
  const found = numberAt(status, 'code') ?? code
  const seconds = retryAfter ?? numberAt(status, 'details', 'retryAfterSeconds')
  const causes = listAt(status, 'details', 'causes').map((cause): StatusCause =>
    given({reason: textAt(cause, 'reason'), message: textAt(cause, 'message'), field: textAt(cause, 'field')}),
  )
  const reason = textAt(status, 'reason') || (REASONS[found] ?? (found === 404 ? 'NotFound' : 'InternalError'))
  const message = textAt(status, 'message') || `the server answered ${found}`
  return new KubeError(reason, message, {code: found, request, server, causes, ...given({retryAfter: seconds})})
}

/** The text of an answer with status 2xx, whatever it is; everything else becomes a `KubeError`. */
export const readText = (answer: Answer, request: FailedRequest, server: string): string => {
  if (isGood(answer)) return answer.body
  throw failureOf(answer, request, server)
}

export const badAnswer = (answer: Answer, request: FailedRequest, server: string): KubeError => {
  const {location, status} = answer
  const what =
    location !== undefined
      ? `a redirection to ${location.replace(/[?#].*$/, '')}`
      : isWebPage(answer)
        ? `a web page${titleOf(answer.body)}`
        : answer.body === ''
          ? 'nothing'
          : `something that is not JSON: ${excerpt(answer.body)}`
  return new KubeError(
    'BadAnswer',
    `${server} answered with ${what}; is it a Kubernetes API server, or does a log-in page or proxy stand in between?`,
    {
      code: status,
      request,
      server,
    },
  )
}

const parsed = (body: string): {json: unknown} | undefined => {
  try {
    const json: unknown = JSON.parse(body)
    return {json}
  } catch {
    return undefined
  }
}

const isWebPage = ({contentType, body}: Answer): boolean =>
  contentType.startsWith('text/html') || /^\s*<(?:!doctype|html)/i.test(body)

const titleOf = (body: string): string => {
  const title = /<title[^>]*>([^<]{1,80})/i.exec(body)?.[1]?.trim()
  return title === undefined ? '' : ` ("${title}")`
}

/** The beginning, on one line and without control characters. */
export const excerpt = (body: string, most = 100): string => {
  const line = body
    .slice(0, 4 * most)
    .replace(/[^\x20-\x7e\u00a0-\uffff]+/g, ' ')
    .trim()
  return line.length > most ? `${line.slice(0, most)}…` : line
}

const wanted = ({resource}: FailedRequest): string =>
  resource === undefined ? 'what was asked for' : `a resource type "${resource}"`
