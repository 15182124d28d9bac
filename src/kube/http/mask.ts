import {isRecord} from '../../domain/core/read.js'

const MASK = '<masked>'
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** What a request or an answer is about, when its body does not say. */
export interface BodyContext {
  /** The request's path goes to the resource `secrets`. */
  secret: boolean
}

/** The body's text with the values of Secrets and issued tokens masked, wherever they are nested. */
export const maskBody = (body: string, context: BodyContext): string => {
  if (body === '') return body
  if (!context.secret && !/secret|token/i.test(body)) return body
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    // What cannot be read cannot be masked in part.
    return MASK
  }
  return JSON.stringify(masked(parsed, context.secret))
}

/** `secret`: the value is (part of) a Secret even if it does not say so, such as a merge patch or an item of a list. */
const masked = (value: unknown, secret: boolean): unknown => {
  if (Array.isArray(value)) return value.map((item) => masked(item, secret))
  if (!isRecord(value)) return value
  const kind = value['kind']
  const isSecret = secret || kind === 'Secret' || kind === 'SecretList'
  const hidesToken = typeof kind === 'string' && /^(?:TokenRequest|TokenReview|ExecCredential)$/.test(kind)
  return Object.fromEntries(
    Object.entries(value).map(([key, field]): [string, unknown] => {
      if (isSecret && (key === 'data' || key === 'stringData')) return [key, hidden(field)]
      if (hidesToken && (key === 'spec' || key === 'status')) return [key, withoutToken(field)]
      // kubectl apply keeps the whole manifest in an annotation.
      if (key === LAST_APPLIED && typeof field === 'string') return [key, maskBody(field, {secret: false})]
      // In a Secret itself, metadata and the like are ordinary; in a list of Secrets, items are Secrets.
      return [key, masked(field, isSecret && (key === 'items' || key === 'object'))]
    }),
  )
}

const hidden = (data: unknown): unknown =>
  isRecord(data) ? Object.fromEntries(Object.keys(data).map((key) => [key, MASK])) : data === null ? null : MASK

const withoutToken = (part: unknown): unknown =>
  isRecord(part) && 'token' in part ? {...part, token: MASK} : masked(part, false)

const SENSITIVE_HEADER = /^(?:authorization|proxy-authorization|cookie|set-cookie|www-authenticate)$/i

/** `Bearer <masked>`; other headers as they are. */
export const maskHeader = (name: string, value: string): string => {
  if (!SENSITIVE_HEADER.test(name)) return value
  const scheme = /^(Bearer|Basic|Negotiate) /i.exec(value)?.[1]
  return scheme === undefined ? MASK : `${scheme} ${MASK}`
}

/** A URL without the password that it may carry, even one with a slash that should have been escaped. */
export const maskUrl = (url: string): string =>
  url.replace(/^([a-z][a-z0-9+.-]*:\/\/)(?:[^@/]*|[^/@:]*:(?!\d+\/).*)@/i, `$1${MASK}@`)
