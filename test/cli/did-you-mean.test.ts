import {describe, expect, test} from 'vitest'
import {run} from '../support/run.js'

describe('a command that does not exist', () => {
  test.each([
    ['get brokers', 'broker list'],
    ['get broker orders', 'broker list'],
    ['list broker', 'broker list'],
    ['list brokers', 'broker list'],
    ['create broker orders', 'broker create'],
    ['broker add', 'broker create'],
    ['broker new', 'broker create'],
    ['broker remove orders', 'broker delete'],
    ['broker show orders', 'broker describe'],
    ['broker get', 'broker list'],
    ['broker edit orders', 'broker update'],
    ['describe broker orders', 'broker describe'],
    ['brokr list', 'broker list'],
    ['broker lst', 'broker list'],
    ['brokr lst', 'broker list'],
    ['broker descrbe orders', 'broker describe'],
    ['brokers crate x', 'broker create'],
    ['brokr', 'broker'],
    ['sandbx run', 'sandbox run'],
    ['verson', 'version'],
  ])('%s: did you mean %s', async (line, meant) => {
    const {out, err, code} = await run(line)
    const [first] = line.replace(/^brokers/, 'broker').split(' ')
    const page = first === 'broker' ? 'kubectl sfl broker --help' : 'kubectl sfl --help'
    const typed = line.replace(/^brokers/, 'broker')
    expect({out, err, code}).toEqual({
      out: '',
      err: `error: unknown command "${typed}" for "kubectl sfl" - did you mean "kubectl sfl ${meant}"?\nhint: See '${page}'.\n`,
      code: 2,
    })
  })

  test.each(['x y z', 'frobnicate', 'pod list'])('%s is like nothing there is', async (line) => {
    expect(await run(line)).toEqual({
      out: '',
      err: `error: unknown command "${line}" for "kubectl sfl"\nhint: See 'kubectl sfl --help'.\n`,
      code: 2,
    })
  })

  test('kn is answered in its own words', async () => {
    const {err} = await run('get brokers', {invokedAs: 'kn-sfl'})
    expect(err).toBe(
      `error: unknown command "get brokers" for "kn sfl" - did you mean "kn sfl broker list"?\nhint: See 'kn sfl --help'.\n`,
    )
  })
})
