import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {layOut, type Layout} from '../../../../src/domain/check/topology/layout.js'
import type {EdgeRole, TopologyEdge, TopologyNode} from '../../../../src/domain/check/topology/topology.js'

const node = (id: string, more: Partial<TopologyNode> = {}): TopologyNode => ({
  id,
  kind: 'Broker',
  name: id,
  state: 'ready',
  ...more,
})
const edge = (from: string, to: string, role: EdgeRole = 'sends'): TopologyEdge => ({from, to, role})

const graph = fc.integer({min: 1, max: 30}).chain((size) =>
  fc
    .tuple(
      fc.array(fc.tuple(fc.integer({min: 0, max: size - 1}), fc.integer({min: 0, max: size - 1})), {maxLength: 80}),
      fc.array(fc.boolean(), {minLength: size, maxLength: size}),
    )
    .map(([pairs, failed]) => ({
      nodes: failed.map((bad, index) => node(`n${index}`, bad ? {state: 'failed', reason: 'why'} : {})),
      edges: pairs.map(([from, to]) => edge(`n${from}`, `n${to}`)),
    })),
)

/** Boxes and lanes by layer, from above. */
const columns = ({placed, ways}: Layout): Array<Array<{top: number; bottom: number}>> => {
  const found = new Map<number, Array<{top: number; bottom: number}>>()
  const put = (layer: number, row: number, rows: number): void => {
    const column = found.get(layer) ?? []
    found.set(layer, [...column, {top: row - rows / 2, bottom: row + rows / 2}])
  }
  for (const {layer, row, rows} of placed) put(layer, row, rows)
  for (const {lanes} of ways) for (const {layer, row} of lanes) put(layer, row, 0.3)
  return [...found.values()].map((column) => column.toSorted((one, other) => one.top - other.top))
}

