import {chmodSync, mkdirSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {test} from 'vitest'
import type {KubeObject} from '../../src/domain/core/object.js'
import {commands, type CommandClass} from '../../src/commands/index.js'
import type {Prompts} from '../../src/terminal/prompts.js'
import {newAuthority} from '../support/certificates.js'
import {temporaryFolder} from '../support/connection.js'
import {inDays} from '../support/credentials.js'
import {anEndpointSlice} from '../support/endpoint-slice.js'
import {aSandbox, run, type Ran} from '../support/run.js'
import {aSession} from '../support/session.js'

/** Every example of every command is typed as it stands, each into a cluster of its own that has what the examples name. */

const BIN = '<%= config.bin %> '

const linesOf = ({examples = []}: CommandClass): string[] =>
  examples
    .flatMap((example) => (typeof example === 'string' ? example : example.command).split('\n'))
    .filter((line) => line.startsWith(BIN))
    .map((line) => line.slice(BIN.length))

/** Examples that do not end with 0, each with the reason. */
const OTHERWISE: Readonly<Record<string, readonly [code: number, reason: string]>> = {
  'channel update pipe --retry 5': [1, 'delivery of a channel is fixed; the example says that the reason is told'],
  'check -A --fail-on warning --ignore SFL-D09=demo/orders -o junit': [5, 'there are warnings beside the accepted one'],
}

/** Namespace that the examples without `-n` are in. */
const HERE = 'shop'

const named = (apiVersion: string, kind: string, name: string, rest: object = {}, namespace = HERE): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace},
  ...rest,
})
const database = (name: string, namespace: string, ...ports: readonly number[]): KubeObject[] => [
  named('v1', 'Service', name, {spec: {ports: ports.map((port) => ({name: `p${port}`, port}))}}, namespace),
  anEndpointSlice(name, namespace),
]
const secret = (name: string, namespace: string, keys: readonly string[]): KubeObject =>
  named(
    'v1',
    'Secret',
    name,
    {type: 'Opaque', data: Object.fromEntries(keys.map((key) => [key, 'eHh4eA=='] as const))},
    namespace,
  )
const service = (name: string): KubeObject =>
  named('serving.knative.dev/v1', 'Service', name, {spec: {template: {spec: {containers: [{image: 'r/i'}]}}}})
const workflow = (name: string): KubeObject =>
  named('sonataflow.org/v1alpha08', 'SonataFlow', name, {
    metadata: {name, namespace: HERE, annotations: {'sonataflow.org/profile': 'gitops'}},
    spec: {
      flow: {start: 'end', states: [{name: 'end', type: 'inject', data: {}, end: true}]},
      podTemplate: {container: {image: 'registry.local/greeting'}},
    },
  })

/** A person who agrees to everything, takes what is offered, and types the name that a question wants. */
const obliging: Prompts = {
  confirm: async () => true,
  choose: async (_question, choices, initial) =>
    choices.find(({value}) => value === 'go')?.value ?? initial ?? choices[0]?.value ?? '',
  ask: async (question, check, initial = '') => {
    const offered = [
      initial,
      ...[...question.matchAll(/"([^"]+)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? ''),
    ]
    const answer = offered.find((one) => one !== '' && check(one) === true)
    if (answer === undefined) throw new Error(`nobody knows what to type: ${question}`)
    return answer
  },
  askHidden: async () => 'correct horse battery staple',
}

const files = async (): Promise<Record<string, string>> => {
  const validity = {notBefore: inDays(-30), notAfter: inDays(335)}
  const authority = await newAuthority('kafka-ca', validity)
  const {cert, key} = await authority.issue({commonName: 'orders', ...validity})
  return {
    'ca.pem': authority.cert,
    'user.pem': cert,
    'user.key': key,
    'pw.txt': 'correct horse battery staple\n',
    '-': 'correct horse battery staple\n',
    'filters.yaml': '- exact: {type: dev.example.order}\n',
    'wait-for-db.yaml':
      'name: wait\nimage: registry.local/wait\ncommand: [sh, -c, "until nc -z postgres 5432; do sleep 1; done"]\n',
    'answers.yaml': 'namespace: workflows\nservices: all\npersistence: ephemeral\neventing: direct\n',
    'scenario.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: other}\n',
    'deploy/broker.yaml':
      'apiVersion: eventing.knative.dev/v1\nkind: Broker\nmetadata: {name: fine, namespace: demo}\nspec:\n' +
      '  delivery: {deadLetterSink: {uri: "http://attic.demo.svc"}, retry: 3, backoffPolicy: linear, backoffDelay: PT1S}\n',
  }
}
const given = await files()

/** What the examples of a command find. */
interface Scene {
  platform?: string
  migration?: 'job' | 'service'
  /** Job Service has brokers of its own. */
  ownBroker?: boolean
}

const sceneFor = (id: string, line: string): Scene => {
  if (/^platform:(create|setup)$/.test(id)) return {}
  const platform = ['shop-platform', 'staging'].find((name) => line.includes(name)) ?? 'sonataflow-platform'
  return {
    platform,
    migration: id.startsWith('platform:migration') ? 'job' : 'service',
    ownBroker: id.startsWith('platform:eventing'),
  }
}

const CREDENTIALS = ['protocol', 'sasl.mechanism', 'user', 'password']
const POSTGRES = ['POSTGRESQL_USER', 'POSTGRESQL_PASSWORD']

/** Made once for each scene; every example gets a copy. */
const made = new Map<string, Promise<readonly KubeObject[]>>()

const objectsOf = (scene: Scene): Promise<readonly KubeObject[]> => {
  const key = JSON.stringify(scene)
  const known = made.get(key) ?? furnish(scene)
  made.set(key, known)
  return known
}

