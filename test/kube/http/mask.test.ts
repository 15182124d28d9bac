import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {maskBody, maskHeader, maskUrl} from '../../../src/kube/http/mask.js'

const secret = {apiVersion: 'v1', kind: 'Secret', metadata: {name: 's'}, data: {password: 'aHVudGVyMg=='}}
const masked = {...secret, data: {password: '<masked>'}}

describe('values of Secrets never reach the log', () => {
  test.each<[string, unknown, boolean, unknown]>([
    ['a Secret', secret, false, masked],
    ['text data', {...secret, stringData: {a: 'hunter2'}}, false, {...masked, stringData: {a: '<masked>'}}],
    [
      'a list of kind List',
      {kind: 'List', items: [secret, {kind: 'ConfigMap', data: {a: 'b'}}]},
      false,
      {kind: 'List', items: [masked, {kind: 'ConfigMap', data: {a: 'b'}}]},
    ],
    [
      'a SecretList, whose items have no kind',
      {kind: 'SecretList', items: [{data: {a: 'b'}}]},
      false,
      {kind: 'SecretList', items: [{data: {a: '<masked>'}}]},
    ],
    ['an event of a watch', {type: 'ADDED', object: secret}, false, {type: 'ADDED', object: masked}],
    [
      'a merge patch to a Secret, which has no kind',
      {data: {a: 'b', gone: null}},
      true,
      {data: {a: '<masked>', gone: '<masked>'}},
    ],
    [
      'what kubectl apply leaves behind',
      {
        ...secret,
        metadata: {
          annotations: {'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(secret), other: 'x'},
        },
      },
      false,
      {
        ...masked,
        metadata: {
          annotations: {'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(masked), other: 'x'},
        },
      },
    ],
    [
      'an issued token',
      {kind: 'TokenRequest', status: {token: 'abc', expirationTimestamp: 't'}},
      false,
      {kind: 'TokenRequest', status: {token: '<masked>', expirationTimestamp: 't'}},
    ],
    ['a Secret within something else', {a: [{b: {c: secret}}]}, false, {a: [{b: {c: masked}}]}],
    [
      'a ConfigMap, which stays readable',
      {kind: 'ConfigMap', data: {secret: 'no'}},
      false,
      {kind: 'ConfigMap', data: {secret: 'no'}},
    ],
  ])('%s', (_what, body, isSecret, expected) => {
    expect(JSON.parse(maskBody(JSON.stringify(body), {secret: isSecret}))).toEqual(expected)
  })

  test('what cannot be read is not shown where a Secret may be in it', () => {
    expect(maskBody('{"kind":"Secret","data":{"a":"aHVu', {secret: false})).toBe('<masked>')
    expect(maskBody('data: hunter2', {secret: true})).toBe('<masked>')
    expect(maskBody('404 page not found', {secret: false})).toBe('404 page not found')
  })

  test('wherever a Secret is nested', () => {
    const nested = fc.letrec<{node: unknown}>((tie) => ({
      node: fc.oneof(
        {maxDepth: 4},
        fc.constant(secret),
        fc.array(tie('node'), {maxLength: 3}),
        fc.dictionary(fc.constantFrom('a', 'items', 'object', 'spec', 'annotations'), tie('node')),
      ),
    })).node
    fc.assert(
      fc.property(nested, fc.boolean(), (body, isSecret) => {
        expect(maskBody(JSON.stringify(body), {secret: isSecret})).not.toContain('aHVudGVyMg')
      }),
    )
  })
})

test.each([
  ['Authorization', 'Bearer abc', 'Bearer <masked>'],
  ['authorization', 'Basic abc', 'Basic <masked>'],
  ['Authorization', 'abc', '<masked>'],
  ['Proxy-Authorization', 'Basic abc', 'Basic <masked>'],
  ['set-cookie', 'session=1', '<masked>'],
  ['Accept', 'application/json', 'application/json'],
])('of the header %s: %s the log shows %s', (name, value, expected) => {
  expect(maskHeader(name, value)).toBe(expected)
})

test('a password in a URL is masked', () => {
  expect(maskUrl('http://user:pw@proxy:1/x')).toBe('http://<masked>@proxy:1/x')
  expect(maskUrl('http://proxy:1/x@y')).toBe('http://proxy:1/x@y')
  expect(maskUrl('http://user:p/w@proxy:1')).toBe('http://<masked>@proxy:1')
})
