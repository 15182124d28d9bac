import type {KubeObject} from '../../domain/core/object.js'
import {textAt} from '../../domain/core/read.js'
import {conditionOf} from '../../domain/core/readiness.js'
import type {WorkflowLine} from '../../domain/sonataflow/workflow/list.js'
import {once} from './platform-list.js'
import {ageColumn, nameColumn} from '../eventing/readiness-columns.js'
import type {Column} from '../table.js'

/** Columns of `workflow list`. */
export const workflowColumns = (
  now: Date,
  lineOf: (workflow: KubeObject) => WorkflowLine,
  wide: boolean,
): Array<Column<KubeObject>> => {
  const line = once(lineOf)
  return [
    nameColumn,
    {header: 'PROFILE', cell: (workflow) => line(workflow).profile},
    {header: 'PLATFORM', cell: (workflow) => line(workflow).platform},
    {header: 'DATA INDEX', cell: (workflow) => line(workflow).dataIndex},
    {header: 'JOB SERVICE', cell: (workflow) => line(workflow).jobService},
    {header: 'DATABASE', cell: (workflow) => line(workflow).database},
    {header: 'BROKER', cell: (workflow) => line(workflow).broker},
    {header: 'READY', cell: (workflow) => conditionOf(workflow, 'Running')?.status ?? '<unknown>'},
    ageColumn(now),
    ...(wide
      ? [
          {header: 'URL', cell: (workflow: KubeObject) => textAt(workflow, 'status', 'endpoint') ?? '<none>'},
          {
            header: 'REASON',
            cell: (workflow: KubeObject) => {
              const {status, reason, message} = conditionOf(workflow, 'Running') ?? {}
              return status === 'True' ? '' : [reason, message].filter(Boolean).join(': ')
            },
          },
        ]
      : []),
  ]
}
