import {spawnSync} from 'node:child_process'
import fc from 'fast-check'
import {validateXML} from 'xmllint-wasm'
import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../src/domain/core/object.js'
import {formatJson} from '../../src/output/json.js'
import {parseManifests} from '../../src/output/manifests.js'
import {formatYaml} from '../../src/output/yaml.js'
import {hasKubectl} from '../blackbox/support/shell.js'
import {parameters, seed} from '../fuzz/seed.js'
import {nastyJson, nastyText} from '../fuzz/texts.js'
import {aSandbox, run} from '../support/run.js'

/** What Go makes of it: half a surrogate pair is no character, and there is no negative zero. */
const asGoHasIt = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(asGoHasIt)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key.toWellFormed(), asGoHasIt(field)]))
  return Object.is(value, -0) ? 0 : value
}

const holding = (spec: unknown) => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Broker',
  metadata: {name: 'a'},
  spec: {held: spec},
})

/** Objects as kubectl reads them from a text, without a server. */
const readByKubectl = (text: string): unknown[] => {
  const ran = spawnSync('kubectl', ['label', '--local', '-f', '-', 'read=again', '-o', 'jsonpath-as-json={.spec}'], {
    input: text,
    maxBuffer: 2 ** 28,
  })
  if (ran.status !== 0) throw new Error(`${String(ran.stderr)}\n${text}`)
  // One array for each object.
  return String(ran.stdout)
    .split(/^\]\n/m)
    .filter((part) => part.trim() !== '')
    .map((part): unknown => JSON.parse(`${part}]`))
}

/** Two keys that only halves of surrogate pairs tell apart are one to Go. */
const hasClearKeys = (value: unknown): boolean =>
  JSON.stringify(value).length === JSON.stringify(asGoHasIt(value)).length || !/\\ud[89a-f]/.test(JSON.stringify(value))

describe(`what is printed is read again by others (seed ${seed})`, () => {
  const values = fc.array(nastyJson.filter(hasClearKeys), {minLength: 40, maxLength: 40})

  test.skipIf(!hasKubectl)('YAML and JSON by kubectl', {timeout: 120_000}, () => {
    fc.assert(
      fc.property(values, (held) => {
        const expected = held.map((one) => [{held: asGoHasIt(one)}])
        expect(readByKubectl(held.map((one) => formatYaml(holding(one))).join('---\n'))).toEqual(expected)
        const list = {apiVersion: 'v1', kind: 'List', items: held.map(holding)}
        expect(readByKubectl(formatJson(list))).toEqual(expected)
      }),
      {...parameters(8), interruptAfterTimeLimit: 60_000},
    )
  })

  test('YAML and JSON by this program', () => {
    fc.assert(
      fc.property(nastyJson.filter(hasClearKeys), (held) => {
        const expected = [asGoHasIt(holding(held))]
        expect(asGoHasIt(parseManifests(formatYaml(holding(held)), 'f'))).toEqual(expected)
        expect(asGoHasIt(parseManifests(formatJson(holding(held)), 'f'))).toEqual(expected)
      }),
      parameters(1000),
    )
  })

  test('no character of YAML or JSON is one that a terminal obeys or that no reader takes', () => {
    const refused = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]/u
    fc.assert(
      fc.property(nastyJson, (held) => {
        expect(refused.exec(formatYaml(held))?.[0]).toBeUndefined()
        expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.exec(formatJson(held))?.[0]).toBeUndefined()
      }),
      parameters(2000),
    )
  })

  test('XML by xmllint', {timeout: 120_000}, async () => {
    const texts = fc.array(fc.tuple(nastyText, nastyText, nastyText), {minLength: 8, maxLength: 8})
    await fc.assert(
      fc.asyncProperty(texts, async (each) => {
        const sandbox = aSandbox()
        sandbox.load(each.flatMap(([name, message, url]) => brokerAndTrigger(name || 'x', message || 'y', url)))
        for (const line of ['check -n demo -o junit', 'topology -n demo -o svg']) {
          const {out, err} = await run(line, {sandbox})
          expect(out, err).not.toBe('')
          const xml = {fileName: 'out.xml', contents: out}
          const {rawOutput} = await validateXML({xml, extension: 'schema', schema: [ANY]})
          expect(/parser error|not proper UTF-8|PCDATA/.test(rawOutput), `${rawOutput}\n${out}`).toBe(false)
        }
      }),
      {...parameters(8), interruptAfterTimeLimit: 60_000},
    )
  })
})

const brokerAndTrigger = (name: string, message: string, url: string): KubeObject[] => [
  {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Broker',
    metadata: {name, namespace: 'demo', annotations: {'eventing.knative.dev/broker.class': message}},
    spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: url}},
    status: {conditions: [{type: 'Ready', status: 'False', reason: message, message}], address: {url}},
  },
  {
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: {name: message, namespace: 'demo'},
    spec: {broker: name, subscriber: {uri: url}},
    status: {conditions: [{type: 'Ready', status: 'Unknown', reason: url, message}]},
  },
]

/** What is asked here is whether it can be parsed at all. */
const ANY = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="any"/></xs:schema>'
