import type {ClassSetting, ClassView} from '../../domain/eventing/cluster-defaults/class-view.js'
import {formatDescription, type DescribeNode} from '../describe.js'
import {formatTable, type Column} from '../table.js'

const verdicts: Readonly<Record<ClassView['works'], string>> = {
  yes: 'yes',
  no: 'no, see below',
  unknown: 'not verified, see below',
}

const shown = (setting: ClassSetting | undefined, none: string): string =>
  setting === undefined ? none : `${setting.value} (${[setting.path, setting.setBy].filter(Boolean).join(', ')})`

const columns: ReadonlyArray<Column<ClassView['namespaceDefaults'][number]>> = [
  {header: 'NAMESPACE', cell: ({namespace}) => namespace},
  {header: 'CLASS', cell: (one) => one.class || '<none>'},
  {header: 'CONFIG', cell: ({config}) => config || '<none>'},
]

/** What a plain broker would be in the namespace, each setting with its path and who put it there. */
export const classText = (view: ClassView): string => {
  // Where the defaults could not be read, nothing is known of what they leave out.
  const none = view.works === 'unknown' && view.class === undefined ? '<unknown>' : '<none>'
  const nodes: DescribeNode[] = [
    {label: 'Namespace', value: view.namespace},
    {label: 'Class', value: shown(view.class, none)},
    {label: 'Config', value: shown(view.config, none)},
    view.delivery.length === 0
      ? {label: 'Delivery', value: none}
      : {
          label: 'Delivery',
          children: view.delivery.map((one) => ({label: one.setting, value: shown(one, none)})),
        },
    {label: 'Works', value: verdicts[view.works]},
    {label: 'Written by', value: view.writtenBy},
  ]
  const table =
    view.namespaceDefaults.length === 0
      ? ''
      : `\nNamespaces with a default of their own:\n${formatTable(columns, view.namespaceDefaults)}`
  return `${formatDescription(nodes)}${table}`
}