const furnish = async ({platform, migration, ownBroker}: Scene): Promise<readonly KubeObject[]> => {
  const session = aSession({namespace: HERE, sandbox: aSandbox({layout: 'openshift'})})
  const namespaces = [HERE, 'demo', 'workflows', 'databases', 'services', 'services-2', 'events', 'my-namespace']
  const kafka = secret('kafka-auth', HERE, CREDENTIALS)
  session.sandbox.load([
    ...[...namespaces, 'dev', 'test'].map((name) => ({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})),
    ...database('postgres', HERE, 5432, 5433),
    ...database('postgres', 'databases', 5432),
    secret('postgres-login', HERE, POSTGRES),
    ...[...(platform === undefined ? [] : [HERE]), 'knative-eventing', 'my-namespace'].map((namespace) => ({
      ...kafka,
      metadata: {...kafka.metadata, namespace},
      data: {
        protocol: 'U0FTTF9TU0w=',
        'sasl.mechanism': 'U0NSQU0tU0hBLTUxMg==',
        user: 'dXNlcg==',
        password: 'cGFzc3dvcmQ=',
      },
    })),
    ...['dead-letters', 'billing', 'billing-v2', 'audit', 'first'].map(service),
  ])
  const settings = '--bootstrap-servers kafka-0:9093 --partitions 10 --replication-factor 3'
  await session.prepare(
    'kubectl sfl kafka enable broker channel sink source --bootstrap-servers kafka-0:9093',
    ...['my-kafka -n my-namespace', 'shop-kafka', 'my-kafka'].map(
      (name) =>
        `kubectl sfl kafka config create ${name} ${settings}${platform === undefined ? '' : ' --auth-secret kafka-auth'}`,
    ),
    ...['orders', 'kafka-orders', 'jobs', 'orders -n demo', 'jobs -n events'].map(
      (name) => `kubectl sfl broker create ${name} --class Kafka --dl-sink http://attic.shop.svc --retry 3`,
    ),
    'kubectl sfl broker create default',
    'kubectl sfl trigger create billing --sink ksvc:billing --filter type=dev.example.order --filter source=/shop',
    'kubectl sfl channel create pipe --type imc --label stage=test',
    'kubectl sfl subscription create audit --channel pipe --sink ksvc:audit',
    'kubectl sfl platform create sonataflow-platform -n services',
    'kubectl sfl platform create sonataflow-platform -n services-2',
    'kubectl sfl cluster-platform create cluster-platform --platform services/sonataflow-platform',
    ...(platform === undefined
      ? []
      : [
          `kubectl sfl platform create ${platform} --per-service --service postgres --secret postgres-login ` +
            `--migration ${migration} --broker orders${ownBroker ? ' --source job-service=jobs --sink jobs' : ''}`,
        ]),
  )
  if (platform !== undefined) await session.given(workflow('greeting'))
  return session.sandbox.snapshot()
}

const NOUN_KINDS: Readonly<Record<string, readonly [apiVersion: string, kind: string]>> = {
  broker: ['eventing.knative.dev', 'Broker'],
  trigger: ['eventing.knative.dev', 'Trigger'],
  channel: ['messaging.knative.dev', 'Channel'],
  subscription: ['messaging.knative.dev', 'Subscription'],
  'kafka:config': ['v1', 'ConfigMap'],
  secret: ['v1', 'Secret'],
  'cluster-platform': ['sonataflow.org', 'SonataFlowClusterPlatform'],
  platform: ['sonataflow.org', 'SonataFlowPlatform'],
}

/** What an example creates, or waits for the end of, is not there yet, or no longer. */
const withoutItsObject = (id: string, line: string, objects: readonly KubeObject[]): readonly KubeObject[] => {
  if (!/:create(-|$)/.test(id) && !line.includes('--for delete')) return objects
  const noun = id.replace(/:[^:]*$/, '')
  const [group = '', kind] = NOUN_KINDS[noun] ?? []
  const name = line.split(' ')[id.split(':').length]
  return objects.filter(
    (object) => object.kind !== kind || !object.apiVersion.startsWith(group) || object.metadata.name !== name,
  )
}

/** Ends when somebody presses Ctrl-C, here at the first output. */
const endless = (line: string): boolean => / (-w|--watch)\b|^sandbox start/.test(line)

const typed = async (id: string, line: string, folder: string): Promise<Ran> => {
  const objects = withoutItsObject(id, line, await objectsOf(sceneFor(id, line)))
  const sandbox = aSandbox({layout: 'openshift', objects})
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'kubectl-sfl'), '#!/bin/sh\n')
  chmodSync(join(bin, 'kubectl-sfl'), 0o755)
  let shown = (): void => {}
  return run(line.replace(/ [|>] .*$/, '').replace('~/bin', bin), {
    sandbox,
    namespace: HERE,
    // With answers there is a terminal; a password comes through stdin where there is none.
    ...(line.includes('-stdin') ? {} : {answers: []}),
    files: given,
    written: new Map(),
    env: {PATH: bin, HOME: folder},
    runProgram: async () => 0,
    world: {prompts: obliging},
    onOut: () => shown(),
    ...(endless(line) ? {interruption: new Promise((resolve) => (shown = () => resolve('SIGINT')))} : {}),
  })
}

const examples = await Promise.all(
  Object.keys(commands)
    .sort()
    .map(async (id) => linesOf(await commands[id]!()).map((line) => ({id, line}))),
)

// Some wait as long as their users would.
test.concurrent.for(examples.flat())('$line', async ({id, line}, {expect, onTestFinished}) => {
  const {code, err, out} = await typed(id, line, temporaryFolder(onTestFinished))
  const [expected] = OTHERWISE[line] ?? [endless(line) ? 130 : 0]
  expect(code, `${out}${err}`).toBe(expected)
})
