import {type Caller} from '../../domain/core/commands.js'
import type {KubeObject} from '../../domain/core/object.js'
import type {
  ClusterPlatformDescription,
  ClusterPlatformLine,
  NamespaceStance,
} from '../../domain/sonataflow/cluster-platform/description.js'
import {issuesText} from '../../domain/sonataflow/platform/list.js'
import {blankLine, formatDescription, metadataNodes, type DescribeNode} from '../describe.js'
import {deletionSection, eventsSection, findingsText, tableLines} from '../description-sections.js'
import {plain, type Palette} from '../palette.js'
import {conditionsSection} from './platform-describe.js'
import {once, succeedColumns, succeedReasonColumn} from './platform-list.js'
import {ageColumn, nameColumn} from '../eventing/readiness-columns.js'
import type {Column} from '../table.js'

export interface ClusterPlatformDescribeOptions {
  now: Date
  /** All labels and annotations, nothing cut. */
  verbose?: boolean
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

const stanceTexts: Readonly<Record<NamespaceStance['stance'], string>> = {
  gives: 'gives the services',
  uses: 'uses them',
  overrides: 'has spec.services of its own',
}

const labels: Readonly<Record<string, string>> = {
  platform: 'Platform',
  capabilities: 'Capabilities',
  'data-index': 'Data Index',
  'job-service': 'Job Service',
}

/** A cluster platform: what it shares, who uses it and who does not, and what is wrong. */
export const clusterPlatformText = (
  clusterPlatform: KubeObject,
  description: ClusterPlatformDescription,
  {now, verbose = false, caller, palette = plain}: ClusterPlatformDescribeOptions,
): string => {
  const sections: DescribeNode[][] = [
    [...metadataNodes(clusterPlatform, {now, verbose})],
    [
      {label: 'Active', value: activeWord(description)},
      ...description.settings.map(({setting, value, from}) => ({
        label: labels[setting] ?? setting,
        value: `${value} (${from})`,
      })),
    ],
    conditionsSection(description.conditions, {now, palette}),
    namespacesSection(description),
    deletionSection(description.deletion),
    eventsSection(description.events, now),
  ]
  const body = sections
    .filter((nodes) => nodes.length > 0)
    .flatMap((nodes, index) => (index === 0 ? nodes : [blankLine, ...nodes]))
  return formatDescription(body) + findingsText(description.findings, caller, palette)
}

const activeWord = ({active, conditions}: ClusterPlatformDescription): string => {
  if (active) return 'yes'
  return conditions.length === 0 ? 'no: the operator has not looked at it yet' : 'no: it has no effect'
}

const namespacesSection = ({namespaces}: ClusterPlatformDescription): DescribeNode[] => {
  if (namespaces === 'forbidden')
    return [{label: 'Namespaces', value: 'not verified: platforms cannot be listed (no permission)'}]
  if (typeof namespaces === 'string' || namespaces.length === 0)
    return [{label: 'Namespaces', value: 'none use its services'}]
  return [
    {
      label: 'Namespaces',
      children: tableLines<NamespaceStance>(
        [
          {header: 'NAMESPACE', cell: ({namespace}) => namespace},
          {header: 'PLATFORM', cell: ({platform}) => platform},
          {header: 'WORKFLOWS', cell: ({workflows}) => String(workflows)},
          {header: 'SERVICES OF THE CLUSTER', cell: ({stance}) => stanceTexts[stance]},
        ],
        namespaces,
      ),
    },
  ]
}

/** Columns of `cluster-platform list`; `issues` is left out where it would be out of date. */
export const clusterPlatformColumns = (
  now: Date,
  lineOf: (clusterPlatform: KubeObject) => ClusterPlatformLine,
  {wide, issues}: {wide: boolean; issues: boolean},
): Array<Column<KubeObject>> => {
  const line = once(lineOf)
  return [
    nameColumn,
    {header: 'PLATFORM', cell: (one) => line(one).platform},
    ...succeedColumns,
    {header: 'ACTIVE', cell: (one) => (line(one).active ? 'yes' : 'no')},
    {header: 'SHARES', cell: (one) => line(one).capabilities},
    {header: 'USED BY', cell: (one) => usersText(line(one))},
    ...(issues ? [{header: 'ISSUES', cell: (one: KubeObject) => issuesText(line(one).findings)}] : []),
    ...(wide ? [ageColumn(now), succeedReasonColumn] : []),
  ]
}

const usersText = ({users}: ClusterPlatformLine): string =>
  users === undefined ? '<unknown>' : `${users} ${users === 1 ? 'namespace' : 'namespaces'}`
