import fc from 'fast-check'
import {describe, expect, test} from 'vitest'
import {comparableObjects} from '../../support/comparable.js'
import {aSession, type Session} from '../../support/session.js'
import {aRichCluster} from './setup-scenes.js'

const stateOf = ({sandbox}: Session): unknown => comparableObjects(sandbox.snapshot())

const FILES = {'pg.txt': 's3cret-1', 'kafka.txt': 's3cret-2', 'jobs.txt': 's3cret-3'}

/** The commands of a runbook, as the shell would hand them over; kubectl is not there, and its one command played. */
const carriedOut = async (session: Session, script: string): Promise<void> => {
  const lines = script.split('\n').filter((line) => line.startsWith('kubectl '))
  for (const line of lines.map((one) =>
    one.replace('"$POSTGRES_PASSWORD_FILE"', 'pg.txt').replace('"$KAFKA_PASSWORD_FILE"', 'kafka.txt'),
  )) {
    const [, name] = / \|\| kubectl create namespace (\S+)$/.exec(line) ?? []
    if (name === undefined) {
      const {code, err} = await session.type(line, {files: FILES})
      expect(code, `${line}\n${err}`).toBe(0)
    } else if (!session.sandbox.snapshot().some(({kind, metadata}) => kind === 'Namespace' && metadata.name === name))
      await session.given({apiVersion: 'v1', kind: 'Namespace', metadata: {name}})
  }
}

const database = fc.record({
  persistence: fc.constant('postgresql'),
  databaseService: fc.constant('postgres.demo'),
  database: fc.constantFrom('sonataflow', 'flows'),
  databaseSecret: fc.constant('new-auth'),
  databaseUser: fc.constant('flowuser'),
  databasePasswordFile: fc.constant('pg.txt'),
  migration: fc.constantFrom('service', 'job', 'none'),
  databaseScope: fc.constantFrom('platform', 'services', 'data-index'),
  jobDatabaseService: fc.constant('postgres.demo'),
  jobDatabase: fc.constant('jobs'),
  jobDatabaseSecret: fc.constantFrom('new-auth', 'jobs-auth'),
  jobDatabaseUser: fc.constant('jobs'),
  jobDatabasePasswordFile: fc.constant('jobs.txt'),
  dataIndexSchema: fc.constantFrom('di', 'shop-data-index-service'),
  dataIndexReplicas: fc.constantFrom('1', '3'),
})
const eventing = fc.oneof(
  fc.constant({eventing: 'direct'}),
  fc.constant({eventing: 'existing', broker: 'default:demo'}),
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
      namespace: fc.constantFrom('demo', 'flows'),
      createNamespace: fc.constant('yes'),
      name: fc.constantFrom('shop', 'sonataflow-platform'),
      services: fc.constantFrom('all', 'data-index', 'job-service', 'none'),
      shareWithCluster: fc.constantFrom('no', 'yes'),
    }),
    fc.oneof(fc.constant({persistence: 'ephemeral'}), database),
    eventing,
  )
  .map(([basic, data, events]): Record<string, string> => ({...basic, ...data, ...events}))
  // There is only one database for one service.
  .map((wish) => (wish['services'] === 'all' ? wish : {...wish, databaseScope: 'services'}))
  // The operator would send the migration Job to the wrong place, and the set-up refuses that.
  .filter(
    ({namespace, migration, databaseScope}) =>
      namespace === 'demo' || migration !== 'job' || databaseScope !== 'platform',
  )

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
      await carriedOut(runbook, written.get('setup.sh') ?? '')
      expect(stateOf(replay)).toEqual(stateOf(wizard))
      expect(stateOf(runbook)).toEqual(stateOf(wizard))
    }),
    {numRuns: 6},
  )
})

describe('platform setup where nobody can be asked', () => {
  const file = (text: string) => ({files: {'a.yaml': text}})

  test('says what is missing, and what is wrong by itself with line and column, before any request', async () => {
    const session = aSession()
    await session.type('kubectl sfl platform setup')
    await session.type('kubectl sfl platform setup --answers a.yaml', file('namespace: [demo\nname: x: y\nname: z'))
    await session.type('kubectl sfl platform setup --answers a.yaml', file('- demo'))
    await session.type(
      'kubectl sfl platform setup --answers a.yaml',
      file('namespace: demo\nservcies: all\npersistence:   mysql\n\npartitions: many\nname: {a: b}\ndatabase:\n'),
    )
    await session.matches('setup-answers-faults')
    expect(session.requests()).toEqual([])
  })

  test('what only the cluster or a file can tell is said with its place as well, all of it at once', async () => {
    const session = await aRichCluster()
    const lines = [
      'namespace: flows',
      'name: Not_a_name',
      'persistence: postgresql',
      'databaseService: postgres.demo:99999',
      'databaseSecret: new-auth',
      'databaseUser: flowuser',
      'databasePasswordFile: lost.txt',
      'eventing: kafka',
      'kafkaSettings: new',
    ]
    await session.type('kubectl sfl platform setup --answers a.yaml', file(lines.join('\n')))
    const typed = 'persistence: postgresql\ndatabaseService: postgres\ndatabaseSecret: new-auth\ndatabaseUser: u\n'
    await session.type('kubectl sfl platform setup --answers a.yaml --yes', file(typed))
    await session.matches('setup-answers-refused')
    expect(session.writes()).toEqual([])
  })

  test('is carried out with --yes alone, twice without harm; what has no effect is named', async () => {
    const session = aSession()
    const answers = file('{"name": "shop", "eventing": "direct", "databaseService": "postgres"}')
    await session.type('kubectl sfl platform setup --answers a.yaml', answers)
    await session.type('kubectl sfl platform setup --answers a.yaml --yes', answers)
    await session.type('kubectl sfl platform setup --answers a.yaml --yes', answers)
    await session.type('kubectl sfl platform setup --answers a.yaml --yes -o name', answers)
    await session.matches('setup-answers')
  })

  test('without an operator the platform is stored, and nobody waits in vain', async () => {
    const session = aSession()
    await session.sandbox.client().delete({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'sonataflow-operator-system',
      name: 'sonataflow-operator-controller-manager',
    })
    const {err, code} = await session.type(
      'kubectl sfl platform setup --answers a.yaml --yes',
      file('name: shop\neventing: direct\n'),
    )
    expect(code, err).toBe(0)
    expect(err).toContain('✖ SonataFlow operator  not found\n')
    expect(err).not.toContain('waiting for')
    expect(err).toMatch(
      /note: platform "shop" is stored, and was not waited for since there is no SonataFlow operator; /,
    )
  })

  test('a Secret that is there needs no user, and no password', async () => {
    const session = await aRichCluster()
    const text = 'persistence: postgresql\ndatabaseService: postgres\ndatabaseSecret: postgres-auth\neventing: direct\n'
    const {code, err} = await session.type('kubectl sfl platform setup --answers a.yaml --yes', file(text))
    expect(code, err).toBe(0)
    expect(session.writes()).toEqual(['apply sonataflow.org/v1alpha08 SonataFlowPlatform demo/sonataflow-platform'])
  })
})
