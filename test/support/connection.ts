import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {onTestFinished} from 'vitest'
import {type ConnectOptions, type Connection, connect} from '../../src/kube/connect.js'
import type {Clock} from '../../src/kube/http/retry.js'
import {type FaultServer, type ServerOptions, startFaultServer} from './fault-server.js'

/** A folder that is removed when the test is over. */
export const temporaryFolder = (atTheEnd: (done: () => void) => void = onTestFinished): string => {
  const folder = mkdtempSync(join(tmpdir(), 'kubectl-sfl-test-'))
  atTheEnd(() => rmSync(folder, {recursive: true, force: true}))
  return folder
}

/** A server that ends with the test. */
export const faultServer = async (options: ServerOptions = {}): Promise<FaultServer> => {
  const server = await startFaultServer(options)
  onTestFinished(() => server.close())
  return server
}

export interface KubeconfigParts {
  server: string
  authority?: string | undefined
  cluster?: object | undefined
  user?: object | undefined
}

/** A kubeconfig with one context, as JSON. */
export const kubeconfigOf = ({
  server,
  authority,
  cluster = {},
  user = {token: 'test-token'},
}: KubeconfigParts): string =>
  JSON.stringify({
    'current-context': 'test',
    contexts: [{name: 'test', context: {cluster: 'test', user: 'tester', namespace: 'demo'}}],
    clusters: [
      {
        name: 'test',
        cluster: {server, ...(authority ? {'certificate-authority-data': base64(authority)} : {}), ...cluster},
      },
    ],
    users: [{name: 'tester', user}],
  })

export const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** Sleeps take no time; how long they would have been is recorded. */
export interface TestClock extends Clock {
  slept: number[]
}

export const testClock = (): TestClock => {
  const slept: number[] = []
  let now = 0
  return {
    slept,
    now: () => now,
    random: () => 0,
    sleep: (ms, signal) => {
      slept.push(ms)
      now += ms
      return signal?.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve()
    },
  }
}

export interface TestConnection extends Connection {
  warnings: string[]
  logged: string[]
  clock: TestClock
}

/** Connects to a server with a kubeconfig of its own. */
export const connectTo = async (
  server: Pick<FaultServer, 'url'> & {authority?: {cert: string}},
  parts: Partial<KubeconfigParts> = {},
  options: Partial<ConnectOptions> = {},
): Promise<TestConnection> => {
  const folder = temporaryFolder()
  const kubeconfig = join(folder, 'config')
  const authority = server.url.startsWith('https:') ? server.authority?.cert : undefined
  writeFileSync(kubeconfig, kubeconfigOf({server: server.url, authority, ...parts}))
  const warnings: string[] = []
  const logged: string[] = []
  const clock = testClock()
  const connection = await connect({
    env: {PATH: process.env['PATH'], HOME: folder},
    kubeconfig,
    version: '0.1.0',
    warn: (line) => void warnings.push(line),
    log: (line) => void logged.push(line),
    stdinIsTerminal: false,
    clock,
    ...options,
  })
  onTestFinished(() => connection.close())
  return {...connection, warnings, logged, clock}
}
