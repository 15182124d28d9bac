import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {layOut} from '../../../src/domain/check/topology-layout.js'
import type {TopologyEdge, TopologyNode} from '../../../src/domain/check/topology.js'

const node = (id: string): TopologyNode => ({id, kind: 'Broker', name: id, state: 'ready'})
const edge = (from: string, to: string): TopologyEdge => ({from, to, role: 'sends'})

const graph = fc.integer({min: 1, max: 30}).chain((size) =>
  fc
    .array(fc.tuple(fc.integer({min: 0, max: size - 1}), fc.integer({min: 0, max: size - 1})), {maxLength: 80})
    .map((pairs) => ({
      nodes: Array.from({length: size}, (_, index) => node(`n${index}`)),
      edges: pairs.map(([from, to]) => edge(`n${from}`, `n${to}`)),
    })),
)

describe('the layout of a topology', () => {
  test('no two nodes share a place, however they are connected, circles included', () => {
    fc.assert(
      fc.property(graph, ({nodes, edges}) => {
        const {placed, layers, rows} = layOut({nodes, edges})
        expect(new Set(placed.map(({layer, row}) => `${layer} ${row.toFixed(3)}`)).size).toBe(nodes.length)
        const byLayer = Array.from({length: layers}, (_, index) =>
          placed
            .filter(({layer}) => layer === index)
            .map(({row}) => row)
            .sort((a, b) => a - b),
        )
        for (const own of byLayer)
          for (const [index, row] of own.entries()) if (index > 0) expect(row - own[index - 1]!).toBeGreaterThan(0.999)
        expect(placed.every(({layer, row}) => layer >= 0 && layer < layers && row >= 0 && row < rows + 0.001)).toBe(
          true,
        )
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
    const nodes = ['a', 'b', 'y', 'x'].map(node)
    const {placed} = layOut({nodes, edges: [edge('a', 'x'), edge('b', 'y')]})
    const row = (id: string) => placed.find((one) => one.node.id === id)!.row
    expect(row('a') < row('b')).toBe(row('x') < row('y'))
  })
})
