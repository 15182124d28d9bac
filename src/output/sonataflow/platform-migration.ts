import {type Caller} from '../../domain/core/commands.js'
import type {MigrationServiceLine, MigrationView} from '../../domain/sonataflow/migration/view.js'
import {blankLine, formatDescription, type DescribeNode} from '../describe.js'
import {findingsText, tableLines} from '../description-sections.js'
import {plain, type Palette} from '../palette.js'
import {jobText, podNodes} from './platform-describe.js'

export interface MigrationOptions {
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

/** Who migrates the databases, the Job that does, and the end of its log. */
export const migrationText = (view: MigrationView, {caller, palette = plain}: MigrationOptions): string => {
  const sections: DescribeNode[][] = [
    [
      {label: 'Platform', value: view.platform},
      {label: 'Namespace', value: view.namespace},
    ],
    strategySection(view),
    [...jobSection(view), ...reportedNode(view)],
    ...view.logs.map(({pod, lines, unread}): DescribeNode[] => [
      {
        label: `Log of ${pod}`,
        ...(unread === undefined ? {value: lines.length === 0 ? 'empty' : ''} : {value: unread}),
        children: lines.map((line) => ({line})),
      },
    ]),
  ]
  const body = sections
    .filter((nodes) => nodes.length > 0)
    .flatMap((nodes, index) => (index === 0 ? nodes : [blankLine, ...nodes]))
  return formatDescription(body) + findingsText(view.findings, caller, palette)
}

const startWord = ({atStart}: MigrationServiceLine): string => (atStart === undefined ? '-' : atStart ? 'yes' : 'no')

const strategySection = ({services}: MigrationView): DescribeNode[] =>
  services.length === 0
    ? [{label: 'Services', value: 'none, so there is nothing to migrate'}]
    : [
        {
          label: 'Services',
          children: tableLines<MigrationServiceLine>(
            [
              {header: 'SERVICE', cell: ({title}) => title},
              {header: 'STRATEGY', cell: ({strategy}) => strategy},
              {header: 'AT START', cell: startWord},
              {header: 'JOB CONNECTS TO', cell: ({jobTarget = '-'}) => jobTarget},
              {header: 'ORIGIN', cell: ({origin}) => origin},
            ],
            services,
          ),
        },
      ]

const jobSection = ({jobs, expectedJob}: MigrationView): DescribeNode[] => {
  if (jobs === 'forbidden') return [{label: 'Job', value: 'not verified: Jobs cannot be read (no permission)'}]
  const found = typeof jobs === 'string' ? [] : jobs
  const missing = expectedJob !== undefined && !found.some(({current}) => current)
  return [
    ...found.map((job) => ({label: 'Job', value: jobText(job), children: podNodes(job.pods)})),
    ...(missing ? [{label: 'Job', value: `${expectedJob}, not there`}] : []),
    ...(found.length === 0 && !missing ? [{label: 'Job', value: 'none, and none is needed'}] : []),
  ]
}

const reportedNode = ({reported}: MigrationView): DescribeNode[] =>
  reported?.status === undefined
    ? []
    : [
        {
          label: 'Status',
          value: `${reported.status}${reported.message === undefined ? '' : ` (${reported.message})`}, says the platform`,
        },
      ]
