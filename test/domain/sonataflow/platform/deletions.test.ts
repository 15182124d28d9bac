import {printCommand, printCommands, sfl} from '../../../../src/domain/core/commands.js'
import {describe, expect, test} from 'vitest'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {planClusterPlatformDelete} from '../../../../src/domain/sonataflow/cluster-platform/delete.js'
import {planClusterPlatformApply} from '../../../../src/domain/sonataflow/cluster-platform/plan.js'
import {planMigrationRetry} from '../../../../src/domain/sonataflow/migration/retry.js'
import {migrationJobName} from '../../../../src/domain/sonataflow/names.js'
import {platformCommandLine, repairsBefore} from '../../../../src/domain/sonataflow/platform/command.js'
import {planPlatformDelete, type PlatformDeleteFacts} from '../../../../src/domain/sonataflow/platform/delete.js'
import {readPlatformOptions, type PlatformOptions} from '../../../../src/domain/sonataflow/platform/options.js'
import {clusterFacts, facts, told} from '../facts.js'
import {aClusterPlatform, aPlatform, aWorkflow, brokerTo, postgres, UID} from '../platforms.js'

const both = {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}
const operator = facts().operator
const deleteFacts = (changes: Partial<PlatformDeleteFacts> = {}): PlatformDeleteFacts => ({
  platform: aPlatform({...both, persistence: {postgresql: postgres()}}),
  platforms: [],
  operator,
  workflows: [],
  objects: [],
  clusterPlatforms: [],
  ...changes,
})
const codes = (plan: {findings: readonly {code: string; level: string}[]}): string[] =>
  plan.findings.map(({code, level}) => `${code} ${level}`)

const aTrigger = (namespace: string): KubeObject => ({
  apiVersion: 'eventing.knative.dev/v1',
  kind: 'Trigger',
  metadata: {name: 't', namespace},
})

describe('what a platform delete finds', () => {
  const held = aPlatform(both, {metadata: {finalizers: ['trigger-deletion']}})
  test.each<[string, Partial<PlatformDeleteFacts>, string[], string | undefined]>([
    ['nothing but the data', {}, ['SFL-P23 note'], undefined],
    ['an embedded database is lost', {platform: aPlatform(both)}, ['SFL-P23 warning'], undefined],
    ['no services, no data', {platform: aPlatform({})}, [], undefined],
    ['its objects go', {objects: [aTrigger('shop')]}, ['SFL-P20 note', 'SFL-P23 note'], undefined],
    [
      'objects that cannot be listed (no permission)',
      {objects: 'forbidden'},
      ['SFL-P06 note', 'SFL-P23 note'],
      undefined,
    ],
    ['triggers elsewhere', {objects: [aTrigger('events')]}, ['SFL-P21 note', 'SFL-P23 note'], undefined],
    [
      'triggers elsewhere, and nobody to delete them',
      {platform: held, objects: [aTrigger('events')], operator: 'absent'},
      ['SFL-P21 warning', 'SFL-P23 warning'],
      undefined,
    ],
    [
      'a finalizer, and nobody to take it off',
      {platform: held, operator: 'absent'},
      ['SFL-P21 warning', 'SFL-P23 warning'],
      undefined,
    ],
    ['a finalizer, and the operator runs', {platform: held}, ['SFL-P23 warning'], undefined],
    ['workflows', {workflows: [aWorkflow({}, {name: 'greet'})]}, ['SFL-P23 note', 'SFL-P22 warning'], 'p'],
    [
      'workflows of profile dev are never connected',
      {workflows: [aWorkflow({}, {annotations: {'sonataflow.org/profile': 'dev'}})]},
      ['SFL-P23 note'],
      undefined,
    ],
    [
      'workflows that cannot be listed (no permission)',
      {workflows: 'forbidden'},
      ['SFL-P23 note', 'SFL-P06 note'],
      undefined,
    ],
    [
      'a duplicate has no workflows',
      {
        platform: aPlatform(both, {status: {conditions: [{type: 'Succeed', status: 'False', reason: 'Duplicated'}]}}),
        workflows: [aWorkflow()],
      },
      ['SFL-P23 warning'],
      undefined,
    ],
    [
      'a duplicate takes over',
      {
        platforms: [
          aPlatform(both, {
            name: 'spare',
            status: {conditions: [{type: 'Succeed', status: 'False', reason: 'Duplicated'}]},
          }),
        ],
      },
      ['SFL-P23 note', 'SFL-P24 note'],
      undefined,
    ],
    [
      'a cluster platform shares it',
      {
        platform: aPlatform(both, {name: 'main', namespace: 'services'}),
        clusterPlatforms: [aClusterPlatform()],
        platforms: [aPlatform({}, {name: 'local', namespace: 'shop'})],
      },
      ['SFL-P23 warning', 'SFL-CP20 warning'],
      'main',
    ],
    ['a cluster platform shares another one', {clusterPlatforms: [aClusterPlatform()]}, ['SFL-P23 note'], undefined],
  ])('%s', (_what, changes, found, typedName) => {
    const plan = planPlatformDelete({}, deleteFacts(changes))
    expect(codes(plan)).toEqual(found)
    expect(plan.typedName).toBe(typedName)
    expect(plan.steps.map(({verb}) => verb)).toEqual(['delete'])
  })
})

