import {execFile} from 'node:child_process'
import {writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {promisify} from 'node:util'
import {type Metafile, build} from 'esbuild'
import {describe, expect, test} from 'vitest'
import {faultServer, kubeconfigOf, temporaryFolder} from '../support/connection.js'
import {json} from '../support/fault-server.js'
import {brokerList} from '../support/objects.js'

const PROGRAM = `
import {connect} from './src/kube/connect.js'
const connection = await connect({env: process.env, version: '0', warn() {}, log() {}})
for await (const page of connection.client.list({apiVersion: 'eventing.knative.dev/v1', kind: 'Broker'})) {
  console.log(page.items.length)
}
`

/** The program as it would be shipped, and what it consists of. */
const bundled = async (folder: string): Promise<{program: string; metafile: Metafile}> => {
  const {metafile} = await build({
    stdin: {contents: PROGRAM, resolveDir: process.cwd(), loader: 'ts'},
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: folder,
    outExtension: {'.js': '.mjs'},
    packages: 'external',
    metafile: true,
    logLevel: 'silent',
  })
  return {program: join(folder, 'stdin.mjs'), metafile}
}

/** Runs it against a server that has no brokers; a process that stays fails the test. */
const run = async (folder: string, program: string, user?: object): Promise<{stdout: string; stderr: string}> => {
  const server = await faultServer()
  server.script(json(brokerList([])))
  const kubeconfig = join(folder, 'config')
  writeFileSync(kubeconfig, kubeconfigOf({server: server.url, authority: server.authority.cert, user}))
  const env = {KUBECONFIG: kubeconfig, HOME: folder, PATH: process.env['PATH']}
  return promisify(execFile)(process.execPath, [program], {env, timeout: 10_000})
}

describe('the way to a cluster', () => {
  test('loads nothing but Node’s own modules and this program’s, and few of those', async () => {
    const {metafile} = await bundled(temporaryFolder())
    // What is imported statically, followed from chunk to chunk.
    const loaded = new Set<string>()
    const follow = (output: string): void => {
      for (const {path, kind} of metafile.outputs[output]?.imports ?? []) {
        if (kind !== 'import-statement' || loaded.has(path)) continue
        loaded.add(path)
        follow(path)
      }
    }
    follow(Object.keys(metafile.outputs).find((name) => name.endsWith('stdin.mjs'))!)
    const modules = [...loaded].filter((path) => !path.endsWith('.mjs')).sort()
    expect(modules).toEqual(['node:fs', 'node:path'])
  })

  test('does not hold the process open', async () => {
    const folder = temporaryFolder()
    const {program} = await bundled(folder)
    expect(await run(folder, program)).toEqual({stdout: '0\n', stderr: ''})
  })

  test('lets a credential plugin speak to the user', async () => {
    const folder = temporaryFolder()
    const {program} = await bundled(folder)
    const apiVersion = 'client.authentication.k8s.io/v1'
    const answer = JSON.stringify({apiVersion, kind: 'ExecCredential', status: {token: 't'}})
    const args = ['-c', `echo 'open https://login in your browser' >&2; echo '${answer}'`]
    expect(await run(folder, program, {exec: {apiVersion, command: 'sh', args}})).toEqual({
      stdout: '0\n',
      stderr: 'open https://login in your browser\n',
    })
  })
})
