import {isCalled, rowOf} from '../../kinds/registry.js'
import {suggestions} from '../../core/suggest.js'
import {type Topology, type TopologyNode} from './topology.js'

/** `id` begins with the group; of several kinds with one name, a short name means one. */
const isKind = ({kind, id}: TopologyNode, word: string): boolean => {
  const known = rowOf({apiVersion: `${id.split('/')[0]}/v1`, kind})
  const asked = word.toLowerCase()
  if (known === undefined) return [kind.toLowerCase(), `${kind.toLowerCase()}s`].includes(asked)
  return isCalled(known, asked) || isCalled(known, asked.replace(/s$/, ''))
}

/** What a word on the command line asks for: a name, or `KIND/NAME`. */
export interface Asked {
  kind?: string
  name: string
}

export const readAsked = (text: string): Asked => {
  const slash = text.indexOf('/')
  return slash < 0 ? {name: text} : {kind: text.slice(0, slash), name: text.slice(slash + 1)}
}

/** The part that is connected with an object, against and along the way of events; `undefined` without such an object. */
export const around = (topology: Topology, {kind, name}: Asked): Topology | undefined => {
  const starts = topology.nodes.filter((node) => node.name === name && (kind === undefined || isKind(node, kind)))
  if (starts.length === 0) return undefined
  const walk = (from: 'from' | 'to', to: 'from' | 'to'): Set<string> => {
    const next = new Map<string, string[]>()
    for (const edge of topology.edges) {
      const others = next.get(edge[from])
      if (others === undefined) next.set(edge[from], [edge[to]])
      else others.push(edge[to])
    }
    const reached = new Set(starts.map(({id}) => id))
    for (const id of reached) for (const one of next.get(id) ?? []) reached.add(one)
    return reached
  }
  const kept = new Set([...walk('from', 'to'), ...walk('to', 'from')])
  return {
    ...topology,
    nodes: topology.nodes.filter(({id}) => kept.has(id)),
    edges: topology.edges.filter(({from, to}) => kept.has(from) && kept.has(to)),
  }
}

/** What may have been meant: another kind of this name, or else a name that is near. */
export const nearby = ({nodes}: Topology, {kind, name}: Asked): string[] => {
  const others = kind === undefined ? [] : nodes.filter((node) => node.name === name)
  if (others.length > 0) return [...new Set(others.map((node) => `${node.kind.toLowerCase()}/${name}`))]
  return suggestions(name, [...new Set(nodes.map((node) => node.name))]).slice(0, 1)
}
