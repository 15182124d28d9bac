import {mkdirSync, writeFileSync} from 'node:fs'
import {delimiter, join} from 'node:path'
import {describe, expect, test} from 'vitest'
import {type KubeconfigFlags, loadKubeconfig} from '../../../src/kube/config/load.js'
import {SflError} from '../../../src/domain/core/errors.js'
import {temporaryFolder} from '../../support/connection.js'

/** Writes the files into a folder and says where they are. */
const files = (contents: Record<string, string>): string => {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(join(folder, name, '..'), {recursive: true})
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const one = (name: string, extra = ''): string => `apiVersion: v1
kind: Config
current-context: ${name}
contexts:
- name: ${name}
  context: {cluster: ${name}, user: ${name}, namespace: ns-${name}}
- name: shared
  context: {cluster: shared, user: ${name}}
clusters:
- name: ${name}
  cluster: {server: "https://${name}:6443", certificate-authority: pki/ca.crt}
- name: shared
  cluster: {server: "https://from-${name}:6443"${extra}}
users:
- name: ${name}
  user: {tokenFile: token, client-certificate: /abs/cert.pem, client-key: key.pem}
`

const failure = async (flags: KubeconfigFlags, env: Record<string, string>): Promise<unknown> => {
  const error: unknown = await loadKubeconfig(flags, env).catch((thrown: unknown) => thrown)
  if (!(error instanceof SflError)) return error
  return {reason: error.reason, exitCode: error.exitCode, message: error.message, hint: error.hint}
}

describe('which files count', () => {
  test('without KUBECONFIG the file in the home directory is read', async () => {
    const home = files({'.kube/config': one('a')})
    expect(await loadKubeconfig({}, {HOME: home})).toEqual({
      contextName: 'a',
      userName: 'a',
      namespace: 'ns-a',
      server: 'https://a:6443',
      cluster: {server: 'https://a:6443', certificateAuthority: join(home, '.kube/pki/ca.crt')},
      user: {
        tokenFile: join(home, '.kube/token'),
        clientCertificate: '/abs/cert.pem',
        clientKey: join(home, '.kube/key.pem'),
      },
    })
  })

  test('of several files in KUBECONFIG the first to have an entry wins, whole, and files that are missing are passed over', async () => {
    const folder = files({'a/config': one('a'), 'b/config': one('b', ', insecure-skip-tls-verify: true')})
    const env = {
      HOME: '/nowhere',
      KUBECONFIG: ['', join(folder, 'missing'), join(folder, 'a/config'), join(folder, 'b/config')].join(delimiter),
    }
    expect((await loadKubeconfig({}, env)).contextName).toBe('a')
    expect((await loadKubeconfig({context: 'b'}, env)).user.tokenFile).toBe(join(folder, 'b/token'))
    const shared = await loadKubeconfig({context: 'shared'}, env)
    expect(shared.cluster).toEqual({server: 'https://from-a:6443'})
    expect(shared.userName).toBe('a')
  })

  test('--kubeconfig names the only file that counts', async () => {
    const folder = files({a: one('a'), b: one('b')})
    const found = await loadKubeconfig({kubeconfig: join(folder, 'b')}, {KUBECONFIG: join(folder, 'a')})
    expect(found.contextName).toBe('b')
    expect(await failure({kubeconfig: join(folder, 'b'), context: 'a'}, {KUBECONFIG: join(folder, 'a')})).toMatchObject(
      {
        reason: 'ContextNotFound',
      },
    )
  })

  test('a pod without a kubeconfig uses its service account', async () => {
    const account = files({token: 'pod-token\n', namespace: 'pod-ns\n', 'ca.crt': 'CA'})
    const env = {HOME: '/nowhere', KUBERNETES_SERVICE_HOST: 'fd00::1', KUBERNETES_SERVICE_PORT: '443'}
    expect(await loadKubeconfig({serviceAccountFolder: account}, env)).toEqual({
      namespace: 'pod-ns',
      server: 'https://[fd00::1]:443',
      cluster: {server: 'https://[fd00::1]:443', certificateAuthority: join(account, 'ca.crt')},
      user: {tokenFile: join(account, 'token')},
    })
    const home = files({'.kube/config': one('a')})
    expect((await loadKubeconfig({serviceAccountFolder: account}, {...env, HOME: home})).contextName).toBe('a')
  })

  test('--server alone is enough, as with kubectl proxy', async () => {
    const found = await loadKubeconfig({server: 'localhost:8001'}, {HOME: '/nowhere'})
    expect(found).toEqual({
      namespace: 'default',
      server: 'http://localhost:8001',
      cluster: {server: 'localhost:8001'},
      user: {},
    })
  })
})

const FULL = `
current-context: dev
contexts:
- {name: dev, context: {cluster: dev, user: ann, namespace: demo}}
- {name: bare, context: {cluster: dev}}
- {name: lost, context: {cluster: gone, user: ann}}
- {name: nobody, context: {cluster: dev, user: ghost}}
- {name: serverless, context: {cluster: empty, user: ann}}
- {name: production-eu, context: {cluster: 2024, user: ann}}
clusters:
- name: dev
  cluster: {server: 'https://dev/k8s/', tls-server-name: other, certificate-authority-data: Q0E=, proxy-url: 'http://p:1'}
- {name: 2024, cluster: {server: 'https://eu'}}
- {name: empty, cluster: {}}
users:
- name: ann
  user:
    token: t
    as: bob
    as-groups: [g1, g2]
    as-user-extra: {scopes: [s]}
    exec: {command: bin/login, apiVersion: client.authentication.k8s.io/v1, args: [a, 1], env: [{name: A, value: b}]}
`

describe('flags beat the kubeconfig', () => {
  const home = (): string => files({'.kube/config': FULL})

  test.each<[string, KubeconfigFlags, object]>([
    [
      'nothing',
      {},
      {
        server: 'https://dev/k8s',
        namespace: 'demo',
        impersonate: {user: 'bob', groups: ['g1', 'g2'], extra: {scopes: ['s']}},
      },
    ],
    ['the namespace', {namespace: 'other'}, {namespace: 'other'}],
    ['the cluster, whose name is a number', {cluster: '2024'}, {server: 'https://eu', contextName: 'dev'}],
    [
      'the server, which drops the TLS name of the old one',
      {server: 'https://new:1'},
      {cluster: {server: 'https://new:1', certificateAuthorityData: 'Q0E=', proxyUrl: 'http://p:1'}},
    ],
    [
      'trust, which drops the authority of the file',
      {insecureSkipTlsVerify: true},
      {
        cluster: {
          server: 'https://dev/k8s/',
          tlsServerName: 'other',
          insecureSkipTlsVerify: true,
          proxyUrl: 'http://p:1',
        },
      },
    ],
    [
      'the authority',
      {certificateAuthority: 'my.crt', tlsServerName: 'n'},
      {
        cluster: {
          server: 'https://dev/k8s/',
          tlsServerName: 'n',
          certificateAuthority: 'my.crt',
          proxyUrl: 'http://p:1',
        },
      },
    ],
    [
      'the token, which drops other ways to log in',
      {token: 'mine'},
      {user: expect.not.objectContaining({exec: expect.anything()})},
    ],
    [
      'who to act as',
      {as: 'eve', asGroups: ['x']},
      {impersonate: {user: 'eve', groups: ['x'], extra: {scopes: ['s']}}},
    ],
    ['a context without a user', {context: 'bare'}, {user: {}, contextName: 'bare', namespace: 'default'}],
    ['who to act as, alone', {context: 'bare', as: 'eve', asUid: '7'}, {impersonate: {user: 'eve', uid: '7'}}],
  ])('%s', async (_what, flags, expected) => {
    expect(await loadKubeconfig(flags, {HOME: home()})).toMatchObject(expected)
  })

  test('a plugin is found beside the kubeconfig when its command has a slash', async () => {
    const folder = home()
    expect((await loadKubeconfig({}, {HOME: folder})).user.exec).toEqual({
      command: join(folder, '.kube/bin/login'),
      args: ['a', '1'],
      env: [{name: 'A', value: 'b'}],
      apiVersion: 'client.authentication.k8s.io/v1',
      provideClusterInfo: false,
      interactiveMode: 'IfAvailable',
    })
  })
})

describe('what is wrong is said, with what to do', () => {
  test.each<[string, KubeconfigFlags, (folder: string) => object]>([
    [
      'an unknown context',
      {context: 'productoin-eu'},
      (file) => ({
        reason: 'ContextNotFound',
        message: `context "productoin-eu" does not exist in ${file}`,
        hint: 'did you mean "production-eu"? kubectl config get-contexts lists what there is',
      }),
    ],
    [
      'a context that names a missing cluster',
      {context: 'lost'},
      (file) => ({
        reason: 'ClusterNotFound',
        message: `cluster "gone", which context "lost" names, does not exist in ${file}`,
        hint: 'kubectl config get-clusters lists what there is',
      }),
    ],
    [
      'a context that names a missing user',
      {context: 'nobody'},
      (file) => ({
        reason: 'UserNotFound',
        message: `user "ghost", which context "nobody" names, does not exist in ${file}`,
        hint: 'kubectl config get-users lists what there is',
      }),
    ],
    [
      'a cluster without a server',
      {context: 'serverless'},
      () => ({
        reason: 'NoServer',
        message: 'cluster "empty" has no server in the kubeconfig',
        hint: 'add one with kubectl config set-cluster NAME --server=https://HOST:PORT, or use --server',
      }),
    ],
  ])('%s', async (_what, flags, expected) => {
    const home = files({'.kube/config': FULL})
    expect(await failure(flags, {HOME: home})).toEqual({exitCode: 6, ...expected(join(home, '.kube/config'))})
  })

  test('no kubeconfig at all', async () => {
    const hint =
      'name one with --kubeconfig FILE or in the environment variable KUBECONFIG, or log in with your cluster’s own tool; to try things without a cluster: kubectl sfl sandbox start'
    const file = join('/nowhere', '.kube', 'config')
    expect(await failure({}, {HOME: '/nowhere'})).toEqual({
      reason: 'NoKubeconfig',
      exitCode: 6,
      message: `no kubeconfig found: KUBECONFIG is not set and ${file} does not exist or is empty`,
      hint,
    })
    expect(await failure({}, {HOME: '/nowhere', KUBECONFIG: ['/a', '/b'].join(delimiter)})).toEqual({
      reason: 'NoKubeconfig',
      exitCode: 6,
      message: 'no kubeconfig found: KUBECONFIG lists /a, /b, which do not exist or are empty',
      hint,
    })
  })

  test('a file that --kubeconfig names and that is missing, or a list of files there', async () => {
    expect(await failure({kubeconfig: '/a'}, {})).toMatchObject({
      reason: 'KubeconfigNotFound',
      exitCode: 6,
      message: 'kubeconfig /a does not exist',
    })
    expect(await failure({kubeconfig: ['/a', '/b'].join(delimiter)}, {})).toMatchObject({
      hint: '--kubeconfig names one file; to use several, list them in the environment variable KUBECONFIG',
    })
  })

  test('a malformed file, with its line', async () => {
    const folder = files({
      bad: 'clusters:\n- name: a\n  cluster: {server: x\ncontexts: []\n',
      list: '- a\n',
      text: 'hello',
    })
    expect(await failure({kubeconfig: join(folder, 'bad')}, {})).toMatchObject({
      reason: 'KubeconfigMalformed',
      exitCode: 6,
      message: expect.stringMatching(/bad, line [34]: .+/),
    })
    for (const name of ['list', 'text']) {
      expect(await failure({kubeconfig: join(folder, name)}, {})).toMatchObject({
        message: `kubeconfig ${join(folder, name)}: it does not hold a Config object`,
      })
    }
  })

  test('a file that cannot be read', async () => {
    const folder = files({'dir/inner': ''})
    expect(await failure({kubeconfig: join(folder, 'dir')}, {})).toMatchObject({
      reason: 'KubeconfigUnreadable',
      message: `kubeconfig ${join(folder, 'dir')} cannot be read: it is a directory`,
    })
  })

  test('no current context', async () => {
    const home = files({'.kube/config': FULL.replace('current-context: dev', '')})
    expect(await failure({}, {HOME: home})).toMatchObject({
      reason: 'NoCurrentContext',
      exitCode: 6,
      message: `no current context is set in ${join(home, '.kube/config')}`,
    })
  })

  test('groups without a user to act as, which is a wrong use of flags', async () => {
    const home = files({'.kube/config': FULL})
    expect(await failure({context: 'bare', asGroups: ['g']}, {HOME: home})).toMatchObject({
      reason: 'InvalidArgument',
      exitCode: 2,
      message: '--as-group, --as-uid and --as-user-extra need --as',
    })
  })
})
