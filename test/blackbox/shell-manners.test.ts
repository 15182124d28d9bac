import {describe, expect, test} from 'vitest'
import {startServer} from '../../src/sandbox/server/server.js'
import {createSandbox} from '../../src/sandbox/sandbox.js'
import {aKafkaBroker} from './support/objects.js'
import {onRealCluster, theatre} from './support/stage.js'

const {stage} = theatre({kubectl: true})

test('pipes, closed streams and loops: stdin is left alone, and a reader that has enough is no error', async () => {
  const scene = await stage()
  await scene.given(...['a', 'b', 'c'].map((name) => aKafkaBroker(scene, name)))
  await scene.sh('kubectl sfl broker list | head -1')
  await scene.sh('kubectl sfl broker list -o name <&-')
  await scene.sh("printf 'a\\nb\\nc\\n' | while read -r name; do kubectl sfl broker describe $name -o url; done")
  await scene.sh('echo y | kubectl sfl broker delete a')
  await scene.sh('kubectl sfl broker update a --retry 1 2>&- >/dev/null; echo $?')
  await scene.sh('kubectl sfl broker list > out.txt; wc -l < out.txt')
  await scene.matches('shell')
})

test('a watch whose reader is gone ends with 0 when it has something to say', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  const running = scene.start('(kubectl sfl broker list -w; echo "ended with $?" >&2) | head -1')
  await running.until(/NAME/)
  await scene.given(aKafkaBroker(scene, 'payments'))
  expect((await running.ended).err).toBe('ended with 0\n')
})

test('Ctrl-C while waiting ends at once with 130, a termination with 143', async () => {
  const scene = await stage()
  const missing = {apiVersion: 'v1', kind: 'ConfigMap', name: 'nowhere', namespace: scene.namespace}
  await scene.given(aKafkaBroker(scene, 'broken', {spec: {config: missing}}))
  for (const [signal, line] of [
    ['SIGINT', 'exec kubectl sfl broker wait broken --timeout 5m'],
    ['SIGTERM', 'exec kubectl sfl broker wait broken --timeout 5m'],
    ['SIGINT', 'exec kubectl sfl broker create another --class Kafka --broker-config nowhere --force --wait'],
  ] as const) {
    const running = scene.start(line)
    await running.until(/waiting for .*nowhere/)
    running.signal(signal)
    scene.record(`${line} (${signal})`, await running.ended)
  }
  await scene.matches('interrupted')
})

test('no credential is ever printed, not even at -v 9', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  const secret = 'this-token-is-a-secret'
  const login = JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'me',
    clusters: [
      {
        name: 'me',
        cluster: {
          server: scene.access.server,
          'certificate-authority-data': Buffer.from(scene.access.authority).toString('base64'),
        },
      },
    ],
    users: [
      {name: 'me', user: {token: secret}},
      {name: 'basic', user: {username: 'me', password: secret}},
    ],
    contexts: ['me', 'basic'].map((user) => ({name: user, context: {cluster: 'me', user}})),
  })
  const KUBECONFIG = await scene.file('login', login)
  for (const line of [
    'kubectl sfl broker list -v 9',
    'kubectl sfl broker list -v 9 --context basic',
    `kubectl sfl broker list -v 9 --token ${secret}`,
    'kubectl sfl broker list -v 9 -o json',
  ]) {
    const {out, err, code} = await scene.start(line, {env: {KUBECONFIG}}).ended
    // A server that knows no passwords takes the second one for an anonymous user, who may not list.
    expect(code).not.toBe(0)
    expect(err).toMatch(/GET https:/)
    for (const shape of [
      secret,
      Buffer.from(`me:${secret}`).toString('base64'),
      Buffer.from(secret).toString('base64'),
    ])
      expect(out + err).not.toContain(shape)
  }
})

// The change must fall between the program's reading and its writing: that takes a server which the test can hold.
describe.skipIf(onRealCluster)('an object that is changed by someone else between reading and writing', () => {
  const race = async (theirs: Readonly<Record<string, unknown>>, line: string) => {
    const scene = await stage()
    const sandbox = createSandbox()
    const admin = sandbox.client()
    const ref = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'orders', namespace: 'default'}
    await admin.create(aKafkaBroker({namespace: 'default'}, 'orders', {spec: {delivery: {retry: 1}}}))
    await sandbox.settle()
    let raced = false
    const door = await startServer(sandbox, {
      intercept: ({method}) => {
        if (method === 'PATCH' && !raced) {
          raced = true
          // The store takes it before this call returns.
          void admin.patch(ref, theirs)
        }
        return undefined
      },
    })
    try {
      const KUBECONFIG = await scene.file('door', door.kubeconfig)
      const ran = await scene.sh(line, {env: {KUBECONFIG}})
      return {scene, ran, broker: await admin.get(ref)}
    } finally {
      await door.close()
    }
  }

  test('is changed all the same where the two changes do not touch', async () => {
    const {scene, ran, broker} = await race(
      {metadata: {labels: {theirs: 'yes'}}},
      'kubectl sfl broker update orders --retry 3',
    )
    await scene.matches('race-apart')
    expect(ran.code).toBe(0)
    expect(broker).toMatchObject({metadata: {labels: {theirs: 'yes'}}, spec: {delivery: {retry: 3}}})
  })

  test('is left as it is where they do', async () => {
    const {scene, ran, broker} = await race(
      {spec: {delivery: {retry: 9}}},
      'kubectl sfl broker update orders --retry 3',
    )
    await scene.matches('race-clash')
    expect(ran.code).toBe(1)
    expect(broker).toMatchObject({spec: {delivery: {retry: 9}}})
  })
})