describe('the layout of a topology', () => {
  test('nothing stands or passes where something else stands, however it is connected, circles included', () => {
    fc.assert(
      fc.property(graph, (one) => {
        const layout = layOut(one)
        expect(layout.placed).toHaveLength(one.nodes.length)
        for (const column of columns(layout))
          for (const [index, {top}] of column.entries())
            if (index > 0) expect(top - column[index - 1]!.bottom).toBeGreaterThan(-0.001)
        for (const {layer, row, rows} of layout.placed) {
          expect(layer).toBeGreaterThanOrEqual(0)
          expect(layer).toBeLessThan(layout.layers)
          expect(row - rows / 2).toBeGreaterThan(-0.001)
          expect(row + rows / 2).toBeLessThan(layout.rows + 0.001)
        }
      }),
    )
  })

  test('every edge is drawn once, between its nodes, with a lane in every layer that it passes', () => {
    fc.assert(
      fc.property(graph, (one) => {
        const {placed, ways} = layOut(one)
        expect(ways.map(({edge: {from, to}}) => `${from} ${to}`).toSorted()).toEqual(
          one.edges.map(({from, to}) => `${from} ${to}`).toSorted(),
        )
        for (const {edge: drawn, from, to, lanes} of ways) {
          const [start, end] = [placed[from]!, placed[to]!]
          expect([start.node.id, end.node.id]).toEqual([drawn.from, drawn.to])
          expect(lanes).toHaveLength(
            end.layer > start.layer ? end.layer - start.layer - 1 : start.layer - end.layer + 1,
          )
        }
      }),
    )
  })

  test('without circles, events go from the left to the right', () => {
    fc.assert(
      fc.property(graph, ({nodes, edges}) => {
        const forward = edges.filter(({from, to}) => Number(from.slice(1)) < Number(to.slice(1)))
        const layer = new Map(layOut({nodes, edges: forward}).placed.map((one) => [one.node.id, one.layer]))
        for (const {from, to} of forward) expect(layer.get(from)!).toBeLessThan(layer.get(to)!)
      }),
    )
  })

  test('the same topology is always drawn alike', () => {
    fc.assert(
      fc.property(graph, (one) => {
        expect(layOut(one)).toEqual(layOut(one))
      }),
    )
  })

  test('two crossing chains are drawn side by side', () => {
    const nodes = ['a', 'b', 'y', 'x', 'z'].map((id) => node(id))
    const edges = [edge('a', 'x'), edge('b', 'y'), edge('z', 'x'), edge('z', 'y')]
    const {placed} = layOut({nodes, edges})
    const row = (id: string) => placed.find((one) => one.node.id === id)!.row
    expect(row('a') < row('b')).toBe(row('x') < row('y'))
  })

  test('a source stands right before what it sends to, not at the far left', () => {
    const edges = [edge('a', 'b'), edge('b', 'c'), edge('late', 'c')]
    const {placed} = layOut({nodes: ['a', 'b', 'c', 'late'].map((id) => node(id)), edges})
    expect(Object.fromEntries(placed.map(({node: {id}, layer}) => [id, layer]))).toEqual({a: 0, b: 1, c: 2, late: 1})
  })

  test('what is not ready gets a line more, for the reason', () => {
    const {placed} = layOut({nodes: [node('a'), node('b', {state: 'failed', reason: 'why'})], edges: []})
    expect(placed.map(({rows}) => rows)).toEqual([1, 1.3])
  })

  const brokers = (count: number) => {
    const names = Array.from({length: count}, (_, index) => `broker-${index}`)
    return {
      nodes: [...names.flatMap((name) => [node(name), node(`${name}-trigger`, {kind: 'Trigger'})]), node('sink')],
      edges: names.flatMap((name) => [
        edge(name, `${name}-trigger`, 'offers'),
        edge(`${name}-trigger`, 'sink', 'delivers'),
        edge(name, 'sink', 'dead letters'),
      ]),
    }
  }

  test.each([
    [3, 1],
    [4, 4],
  ])('a sink of %i brokers is drawn %i times', (count, times) => {
    const {placed, ways} = layOut(brokers(count))
    const sinks = placed.filter(({node: {id}}) => id === 'sink')
    expect(sinks).toHaveLength(times)
    expect(sinks.every(({copies}) => copies === times)).toBe(true)
    // A broker and its trigger share one.
    for (const {edge: drawn, to} of ways)
      if (drawn.role === 'delivers')
        expect(
          ways.find((other) => `${other.edge.from}-trigger` === drawn.from && other.edge.role === 'dead letters')?.to,
        ).toBe(to)
  })

  test('a broker to which many sources send is drawn once', () => {
    const sources = Array.from({length: 9}, (_, index) => node(`source-${index}`))
    const {placed} = layOut({nodes: [...sources, node('b')], edges: sources.map(({id}) => edge(id, 'b'))})
    expect(placed).toHaveLength(10)
  })

  test('many parts stand in columns about as wide as high; of several namespaces each has its heading, again in a new column', () => {
    const parts = Array.from({length: 40}, (_, index) => [
      node(`b${index}`, {namespace: `team-${index % 2}`}),
      node(`t${index}`, {namespace: `team-${index % 2}`}),
    ])
    const edges = parts.map(([from, to]) => edge(from!.id, to!.id))
    const {layers, rows, headings, placed} = layOut({nodes: parts.flat(), edges})
    expect((layers * 6) / rows).toBeGreaterThan(0.7)
    expect((layers * 6) / rows).toBeLessThan(2.5)
    expect(new Set(headings.map(({text}) => text))).toEqual(new Set(['team-0', 'team-1']))
    expect(headings.length).toBeGreaterThan(2)
    for (const {node: own, layer, row, home} of placed) {
      expect(home).toBe(own.namespace)
      const above = headings
        .filter((one) => one.layer <= layer && one.layer > layer - 2 && one.row < row)
        .toSorted((one, other) => other.row - one.row)[0]
      expect(above?.text).toBe(own.namespace)
    }
    expect(layOut({nodes: parts.flat(), edges, namespace: 'team-0'}).headings).toEqual([])
  })
})
