import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/object.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const named = (apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'demo'},
  ...rest,
})

const credentials = {POSTGRESQL_USER: 'eA==', POSTGRESQL_PASSWORD: 'eQ=='}

/** A cluster with a database, its Secret, and a broker in the namespace. */
const aRichCluster = async (): Promise<Session> => {
  const uid = ({kind, metadata}: KubeObject): string =>
    [kind, metadata.namespace, metadata.name].join('-').toLowerCase()
  const session = aSession({sandbox: aSandbox({uid})})
  await session.given(
    named('v1', 'Service', 'postgres', {spec: {ports: [{port: 5432}]}}),
    named('v1', 'Endpoints', 'postgres', {subsets: [{addresses: [{ip: '10.0.0.1'}], ports: [{port: 5432}]}]}),
    named('v1', 'Secret', 'postgres-auth', {type: 'Opaque', data: credentials}),
  )
  await session.prepare('kubectl sfl broker create default --class Kafka')
  return session
}

/** What is typed on the rich cluster to choose what is there. */
const CHOSEN = ['', 'shop', '', '', '', '', 'postgres-auth', 'job', '2', 'exists', '', 'yes']

describe('platform setup', () => {
  test('on an empty cluster the defaults make a platform for development', async () => {
    const session = aSession()
    await session.type('kubectl sfl platform setup', {replies: ['', '', '', '', 'direct', '', 'y']})
    await session.matches('setup-empty')
    expect(session.writes()).toEqual(['apply sonataflow.org/v1alpha08 SonataFlowPlatform demo/sonataflow-platform'])
  })

  test('on a rich cluster what was found is offered, and everything is made in its order', async () => {
    const session = await aRichCluster()
    await session.type('kubectl sfl platform setup', {replies: [...CHOSEN, 'y']})
    await session.matches('setup-rich')
    expect(session.writes()).toEqual([
      'apply sonataflow.org/v1alpha08 SonataFlowPlatform demo/shop',
      'patch sonataflow.org/v1alpha08 SonataFlowPlatform demo/shop',
      'apply sonataflow.org/v1alpha08 SonataFlowClusterPlatform shop',
    ])
  })

  test('what is missing is made on the way: credentials, settings of Kafka, a broker', async () => {
    const session = await aRichCluster()
    const written = new Map<string, string>()
    const replies = [
      ...['demo', 'shop', 'all', 'in postgresql', '', 'flows', 'new', 'new-auth', 'flowuser', 'service', '1'],
      ...['new broker', 'events', 'its own', 'my-kafka:9093', '6', '1', '512', 'kafka-auth', 'events', '', 'no'],
      ...['s3cret-1', 's3cret-1', 's3cret-2', 's3cret-2', 'y'],
    ]
    await session.type(
      'kubectl sfl platform setup --save-runbook out/setup.sh --save-answers out/a.yaml --save-manifests out/m',
      {replies, written},
    )
    await session.matches('setup-everything', (text) =>
      [text, ...[...written].map(([path, content]) => `--- ${path}\n${content}`)].join('\n'),
    )
    expect([...written.values()].join('')).not.toContain('s3cret')
  })

  test('going back changes an answer, and what depended on it', async () => {
    const session = await aRichCluster()
    const replies = [
      '',
      'shop',
      '',
      'in postgresql',
      '<',
      'lost',
      '<',
      '<',
      'Data Index only',
      'lost',
      'direct',
      '',
      'n',
    ]
    const {code, err} = await session.type('kubectl sfl platform setup', {replies})
    expect(code).toBe(130)
    expect(err).toContain('  kubectl sfl platform apply shop -n demo --services data-index --wait\n')
    expect(session.writes()).toEqual([])
  })

  test('Ctrl-C at any question leaves nothing done', async () => {
    const session = await aRichCluster()
    for (let length = 0; length <= CHOSEN.length; length += 1) {
      const {code, err} = await session.type('kubectl sfl platform setup', {
        replies: [...CHOSEN.slice(0, length), '^C'],
      })
      expect(code, err).toBe(130)
      expect(err).toMatch(/error: cancelled, nothing was changed\n$/)
    }
    expect(session.writes()).toEqual([])
  })
})

/** What is in the cluster, without what no two clusters share. */
const stateOf = (session: Session): unknown[] =>
  session.sandbox
    .snapshot()
    .filter(({kind}) => kind !== 'Event')
    .map(({metadata: {uid: _uid, resourceVersion: _version, managedFields: _fields, ...metadata}, ...rest}) => ({
      ...rest,
      metadata: {
        ...metadata,
        ownerReferences: metadata.ownerReferences?.map(({uid: _owner, ...owner}) => owner),
      },
    }))
    .map((object) => JSON.stringify(object).replace(/10\.96\.\d+\.\d+/g, 'IP'))
    .toSorted()

const FILES = {'pg.txt': 's3cret-1', 'kafka.txt': 's3cret-2'}

