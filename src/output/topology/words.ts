import {ABSENT, type TopologyEdge, type TopologyNode} from '../../domain/check/topology/topology.js'
import type {Role} from '../../domain/kinds/kind.js'
import {rowOf} from '../../domain/kinds/registry.js'
import {printable} from '../printable.js'

/** Two kinds are called Service. */
export const kindWord = ({kind, id}: TopologyNode): string =>
  id.startsWith('serving.knative.dev/') ? `Knative ${kind}` : kind

/** `orders`, with its namespace where several are shown. */
export const plainTitle = ({name, namespace}: TopologyNode, home: string | undefined): string =>
  printable(`${namespace === undefined || namespace === home ? '' : `${namespace}/`}${name}`)

/** `Broker orders (Kafka)`: what it is, its name, and a word on it. */
export const nodeTitle = (node: TopologyNode, home: string | undefined): string => {
  const {kind, note} = node
  const before = kind === 'URI' ? '' : `${kindWord(node)} `
  return printable(`${before}${plainTitle(node, home)}${note === undefined ? '' : ` (${note})`}`)
}

/** What a node is there for: pictures give each family a colour. */
export type Family = Exclude<Role, 'binding'>

export const family = ({kind, id}: TopologyNode): Family => {
  const group = id.split('/')[0] ?? ''
  if (group === 'sources.knative.dev') return 'source'
  const role = rowOf({apiVersion: `${group}/v1`, kind})?.role
  return role === undefined || role === 'binding' ? 'place' : role
}

const words: Readonly<Record<TopologyNode['state'], string>> = {
  ready: '',
  pending: 'pending',
  failed: 'not ready',
  absent: 'missing',
  unknown: 'not verified',
  outside: '',
}

/** `not ready`; empty when nothing is wrong. */
export const stateWord = ({state}: TopologyNode): string => words[state]

/** What is wrong with a node, in one clause; empty when nothing is. */
export const stateText = ({state, reason}: TopologyNode): string => {
  const word = words[state]
  if (word === '' || state === 'unknown') return word
  return reason === undefined || reason === ABSENT ? word : `${word}: ${printable(reason)}`
}

/** What an edge says beside its arrow. */
export const edgeText = ({role, label}: TopologyEdge): string =>
  label === undefined ? role : `${role} ${printable(label)}`

/** What stands beside a line in a picture: an arrow says by itself that events go along it. */
export const edgeWords = ({role, label}: TopologyEdge): string => {
  const words = printable(label ?? '')
  if (role === 'replies' || role === 'dead letters') return words === '' ? role : `${role} ${words}`
  return words
}

/** Why nothing comes through, for people; empty when something does. */
export const brokenText = ({broken}: TopologyEdge): string => (broken === undefined ? '' : printable(broken))

/** Short names for ids, `n0`, `n1`, in the order of the nodes. */
export const shortIds = (nodes: readonly TopologyNode[]): ReadonlyMap<string, string> =>
  new Map(nodes.map(({id}, index) => [id, `n${index}`]))
