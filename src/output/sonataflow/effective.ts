import type {EffectiveRow} from '../../domain/sonataflow/effective/rows.js'
import type {EffectiveView} from '../../domain/sonataflow/effective/view.js'
import {formatTable, type Column} from '../table.js'

const driftCell = ({drift, note}: EffectiveRow): string => {
  const word = drift === true ? 'yes' : ''
  return note === undefined ? word : word === '' ? `no: ${note}` : `${word}: ${note}`
}

const columns: ReadonlyArray<Column<EffectiveRow>> = [
  {header: 'SETTING', cell: ({setting}) => setting},
  {header: 'EFFECTIVE', cell: ({value}) => value},
  {header: 'ORIGIN', cell: ({from}) => from},
  // What is as it should be is not repeated: values are long, and the differences are what is looked for.
  {header: 'LIVE', cell: ({live = '', value}) => (live === value ? 'same' : live)},
  {header: 'DRIFT', cell: driftCell},
]

/** Every setting in one table. */
export const effectiveText = (view: Pick<EffectiveView, 'settings'>, {headers}: {headers: boolean}): string =>
  formatTable(columns, view.settings, {headers})