/** The commands of a runbook, as the shell would hand them over. */
const commandsOf = (script: string): string[] =>
  script
    .split('\n')
    .filter((line) => line.startsWith('kubectl sfl '))
    .map((line) => line.replace('"$POSTGRES_PASSWORD_FILE"', 'pg.txt').replace('"$KAFKA_PASSWORD_FILE"', 'kafka.txt'))

const database = fc.record({
  persistence: fc.constant('postgresql'),
  databaseService: fc.constant('postgres'),
  database: fc.constantFrom('sonataflow', 'flows'),
  databaseSecret: fc.constant('new-auth'),
  databaseUser: fc.constant('flowuser'),
  databasePasswordFile: fc.constant('pg.txt'),
  migration: fc.constantFrom('service', 'job', 'none'),
  dataIndexReplicas: fc.constantFrom('1', '3'),
})
const eventing = fc.oneof(
  fc.constant({eventing: 'direct'}),
  fc.constant({eventing: 'existing', broker: 'default'}),
  fc.constant({eventing: 'kafka', broker: 'events', kafkaSettings: 'default'}),
  fc.record({
    eventing: fc.constant('kafka'),
    broker: fc.constant('events'),
    kafkaSettings: fc.constant('new'),
    bootstrapServers: fc.constant('my-kafka:9093'),
    partitions: fc.constantFrom('1', '6'),
    replicationFactor: fc.constant('1'),
    kafkaLogin: fc.constantFrom('none', 'SCRAM-SHA-512'),
    kafkaSecret: fc.constant('kafka-auth'),
    kafkaUser: fc.constant('events'),
    kafkaPasswordFile: fc.constant('kafka.txt'),
  }),
)
const wishes = fc
  .tuple(
    fc.record({
      name: fc.constantFrom('shop', 'sonataflow-platform'),
      services: fc.constantFrom('all', 'data-index', 'job-service', 'none'),
      shareWithCluster: fc.constantFrom('no', 'yes'),
    }),
    fc.oneof(fc.constant({persistence: 'ephemeral'}), database),
    eventing,
  )
  .map(([basic, data, events]): Record<string, string> => ({...basic, ...data, ...events}))

test('the runbook and the answers file make the same cluster as the wizard', {timeout: 240_000}, async () => {
  await fc.assert(
    fc.asyncProperty(wishes, async (wish) => {
      const written = new Map<string, string>()
      const [wizard, replay, runbook] = [await aRichCluster(), await aRichCluster(), await aRichCluster()]
      const files = {...FILES, 'a.json': JSON.stringify(wish)}
      const save = '--save-answers saved.yaml --save-runbook setup.sh'
      const made = await wizard.type(`kubectl sfl platform setup --answers a.json --yes ${save}`, {files, written})
      expect(made.code, made.err).toBe(0)
      const again = {files: {...FILES, 'saved.yaml': written.get('saved.yaml') ?? ''}}
      const replayed = await replay.type('kubectl sfl platform setup --answers saved.yaml --yes', again)
      expect(replayed.code, replayed.err).toBe(0)
      for (const line of commandsOf(written.get('setup.sh') ?? '')) {
        const ran = await runbook.type(line, {files: FILES})
        expect(ran.code, `${line}\n${ran.err}`).toBe(0)
      }
      expect(stateOf(replay)).toEqual(stateOf(wizard))
      expect(stateOf(runbook)).toEqual(stateOf(wizard))
    }),
    {numRuns: 12},
  )
})

describe('platform setup where nobody can be asked', () => {
  const file = (text: string) => ({files: {'a.yaml': text}})

  test('says what is missing or wrong, with line and column, before any request', async () => {
    const session = aSession()
    await session.type('kubectl sfl platform setup')
    await session.type('kubectl sfl platform setup --answers a.yaml', file('namespace: [demo\nname: x'))
    await session.type('kubectl sfl platform setup --answers a.yaml', file('- demo'))
    await session.type(
      'kubectl sfl platform setup --answers a.yaml',
      file('namespace: demo\nservcies: all\npersistence: mysql\n\npartitions: many\nname: {a: b}\n'),
    )
    expect(session.requests()).toEqual([])
    await session.type(
      'kubectl sfl platform setup --answers a.yaml',
      file('name: Not_a_name\npersistence: postgresql\n'),
    )
    await session.type('kubectl sfl platform setup --answers a.yaml', file('{"name": "shop", "eventing": "direct"}'))
    await session.type(
      'kubectl sfl platform setup --answers a.yaml --yes',
      file('{"name": "shop", "eventing": "direct"}'),
    )
    await session.type(
      'kubectl sfl platform setup --answers a.yaml --yes',
      file('{"name": "shop", "eventing": "direct"}'),
    )
    await session.type(
      'kubectl sfl platform setup --answers a.yaml --yes',
      file('name: shop\npersistence: postgresql\ndatabaseService: db\ndatabaseSecret: s\ndatabaseUser: u\n'),
    )
    await session.matches('setup-answers')
  })
})
