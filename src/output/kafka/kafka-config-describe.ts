import {type Caller} from '../../domain/core/commands.js'
import type {ConfigUser, KafkaConfigDescription} from '../../domain/kafka/config/description.js'
import type {KubeObject} from '../../domain/core/object.js'
import {blankLine, formatDescription, metadataNodes, type DescribeNode} from '../describe.js'
import {findingsText, readyWord, tableLines} from '../description-sections.js'
import {plain, type Palette} from '../palette.js'

export interface KafkaConfigDescribeOptions {
  now: Date
  verbose?: boolean
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

/** A ConfigMap of Kafka brokers: what it says, who writes it and who reads it. */
export const kafkaConfigText = (
  configMap: KubeObject,
  description: KafkaConfigDescription,
  {now, verbose = false, caller, palette = plain}: KafkaConfigDescribeOptions,
): string =>
  formatDescription([
    ...metadataNodes(configMap, {now, verbose}),
    blankLine,
    ...settingsSection(description),
    {label: 'Written by', value: description.writtenBy},
    blankLine,
    ...usersSection(description),
    ...defaultsSection(description),
  ]) + findingsText(description.findings, caller, palette)

const settingsSection = ({
  bootstrapServers,
  partitions,
  replicationFactor,
  authSecret,
  topicConfig,
  ignoredKeys,
}: KafkaConfigDescription): DescribeNode[] => [
  {label: 'Bootstrap servers', value: bootstrapServers.length === 0 ? 'none' : bootstrapServers},
  {label: 'Auth secret', value: authSecret === undefined ? 'none' : `${authSecret.name} (${authSecret.state})`},
  {
    label: 'New topics',
    children: [
      {label: 'Partitions', value: partitions ?? 'none'},
      {label: 'Replication factor', value: replicationFactor ?? 'none'},
      ...Object.entries(topicConfig).map(([label, value]) => ({label, value})),
    ],
  },
  ...(ignoredKeys.length === 0 ? [] : [{label: 'Ignored keys', value: ignoredKeys.join(', ')}]),
]

const usersSection = ({users, onlyIn}: KafkaConfigDescription): DescribeNode[] => {
  const rest = onlyIn === undefined ? '' : ` in namespace ${onlyIn}; others cannot be read (no permission)`
  if (typeof users === 'string')
    return [{label: 'Brokers', value: users === 'absent' ? 'none' : 'no permission to read'}]
  if (users.length === 0) return [{label: 'Brokers', value: `none${rest}`}]
  const rows = tableLines<ConfigUser>(
    [
      {header: 'NAMESPACE', cell: ({namespace}) => namespace},
      {header: 'NAME', cell: ({name}) => name},
      {header: 'CLASS', cell: ({className}) => className ?? '<none>'},
      {header: 'READY', cell: ({readiness}) => readyWord(readiness)},
      {header: 'TOPIC', cell: ({topic}) => topic ?? '<none>'},
      {header: 'REASON', cell: ({readiness: {reason, message}}) => [reason, message].filter(Boolean).join(': ')},
    ],
    users,
  )
  return [{label: 'Brokers', value: rest.trimStart(), children: rows}]
}

const defaultsSection = ({defaults}: KafkaConfigDescription): DescribeNode[] =>
  defaults.length === 0 ? [] : [{label: 'Default', value: defaults.map((path) => `${path} of config-br-defaults`)}]
