import {expect, test} from 'vitest'
import {listAt, textAt} from '../../../src/domain/core/read.js'
import {aHealthyBroker, aHealthyCluster, aHealthyTrigger, destination} from '../../support/healthy.js'
import {aSandbox, run} from '../../support/run.js'

const report = async (format: string, ...more: readonly string[]): Promise<string> => {
  const sandbox = aSandbox()
  sandbox.load([
    ...aHealthyCluster(1),
    aHealthyBroker('orders-0', 'team-0', {
      spec: {delivery: {retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT3600S'}},
      status: {
        conditions: [{type: 'Ready', status: 'False', reason: 'R<&>', message: 'a "quoted" \u001b[31m <text> & more'}],
      },
    }),
    aHealthyTrigger('orders-0-0', 'orders-0', 'team-0', {spec: {subscriber: destination('gone')}}),
    aHealthyTrigger('orders-0-1', 'orders-0', 'team-0', {
      status: {conditions: [{type: 'Ready', status: 'False', reason: 'BrokerNotReady'}]},
    }),
  ])
  const {out} = await run(['check', '-n', 'team-0', '-o', format, ...more], {sandbox})
  return out
}

test('SARIF explains every rule, and names an object for every result', async () => {
  const log: unknown = JSON.parse(await report('sarif'))
  const [one] = listAt(log, 'runs')
  const rules = listAt(one, 'tool', 'driver', 'rules')
  for (const field of ['shortDescription', 'fullDescription', 'help'])
    expect(rules.map((rule) => textAt(rule, field, 'text')).filter(Boolean)).toHaveLength(rules.length)
  const results = listAt(one, 'results')
  expect(results.length).toBeGreaterThan(2)
  for (const result of results) expect(listAt(result, 'locations')).toHaveLength(1)
})

interface Element {
  name: string
  attributes: Readonly<Record<string, string>>
  children: Element[]
}

/** Reads the XML that JUnit reports are; throws for what is not well-formed. */
const parseXml = (text: string): Element => {
  const root: Element = {name: '', attributes: {}, children: []}
  const open = [root]
  const rest = text
    .replace(/<\?xml [^?]*\?>\n/, '')
    .replace(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/g, (_all, end, name, pairs, empty, words) => {
      if (words !== undefined) {
        if (/&(?!(amp|lt|gt|quot);)/.test(words as string)) throw new Error(`bare & in ${words as string}`)
        return ''
      }
      if (end === '/') {
        const last = open.pop()
        if (last?.name !== name) throw new Error(`${name as string} ends ${last?.name ?? 'nothing'}`)
        return ''
      }
      const attributes = Object.fromEntries(
        [...(pairs as string).matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
      )
      const element: Element = {name: name as string, attributes, children: []}
      open.at(-1)!.children.push(element)
      if (empty !== '/') open.push(element)
      return ''
    })
  if (rest !== '' || open.length !== 1) throw new Error(`not well-formed: ${rest}`)
  return root.children[0]!
}

test.each(['error', 'warning'])(
  'JUnit is well-formed XML whose counts agree with its tests, with --fail-on %s',
  async (level) => {
    const suites = parseXml(await report('junit', '--fail-on', level))
    expect(suites.name).toBe('testsuites')
    const count = (suite: Element, what: string): number =>
      suite.children.filter((one) => one.children.some(({name}) => name === what)).length
    for (const suite of suites.children) {
      expect(suite).toMatchObject({name: 'testsuite', attributes: {tests: String(suite.children.length)}})
      expect(suite.attributes['failures']).toBe(String(count(suite, 'failure')))
      expect(suite.attributes['skipped']).toBe(String(count(suite, 'skipped')))
      for (const {name, attributes} of suite.children) {
        expect(name).toBe('testcase')
        expect(attributes['name']).not.toBe('')
        expect(attributes['classname']).toMatch(/^sfl\.[a-z]+\.[a-z-]+$/)
      }
    }
    const sum = suites.children.reduce((all, suite) => all + Number(suite.attributes['failures']), 0)
    expect(suites.attributes['failures']).toBe(String(sum))
    expect(sum).toBeGreaterThan(1)
  },
)

test('JUnit has no control characters, whoever has written the message', async () => {
  expect(await report('junit')).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/)
})

test('JSON and YAML hold the same report, in the documented shape', async () => {
  const {parse} = await import('yaml')
  const json: unknown = JSON.parse(await report('json'))
  expect(parse(await report('yaml'))).toEqual(json)
  expect(json).toMatchObject({apiVersion: 'sfl/v1', kind: 'CheckReport', namespace: 'team-0', success: false})
})
