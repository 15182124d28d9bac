import {describe, expect, test} from 'vitest'
import {type KubeClient} from '../../../src/kube/client.js'
import {isKubeError} from '../../../src/kube/errors.js'
import {isRecord} from '../../../src/domain/core/read.js'
import {configMap, configMapRef, demo} from '../manifests.js'

const owners = async (client: KubeClient): Promise<string[]> => {
  const {metadata} = await client.get(configMapRef('c'))
  return (metadata.managedFields ?? [])
    .filter(isRecord)
    .map(({manager, operation, fieldsV1}) => `${String(manager)} ${String(operation)} ${JSON.stringify(fieldsV1)}`)
}

const data = async (client: KubeClient) => (await client.get(configMapRef('c')))['data']

const conflict = async (ask: Promise<unknown>) => {
  try {
    await ask
    return undefined
  } catch (error) {
    return isKubeError(error) ? {message: error.message, causes: error.causes} : undefined
  }
}

describe('server-side apply', () => {
  test('names the field and the manager who owns it when two managers disagree', async () => {
    const client = demo().client()
    await client.apply(configMap('c', {a: '1', b: '1'}), {fieldManager: 'one'})
    await client.patch(configMapRef('c'), {data: {b: '2'}}, {fieldManager: 'kubectl-edit'})
    expect(await conflict(client.apply(configMap('c', {a: '9'}), {fieldManager: 'two'}))).toEqual({
      message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
      causes: [{reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a'}],
    })
    expect(await conflict(client.apply(configMap('c', {a: '9', b: '9'}), {fieldManager: 'two'}))).toEqual({
      message:
        'Apply failed with 2 conflicts: conflicts with "one":\n- .data.a\nconflicts with "kubectl-edit" using v1:\n- .data.b',
      causes: [
        {reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a'},
        {reason: 'FieldManagerConflict', message: 'conflict with "kubectl-edit" using v1', field: '.data.b'},
      ],
    })
  })

  test('takes fields over when told to, and shares those that are equal', async () => {
    const client = demo().client()
    await client.apply(configMap('c', {a: '1', b: '1'}), {fieldManager: 'one'})
    await client.apply(configMap('c', {a: '2', b: '1'}), {fieldManager: 'two', force: true})
    expect(await data(client)).toEqual({a: '2', b: '1'})
    expect(await owners(client)).toEqual([
      'one Apply {"f:data":{"f:b":{}}}',
      'two Apply {"f:data":{"f:a":{},"f:b":{}}}',
    ])
  })

  test('removes what is no longer applied, unless somebody else owns it too', async () => {
    const client = demo().client()
    await client.apply(configMap('c', {a: '1', b: '1', c: '1'}), {fieldManager: 'one'})
    await client.apply(configMap('c', {b: '1'}), {fieldManager: 'two'})
    await client.apply(configMap('c', {a: '1'}), {fieldManager: 'one'})
    expect(await data(client)).toEqual({a: '1', b: '1'})
  })

  test('changes nothing, not even the version, when the same is applied again', async () => {
    const client = demo().client()
    const first = await client.apply(configMap('c'), {fieldManager: 'one'})
    expect(await client.apply(configMap('c'), {fieldManager: 'one'})).toEqual(first)
  })

  test('gives back to its old owner a map whose fields were all taken over, as the real server does', async () => {
    const client = demo().client()
    await client.create(configMap('c', {a: '1'}), {fieldManager: 'curl'})
    await client.apply(configMap('c', {a: '2'}), {fieldManager: 'a', force: true})
    expect(await conflict(client.apply(configMap('c', {a: '3'}), {fieldManager: 'b'}))).toMatchObject({
      message:
        'Apply failed with 2 conflicts: conflicts with "a":\n- .data.a\nconflicts with "curl" using v1:\n- .data.a',
    })
  })

  test('moves ownership with every plain update', async () => {
    const client = demo().client()
    await client.create(configMap('c', {a: '1', b: '1'}), {fieldManager: 'one'})
    await client.patch(configMapRef('c'), {data: {a: '2', b: null}}, {fieldManager: 'two'})
    expect(await owners(client)).toEqual(['one Update {"f:data":{}}', 'two Update {"f:data":{"f:a":{}}}'])
  })
})
