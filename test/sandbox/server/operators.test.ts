import {execFile, spawnSync} from 'node:child_process'
import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {openSession, type Session} from '../../../src/sandbox/session.js'

const present = spawnSync('kubectl', ['version', '--client'], {stdio: 'ignore'}).status === 0

describe.skipIf(!present)('a real kubectl on a sandbox as OpenShift Serverless installs it', () => {
  let session: Session
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
    session = await openSession([], {layout: 'openshift'})
  })
  afterAll(async () => {
    await session.close()
    await rm(folder, {recursive: true, force: true})
  })

  const kubectl = (...words: string[]) =>
    new Promise<string>((resolve) => {
      const env = {
        ...process.env,
        KUBECONFIG: session.kubeconfig,
        HOME: folder,
        KUBE_EDITOR: 'sed -i.bak s/:9092/:9093/',
      }
      execFile('kubectl', ['-n', 'knative-eventing', ...words], {env, cwd: folder}, (error, stdout, stderr) => {
        resolve(`${stdout}${stderr}${error === null ? '' : `exit ${String(error.code)}\n`}`)
      })
    })
  const settings = () =>
    kubectl('get', 'configmap', 'kafka-broker-config', '-o', 'jsonpath={.data.bootstrap\\.servers}')

  test('gets the operators’ resources with their columns', async () => {
    const tables = await kubectl('get', 'knativeeventings,knativekafkas')
    expect(tables.replaceAll(/ +/g, ' ').trim()).toBe(
      [
        'NAME VERSION READY REASON',
        'knativeeventing.operator.knative.dev/knative-eventing 1.21.0 True ',
        '',
        'NAME VERSION READY REASON',
        'knativekafka.operator.serverless.openshift.io/knative-kafka 1.21.0 True',
      ].join('\n'),
    )
  })

  test('edits and applies them, and sees the ConfigMap follow', async () => {
    expect(await kubectl('edit', 'knativekafka', 'knative-kafka')).toBe(
      'knativekafka.operator.serverless.openshift.io/knative-kafka edited\n',
    )
    await expect.poll(settings).toBe('my-cluster-kafka-bootstrap.kafka:9093')
    const manifest = {
      apiVersion: 'operator.serverless.openshift.io/v1alpha1',
      kind: 'KnativeKafka',
      metadata: {name: 'knative-kafka', namespace: 'knative-eventing'},
      spec: {
        channel: {enabled: false},
        source: {enabled: false},
        broker: {enabled: true, defaultConfig: {bootstrapServers: 'other:9092'}},
      },
    }
    await writeFile(join(folder, 'kafka.json'), JSON.stringify(manifest))
    expect(await kubectl('apply', '-f', 'kafka.json')).toContain(
      'knativekafka.operator.serverless.openshift.io/knative-kafka configured',
    )
    await expect.poll(settings).toBe('other:9092')
    expect(await kubectl('apply', '--server-side', '-f', 'kafka.json', '--force-conflicts')).toBe(
      'knativekafka.operator.serverless.openshift.io/knative-kafka serverside-applied\n',
    )
  })

  test('sees a hand edit undone', async () => {
    const before = await settings()
    expect(
      await kubectl(
        'patch',
        'configmap',
        'kafka-broker-config',
        '--type=merge',
        '-p',
        '{"data":{"bootstrap.servers":"mine:1"}}',
      ),
    ).toBe('configmap/kafka-broker-config patched\n')
    await expect.poll(settings).toBe(before)
  })

  test('describes and explains them', async () => {
    expect(await kubectl('describe', 'knativekafka', 'knative-kafka')).toMatch(/Default Config:\n\s+Bootstrap Servers:/)
    expect(await kubectl('explain', 'knativekafka.spec.broker.defaultConfig')).toContain('numPartitions')
    expect(await kubectl('explain', 'knativeeventing.spec')).toContain('defaultBrokerClass')
  })

  test('is told by the webhook what it may not do', async () => {
    expect(
      await kubectl(
        'patch',
        'knativekafka',
        'knative-kafka',
        '--type=merge',
        '-p',
        '{"spec":{"channel":{"enabled":true}}}',
      ),
    ).toBe(
      'Error from server (Forbidden): admission webhook "validating.knativekafkas.operator.serverless.openshift.io" denied the request: spec.channel.bootStrapServers is a required detail when spec.channel.enabled is true\nexit 1\n',
    )
  })
})
