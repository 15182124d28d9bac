import type {KubeObject} from '../../domain/core/object.js'
import type {SecretView} from '../../domain/secret/secret-view.js'
import {ageOf, shortHumanDuration} from '../age.js'
import type {Column} from '../table.js'

/** `23d`, `12d ago`; `<none>` without a certificate. */
export const expiryText = (expiresAt: string | undefined, now: Date): string => {
  if (expiresAt === undefined) return '<none>'
  const left = Date.parse(expiresAt) - now.getTime()
  return left > 0 ? shortHumanDuration(left) : `${shortHumanDuration(-left)} ago`
}

/** `SASL_SSL`, with the mechanism; the old format is named. */
export const protocolText = ({format, protocol, mechanism}: SecretView): string => {
  const text = [protocol, mechanism].filter((word) => word !== undefined).join(' ')
  if (format === 'legacy') return `${text} (old format)`.trim()
  return text === '' ? '<none>' : text
}

/** How many users are named before the rest is only counted. */
const NAMED = 2

const usersText = ({usedBy, unseenUsers, namespace}: SecretView): string => {
  if (usedBy.length === 0) return unseenUsers.length > 0 ? '<unknown>' : '<none>'
  const names = usedBy
    .slice(0, NAMED)
    .map((one) => `${one.kind.toLowerCase()}/${one.name}${one.namespace === namespace ? '' : `.${one.namespace}`}`)
  return `${names.join(',')}${usedBy.length > NAMED ? ` +${usedBy.length - NAMED}` : ''}`
}

const verdictText = ({state, verdict, findings}: SecretView): string => {
  if (state === 'absent') return 'missing'
  if (verdict === 'unknown') return 'not verified'
  if (verdict === 'ok') return 'ok'
  const codes = findings.filter(({level}) => level === verdict).map(({code}) => code)
  return `${verdict} ${[...new Set(codes)].join(',')}`
}

/** Columns of `secret list`; the rows are objects that stand for the views. */
export const secretColumns = (
  now: Date,
  viewOf: (object: KubeObject) => SecretView,
): ReadonlyArray<Column<KubeObject>> => {
  const column = (header: string, cell: (view: SecretView) => string): Column<KubeObject> => ({
    header,
    cell: (object) => cell(viewOf(object)),
  })
  return [
    column('NAME', ({name}) => name),
    column('TYPE', ({purpose}) => purpose),
    column('PROTOCOL', protocolText),
    column('USED BY', usersText),
    column('EXPIRES', ({expiresAt}) => expiryText(expiresAt, now)),
    column('VERDICT', verdictText),
    column('AGE', ({createdAt, state}) => (state === 'found' ? ageOf(createdAt, now) : '<none>')),
  ]
}
