import {describe, expect, test} from 'vitest'
import {aSandbox, run} from '../support/run.js'

/** A reader that goes away, or a disk that is full, with the first line written. */
const losing = (failure?: Error) => {
  let lose: () => void = () => {}
  const readerGone = new Promise<Error | undefined>((resolve) => (lose = () => resolve(failure)))
  return {readerGone, onOut: () => lose()}
}

describe('when stdout takes nothing any more', () => {
  test('a full disk is an error of the command that lost its result', async () => {
    const full = await run('version', losing(new Error('ENOSPC: no space left on device, write')))
    expect(full).toMatchObject({
      err: 'error: cannot write to standard output: ENOSPC: no space left on device, write\n',
      code: 1,
    })
  })

  test('a reader that has enough is no error of a command that only shows something', async () => {
    expect(await run('version', losing())).toMatchObject({err: '', code: 0})
  })

  test('changes that were not made any more are named, and are no success', async () => {
    const sandbox = aSandbox()
    await run('broker create a b c --class Kafka', {sandbox})
    const {err, code} = await run('broker delete a b c --yes', {sandbox, ...losing()})
    expect(err).toContain('error: interrupted\n')
    expect(err).toContain('not begun: broker.eventing.knative.dev/b, broker.eventing.knative.dev/c')
    expect(code).toBe(1)
  })
})
