import {createServer} from 'node:net'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {startServer, type SandboxServer} from '../../src/sandbox/server/server.js'
import {createSandbox} from '../../src/sandbox/sandbox.js'
import {newAuthority} from '../support/certificates.js'
import {startFaultServer, status} from '../support/fault-server.js'
import {clusterOf, kubeconfigOf} from './support/credentials.js'
import {aKafkaBroker} from './support/objects.js'
import {type Stage, theatre} from './support/stage.js'

const {stage} = theatre()

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** Runs lines with a kubeconfig of its own. */
const withKubeconfig = async (scene: Stage, text: string, ...lines: readonly string[]): Promise<number[]> => {
  const path = await scene.file('other-kubeconfig', text)
  const codes: number[] = []
  for (const line of lines) codes.push((await scene.sh(line, {env: {KUBECONFIG: path}})).code)
  return codes
}

const LIST = 'kubectl sfl broker list'
const CREATE = 'kubectl sfl broker create orders --class Kafka'

/** A port where nobody listens, until somebody else takes it. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

/** A cluster without Knative, the same in both worlds. */
let bare: SandboxServer | undefined
beforeAll(async () => {
  bare = await startServer(createSandbox({install: {knative: false}}))
})
afterAll(() => bare?.close())

test('without a kubeconfig, or with an unknown context, cluster or file, the answer says what to give', async () => {
  const scene = await stage()
  await scene.sh(LIST, {env: {KUBECONFIG: ''}})
  await scene.sh('kubectl sfl broker list --context nobody')
  await scene.sh('kubectl sfl broker list --context admn')
  await scene.sh('kubectl sfl broker list --kubeconfig /nowhere/kubeconfig')
  await withKubeconfig(scene, 'contexts: [', LIST)
  await scene.matches('no-kubeconfig')
})

test('a server that cannot be reached ends with 6', async () => {
  const scene = await stage()
  const {access} = scene
  const user = access.admin
  const at = (server: string, authority = access.authority) =>
    kubeconfigOf({here: {cluster: clusterOf({server, authority}), user}})
  const other = await newAuthority('somebody-else')
  const codes = [
    ...(await withKubeconfig(scene, at(`https://127.0.0.1:${await freePort()}`), LIST, CREATE)),
    ...(await withKubeconfig(scene, at('https://nowhere.invalid:6443'), LIST)),
    ...(await withKubeconfig(scene, at(access.server, other.cert), LIST)),
    ...(await withKubeconfig(scene, bare?.kubeconfig ?? '', `${LIST} --tls-server-name elsewhere.example`)),
  ]
  await scene.matches('unreachable')
  expect(codes).toEqual([6, 6, 6, 6, 6])
  expect(await scene.state()).toEqual({})
})

test('a certificate or credential that has expired ends with 6 and says so', async () => {
  const scene = await stage()
  const authority = await newAuthority()
  const expired = await authority.issue({notBefore: new Date('2020-01-01'), notAfter: new Date('2020-12-31')})
  // kube-apiserver lets every certificate through the handshake, and then does not know the user.
  const picky = await startFaultServer({authority, tls: {requestCert: true, rejectUnauthorized: false}})
  picky.script(status(401, 'Unauthorized', 'Unauthorized'))
  const stale = await startFaultServer({authority, tls: {cert: expired.cert, key: expired.key}})
  const user = {'client-certificate-data': base64(expired.cert), 'client-key-data': base64(expired.key)}
  const cluster = (server: string) => clusterOf({server, authority: authority.cert})
  const plugin = (expirationTimestamp: string) => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      interactiveMode: 'Never',
      command: 'echo',
      args: [
        JSON.stringify({
          apiVersion: 'client.authentication.k8s.io/v1',
          kind: 'ExecCredential',
          status: {token: 'old', expirationTimestamp},
        }),
      ],
    },
  })
  try {
    const codes = [
      ...(await withKubeconfig(scene, kubeconfigOf({client: {cluster: cluster(picky.url), user}}), LIST)),
      ...(await withKubeconfig(scene, kubeconfigOf({server: {cluster: cluster(stale.url), user: {token: 'x'}}}), LIST)),
      ...(await withKubeconfig(
        scene,
        kubeconfigOf({exec: {cluster: clusterOf(scene.access), user: plugin('2020-01-01T00:00:00Z')}}),
        LIST,
      )),
      ...(await withKubeconfig(
        scene,
        kubeconfigOf({
          exec: {
            cluster: clusterOf(scene.access),
            user: {exec: {...plugin('').exec, command: 'no-such-login-program'}},
          },
        }),
        LIST,
      )),
    ]
    await scene.matches('expired')
    expect(codes).toEqual([6, 6, 6, 6])
  } finally {
    await Promise.all([picky.close(), stale.close()])
  }
})

test('who is not known must log in (6); who may not is told what, where, and how to check it (1)', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  const before = await scene.state()
  const codes: number[] = []
  for (const line of [
    'kubectl sfl broker list --context stranger',
    'kubectl sfl broker create new --context stranger',
    'kubectl sfl broker list --context alice',
    'kubectl sfl broker list -A --context alice',
    'kubectl sfl broker describe orders --context alice',
    'kubectl sfl broker create new --context alice',
    'kubectl sfl broker update orders --retry 1 --context alice',
    'kubectl sfl broker delete orders --yes --context alice',
    'kubectl sfl broker wait orders --timeout 5s --context alice',
  ])
    codes.push((await scene.sh(line)).code)
  await scene.matches('not-allowed')
  expect(codes).toEqual([6, 6, 1, 1, 1, 1, 1, 1, 1])
  expect(await scene.state()).toEqual(before)
})

test('where Knative is not installed, that is what is said', async () => {
  const scene = await stage()
  await withKubeconfig(
    scene,
    bare?.kubeconfig ?? '',
    LIST,
    CREATE,
    'kubectl sfl broker describe orders',
    'kubectl sfl broker delete orders --yes',
    'kubectl sfl broker wait orders --timeout 5s',
  )
  await scene.matches('no-knative')
})

test('a server that breaks down is told from a refusal, and is asked again only where that is safe', async () => {
  const scene = await stage()
  const server = await startFaultServer()
  const kubeconfig = kubeconfigOf({
    here: {cluster: clusterOf({server: server.url, authority: server.authority.cert}), user: {token: 'x'}},
  })
  try {
    server.script(status(429, 'TooManyRequests', 'wait a moment', {}, {'Retry-After': '0'}), (_request, response) => {
      response.writeHead(200, {'Content-Type': 'text/html'}).end('<html>log in</html>')
    })
    await withKubeconfig(scene, kubeconfig, LIST)
    await scene.matches('broken-server')
    expect(server.received.map(({method, url}) => `${method} ${url}`)).toEqual(
      Array.from({length: 2}, () => 'GET /apis/eventing.knative.dev/v1/namespaces/default/brokers?limit=500'),
    )
  } finally {
    await server.close()
  }
})
