import {type Topology, type TopologyEdge, type TopologyNode} from './topology.js'

/** An object as it is drawn; one that many send to is drawn several times. */
export interface Copy {
  key: string
  node: TopologyNode
  /** How often it is drawn. */
  copies: number
}

export interface Copied {
  copies: readonly Copy[]
  /** Each edge of the topology, with the keys of what it connects here. */
  links: ReadonlyArray<{edge: TopologyEdge; from: string; to: string}>
}

/** A sink of more brokers and channels than this is drawn beside each of them. */
const SHARED_BY = 3

const placed: ReadonlySet<string> = new Set(['delivers', 'dead letters', 'replies'])

/** The broker or channel behind the sender of an edge. */
const behind = ({from}: TopologyEdge, offered: ReadonlyMap<string, string>): string => offered.get(from) ?? from

/**
 * Sinks that lead nowhere and serve many brokers (one service for all dead letters) would draw lines over the whole picture
 * and tie everything together. They are drawn once for each broker instead, so that each broker's part can be read alone.
 */
export const copied = ({nodes, edges}: Pick<Topology, 'nodes' | 'edges'>): Copied => {
  const leads = new Set(edges.flatMap(({from, to}) => (from === to ? [] : [from])))
  const offered = new Map(edges.flatMap(({from, to, role}) => (role === 'offers' ? [[to, from] as const] : [])))
  const groups = new Map<string, Set<string>>()
  const groupOf = (edge: TopologyEdge): string => (placed.has(edge.role) ? behind(edge, offered) : '')
  for (const edge of edges) {
    if (leads.has(edge.to)) continue
    groups.set(edge.to, (groups.get(edge.to) ?? new Set<string>()).add(groupOf(edge)))
  }
  const isShared = (id: string): boolean => (groups.get(id)?.size ?? 0) > SHARED_BY
  const keyFor = (id: string, group: string): string => `${id} for ${group}`
  return {
    copies: nodes.flatMap((node): Copy[] => {
      if (!isShared(node.id)) return [{key: node.id, node, copies: 1}]
      const own = [...(groups.get(node.id) ?? [])]
      return own.map((group) => ({key: keyFor(node.id, group), node, copies: own.length}))
    }),
    links: edges.map((edge) => ({
      edge,
      from: edge.from,
      to: isShared(edge.to) ? keyFor(edge.to, groupOf(edge)) : edge.to,
    })),
  }
}
