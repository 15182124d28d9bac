import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {parse, stringify} from 'yaml'
import {isShipped, setEdits, unsetEdits} from '../../../../src/domain/eventing/cluster-defaults/class-edits.js'
import {readBrokerDefaults, resolveBroker} from '../../../../src/domain/eventing/cluster-defaults/broker-defaults.js'
import {readClassOptions} from '../../../../src/domain/eventing/cluster-defaults/class-options.js'
import {SHIPPED_CLUSTER_DEFAULT} from '../../../../src/domain/eventing/cluster-defaults/shipped-defaults.js'
import type {DocumentEdit} from '../../../../src/domain/core/document-edits.js'
import {editYaml} from '../../../../src/facts/edit-yaml.js'
import {at, recordAt} from '../../../../src/domain/core/read.js'

const anName = fc.constantFrom('a', 'b-1', 'shop', 'yes', '123', 'null', 'x.y')
const aReference = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('ConfigMap'),
  name: fc.constantFrom('kafka-broker-config', 'config-br-default-channel', 'on'),
  namespace: fc.constantFrom('knative-eventing', 'shop', '0123'),
})
const aDelivery = fc.record(
  {retry: fc.nat(20), backoffPolicy: fc.constantFrom('linear', 'exponential'), backoffDelay: fc.constant('PT0.2S')},
  {requiredKeys: []},
)
const anExtra = fc.record(
  {
    brokerClass: fc.constantFrom('Kafka', 'MTChannelBasedBroker', 'y'),
    delivery: aDelivery,
    disallowDifferentNamespaceConfig: fc.boolean(),
    brokerClasses: fc.record({Kafka: aReference}, {requiredKeys: []}),
  },
  {requiredKeys: []},
)
const anEntry = fc.oneof(
  fc.tuple(anExtra, aReference).map(([extra, reference]) => ({...extra, ...reference})),
  anExtra,
)
const aDocument = fc.record(
  {clusterDefault: anEntry, namespaceDefaults: fc.dictionary(anName, anEntry, {maxKeys: 3})},
  {requiredKeys: []},
)
const isComplete = (document: unknown): boolean =>
  ['brokerClass', 'apiVersion', 'kind', 'name'].every((field) => at(document, 'clusterDefault', field) !== undefined)

/** The document as somebody might have written it: indented somehow, with a comment above every so-many lines. */
const aText = fc
  .tuple(aDocument, fc.constantFrom(2, 4), fc.array(fc.boolean(), {minLength: 40, maxLength: 40}))
  .map(([document, indent, commented]) =>
    stringify(document, {version: '1.1', indent})
      .split('\n')
      .map((line, index) =>
        commented[index % 40] && /^ *[\w"'.-]+: \S/.test(line) && !line.endsWith('{}')
          ? `${line} # note ${index}`
          : line,
      )
      .join('\n'),
  )
const aClass = fc.constantFrom('Kafka', 'MTChannelBasedBroker')
const comments = (text: string): string[] => [...text.matchAll(/# note \d+/g)].map(([comment]) => comment)
const read = (text: string): unknown => parse(text, {version: '1.1'})

const edit = (text: string, edits: readonly DocumentEdit[]): string => {
  const edited = editYaml(text, edits)
  if ('fault' in edited) throw new Error(`${edited.fault}\n${text}`)
  return edited.text
}
const doSet = (text: string, className: string, namespaces: readonly string[]): string => {
  const document = read(text)
  return edit(text, setEdits(document, document, {...readClassOptions({className, namespaces}), delivery: {}}))
}
const doUnset = (text: string, namespaces: readonly string[]): string => {
  const document = read(text)
  return edit(text, unsetEdits(document, document, namespaces))
}
const others = (document: unknown, namespace: string | undefined): object =>
  Object.fromEntries(Object.entries(recordAt(document, 'namespaceDefaults')).filter(([name]) => name !== namespace))

const namespaceName = fc.constantFrom('a', 'b-1', 'shop', 'new')
const aScope = fc.option(namespaceName, {nil: undefined})
const scopes = (scope: string | undefined): string[] => (scope === undefined ? [] : [scope])

describe('default-br-config, whatever is in it', () => {
  test('set: brokers without a class get the class and its config, all else stays, and clusterDefault is complete', () => {
    fc.assert(
      fc.property(aText, aClass, aScope, (text, className, scope) => {
        const after = doSet(text, className, scopes(scope))
        const document = read(after)
        const resolved = resolveBroker(readBrokerDefaults(document), {namespace: scope ?? 'somewhere-else'})
        expect(resolved.className).toBe(className)
        // brokerClasses of the entry win over its own config, as they did before.
        const special = at(document, 'namespaceDefaults', scope ?? '', 'brokerClasses', className)
        if (special === undefined)
          expect(resolved.config?.name).toBe(
            className === 'Kafka' ? 'kafka-broker-config' : 'config-br-default-channel',
          )
        expect(isComplete(document)).toBe(true)
        expect(others(document, scope)).toEqual(others(read(text), scope))
        expect(comments(after)).toEqual(comments(text))
      }),
      {numRuns: 60},
    )
  })

  test('set twice: nothing is written the second time', () => {
    fc.assert(
      fc.property(aText, aClass, aScope, (text, className, scope) => {
        const once = doSet(text, className, scopes(scope))
        expect(doSet(once, className, scopes(scope))).toBe(once)
      }),
      {numRuns: 60},
    )
  })

  test('set and unset for the cluster: what is shipped, and the namespaces as before', () => {
    fc.assert(
      fc.property(aText, aClass, (text, className) => {
        const document = read(doUnset(doSet(text, className, []), []))
        expect(recordAt(document, 'clusterDefault')).toMatchObject(SHIPPED_CLUSTER_DEFAULT)
        expect(at(document, 'clusterDefault', 'delivery')).toEqual(SHIPPED_CLUSTER_DEFAULT.delivery)
        expect(others(document, undefined)).toEqual(others(read(text), undefined))
      }),
      {numRuns: 60},
    )
  })

  test('set and unset for a namespace that had nothing: the same as before', () => {
    fc.assert(
      fc.property(aText, aClass, (text, className) => {
        fc.pre(isComplete(read(text)) && Object.keys(others(read(text), undefined)).length > 0)
        const again = doUnset(doSet(text, className, ['new']), ['new'])
        expect(read(again)).toEqual(read(text))
        expect(comments(again)).toEqual(comments(text))
      }),
      {numRuns: 60},
    )
  })
})

test('the shipped text is recognised, with or without empty maps', () => {
  const shipped = {clusterDefault: SHIPPED_CLUSTER_DEFAULT}
  expect(isShipped(shipped)).toBe(true)
  expect(isShipped({...shipped, namespaceDefaults: {}})).toBe(true)
  expect(isShipped({...shipped, namespaceDefaults: {shop: {}}})).toBe(false)
  expect(isShipped({clusterDefault: {...SHIPPED_CLUSTER_DEFAULT, brokerClass: 'Kafka'}})).toBe(false)
  expect(isShipped(undefined)).toBe(false)
})

test('what a namespace says for brokers that ask for a class outlives unset', () => {
  const entry = {
    brokerClass: 'Kafka',
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: 'x',
    brokerClasses: {Kafka: {name: 'other'}},
  }
  const document = {clusterDefault: SHIPPED_CLUSTER_DEFAULT, namespaceDefaults: {shop: entry}}
  expect(read(doUnset(stringify(document), ['shop']))).toEqual({
    ...document,
    namespaceDefaults: {shop: {brokerClasses: {Kafka: {name: 'other'}}}},
  })
})
