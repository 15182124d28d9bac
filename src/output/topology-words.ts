import {type TopologyEdge, type TopologyNode} from '../domain/check/topology.js'
import {printable} from './printable.js'

/** Two kinds are called Service. */
export const kindWord = ({kind, id}: TopologyNode): string =>
  id.startsWith('serving.knative.dev/') ? `Knative ${kind}` : kind

/** `Broker orders`, with its namespace where several are shown, and a word on what it is. */
export const nodeTitle = (node: TopologyNode, home: string | undefined): string => {
  const {kind, name, namespace, note} = node
  const where = namespace === undefined || namespace === home ? '' : `${namespace}/`
  return printable(
    `${kind === 'URI' ? '' : `${kindWord(node)} `}${where}${name}${note === undefined ? '' : ` (${note})`}`,
  )
}

const words: Readonly<Record<TopologyNode['state'], string>> = {
  ready: '',
  pending: 'pending',
  failed: 'not ready',
  absent: 'missing',
  unknown: 'not verified',
  outside: '',
}

/** What is wrong with a node, in one clause; empty when nothing is. */
export const stateText = ({state, reason}: TopologyNode): string => {
  const word = words[state]
  if (word === '' || state === 'absent' || state === 'unknown') return word
  return reason === undefined ? word : `${word}: ${printable(reason)}`
}

/** What an edge says beside its arrow. */
export const edgeText = ({role, label}: TopologyEdge): string =>
  label === undefined ? role : `${role} ${printable(label)}`

/** Cut to a length; the rest stands in what is shown on request. */
export const cut = (text: string, length: number): string =>
  [...text].length <= length ? text : `${[...text].slice(0, length - 1).join('')}…`

/** Short names for ids, `n0`, `n1`, in the order of the nodes. */
export const shortIds = (nodes: readonly TopologyNode[]): ReadonlyMap<string, string> =>
  new Map(nodes.map(({id}, index) => [id, `n${index}`]))
