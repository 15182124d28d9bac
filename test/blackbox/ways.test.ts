import {expect, test} from 'vitest'
import {textAt} from '../../src/domain/core/read.js'
import {startProxy} from '../support/proxy.js'
import {clusterOf, kubeconfigOf, type UserFields} from './support/credentials.js'
import {aKafkaBroker} from './support/objects.js'
import {type Stage, theatre} from './support/stage.js'

const {stage} = theatre({kubectl: true})

const decoded = (user: UserFields, field: string): string | undefined => {
  const text = textAt(user, field)
  return text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8')
}

/** The administrator's credentials by way of a plugin, which asks something on stderr as plugins do. */
const byPlugin = async (scene: Stage): Promise<UserFields> => {
  const {admin} = scene.access
  const apiVersion = 'client.authentication.k8s.io/v1'
  const status = {
    token: textAt(admin, 'token'),
    clientCertificateData: decoded(admin, 'client-certificate-data'),
    clientKeyData: decoded(admin, 'client-key-data'),
  }
  const answer = await scene.file('credential.json', JSON.stringify({apiVersion, kind: 'ExecCredential', status}))
  return {
    exec: {
      apiVersion,
      command: 'sh',
      args: ['-c', `echo 'log in at the web page' >&2; cat '${answer}'`],
      interactiveMode: 'Never',
    },
  }
}

/** The same from files, whose names are relative to the kubeconfig. */
const byFiles = async (scene: Stage): Promise<UserFields> => {
  const {admin} = scene.access
  const fields: Array<[string, string | undefined]> = [
    ['tokenFile', textAt(admin, 'token')],
    ['client-certificate', decoded(admin, 'client-certificate-data')],
    ['client-key', decoded(admin, 'client-key-data')],
  ]
  const written = fields.flatMap(([field, text]) => (text === undefined ? [] : [{field, text}]))
  await Promise.all(written.map(({field, text}) => scene.file(`${field}.pem`, text)))
  return Object.fromEntries(written.map(({field}) => [field, `${field}.pem`]))
}

const plain = async (scene: Stage): Promise<UserFields> => scene.access.admin

/** Lists brokers and creates one, over a cluster entry and a user entry of its own. */
const listAndCreate = async (scene: Stage, user: UserFields, cluster: Record<string, unknown>, flags: string) => {
  const kubeconfig = kubeconfigOf({
    here: {user, cluster: {...clusterOf(scene.access), ...cluster}, namespace: scene.namespace},
  })
  const KUBECONFIG = await scene.file('way', kubeconfig)
  const listed = await scene.start(`kubectl sfl broker list ${flags}`, {env: {KUBECONFIG}}).ended
  const created = await scene.start(`kubectl sfl broker create payments --class Kafka ${flags}`, {env: {KUBECONFIG}})
    .ended
  await scene.settle()
  return {listed, created}
}

test.each<[string, (scene: Stage) => Promise<UserFields>, Record<string, unknown>, string, string]>([
  ['credentials in the kubeconfig', plain, {}, '', ''],
  ['a credential plugin', byPlugin, {}, '', 'log in at the web page\n'],
  ['credentials in files', byFiles, {}, '', ''],
  [
    'a server that is not checked',
    plain,
    {'certificate-authority-data': undefined, 'insecure-skip-tls-verify': true},
    '',
    '',
  ],
  ['answers that are not compressed', plain, {'disable-compression': true}, '', ''],
  ['a limit of time', plain, {}, '--request-timeout 20s', ''],
  ['another name of the server', plain, {'tls-server-name': 'localhost'}, '', ''],
])('%s: a list and a change work as always', async (_way, user, cluster, flags, says) => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  const usual = await scene.start('kubectl sfl broker list').ended
  const {listed, created} = await listAndCreate(scene, await user(scene), cluster, flags)
  expect({...listed, out: scene.normal(listed.out)}).toEqual({out: scene.normal(usual.out), err: says, code: 0})
  expect(created.code, created.err).toBe(0)
  expect(Object.keys(await scene.state()).sort()).toEqual(['Broker orders', 'Broker payments'])
})

test('a proxy that wants a password passes a list, a change and a watch on', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  const proxy = await startProxy('open')
  const address = proxy.url.replace('://', '://user:open@')
  const {listed, created} = await listAndCreate(scene, scene.access.admin, {'proxy-url': address}, '')
  expect(listed.out).toMatch(/^orders /m)
  expect(created.code, created.err).toBe(0)
  const {host} = new URL(scene.access.server)
  expect(new Set(proxy.asked.map(({what}) => what))).toEqual(new Set([`CONNECT ${host}`]))
  const watch = scene.start('kubectl sfl broker list -w', {env: {KUBECONFIG: `${scene.folder}/way`}})
  await watch.until(/payments/)
  watch.signal('SIGINT')
  expect((await watch.ended).code).toBe(130)
  // Without the password it says what to do.
  const refused = await listAndCreate(scene, scene.access.admin, {'proxy-url': proxy.url}, '')
  expect(refused.listed.code).toBe(6)
  expect(refused.listed.err).toMatch(/the proxy .* answered 407 .*; it wants a user name and password/)
})

test('a list of several pages, compressed by the server, is whole', async () => {
  const scene = await stage()
  const names = Array.from({length: 120}, (_, index) => `broker-${String(index).padStart(3, '0')}`)
  const annotations = {note: 'x'.repeat(3_000)}
  // All at once: a real server's controllers, played by hand, look at all of them after each pause.
  await Promise.all(
    names.map((name) => {
      const broker = aKafkaBroker(scene, name)
      return scene.api.create({
        ...broker,
        metadata: {...broker.metadata, annotations: {...broker.metadata.annotations, ...annotations}},
      })
    }),
  )
  await scene.settle()
  const lines = async (line: string): Promise<string[]> => (await scene.start(line).ended).out.trimEnd().split('\n')
  const expected = names.map((name) => `broker.eventing.knative.dev/${name}`)
  expect(await lines('kubectl sfl broker list -o name')).toEqual(expected)
  expect(await lines('kubectl sfl broker list -o name --chunk-size 25')).toEqual(expected)
}, 120_000)
