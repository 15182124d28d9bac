import {CONFIG_MAP, DEPLOYMENT, SECRET, SYSTEM_NAMESPACE} from '../../eventing/names.js'
import {resourceOf} from '../../kinds/registry.js'
import {type Finding} from '../../findings/finding.js'
import {finding} from '../../findings/catalogue.js'
import {type Kind} from '../../core/object.js'
import {ownKinds} from '../snapshot/kinds.js'
import {type Check} from '../engine/check.js'
import {type Snapshot} from '../snapshot/snapshot.js'

const behind: readonly Kind[] = [CONFIG_MAP, DEPLOYMENT]

const named = (kinds: readonly Kind[]): string => kinds.map(resourceOf).join(', ')

const hidden = (known: Snapshot, kinds: readonly Kind[], namespace: string | undefined): Finding[] => {
  const forbidden = kinds.filter((kind) => known.list(kind, namespace) === 'forbidden')
  const where = namespace === undefined ? 'in all namespaces' : `in namespace ${namespace}`
  return forbidden.length === 0 ? [] : [finding('SFL-B11', {message: `you may not list ${named(forbidden)} ${where}`})]
}

const secrets = ({state}: Snapshot): Finding[] =>
  [...state.secrets].flatMap(([home, {unseen}]) =>
    unseen === 'forbidden'
      ? [
          finding('SFL-B11', {
            message: `you may not list ${named([SECRET])} in ${home === '*' ? 'all namespaces' : `namespace ${home}`}`,
          }),
        ]
      : [],
  )

/** Without it, what nobody may look at would pass for healthy. It is asked whatever the categories are. */
export const accessCheck: Check = {
  id: 'access',
  category: 'cluster',
  question: 'You may read what is to be checked',
  about: 'health',
  count: ({state}) => Number(state.offline !== true),
  judge: (known) => [
    ...hidden(known, ownKinds, known.state.namespace),
    ...hidden(known, behind, SYSTEM_NAMESPACE),
    ...secrets(known),
  ],
}
