import type {KubeObject} from '../../domain/core/object.js'
import {conditionOf, countConditions} from '../../domain/core/readiness.js'
import {ageOf} from '../age.js'
import type {Column} from '../table.js'

/** Columns that kn's lists of several kinds share, cell by cell as kn fills them (knative/client pkg/commands/human_readable_flags.go). */

export const nameColumn: Column<KubeObject> = {header: 'NAME', cell: ({metadata}) => metadata.name}

export const ageColumn = (now: Date): Column<KubeObject> => ({
  header: 'AGE',
  cell: ({metadata}) => ageOf(metadata.creationTimestamp, now),
})

export const conditionsColumn: Column<KubeObject> = {
  header: 'CONDITIONS',
  cell: (object) => {
    const {ok, total} = countConditions(object)
    return `${ok} OK / ${total}`
  },
}

export const readyColumn: Column<KubeObject> = {
  header: 'READY',
  cell: (object) => conditionOf(object, 'Ready')?.status ?? '<unknown>',
}

export const reasonColumn: Column<KubeObject> = {
  header: 'REASON',
  cell: (object) => {
    const ready = conditionOf(object, 'Ready')
    if (ready === undefined) return '<unknown>'
    if (ready.status === 'True') return ''
    const {reason = '', message} = ready
    return message === undefined ? reason : `${reason} : ${message}`
  },
}
