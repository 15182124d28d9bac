import type {KubeObject} from '../../domain/core/object.js'
import {textAt} from '../../domain/core/read.js'
import {conditionOf} from '../../domain/core/readiness.js'
import {issuesText, type PlatformLine} from '../../domain/sonataflow/platform/list.js'
import {ageColumn, nameColumn} from '../eventing/readiness-columns.js'
import type {Column} from '../table.js'

/** The condition `Succeed`, by which SonataFlow's platforms call themselves ready. */
export const succeedColumns: ReadonlyArray<Column<KubeObject>> = [
  {header: 'READY', cell: (object) => conditionOf(object, 'Succeed')?.status ?? '<unknown>'},
]

export const succeedReasonColumn: Column<KubeObject> = {
  header: 'REASON',
  cell: (object) => {
    const {status, reason, message} = conditionOf(object, 'Succeed') ?? {}
    return status === 'True' ? '' : [reason, message].filter(Boolean).join(': ')
  },
}

/** Columns of `platform list`; `issues` is left out where it would be out of date. */
export const platformColumns = (
  now: Date,
  lineOf: (platform: KubeObject) => PlatformLine,
  {wide, issues}: {wide: boolean; issues: boolean},
): Array<Column<KubeObject>> => {
  const line = once(lineOf)
  return [
    nameColumn,
    {header: 'CLUSTER', cell: (platform) => textAt(platform, 'status', 'cluster') ?? '<unknown>'},
    ...succeedColumns,
    {header: 'SERVICES', cell: (platform) => line(platform).services},
    {header: 'PERSISTENCE', cell: (platform) => line(platform).persistence},
    {header: 'EVENTING', cell: (platform) => line(platform).eventing},
    ...(issues ? [{header: 'ISSUES', cell: (platform: KubeObject) => issuesText(line(platform).findings)}] : []),
    ...(wide
      ? [
          ageColumn(now),
          ...(issues ? [{header: 'CODES', cell: (platform: KubeObject) => codesOf(line(platform))}] : []),
          succeedReasonColumn,
        ]
      : []),
  ]
}

/** All cells of a row are made of one look at its object. */
export const once = <T extends object>(look: (object: KubeObject) => T): ((object: KubeObject) => T) => {
  const known = new WeakMap<KubeObject, T>()
  return (object) => {
    const found = known.get(object) ?? look(object)
    known.set(object, found)
    return found
  }
}

const codesOf = ({findings}: PlatformLine): string => [...new Set(findings.map(({code}) => code))].join(',') || '<none>'
