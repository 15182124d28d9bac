import {spawnSync} from 'node:child_process'
import {describe, expect, test} from 'vitest'
import type {Topology} from '../../../src/domain/check/topology/topology.js'
import {topologyDot, topologyMermaid} from '../../../src/output/topology/text.js'
import {aHealthyBroker, aHealthyTrigger, aNamespace, aSink, destination} from '../../support/healthy.js'
import {aSandbox, run} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'
import {aShop, SHOP} from '../../support/shop.js'

const shop = (): Session => {
  const sandbox = aSandbox()
  sandbox.load(aShop())
  return aSession({sandbox, namespace: SHOP})
}

/** Two namespaces, and a trigger whose filter and class are written to break whatever reads them. */
const hostile = (): Session => {
  const sandbox = aSandbox()
  const broker = aHealthyBroker('orders', 'one')
  sandbox.load([
    aNamespace('one'),
    aNamespace('two'),
    aSink('sink', 'two'),
    {
      ...broker,
      metadata: {...broker.metadata, annotations: {'eventing.knative.dev/broker.class': '"; } \\" --> ]<b>\n#quot;`'}},
    },
    aHealthyTrigger('all', 'orders', 'one', {
      spec: {
        filter: {attributes: {type: '"]:::x --> n0; \\ <script>'}},
        subscriber: {ref: {...destination('sink').ref, namespace: 'two'}},
      },
    }),
  ])
  return aSession({sandbox, namespace: 'one'})
}

const graphviz = (text: string) => spawnSync('dot', ['-Tplain'], {input: text, encoding: 'utf8'})
const hasGraphviz = spawnSync('dot', ['-V']).error === undefined
if (!hasGraphviz) console.warn('No Graphviz on PATH: nobody tries whether it takes what is for it.')

/** What Mermaid's flowcharts are made of, as far as they are used here; in texts nothing may end them. */
const TEXT = String.raw`"(?:[^"&<>#;\x60]|#\d+;|<br\/>)*"`
const mermaid = [
  /^flowchart LR$/,
  new RegExp(String.raw`^ {2,4}n\d+\[${TEXT}\](:::(ready|pending|failed|absent|unknown))?$`),
  new RegExp(String.raw`^ {2}n\d+ (-->|-\.->)\|${TEXT}\| n\d+$`),
  new RegExp(String.raw`^ {2}subgraph s\d+ \[${TEXT}\]$`),
  /^ {2}end$/,
  /^ {2}classDef (ready|pending|failed|absent|unknown) stroke[\w:#,-]+$/,
]

describe('topology', () => {
  test('as a tree: sources, brokers, triggers with filters and order, sinks, replies, dead letters, and what is broken', async () => {
    const session = shop()
    await session.type('kubectl sfl topology')
    await session.type('kubectl sfl topology mail')
    await session.type('kubectl sfl topology broker/slow -A')
    await session.matches('topology/tree')
    expect(session.writes()).toEqual([])
  })

  test('names that are wrong, nothing to draw, and formats that do not exist', async () => {
    const session = shop()
    await session.type('kubectl sfl topology bilings')
    await session.type('kubectl sfl topology broker/billing')
    await session.type('kubectl sfl topology brokr/orders')
    await session.type('kubectl sfl topology broker/')
    await session.type('kubectl sfl topology -n nowhere')
    await session.type('kubectl sfl topology -n nowhere orders')
    await session.type('kubectl sfl topology -n demo')
    await session.type('kubectl sfl topology -n demo -o json')
    await session.type('kubectl sfl topology -o png')
    await session.type('kubectl sfl topology orders slow')
    await session.matches('topology/mistakes')
  })

  test('for Graphviz, Mermaid, programs and as a picture', async () => {
    const session = shop()
    for (const format of ['dot', 'mermaid', 'json', 'yaml', 'svg'])
      await session.type(`kubectl sfl topology mail -o ${format}`)
    await session.matches('topology/formats')
  })

  test('everything for Graphviz, Mermaid and programs, of all namespaces', async () => {
    const session = shop()
    for (const format of ['dot', 'mermaid', 'json']) await session.type(`kubectl sfl topology -A -o ${format}`)
    await session.matches('topology/everything')
  })

  test.each([
    ['a namespace', () => shop(), ''],
    ['all namespaces', () => shop(), ' -A'],
    ['hostile names', () => hostile(), ''],
    ['hostile names in all namespaces', () => hostile(), ' -A'],
  ])('%s: Mermaid gets only what it knows', async (_what, open, flags) => {
    const {sandbox} = open()
    const {out} = await run(`topology${flags} -o mermaid`, {
      sandbox,
      namespace: flags === '' && _what === 'a namespace' ? SHOP : 'one',
    })
    const strange = out.split('\n').filter((line) => line !== '' && !mermaid.some((form) => form.test(line)))
    expect(strange).toEqual([])
    expect(out.split('\n').filter((line) => line.includes('subgraph')).length).toBe(
      out.split('\n').filter((line) => line === '  end').length,
    )
  })

  test.skipIf(!hasGraphviz).each([
    ['a namespace', () => shop(), SHOP, ''],
    ['all namespaces', () => shop(), SHOP, ' -A'],
    ['hostile names', () => hostile(), 'one', ''],
    ['hostile names in all namespaces', () => hostile(), 'one', ' -A'],
  ])(
    '%s: Graphviz draws every object and every way (skipped where there is no Graphviz)',
    async (_what, open, namespace, flags) => {
      const {sandbox} = open()
      const {out} = await run(`topology${flags} -o dot`, {sandbox, namespace})
      const topology: unknown = JSON.parse((await run(`topology${flags} -o json`, {sandbox, namespace})).out)
      const {stdout, stderr, status} = graphviz(out)
      expect({stderr, status}).toEqual({stderr: '', status: 0})
      const drawn = (what: string): number => stdout.split('\n').filter((line) => line.startsWith(`${what} `)).length
      expect(topology).toMatchObject({
        nodes: expect.objectContaining({length: drawn('node')}) as unknown,
        edges: expect.objectContaining({length: drawn('edge')}) as unknown,
      })
    },
  )

  test('a way to a node of each state is told in every format', () => {
    const states = ['ready', 'pending', 'failed', 'absent', 'unknown', 'outside'] as const
    const topology: Topology = {
      apiVersion: 'sfl/v1',
      kind: 'Topology',
      namespace: 'demo',
      notVerified: [],
      nodes: states.map((state) => ({id: state, kind: 'Service', name: state, state, reason: 'why'})),
      edges: states.map((state) => ({from: 'ready', to: state, role: 'sends', broken: 'so'})),
    }
    expect(topologyDot(topology).match(/✗ so/g)).toHaveLength(states.length)
    expect(topologyMermaid(topology).match(/✗ so/g)).toHaveLength(states.length)
  })

  test('what cannot be read (no permission) is drawn as not verified', async () => {
    const {sandbox} = shop()
    const reader = aSandbox({access: (_user, {resource}) => !['services', 'brokers'].includes(resource)})
    reader.load(sandbox.snapshot().filter(({metadata}) => metadata.namespace === SHOP))
    const {out} = await run(`topology billing -n ${SHOP}`, {sandbox: reader, user: 'bob'})
    expect(out).toContain('Broker orders  [not verified]')
  })
})
