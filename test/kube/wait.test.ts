import {describe, expect, test} from 'vitest'
import {type Judge, waitFor} from '../../src/kube/wait.js'
import {connectTo, faultServer} from '../support/connection.js'
import {type Step, events, json, status} from '../support/fault-server.js'
import {brokerList, brokerObject, brokerRef} from '../support/objects.js'

/** Content with version 3, never content with version 9. */
const version3: Judge = (object) => {
  const version = object?.metadata.resourceVersion
  if (version === '9') return {failed: 'it is broken'}
  return version === '3'
    ? {done: true}
    : {done: false, note: version === undefined ? 'it does not exist' : `at ${version}`}
}

const gone: Judge = (object) => (object === undefined ? {done: true} : {done: false, note: 'still there'})

const waited = async (judge: Judge, steps: Step[], timeoutMs = -1): Promise<object> => {
  const server = await faultServer()
  server.script(...steps)
  const {client} = await connectTo(server)
  const notes: string[] = []
  const result = await waitFor(client, brokerRef(), judge, {timeoutMs, onChange: (note) => void notes.push(note)})
  return {...result, object: result.object?.metadata.resourceVersion, notes}
}

const at = (version: string, type = 'MODIFIED'): object => ({type, object: brokerObject('orders', version)})

describe('waiting for an object', () => {
  test('that is already as wanted takes one request', async () => {
    expect(await waited(version3, [json(brokerList([brokerObject('orders', '3')]))])).toEqual({
      outcome: 'done',
      note: '',
      object: '3',
      notes: [],
    })
  })

  test('that does not exist yet works, and tells each change of what is missing', async () => {
    const steps = [json(brokerList([])), events([at('1', 'ADDED'), at('1'), at('2'), at('3')], 'stay')]
    expect(await waited(version3, steps)).toEqual({
      outcome: 'done',
      note: '',
      object: '3',
      notes: ['it does not exist', 'at 1', 'at 2'],
    })
  })

  test('ends as soon as it is clear that it never will be', async () => {
    const steps = [json(brokerList([brokerObject('orders', '1')])), events([at('9')], 'stay')]
    expect(await waited(version3, steps)).toEqual({
      outcome: 'failed',
      note: 'it is broken',
      object: '9',
      notes: ['at 1'],
    })
  })

  test('to be gone', async () => {
    const steps = [json(brokerList([brokerObject()])), events([at('2', 'DELETED')], 'stay')]
    expect(await waited(gone, steps)).toEqual({outcome: 'done', note: '', object: undefined, notes: ['still there']})
  })

  test('ends when the time is over, with what was still missing', async () => {
    const steps = [json(brokerList([brokerObject('orders', '1')])), events([], 'stay')]
    expect(await waited(version3, steps, 300)).toEqual({outcome: 'timeout', note: 'at 1', object: '1', notes: ['at 1']})
  })

  test('for thousands of hours does not end at once', async () => {
    const late: Step = async (request, response) => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      await json(brokerList([brokerObject('orders', '3')]))(request, response)
    }
    expect(await waited(version3, [late], 10_000 * 3_600_000)).toMatchObject({outcome: 'done', object: '3'})
  })

  test('that says nothing in time is told so', async () => {
    const silent: Step = async () => {}
    expect(await waited(version3, [silent], 50)).toMatchObject({
      outcome: 'timeout',
      note: 'nothing was seen of it in that time',
    })
  })

  test('with a time of 0 looks once', async () => {
    expect(await waited(version3, [json(brokerObject('orders', '3'))], 0)).toMatchObject({outcome: 'done', object: '3'})
    expect(await waited(version3, [json(brokerObject('orders', '1'))], 0)).toMatchObject({
      outcome: 'timeout',
      note: 'at 1',
    })
    expect(await waited(gone, [status(404, 'NotFound', 'no')], 0)).toMatchObject({outcome: 'done'})
  })

  test('can be interrupted', async () => {
    const server = await faultServer()
    server.script(json(brokerList([])), events([], 'stay'))
    const {client} = await connectTo(server)
    const stop = new AbortController()
    const onChange = (): void => void setTimeout(() => stop.abort(), 10)
    const pending = waitFor(client, brokerRef(), version3, {timeoutMs: -1, signal: stop.signal, onChange})
    await expect(pending).rejects.toMatchObject({reason: 'Aborted'})
  })
})
