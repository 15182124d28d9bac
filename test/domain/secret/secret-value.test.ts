import {inspect} from 'node:util'
import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {masked, revealed, revealedStep, sealed, SecretValue, valuesOf} from '../../../src/domain/secret/secret-value.js'

const secret = (data: Record<string, string>, annotations = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: {name: 'creds', namespace: 'demo', annotations},
  type: 'Opaque',
  data,
})
const base64 = (text: string): string => Buffer.from(text).toString('base64')

describe('a value of a Secret', () => {
  test('does not print itself, whichever way one tries', () => {
    const value = SecretValue.fromText('hunter2-hunter2')
    const error = new Error(`refused: ${value}`, {cause: value})
    const shown = [
      String(value),
      `${value}`,
      value + '',
      JSON.stringify({value}),
      JSON.stringify([value]),
      inspect(value, {showHidden: true, depth: null}),
      inspect({deep: {value}}),
      inspect(error),
      Object.keys(value).join(),
      Object.values(value).join(),
      JSON.stringify({...value}),
      String(structuredCloneable(value)),
    ].join('\n')
    expect(shown).not.toContain('hunter2')
    expect(shown).not.toContain(base64('hunter2-hunter2'))
  })

  test('is laid open as it came in, byte for byte', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        const value = SecretValue.fromText(text)
        expect(value.reveal()).toBe(base64(text))
        expect(value.revealText()).toBe(Buffer.from(text).toString())
        expect(value.size).toBe(Buffer.byteLength(text))
        expect(value.same(SecretValue.fromBase64(base64(text)))).toBe(true)
      }),
    )
  })

  test('tells another one apart', () => {
    expect(SecretValue.fromText('a').same(SecretValue.fromText('b'))).toBe(false)
    expect(SecretValue.fromText('a').same(undefined)).toBe(false)
  })
})

const structuredCloneable = (value: SecretValue): unknown => structuredClone({size: value.size})

describe('a Secret', () => {
  const object = secret({password: base64('pw')}, {'kubectl.kubernetes.io/last-applied-configuration': base64('pw')})

  test('is sealed and laid open without a loss', () => {
    expect(Object.keys(valuesOf(sealed(object)))).toEqual(['password'])
    expect(revealed(sealed(object))).toEqual(object)
    expect(sealed(sealed(object))).toEqual(sealed(object))
  })

  test('is masked with its annotation, sealed or not; another object stays as it is', () => {
    for (const one of [object, sealed(object)]) expect(JSON.stringify(masked(one))).not.toContain(base64('pw'))
    const config = {...object, kind: 'ConfigMap'}
    expect(masked(config)).toBe(config)
    expect(sealed(config)).toBe(config)
  })

  test('is laid open in every kind of step that the executor sends', () => {
    const closed = sealed(object)
    const ref = {apiVersion: 'v1', kind: 'Secret', name: 'creds', namespace: 'demo'}
    expect(revealedStep({verb: 'create', object: closed})).toEqual({verb: 'create', object})
    expect(revealedStep({verb: 'apply', object: closed, before: closed})).toEqual({
      verb: 'apply',
      object,
      before: object,
    })
    expect(revealedStep({verb: 'delete', ref, before: closed})).toEqual({verb: 'delete', ref, before: object})
    const data = {password: SecretValue.fromText('new'), old: null}
    expect(revealedStep({verb: 'patch', ref, before: closed, patch: {data}})).toEqual({
      verb: 'patch',
      ref,
      before: object,
      patch: {data: {password: base64('new'), old: null}},
    })
  })
})
