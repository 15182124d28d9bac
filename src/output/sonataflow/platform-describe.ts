import {type Caller} from '../../domain/core/commands.js'
import {objectText} from '../../domain/sonataflow/origin.js'
import type {PodLine} from '../../domain/sonataflow/workload/pod-state.js'
import type {
  ConnectedWorkflow,
  PlatformDescription,
  ServiceDescription,
} from '../../domain/sonataflow/platform/description.js'
import type {MigrationJobLine} from '../../domain/sonataflow/migration/view.js'
import type {TriggerLinkLine} from '../../domain/sonataflow/eventing/links-view.js'
import type {KubeObject} from '../../domain/core/object.js'
import {shortAgeOf, shortHumanDuration} from '../age.js'
import {blankLine, conditionRows, formatDescription, metadataNodes, type DescribeNode} from '../describe.js'
import {deletionSection, eventsSection, findingsText, tableLines} from '../description-sections.js'
import {plain, type Palette} from '../palette.js'

export interface PlatformDescribeOptions {
  now: Date
  /** All labels and annotations, nothing cut. */
  verbose?: boolean
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

/** A platform as an operator sees it: what it says, what runs, why each value is as it is, and what is wrong. */
export const platformText = (
  platform: KubeObject,
  description: PlatformDescription,
  {now, verbose = false, caller, palette = plain}: PlatformDescribeOptions,
): string => {
  const sections: DescribeNode[][] = [
    [...metadataNodes(platform, {now, verbose})],
    placeSection(description),
    conditionsSection(description.conditions, {now, palette}),
    servicesSection(description),
    ...description.services.map((service) => serviceSection(service)),
    inheritedSection(description),
    triggersSection(description),
    bindingSection(description),
    migrationSection(description),
    workflowsSection(description),
    leftoversSection(description),
    deletionSection(description.deletion),
    eventsSection(description.events, now),
    warningsSection(description, now),
  ]
  const body = sections
    .filter((nodes) => nodes.length > 0)
    .flatMap((nodes, index) => (index === 0 ? nodes : [blankLine, ...nodes]))
  return formatDescription(body) + findingsText(description.findings, caller, palette)
}

/** The conditions, or a word where there are none yet. */
export const conditionsSection = (
  conditions: PlatformDescription['conditions'],
  {now, palette}: {now: Date; palette: Palette},
): DescribeNode[] =>
  conditions.length === 0
    ? [{label: 'Conditions', value: 'none: the operator has not looked at it yet'}]
    : [{label: 'Conditions', children: conditionRows(conditions, {now, verbose: true, palette})}]

const placeSection = (description: PlatformDescription): DescribeNode[] => {
  const {active, secondary, cluster, operator, generation, clusterPlatform} = description
  const role = secondary
    ? 'no, marked as secondary'
    : active === undefined
      ? 'unknown: platforms cannot be listed (no permission)'
      : active
        ? 'yes'
        : 'no, another platform of the namespace is'
  return [
    {label: 'Active', value: role},
    ...(cluster === undefined ? [] : [{label: 'Cluster', value: cluster}]),
    {label: 'Operator', value: operator},
    ...(generation === undefined ? [] : [{label: 'CRDs', value: `of ${generation}`}]),
    ...(clusterPlatform === undefined
      ? []
      : [{label: 'Cluster platform', value: `${clusterPlatform.name} (platform ${clusterPlatform.platform})`}]),
  ]
}

/** `1/1`, `missing`; `-` where nothing needs to be. */
export const liveCell = ({state, ready, wanted}: {state: string; ready: number; wanted: number}): string => {
  if (state === 'none') return '-'
  if (state === 'missing') return 'missing'
  return state === 'unknown' ? '<unknown>' : `${ready}/${wanted}`
}

const servicesSection = ({services}: PlatformDescription): DescribeNode[] => [
  {
    label: 'Services',
    children: tableLines<ServiceDescription>(
      [
        {header: 'SERVICE', cell: ({title}) => title},
        {header: 'READY', cell: ({live}) => liveCell(live)},
        {
          header: 'FOR WORKFLOWS',
          cell: ({enabled, scope}) =>
            scope === 'none' ? 'none' : enabled ? (scope === 'local' ? 'enabled' : 'of the cluster') : 'disabled',
        },
        {header: 'DATABASE', cell: ({database = '-'}) => database},
        {header: 'URL', cell: ({url = '-'}) => url},
      ],
      services,
    ),
  },
]

const labels: Readonly<Record<string, string>> = {
  image: 'Image',
  replicas: 'Replicas',
  requests: 'Requests',
  limits: 'Limits',
  persistence: 'Persistence',
  'database.service': 'Service',
  'database.namespace': 'Namespace',
  'database.port': 'Port',
  'database.name': 'Database',
  'database.schema': 'Schema',
  'database.jdbc-url': 'JDBC URL',
  'database.secret': 'Secret',
  'database.user-key': 'User key',
  'database.password-key': 'Password key',
  migration: 'Migration',
  source: 'Events from',
  sink: 'Events to',
}

/** `operator default (why)` in brackets of its own; the reason only where the value does not say it. */
export const because = (value: string, from: string): string => {
  const [, note] = /^operator default \((.*)\)$/.exec(from) ?? []
  if (note === undefined) return from
  return note === value ? 'operator default' : `operator default: ${note}`
}

/** How events travel is told by the triggers and the SinkBinding. */
const LINKS = ['source', 'sink']

const settingNodes = ({settings}: ServiceDescription): DescribeNode[] => {
  const node = ({setting, value, from, live, drift}: ServiceDescription['settings'][number]) => ({
    label: labels[setting] ?? setting.replace(/^env\./, 'Env '),
    value: `${value === '' ? '' : `${value} `}(${because(value, from)})${drift === true && !LINKS.includes(setting) ? `; runs with ${live ?? ''}` : ''}`,
  })
  const database = settings.filter(({setting}) => setting.startsWith('database.')).map(node)
  return settings
    .filter(({setting}) => !setting.startsWith('database.'))
    .map((row) => (row.setting === 'persistence' ? {...node(row), children: database} : node(row)))
}

const serviceSection = (service: ServiceDescription): DescribeNode[] => {
  const {title, scope, enabled, enabledOrigin, url, live} = service
  if (scope === 'none') return [{label: title, value: `none (${because('none', enabledOrigin)})`}]
  const made = live.madeBy === undefined ? '' : `, made by operator ${live.madeBy}`
  const where = scope === 'cluster' ? `in namespace ${live.ref.namespace ?? ''}, ` : ''
  const state =
    live.state === 'missing'
      ? 'missing'
      : live.state === 'unknown'
        ? 'not verified'
        : `${live.ready} of ${live.wanted} ready${made}`
  return [
    {
      label: title,
      children: [
        {
          label: 'Enabled',
          value: `${enabled ? 'yes' : 'no, workflows are not connected with it'} (${because('', enabledOrigin)})`,
        },
        ...(url === undefined ? [] : [{label: 'URL', value: url}]),
        {label: 'Deployment', value: `${live.ref.name}, ${where}${state}`},
        ...(live.why === undefined ? [] : [{label: 'Why', value: live.why}]),
        ...settingNodes(service),
        ...podNodes(live.pods),
      ],
    },
  ]
}

const podColumns = [
  {header: 'POD', cell: ({name}: PodLine) => name},
  {header: 'READY', cell: ({ready}: PodLine) => (ready ? 'True' : 'False')},
  {header: 'STATUS', cell: ({phase}: PodLine) => phase},
  {header: 'RESTARTS', cell: ({restarts}: PodLine) => String(restarts)},
  {header: 'WHY', cell: ({why = ''}: PodLine) => why},
]

/** Pods as a table; nothing for none. */
export const podNodes = (pods: readonly PodLine[]): DescribeNode[] =>
  pods.length === 0 ? [] : [{label: 'Pods', children: tableLines<PodLine>(podColumns, pods)}]

const inheritedSection = ({inherited}: PlatformDescription): DescribeNode[] => [
  {
    label: 'For workflows',
    children: [
      {label: 'Database', value: `${inherited.database} (${because(inherited.database, inherited.databaseOrigin)})`},
      {label: 'Broker', value: `${inherited.broker} (${because(inherited.broker, inherited.brokerOrigin)})`},
    ],
  },
]

/** The triggers of the services, expected against actual. */
export const triggerTable = (triggers: readonly TriggerLinkLine[]): DescribeNode[] =>
  tableLines<TriggerLinkLine>(
    [
      {header: 'NAME', cell: ({name}) => name},
      {header: 'NAMESPACE', cell: ({namespace}) => namespace},
      {header: 'EVENT TYPE', cell: ({eventType = ''}) => eventType},
      {header: 'BROKER', cell: ({broker = ''}) => broker},
      {header: 'PATH', cell: ({path = ''}) => path},
      {header: 'STATE', cell: ({state}) => state},
      {header: 'WHY', cell: ({why = ''}) => why},
    ],
    triggers,
  )

const triggersSection = ({triggers}: PlatformDescription): DescribeNode[] => {
  if (typeof triggers === 'string') return [{label: 'Triggers', value: 'no permission to read'}]
  if (triggers.length === 0) return [{label: 'Triggers', value: 'none'}]
  const fine = triggers.filter(({state}) => state === 'ok').length
  return [
    {label: 'Triggers', value: `${fine} of ${triggers.length} as they should be`, children: triggerTable(triggers)},
  ]
}

const bindingSection = ({sinkBinding}: PlatformDescription): DescribeNode[] => {
  if (sinkBinding === undefined) return []
  if (typeof sinkBinding === 'string') return [{label: 'SinkBinding', value: 'no permission to read'}]
  const {name, sink, state, why} = sinkBinding
  return [
    {
      label: 'SinkBinding',
      value: `${name}, ${state}${why === undefined ? '' : ` (${why})`}`,
      ...(sink === '' ? {} : {children: [{label: 'Sink', value: sink}]}),
    },
  ]
}

/** One Job as a line. */
export const jobText = ({name, state, current, why, ageMs}: MigrationJobLine): string => {
  const since = ageMs === undefined ? '' : `, started ${shortHumanDuration(ageMs)} ago`
  return `${name}, ${state}${why === undefined ? '' : ` (${why})`}${since}${current ? '' : ', of another version of the operator'}`
}

const migrationSection = ({migrationJobs, migration}: PlatformDescription): DescribeNode[] => {
  if (migrationJobs === 'forbidden') return [{label: 'Migration Job', value: 'no permission to read'}]
  const jobs = typeof migrationJobs === 'string' ? [] : migrationJobs
  if (jobs.length === 0 && migration === undefined) return []
  return [
    ...jobs.map((job) => ({label: 'Migration Job', value: jobText(job), children: podNodes(job.pods)})),
    ...(migration === undefined ? [] : [{label: 'Migration status', value: `${migration} (status of the platform)`}]),
  ]
}

const workflowsSection = ({workflows}: PlatformDescription): DescribeNode[] => {
  if (workflows === 'forbidden') return [{label: 'Workflows', value: 'no permission to read'}]
  if (typeof workflows === 'string' || workflows.length === 0) return [{label: 'Workflows', value: 'none'}]
  return [
    {
      label: 'Workflows',
      children: tableLines<ConnectedWorkflow>(
        [
          {header: 'NAME', cell: ({name}) => name},
          {header: 'PROFILE', cell: ({profile}) => profile},
          {header: 'RUNNING', cell: ({running}) => running},
          {header: 'CONNECTED', cell: ({connected}) => (connected ? 'yes' : 'no')},
          {header: 'SENDS TO', cell: ({sink}) => sink || '-'},
        ],
        workflows,
      ),
    },
  ]
}

const leftoversSection = ({leftovers}: PlatformDescription): DescribeNode[] =>
  leftovers.length === 0 ? [] : [{label: 'Left behind', value: leftovers.map(objectText)}]

const warningsSection = ({warnings}: PlatformDescription, now: Date): DescribeNode[] =>
  warnings.length === 0
    ? []
    : [
        {
          label: 'Warnings',
          children: tableLines<PlatformDescription['warnings'][number]>(
            [
              {header: 'OBJECT', cell: ({object}) => object},
              {header: 'REASON', cell: ({reason}) => reason},
              {
                header: 'AGE',
                cell: ({lastSeen, count}) => `${shortAgeOf(lastSeen, now)}${count > 1 ? ` (x${count})` : ''}`,
              },
              {header: 'MESSAGE', cell: ({message}) => message},
            ],
            warnings,
          ),
        },
      ]
