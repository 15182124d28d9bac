import {type Caller} from '../../domain/core/commands.js'
import type {KubeObject} from '../../domain/core/object.js'
import type {EffectiveRow} from '../../domain/sonataflow/effective/rows.js'
import type {WorkflowDescription} from '../../domain/sonataflow/workflow/description.js'
import {blankLine, formatDescription, metadataNodes, type DescribeNode} from '../describe.js'
import {deletionSection, eventsSection, findingsText, tableLines} from '../description-sections.js'
import {plain, type Palette} from '../palette.js'
import {conditionsSection, podNodes} from './platform-describe.js'

export interface WorkflowDescribeOptions {
  now: Date
  /** All labels and annotations, nothing cut. */
  verbose?: boolean
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

/** A workflow: what it uses and why, what it was deployed with, and what is wrong. */
export const workflowText = (
  workflow: KubeObject,
  description: WorkflowDescription,
  {now, verbose = false, caller, palette = plain}: WorkflowDescribeOptions,
): string => {
  const {endpoint, conditions, deployment, pods} = description
  const sections: DescribeNode[][] = [
    [...metadataNodes(workflow, {now, verbose})],
    [
      {label: 'URL', value: endpoint ?? 'none yet'},
      {
        label: 'Deployment',
        value:
          deployment === 'forbidden'
            ? 'no permission to read'
            : typeof deployment === 'string'
              ? 'none'
              : `${deployment.ready} of ${deployment.wanted} ready`,
      },
    ],
    conditionsSection(conditions, {now, palette}),
    [
      {
        label: 'Uses',
        children: tableLines<EffectiveRow>(
          [
            {header: 'SETTING', cell: ({setting}) => setting},
            {header: 'EFFECTIVE', cell: ({value}) => value},
            {header: 'ORIGIN', cell: ({from}) => from},
            {
              header: 'DEPLOYED WITH',
              cell: ({live, drift}) => (drift === true ? (live ?? '') : live === undefined ? '' : 'the same'),
            },
          ],
          description.settings,
        ),
      },
    ],
    typeof pods === 'string'
      ? [{label: 'Pods', value: pods === 'forbidden' ? 'no permission to read' : 'none'}]
      : podNodes(pods),
    deletionSection(description.deletion),
    eventsSection(description.events, now),
  ]
  const body = sections
    .filter((nodes) => nodes.length > 0)
    .flatMap((nodes, index) => (index === 0 ? nodes : [blankLine, ...nodes]))
  return formatDescription(body) + findingsText(description.findings, caller, palette)
}
