import {spawn} from 'node:child_process'
import {describe, expect, test} from 'vitest'
import {aSandbox, run} from '../support/run.js'

const repository = new URL('../..', import.meta.url)

/** Runs a program of its own that ends with what `main` answered, over a world that is handed in. */
const program = (world: string, argv: readonly string[]): Promise<{code: number | null; out: string; err: string}> =>
  new Promise((resolve) => {
    const source = `
      import {main} from './src/app/main.ts'
      import {nodeStdio} from './src/process/node-stdio.ts'
      import {processHost} from './src/process/process-host.ts'
      process.exitCode = await main(processHost('kubectl-sfl', '0.0.0', nodeStdio, async () => ({})), ${world})
    `
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', source, 'kubectl-sfl', ...argv],
      {
        cwd: repository,
      },
    )
    const text = {out: '', err: ''}
    child.stdout.on('data', (chunk) => (text.out += String(chunk)))
    child.stderr.on('data', (chunk) => (text.err += String(chunk)))
    child.once('close', (code) => resolve({code, ...text}))
  })

const never = '{connect: () => new Promise(() => {})}'

describe('a run that ends without a result is no success', () => {
  test('when nothing is left that could wake it', async () => {
    expect(await program(never, ['broker', 'create', 'orders'])).toEqual({
      out: '',
      err:
        'error: stopped without a result: what was waited for cannot come any more\n' +
        'hint: Look at what was done before you repeat the command; -v 8 shows what the server answered.\n',
      code: 1,
    })
  })

  test('under -o json as a Status', async () => {
    const {err, code} = await program(never, ['broker', 'list', '-o', 'json'])
    expect(JSON.parse(err)).toMatchObject({kind: 'Status', reason: 'Unfinished', exitCode: 1})
    expect(code).toBe(1)
  })

  test('when an error is thrown where nobody catches it, without a stack trace', async () => {
    const later = '{connect: () => new Promise(() => setTimeout(() => { throw new Error("lost") }))}'
    const {out, err, code} = await program(later, ['broker', 'list'])
    expect(err).toMatch(/^error: this is a bug in kubectl sfl: lost\nhint: Please report it .*\n$/)
    expect({out, code}).toEqual({out: '', code: 1})
  })

  test('when a promise is rejected that nobody holds', async () => {
    const {err, code} = await program('{connect: () => new Promise(() => void Promise.reject(new Error("lost")))}', [
      'broker',
      'list',
    ])
    expect(err).toContain('error: this is a bug in kubectl sfl: lost\n')
    expect(code).toBe(1)
  })
})

test('a stranded run that can be stopped says what it had done', async () => {
  const sandbox = aSandbox()
  let strand: () => void = () => {}
  const stranded = new Promise<undefined>((resolve) => (strand = () => resolve(undefined)))
  const {out, err, code} = await run('broker create a b c --class Kafka', {sandbox, stranded, onOut: () => strand()})
  expect(out).toBe('broker.eventing.knative.dev/a created\n')
  expect(err).toContain('error: stopped without a result: what was waited for cannot come any more\n')
  expect(err).toContain('not begun: broker.eventing.knative.dev/b, broker.eventing.knative.dev/c\n')
  expect(code).toBe(1)
})