describe('what a migration retry does', () => {
  const platform = aPlatform({
    persistence: {postgresql: postgres({databaseName: 'x'})},
    services: {
      dataIndex: {enabled: true, persistence: {dbMigrationStrategy: 'job'}},
      jobService: {enabled: true},
    },
  })
  const job = (name: string, condition?: string): KubeObject => ({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {name, namespace: 'shop', uid: UID},
    ...(condition === undefined ? {} : {status: {conditions: [{type: condition, status: 'True'}]}}),
  })
  const current = migrationJobName('10.1.0')
  const plan = (jobs: readonly KubeObject[] | 'forbidden', more = {}, of = platform) =>
    planMigrationRetry({}, {...facts({jobs, ...more}), platform: of})
  /** A service whose pods say which version of the operator looked at it last. */
  const madeBy = (version: string): KubeObject => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {name: 'p-x', namespace: 'shop', labels: {'app.kubernetes.io/managed-by': 'sonataflow-operator'}},
    spec: {template: {metadata: {labels: {'app.kubernetes.io/version': version}}}},
  })
  const steps = ({steps: all}: ReturnType<typeof plan>) =>
    all.map((step) => `${step.verb} ${'ref' in step ? step.ref.name : step.object.metadata.name}`)

  test.each<[string, ReturnType<typeof plan>, string[], string[]]>([
    ['deletes a failed Job', plan([job(current, 'Failed')]), [`delete ${current}`], []],
    [
      'leaves Jobs of other versions of the operator alone',
      plan([job(migrationJobName('9'), 'Complete')], {deployments: [madeBy('10.1.0')]}),
      ['keep p'],
      ['SFL-DB20 note'],
    ],
    [
      'knows the Job of operators that wrote no version into its name',
      plan([job(migrationJobName(), 'Failed')]),
      [`delete ${migrationJobName()}`],
      [],
    ],
    ['refuses to interrupt one', plan([job(current)]), [`delete ${current}`], ['SFL-DB21 error']],
    ['warns of one that has succeeded', plan([job(current, 'Complete')]), [`delete ${current}`], ['SFL-DB22 warning']],
    [
      'says that both services go down',
      plan([job(current, 'Failed')], {deployments: [{...job('p-data-index-service'), kind: 'Deployment'}]}),
      [`delete ${current}`],
      ['SFL-DB06 warning'],
    ],
    ['does nothing without a Job', plan([]), ['keep p'], ['SFL-DB20 note']],
    [
      'does nothing without strategy job',
      plan([job(current, 'Failed')], {}, aPlatform(both)),
      ['keep p'],
      ['SFL-DB20 note'],
    ],
    ['refuses where Jobs cannot be listed (no permission)', plan('forbidden'), ['keep p'], ['SFL-P06 error']],
    [
      'refuses while the Secret is missing',
      plan([job(current, 'Failed')], {secrets: {'shop/pg-secret': 'absent'}}),
      [`delete ${current}`],
      ['SFL-DB09 error'],
    ],
  ])('%s', (_what, made, verbs, found) => {
    expect(steps(made)).toEqual(verbs)
    expect(codes(made).filter((one) => !/note$/.test(one) || /DB20/.test(one))).toEqual(found)
  })

  test('waits for the new Job, which has the version of the operator in its name', () => {
    const old = migrationJobName()
    expect(steps(planMigrationRetry({waitMs: 1}, {...facts({jobs: [job(current, 'Failed')]}), platform}))).toEqual([
      `delete ${current}`,
      `wait ${current}`,
      `wait ${current}`,
    ])
    expect(steps(planMigrationRetry({waitMs: 1}, {...facts({jobs: [job(old, 'Failed')]}), platform}))).toEqual([
      `delete ${old}`,
      `wait ${old}`,
      `wait ${old}`,
    ])
  })
})

