import {groupKindOf, type KindInfo, resourceOf} from '../kinds/kind.js'

/** One field that was refused. */
export interface Cause {
  reason: string
  message: string
  field: string
}

/** metav1.Status of a refused request, as it goes over the wire. */
export interface StatusObject {
  kind: 'Status'
  apiVersion: 'v1'
  metadata: Record<string, unknown>
  status: 'Failure'
  message: string
  reason?: string
  details?: {name?: string; group?: string; kind?: string; uid?: string; causes?: Cause[]; retryAfterSeconds?: number}
  code: number
}

/** A request that the API refuses. The texts are those of kube-apiserver (apimachinery pkg/api/errors/errors.go). */
export class ApiFault extends Error {
  override readonly name = 'ApiFault'

  constructor(readonly status: StatusObject) {
    super(status.message)
  }

  get code(): number {
    return this.status.code
  }

  get reason(): string {
    return this.status.reason ?? 'InternalError'
  }
}

export const fault = (
  code: number,
  reason: string | undefined,
  message: string,
  details?: StatusObject['details'],
): ApiFault =>
  new ApiFault({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === undefined ? {} : {reason}),
    ...(details === undefined ? {} : {details}),
    code,
  })

const named = (name: string) => (name === '' ? {} : {name})
const grouped = (group: string) => (group === '' ? {} : {group})
const detailsOf = (kind: KindInfo, name: string) => ({...named(name), ...grouped(kind.group), kind: kind.plural})

export const notFound = (kind: KindInfo, name: string): ApiFault =>
  fault(404, 'NotFound', `${resourceOf(kind)} "${name}" not found`, detailsOf(kind, name))

export const pathNotFound = (): ApiFault =>
  fault(404, 'NotFound', 'the server could not find the requested resource', {})

export const alreadyExists = (kind: KindInfo, name: string): ApiFault =>
  fault(409, 'AlreadyExists', `${resourceOf(kind)} "${name}" already exists`, detailsOf(kind, name))

export const conflict = (kind: KindInfo, name: string, message: string): ApiFault =>
  fault(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${resourceOf(kind)} "${name}": ${message}`,
    detailsOf(kind, name),
  )

export const modified = (kind: KindInfo, name: string): ApiFault =>
  conflict(kind, name, 'the object has been modified; please apply your changes to the latest version and try again')

export const badRequest = (message: string): ApiFault => fault(400, 'BadRequest', message)

export const forbidden = (kind: KindInfo, name: string, message: string, causes: Cause[] = []): ApiFault =>
  fault(403, 'Forbidden', `${resourceOf(kind)}${name === '' ? '' : ` "${name}"`} is forbidden: ${message}`, {
    ...detailsOf(kind, name),
    ...(causes.length > 0 ? {causes} : {}),
  })

export const methodNotAllowed = (kind: KindInfo): ApiFault =>
  fault(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource', {
    ...grouped(kind.group),
    kind: kind.plural,
  })

export const unsupportedMediaType = (accepted: readonly string[]): ApiFault =>
  fault(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  )

export const expired = (message: string): ApiFault => fault(410, 'Expired', message)

export const unauthorized = (): ApiFault => fault(401, 'Unauthorized', 'Unauthorized')

/** The message without its field: `Invalid value: "x": …`. */
export const invalidValue = (field: string, value: unknown, detail: string): Cause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${goValue(value)}${detail === '' ? '' : `: ${detail}`}`,
  field,
})
export const requiredValue = (field: string, detail = ''): Cause => ({
  reason: 'FieldValueRequired',
  message: `Required value${detail === '' ? '' : `: ${detail}`}`,
  field,
})
export const forbiddenField = (field: string, detail: string): Cause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${detail}`,
  field,
})
export const unsupportedValue = (field: string, value: unknown, supported: readonly string[]): Cause => ({
  reason: 'FieldValueNotSupported',
  message: `Unsupported value: ${goValue(value)}: supported values: ${supported.map((word) => JSON.stringify(word)).join(', ')}`,
  field,
})

const goValue = (value: unknown): string =>
  typeof value === 'string' || (typeof value === 'object' && value !== null) ? JSON.stringify(value) : String(value)

/** One cause is printed plainly, several in brackets; the same text is said once. */
const joined = (causes: readonly Cause[]): string => {
  const texts = [...new Set(causes.map(({field, message}) => `${field}: ${message}`))]
  return texts.length === 1 ? texts[0]! : `[${texts.join(', ')}]`
}

export const invalid = (kind: KindInfo, name: string, causes: readonly Cause[]): ApiFault =>
  fault(422, 'Invalid', `${groupKindOf(kind)} "${name}" is invalid: ${joined(causes)}`, {
    ...named(name),
    ...grouped(kind.group),
    kind: kind.kind,
    causes: [...causes],
  })

/** Invalid without a kind: what a bad patch is answered with. */
export const invalidPatch = (patched: string, detail: string): ApiFault => {
  const cause = invalidValue('patch', patched, detail)
  return fault(422, 'Invalid', ` "" is invalid: ${joined([cause])}`, {causes: [cause]})
}

export const rejectedPatch = (): ApiFault =>
  fault(422, 'Invalid', 'the server rejected our request due to an error in our request', {})

/** An update of a custom resource must say which version it means. */
export const versionMissing = (kind: KindInfo, name: string): ApiFault => {
  const cause = invalidValue('metadata.resourceVersion', 0, 'must be specified for an update')
  const causes = [{...cause, message: cause.message.replace('0', '0x0')}]
  return fault(422, 'Invalid', `${resourceOf(kind)} "${name}" is invalid: ${joined(causes)}`, {
    ...detailsOf(kind, name),
    causes,
  })
}
