import {describe, expect, test} from 'vitest'
import {run} from '../support/run.js'
import {VERSION} from '../../src/entry/version.js'

const platform = `${process.platform}/${process.arch}`

describe('version', () => {
  test.each(['version', '--version'])('%s names the program, its platform and its Node', async (line) => {
    expect(await run(line)).toEqual({
      out: `kubectl sfl ${VERSION} (${platform}, Node ${process.version})\n`,
      err: '',
      code: 0,
    })
  })

  test('is for scripts under -o json and -o yaml', async () => {
    const facts = {version: VERSION, node: process.version, platform}
    expect(JSON.parse((await run('version -o json')).out)).toEqual(facts)
    expect((await run('kn-sfl version -o yaml'.replace('kn-sfl ', ''), {invokedAs: 'kn-sfl'})).out).toBe(
      `node: ${process.version}\nplatform: ${platform}\nversion: ${VERSION}\n`,
    )
    expect((await run('version -o table')).code).toBe(2)
  })
})

test('options are the flags that every command takes, those of kn left out', async () => {
  const {out, code} = await run('options')
  expect(code).toBe(0)
  await expect(out).toMatchFileSnapshot('../golden/commands/options.txt')
})

test("manifest answers kn's question about shared context", async () => {
  expect(await run('manifest', {invokedAs: 'kn-sfl'})).toEqual({
    out: '{"hasManifest":true,"producesKeys":[],"consumesKeys":[]}\n',
    err: '',
    code: 0,
  })
})

describe('sandbox run', () => {
  test('runs the command with a kubeconfig of its own, and ends with its exit code', async () => {
    const calls: unknown[] = []
    const ran = await run(['sandbox', 'run', '--', 'kubectl', 'get', '-o', 'name', 'a b'], {
      runProgram: async (command, {KUBECONFIG}) => {
        calls.push([command, typeof KUBECONFIG])
        return 7
      },
    })
    expect(ran).toEqual({out: '', err: '', code: 7})
    expect(calls).toEqual([[['kubectl', 'get', '-o', 'name', 'a b'], 'string']])
  })

  test('says what is missing, and what is wrong with the manifests', async () => {
    expect(await run('sandbox run')).toEqual({
      out: '',
      err: "error: 'sandbox run' needs a command\nhint: kubectl sfl sandbox run -- kubectl get brokers -A\n",
      code: 2,
    })
    const {err, code} = await run('sandbox run --with scenario.yaml -- true', {
      files: {'scenario.yaml': 'kind: [broken'},
    })
    expect({first: err.split('\n')[0], code}).toEqual({first: expect.stringContaining('scenario.yaml'), code: 2})
  })
})

describe('sandbox start', () => {
  test('prints the path of a kubeconfig on stdout and serves until Ctrl-C', async () => {
    let serving = (): void => {}
    const interruption = new Promise<'SIGINT'>((resolve) => (serving = () => resolve('SIGINT')))
    const {out, err, code} = await run('sandbox start', {
      interruption,
      onErr: (text) => text.startsWith('serving') && serving(),
    })
    expect(out).toMatch(/^\/\S+\/kubeconfig\n$/)
    const path = out.trim()
    expect({err, code}).toEqual({
      err: expect.stringMatching(
        new RegExp(`^serving https://127\\.0\\.0\\.1:\\d+, end with Ctrl-C\\nexport KUBECONFIG=${path}\\n`),
      ),
      code: 130,
    })
  })
})
