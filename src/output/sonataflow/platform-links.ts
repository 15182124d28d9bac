import {type Caller} from '../../domain/core/commands.js'
import type {KubeObject} from '../../domain/core/object.js'
import {textAt} from '../../domain/core/read.js'
import type {LinksView} from '../../domain/sonataflow/eventing/links-view.js'
import {blankLine, formatDescription, type DescribeNode} from '../describe.js'
import {findingsText, tableLines} from '../description-sections.js'
import {plain, type Palette} from '../palette.js'
import {because, triggerTable} from './platform-describe.js'
import {sourceColumns} from '../eventing/source-list.js'
import type {Column} from '../table.js'
import {triggerColumns} from '../eventing/trigger-list.js'

export interface LinksOptions {
  now: Date
  /** How the program was called, for the commands in findings. */
  caller: Caller
  palette?: Palette
}

/**
 * How the services are linked with their brokers: expected against actual, and the objects themselves in the tables of
 * OpenShift Serverless Logic, "Eventing system linking configuration".
 */
export const linksText = (
  view: LinksView,
  objects: {triggers: readonly KubeObject[]; sources: readonly KubeObject[]},
  {now, caller, palette = plain}: LinksOptions,
): string => {
  const sections: DescribeNode[][] = [
    [
      {label: 'Platform', value: view.platform},
      {label: 'Namespace', value: view.namespace},
    ],
    servicesSection(view),
    expectedSection(view),
    bindingSection(view),
    objects.triggers.length === 0
      ? []
      : [{label: 'Triggers that are there', children: tableLines(columnsOf(now), objects.triggers)}],
    objects.sources.length === 0
      ? []
      : [{label: 'Sources that are there', children: tableLines(sourceColumns(now, false), objects.sources)}],
  ]
  const body = sections
    .filter((nodes) => nodes.length > 0)
    .flatMap((nodes, index) => (index === 0 ? nodes : [blankLine, ...nodes]))
  return formatDescription(body) + findingsText(view.findings, caller, palette)
}

/**
 * The columns of "kn trigger list". For a subscriber with `ref` and `uri` kn prints the URI alone, here a path; the document
 * (5.3.5.7) shows the Service.
 */
const columnsOf = (now: Date): Array<Column<KubeObject>> =>
  triggerColumns(now).map((column) =>
    column.header === 'SINK'
      ? {
          ...column,
          cell: (trigger) => {
            const name = textAt(trigger, 'spec', 'subscriber', 'ref', 'name')
            return name === undefined ? column.cell(trigger) : `service:${name}`
          },
        }
      : column,
  )

const servicesSection = ({services}: LinksView): DescribeNode[] =>
  services.length === 0
    ? [{label: 'Services', value: 'none, so nothing is linked'}]
    : services.map(({title, from, fromOrigin, to, toOrigin}) => ({
        label: title,
        children: [
          {label: 'Events from', value: `${from} (${because(from, fromOrigin)})`},
          ...(to === undefined ? [] : [{label: 'Events to', value: `${to} (${because(to, toOrigin ?? '')})`}]),
        ],
      }))

const expectedSection = ({triggers}: LinksView): DescribeNode[] => {
  if (typeof triggers === 'string')
    return [{label: 'Triggers', value: 'not verified: they cannot be read (no permission)'}]
  if (triggers.length === 0) return [{label: 'Triggers', value: 'none, and none are needed'}]
  const fine = triggers.filter(({state}) => state === 'ok').length
  return [
    {label: 'Triggers', value: `${fine} of ${triggers.length} as they should be`, children: triggerTable(triggers)},
  ]
}

const bindingSection = ({sinkBinding}: LinksView): DescribeNode[] => {
  if (sinkBinding === undefined) return [{label: 'SinkBinding', value: 'none, and none is needed'}]
  if (typeof sinkBinding === 'string')
    return [{label: 'SinkBinding', value: 'not verified: it cannot be read (no permission)'}]
  const {name, sink, subject, state, why} = sinkBinding
  return [
    {
      label: 'SinkBinding',
      value: `${name}, ${state}${why === undefined ? '' : ` (${why})`}`,
      children: [
        ...(sink === '' ? [] : [{label: 'Sink', value: sink}]),
        ...(subject === '' ? [] : [{label: 'Subject', value: subject}]),
      ],
    },
  ]
}
