import {type Caller} from '../../domain/core/commands.js'
import type {SecretView} from '../../domain/secret/secret-view.js'
import {shortAgeOf} from '../age.js'
import {blankLine, formatDescription, type DescribeNode} from '../describe.js'
import {findingsText, tableLines} from '../description-sections.js'
import {plain, type Palette} from '../palette.js'
import {expiryText} from './secret-list.js'

export interface SecretDescribeOptions {
  now: Date
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

const formats: Readonly<Record<NonNullable<SecretView['format']>, string>> = {
  protocol: 'protocol',
  legacy: 'of old channels (no key protocol)',
  both: 'protocol, and that of old channels beside it',
  neither: 'unknown (no key protocol)',
}

const purposes: Readonly<Record<SecretView['purpose'], string>> = {
  kafka: 'credentials for Kafka',
  postgres: 'credentials for PostgreSQL',
  source: 'credentials for a KafkaSource',
  other: 'of unknown purpose',
}

const known = (label: string, value: string | undefined): DescribeNode[] =>
  value === undefined ? [] : [{label, value}]

/** A Secret without its values. */
export const secretText = (view: SecretView, {now, caller, palette = plain}: SecretDescribeOptions): string => {
  const labels = Object.entries(view.labels).map(([key, value]) => `${key}=${value}`)
  const head: DescribeNode[] = [
    {label: 'Name', value: view.name},
    {label: 'Namespace', value: view.namespace},
    ...(labels.length === 0 ? [] : [{label: 'Labels', value: labels.sort().join(', ')}]),
    {label: 'Age', value: shortAgeOf(view.createdAt, now)},
    {label: 'Type', value: `${view.type ?? 'Opaque'}, ${purposes[view.purpose]}`},
    ...(view.format === undefined ? [] : [{label: 'Format', value: formats[view.format]}]),
    ...known('Protocol', view.protocol),
    ...known('Mechanism', view.mechanism),
  ]
  const sections = [keysSection(view), certificatesSection(view, now), readersSection(view), usersSection(view)]
  const body = sections.filter((nodes) => nodes.length > 0).flatMap((nodes) => [blankLine, ...nodes])
  return formatDescription([...head, ...body]) + findingsText(view.findings, caller, palette)
}

const keysSection = ({keys, keyForm}: SecretView): DescribeNode[] => {
  if (keys.length === 0) return [{label: 'Keys', value: 'none'}]
  const rows = tableLines<SecretView['keys'][number]>(
    [
      {header: 'KEY', cell: ({name}) => name},
      {header: 'BYTES', cell: ({bytes}) => String(bytes)},
      ...(keyForm === undefined
        ? []
        : [{header: 'FORM', cell: ({name}: {name: string}) => (name === 'user.key' ? keyForm : '')}]),
    ],
    keys,
  )
  return [{label: 'Keys', children: rows}]
}

const certificatesSection = ({certificates}: SecretView, now: Date): DescribeNode[] => {
  if (certificates.length === 0) return []
  const rows = tableLines(
    [
      {header: 'KEY', cell: ({key}) => key},
      {header: 'SUBJECT', cell: ({subject}) => subject},
      {header: 'ISSUER', cell: ({issuer, subject}) => (issuer === subject ? 'itself' : issuer)},
      {header: 'EXPIRES', cell: ({expiresAt}) => `${expiresAt.slice(0, 10)} (${expiryText(expiresAt, now)})`},
    ],
    certificates,
  )
  return [{label: 'Certificates', children: rows}]
}

const readersSection = ({readBy, notReadBy}: SecretView): DescribeNode[] =>
  readBy.length + notReadBy.length === 0
    ? []
    : [
        {label: 'Read by', value: readBy.length === 0 ? 'nobody' : readBy},
        ...(notReadBy.length === 0 ? [] : [{label: 'Not read by', value: notReadBy}]),
      ]

const usersSection = ({usedBy, unseenUsers}: SecretView): DescribeNode[] => {
  const blind = unseenUsers.length === 0 ? '' : `may not be read: ${unseenUsers.join(', ')}`
  if (usedBy.length === 0) return [{label: 'Used by', value: blind === '' ? 'nobody' : `unknown, ${blind}`}]
  const rows = tableLines(
    [
      {header: 'KIND', cell: ({kind}) => kind},
      {header: 'NAMESPACE', cell: ({namespace}) => namespace},
      {header: 'NAME', cell: ({name}) => name},
      {
        header: 'HOW',
        cell: ({through, keys}) => (through === undefined ? (keys ?? []).join(', ') : `ConfigMap ${through}`),
      },
    ],
    usedBy,
  )
  return [{label: 'Used by', children: rows}, ...(blind === '' ? [] : [{label: 'More users', value: blind}])]
}