describe('what a change of the cluster platform does to namespaces', () => {
  const stored = aClusterPlatform()
  const users = [aPlatform({}, {name: 'local', namespace: 'b'}), aPlatform({}, {name: 'local', namespace: 'a'})]
  const all = clusterFacts({clusterPlatforms: [stored], platforms: users})
  const apply = (platform: {name: string; namespace: string}, capabilities?: readonly string[]) =>
    planClusterPlatformApply(
      {name: 'c', platform, labels: {}, annotations: {}, ...(capabilities === undefined ? {} : {capabilities})},
      {fieldManager: 'kubectl-sfl'},
      all,
    )

  test.each<[string, {typedName?: string}, string | undefined]>([
    [
      'to delete the active one takes their services away',
      planClusterPlatformDelete({}, {...all, clusterPlatform: stored}),
      'c',
    ],
    [
      'to delete another one does nothing',
      planClusterPlatformDelete({}, {...all, clusterPlatform: aClusterPlatform({}, {name: 'other'})}),
      undefined,
    ],
    ['another platform gives them others', apply({name: 'next', namespace: 'services'}), 'c'],
    ['no capability gives them none', apply({name: 'main', namespace: 'services'}, []), 'c'],
    ['the same again changes nothing', apply({name: 'main', namespace: 'services'}), undefined],
    [
      'the capability that it has changes nothing',
      apply({name: 'main', namespace: 'services'}, ['services']),
      undefined,
    ],
  ])('%s', (_what, {typedName}, wanted) => expect(typedName).toBe(wanted))

  test('is said with the names of the namespaces', () => {
    expect(told(planClusterPlatformDelete({}, {...all, clusterPlatform: stored}).findings)).toEqual([
      'warning SFL-CP21 namespaces a and b lose Data Index and Job Service of platform services/main → kubectl sfl platform list -A',
    ])
    expect(told(apply({name: 'next', namespace: 'services'}).findings)[0]).toBe(
      'warning SFL-CP24 namespaces a and b get the services of platform services/next instead of those of services/main; workflows that run keep the old addresses until redeployed → kubectl sfl workflow list -A',
    )
  })
})

describe('the command line of a platform', () => {
  const line = (options: Partial<PlatformOptions>) =>
    printCommand(platformCommandLine('create', readPlatformOptions({name: 'p', namespace: 'shop', ...options})))

  test.each<[Partial<PlatformOptions>, string]>([
    [{}, ''],
    [{services: ['none']}, ' --services none'],
    [{services: ['jobs-service']}, ' --services job-service'],
    [{service: 'pg.db:1', database: 'd', secret: 's'}, ' --service pg.db:1 --database d --secret s'],
    [
      {jdbcUrl: 'jdbc:postgresql://h/d?currentSchema=s', secret: 's', userKey: 'u', passwordKey: 'p'},
      " --jdbc-url 'jdbc:postgresql://h/d?currentSchema=s' --secret s --user-key u --password-key p",
    ],
    [
      {service: 'pg', secret: 's', perService: true, schema: ['data-index=di', 'job-service=js'], migration: ['job']},
      ' --service pg --schema data-index=di --schema job-service=js --secret s --per-service --migration data-index=job --migration job-service=job',
    ],
    [
      {broker: 'b:ns', source: ['data-index=x'], sink: ['http://h/in']},
      ' --broker b:ns --source data-index=x --sink http://h/in',
    ],
    [{labels: ['a=b'], annotations: ['c=d']}, ' --label a=b --annotation c=d'],
  ])('%j', (options, words) => expect(line(options)).toBe(`kubectl sfl platform create p -n shop${words}`))

  test('repairs what keeps a platform from being made', () => {
    const request = readPlatformOptions({
      name: 'p',
      namespace: 'shop',
      source: ['job-service=b'],
      services: ['job-service'],
    })
    const repair = [sfl('platform eventing set', 'job-service', '--sink', 'b', '-n', 'shop')]
    const one = {code: 'SFL-E09', level: 'error', message: 'm', repair} as const
    const [better] = repairsBefore('create', request, [one])
    expect(printCommands(better?.repair ?? [])).toBe(
      'kubectl sfl platform create p -n shop --services job-service --source job-service=b --sink b',
    )
    const other = {code: 'SFL-E02', level: 'error', message: 'm', repair: [sfl('broker create', 'b')]} as const
    expect(repairsBefore('create', request, [other])).toEqual([other])
    expect(brokerTo('b')).toEqual(request.source.jobService)
  })
})
