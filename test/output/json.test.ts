import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {compactJson, formatJson, jsonListWriter, withoutManagedFields} from '../../src/output/json.js'

test('JSON has the order, indentation and escapes of kubectl', () => {
  const value = {
    spec: {retry: 5, url: 'http://h/?a=1&b=<2>', empty: {}, none: [], nested: [{b: null, a: true}, 1.5]},
    metadata: {labels: {b: '1', 10: 'ten', 9: 'nine'}, gone: undefined},
    kind: 'Broker',
  }
  expect(formatJson(value)).toBe(`{
    "kind": "Broker",
    "metadata": {
        "labels": {
            "10": "ten",
            "9": "nine",
            "b": "1"
        }
    },
    "spec": {
        "empty": {},
        "nested": [
            {
                "a": true,
                "b": null
            },
            1.5
        ],
        "none": [],
        "retry": 5,
        "url": "http://h/?a=1\\u0026b=\\u003c2\\u003e"
    }
}`)
})

test('any JSON comes back as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({noUnicodeString: false}), (value) => {
      const expected: unknown = JSON.parse(JSON.stringify(value))
      expect(JSON.parse(formatJson(value))).toEqual(expected)
      expect(JSON.parse(compactJson(value))).toEqual(expected)
    }),
  )
})

const broker = (name: string) => ({apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', metadata: {name}})

describe('a List', () => {
  test('is the same text however its pages are cut', () => {
    const objects = ['a', 'b', 'c'].map(broker)
    const whole = jsonListWriter()
    const once = whole.page(objects) + whole.end()
    const cut = jsonListWriter()
    const pages = cut.page(objects.slice(0, 1)) + cut.page([]) + cut.page(objects.slice(1)) + cut.end()
    expect(pages).toBe(once)
    expect(once).toBe(
      `${formatJson({apiVersion: 'v1', items: objects, kind: 'List', metadata: {resourceVersion: ''}})}\n`,
    )
  })

  test('is a List also when empty', () => {
    const writer = jsonListWriter()
    expect(writer.page([]) + writer.end()).toBe(`{
    "apiVersion": "v1",
    "items": [],
    "kind": "List",
    "metadata": {
        "resourceVersion": ""
    }
}
`)
  })
})

test('managedFields are left out and the object itself stays as it is', () => {
  const object = {...broker('a'), metadata: {name: 'a', managedFields: [{manager: 'kubectl-sfl'}]}}
  expect(withoutManagedFields(object)).toEqual(broker('a'))
  expect(object.metadata.managedFields).toHaveLength(1)
})
