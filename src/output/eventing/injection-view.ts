import type {InjectionSubject, InjectionView} from '../../domain/eventing/injection/view.js'
import {formatDescription} from '../describe.js'
import {formatTable, type Column} from '../table.js'

const words: Readonly<Record<InjectionView['namespaceInjection'], string>> = {
  off: 'off: the selector of config-sugar is empty',
  on: 'on, for those that the selector of config-sugar matches',
  everything: 'on for all of them: the selector of config-sugar is {}',
  faulty: 'as before: the selector of config-sugar cannot be read',
  unknown: 'unknown: config-sugar cannot be read (no permission)',
  fixed: 'on for eventing.knative.dev/injection=enabled: there is no config-sugar, as before Knative 1.4',
}

/** What of brokers is there. */
const states: Readonly<Record<InjectionSubject['brokerState'], string>> = {
  ready: 'ready',
  pending: 'not ready yet',
  failed: 'not ready',
  absent: 'does not exist',
  unknown: '<unknown>',
}

const columns: ReadonlyArray<Column<InjectionSubject>> = [
  {header: 'OBJECT', cell: ({kind, name}) => `${kind.toLowerCase()}/${name}`},
  {header: 'LABEL', cell: ({label}) => label ?? '<none>'},
  {header: 'ANNOTATION', cell: ({annotation}) => annotation ?? '<none>'},
  {header: 'CREATES', cell: ({acts}) => ({yes: 'yes', no: 'no', unknown: '<unknown>'})[acts]},
  {header: 'BROKER', cell: ({broker}) => broker},
  {header: 'STATE', cell: ({brokerState}) => states[brokerState]},
]

/** Whether injection is on, and a line for the namespace and each of its triggers. */
export const injectionText = (view: InjectionView): string =>
  `${formatDescription([
    {label: 'By namespaces', value: words[view.namespaceInjection]},
    {label: 'By triggers', value: words[view.triggerInjection]},
  ])}\n${formatTable(columns, view.subjects)}`
