import {kubectl, printCommand, type Caller} from '../../core/commands.js'
import {ExitCode, SflError} from '../../core/errors.js'
import {NAMESPACE} from '../../eventing/names.js'
import {isFound} from '../../core/seen.js'
import {didYouMean} from '../../core/suggest.js'
import {type Snapshot} from './snapshot.js'

/**
 * A namespace that does not exist is a mistyped one: lists of it are empty, and everything would seem well. Where
 * namespaces cannot be read (no permission), nothing is said.
 */
export const checkNamespaceIsThere = (known: Snapshot, caller: Caller): void => {
  const {namespace} = known.state
  if (namespace === undefined || known.get(NAMESPACE, '', namespace) !== 'absent') return
  const all = known.list(NAMESPACE)
  const near = isFound(all)
    ? didYouMean(
        namespace,
        all.map(({metadata}) => metadata.name),
      )
    : undefined
  throw new SflError(
    'NotFound',
    `namespace ${namespace} does not exist${near === undefined ? '' : ` - ${near}`}`,
    ExitCode.NotFound,
    {
      hint: `'${printCommand(kubectl('get', 'namespaces'), caller)}' lists them.`,
    },
  )
}
