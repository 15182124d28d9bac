import {connect, createServer, type Server, type Socket} from 'node:net'
import {describe, expect, onTestFinished, test} from 'vitest'
import {clusterOf, kubeconfigOf} from './support/credentials.js'
import {aKafkaBroker, aService, aTrigger} from './support/objects.js'
import {CTRL_C, framed, matchesScreens, openScreen} from './support/screen.js'
import {hasScript, theatre, type Stage} from './support/stage.js'

const {stage} = theatre()

const STATUS = 'kubectl sfl status'
const WATCH = 'kubectl sfl status --watch --interval 500ms'

/** A broker whose settings name a Secret that nobody has made, two triggers of it, and one of a broker with another name. */
const broken = async (scene: Stage): Promise<void> => {
  const {namespace} = scene
  const config = {apiVersion: 'v1', kind: 'ConfigMap', name: 'own', namespace}
  await scene.given(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {name: 'own', namespace},
      data: {
        'bootstrap.servers': 'my-cluster-kafka-bootstrap.kafka:9092',
        'default.topic.partitions': '10',
        'default.topic.replication.factor': '3',
        'auth.secret.ref.name': 'login',
      },
    },
    aKafkaBroker(scene, 'orders', {spec: {config}}),
    aTrigger(scene, 'billing', 'orders'),
    aTrigger(scene, 'mail', 'orders'),
    aTrigger(scene, 'lost', 'order'),
  )
}

const repair = async (scene: Stage): Promise<void> => {
  await scene.given({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {name: 'login', namespace: scene.namespace},
    stringData: {protocol: 'PLAINTEXT'},
  })
  await scene.prepare('kubectl sfl trigger delete lost --yes')
  // Controllers look again when something changes.
  await scene.prepare('kubectl sfl broker update orders --retry 3')
}

test('what fails is told with its cause, once, until it is repaired', async () => {
  const scene = await stage()
  await broken(scene)
  const before = await scene.state()
  await scene.sh(STATUS)
  await scene.sh(`${STATUS} --exit-code -o json`)
  expect(await scene.state()).toEqual(before)
  await repair(scene)
  await scene.sh(`${STATUS} --exit-code`)
  await scene.matches('status')
})

test('an empty namespace, one that does not exist, and one that cannot be looked at (no permission)', async () => {
  const scene = await stage()
  await scene.sh(STATUS)
  await scene.sh(`${STATUS} -n nowhere-at-all`)
  await scene.sh(`${STATUS} -n nowhere-at-all --watch`)
  await scene.sh(`${STATUS} -o json --exit-code --context alice`)
  await scene.sh(`${STATUS} --context alice`)
  await scene.matches('status-nothing')
})

test('-A tells of all namespaces', async () => {
  const scene = await stage()
  await broken(scene)
  const table = await scene.start(`${STATUS} -A`).ended
  expect(table.out).toMatch(/^All namespaces {3}[^]*^Triggers +\d+\/\d+ /m)
  // On a cluster of others the screen may be full.
  const {out, code} = await scene.start(`${STATUS} -A -o json`).ended
  expect(code).toBe(0)
  expect(out).toContain(`Secret ${scene.namespace}/login, which ConfigMap ${scene.namespace}/own names, does not exist`)
})

test('in a pipe --watch prints what has changed, until Ctrl-C', async () => {
  const scene = await stage()
  await scene.given(aService(scene, 'shop'))
  const running = scene.start(WATCH)
  await running.until(/There is nothing here yet/)
  await scene.given(aKafkaBroker(scene, 'orders'))
  await running.until(/Everything is ready/)
  running.signal('SIGINT')
  const {out, err, code} = await running.ended
  expect(code).toBe(130)
  expect(err).toBe('error: interrupted\n')
  expect(out).not.toContain('\u001B')
  expect(scene.normal(out).split('\n\nNamespace ').length).toBeGreaterThanOrEqual(2)
})

describe.skipIf(!hasScript)('at a terminal', () => {
  const ticking = (screen: string): string => screen.replace(/\d\d:\d\d:\d\d/g, 'hh:mm:ss')

  test.each([80, 40])('%i columns: --watch draws in place, and Ctrl-C leaves the last screen', async (columns) => {
    const scene = await stage()
    await broken(scene)
    const terminal = await openScreen(scene, WATCH, {columns, rows: columns === 80 ? 30 : 50})
    await terminal.until(/SFL-T02/)
    const first = ticking(terminal.screen())
    await repair(scene)
    await terminal.until(/Everything is ready/)
    const last = ticking(terminal.screen())
    terminal.type(CTRL_C)
    expect(await terminal.ended).toBe(130)
    expect(ticking(terminal.scrolled())).toMatch(/^Namespace box-golden(?:(?!Namespace)[^])*interrupted$/)
    await matchesScreens(
      `status-${columns}`,
      framed('broken', first, columns),
      framed('repaired', last, columns),
      framed('Ctrl-C', ticking(terminal.screen()), columns),
    )
  })

  test('a window that is too low shows as much as fits, and how much is left', async () => {
    const scene = await stage()
    await broken(scene)
    const terminal = await openScreen(scene, WATCH, {columns: 80, rows: 12})
    await terminal.until(/\.\.\. \d+ more lines in a larger window/)
    await terminal.resize(80, 30)
    await terminal.until(/SFL-T02/)
    terminal.type(CTRL_C)
    expect(await terminal.ended).toBe(130)
  })

  test('a cluster that does not answer for a while: what was seen last stays, and it goes on afterwards', async () => {
    const scene = await stage()
    const line = await openLine(scene.access.server)
    const {access} = scene
    const server = `https://127.0.0.1:${line.port}`
    const kubeconfig = await scene.file(
      'through-the-line',
      kubeconfigOf({
        line: {
          cluster: clusterOf({server, authority: access.authority}),
          user: access.admin,
          namespace: scene.namespace,
        },
      }),
    )
    const terminal = await openScreen(scene, WATCH, {columns: 80, env: {KUBECONFIG: kubeconfig}})
    await terminal.until(/There is nothing here yet/)
    await line.cut()
    await terminal.until(/not seen since \S+, trying again every 500ms: .*127\.0\.0\.1/)
    expect(terminal.screen()).toContain('There is nothing here yet.')
    await scene.given(aKafkaBroker(scene, 'orders'))
    await line.mend()
    await terminal.until(/Everything is ready/)
    expect(terminal.screen()).not.toContain('not seen since')
    terminal.type(CTRL_C)
    expect(await terminal.ended).toBe(130)
  })
})

/** A port that leads to the server, until it is cut. */
const openLine = async (server: string): Promise<{port: number; cut(): Promise<void>; mend(): Promise<void>}> => {
  const {hostname, port} = new URL(server)
  const sockets = new Set<Socket>()
  const make = (): Server =>
    createServer((near) => {
      const far = connect(Number(port), hostname)
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        sockets.add(one)
        one.pipe(other)
        one.on('error', () => other.destroy())
        one.on('close', () => sockets.delete(one))
      }
    })
  let listening = make()
  const listen = (at: number): Promise<void> => new Promise((resolve) => listening.listen(at, '127.0.0.1', resolve))
  const cut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => listening.close(() => resolve()))
    sockets.forEach((socket) => socket.destroy())
    await closed
  }
  await listen(0)
  onTestFinished(() => cut())
  const address = listening.address()
  const home = typeof address === 'object' && address !== null ? address.port : 0
  return {
    port: home,
    cut,
    mend: async () => {
      listening = make()
      await listen(home)
    },
  }
}
