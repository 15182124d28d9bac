import {describe, expect, test} from 'vitest'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {listAt, recordAt, type Fields} from '../../../../src/domain/core/read.js'
import {viewPlatformEffective} from '../../../../src/domain/sonataflow/effective/view.js'
import {expectedDeployment} from '../../../../src/domain/sonataflow/workload/children.js'
import {liveFindingsOf} from '../../../../src/domain/sonataflow/workload/live-preflight.js'
import {contextOf, liveService} from '../../../../src/domain/sonataflow/workload/live-service.js'
import {type PlatformDescribeFacts} from '../../../../src/domain/sonataflow/workload/live-facts.js'
import {migrationLog} from '../../../../src/domain/sonataflow/migration/view.js'
import {type Platform} from '../../../../src/domain/sonataflow/model.js'
import {podLine} from '../../../../src/domain/sonataflow/workload/pod-state.js'
import {aReadyBroker, anObject, facts as platformFacts, told} from '../facts.js'
import {aPlatform, brokerTo, jdbc, postgres} from '../platforms.js'

const both = {dataIndex: {enabled: true}, jobService: {enabled: true}}

const facts = (platform: Platform, changes: Partial<PlatformDescribeFacts> = {}): PlatformDescribeFacts => ({
  ...platformFacts({platforms: [platform]}),
  platform,
  pods: [],
  serviceObjects: 'absent',
  jobPods: [],
  warnings: [],
  ...changes,
})

/** The Deployment that the operator would make, as a server has it. */
const deployed = (
  platform: Platform,
  key: 'dataIndex' | 'jobService' = 'dataIndex',
  {ready = 1, replicas = 1, change = (container: Fields) => container} = {},
): KubeObject => {
  const made = expectedDeployment(key, contextOf(platformFacts())(platform))
  const template = recordAt(made, 'spec', 'template')
  const containers = listAt(template, 'spec', 'containers').map((one) => change(recordAt({one}, 'one')))
  const pod = {...recordAt(template, 'spec'), containers}
  return {
    ...made,
    spec: {...recordAt(made, 'spec'), replicas, template: {...template, spec: pod}},
    status: {readyReplicas: ready},
  }
}

const status = (state: object, more: object = {}): object => ({
  containerStatuses: [{name: 'c', ready: false, state, ...more}],
})

describe('a pod says why it is not ready', () => {
  const pod = (of: object, name = 'p-x'): KubeObject => anObject('Pod', name, {status: of})
  const warning = {
    ...anObject('Event', 'e'),
    involvedObject: {kind: 'Pod', name: 'p-x'},
    type: 'Warning',
    reason: 'FailedMount',
    message: 'configmap "props" not found',
  }
  test.each<[string, object, string | undefined]>([
    ['it is ready', {phase: 'Running', containerStatuses: [{name: 'c', ready: true}]}, undefined],
    ['it has ended well', {phase: 'Succeeded', ...status({terminated: {exitCode: 0}})}, undefined],
    [
      'a Secret is missing',
      status({waiting: {reason: 'CreateContainerConfigError', message: 'secret "s" not found'}}),
      'CreateContainerConfigError: secret "s" not found',
    ],
    [
      'it fails again and again',
      status(
        {waiting: {reason: 'CrashLoopBackOff', message: 'back-off 5m0s'}},
        {lastState: {terminated: {exitCode: 137, reason: 'OOMKilled'}}},
      ),
      'CrashLoopBackOff: back-off 5m0s (last: OOMKilled, exit code 137)',
    ],
    ['it failed', {phase: 'Failed', ...status({terminated: {exitCode: 1, reason: 'Error'}})}, 'exit code 1'],
    [
      'an init container fails',
      {
        initContainerStatuses: [{name: 'wait-for-db', state: {terminated: {exitCode: 2, reason: 'Error'}}}],
        ...status({waiting: {reason: 'PodInitializing'}}),
      },
      'init container wait-for-db: exit code 2',
    ],
    [
      'no node takes it',
      {conditions: [{type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes'}]},
      'Unschedulable: 0/3 nodes',
    ],
    [
      'only its events know',
      status({waiting: {reason: 'ContainerCreating'}}),
      'FailedMount: configmap "props" not found',
    ],
  ])('%s', (_, of, why) => {
    expect(podLine(pod(of), [warning]).why).toBe(why)
  })

  test('it runs and is not healthy', () => {
    const of = {phase: 'Running', ...status({running: {}})}
    expect(podLine(pod(of, 'other')).why).toBe('it runs, and its health check has not succeeded')
  })
})

describe('a service as it runs', () => {
  const platform = aPlatform({services: both})
  const withBroker = aPlatform({services: both, eventing: {broker: brokerTo('events')}})
  const look = (
    of: Platform,
    changes: Partial<PlatformDescribeFacts>,
    key: 'dataIndex' | 'jobService' = 'dataIndex',
  ) => {
    const {state, why} = liveService(key, contextOf(facts(of))(of), facts(of, changes))
    return [state, why]
  }
  const held = aPlatform({
    services: {dataIndex: {persistence: {dbMigrationStrategy: 'job', postgresql: postgres()}}},
  })
  const waiting = {
    ...anObject('Event', 'e'),
    involvedObject: {kind: 'SonataFlowPlatform', name: 'p'},
    reason: 'WaitingKnativeEventing',
    message: 'broker events in namespace shop does not exist',
  }

  test.each<[string, unknown[], unknown[]]>([
    ['ready', look(platform, {deployments: [deployed(platform)]}), ['ready', undefined]],
    [
      'not looked at',
      look(platform, {deployments: 'forbidden'}),
      ['unknown', 'Deployments cannot be listed (no permission)'],
    ],
    ['missing without a word', look(platform, {}), ['missing', 'no event says why']],
    [
      'missing without an operator',
      look(platform, {operator: 'absent'}),
      ['missing', 'no SonataFlow operator is running'],
    ],
    [
      'missing for the broker',
      look(withBroker, {warnings: [waiting]}),
      ['missing', 'broker events in namespace shop does not exist'],
    ],
    [
      'missing for the migration Job, which is not there',
      look(held, {}),
      ['missing', 'the Job that has to migrate the databases first is not there'],
    ],
    [
      'held without K_SINK',
      look(withBroker, {deployments: [deployed(withBroker, 'jobService', {replicas: 0, ready: 0})]}, 'jobService'),
      ['stopped', 'it waits for SinkBinding p-jobs-service-sb, which is missing'],
    ],
    [
      'scaled down by somebody',
      look(platform, {deployments: [deployed(platform, 'dataIndex', {replicas: 0, ready: 0})]}),
      ['stopped', 'somebody scaled it down'],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })
})

describe('what the cluster has of each setting', () => {
  const drifted = (platform: Platform, changes: Partial<PlatformDescribeFacts>): string[] =>
    viewPlatformEffective(facts(platform, changes))
      .settings.filter(({drift}) => drift === true)
      .map(({setting, live = ''}) => `${setting}=${live}`)
  const platform = aPlatform({services: {dataIndex: {enabled: true, persistence: {postgresql: postgres()}}}})
  const changed = (change: (container: Fields) => Fields, replicas = 1) =>
    drifted(platform, {deployments: [deployed(platform, 'dataIndex', {change, replicas, ready: replicas})]})

  test('nothing drifts in what the operator made', () => {
    expect(changed((container) => container)).toEqual([])
  })

  test.each<[string, string[], string[]]>([
    ['an image', changed((one) => ({...one, image: 'x:1'})), ['data-index.image=x:1']],
    ['replicas', changed((one) => one, 3), ['data-index.replicas=3']],
    [
      'amounts that are the same in other words do not count',
      changed((one) => ({
        ...one,
        resources: {requests: {cpu: '0.1', memory: '1024Mi'}, limits: {cpu: '0.2', memory: '1Gi'}},
      })),
      [],
    ],
    [
      'a variable of nobody, without its secret',
      changed((one) => ({...one, env: [...listAt(one, 'env'), {name: 'MY_TOKEN', value: 'hush'}]})),
      ['data-index.env.MY_TOKEN=***'],
    ],
    [
      'what a SinkBinding injects belongs there',
      changed((one) => ({...one, env: [...listAt(one, 'env'), {name: 'K_SINK', value: 'http://x'}]})),
      [],
    ],
  ])('%s', (_, found, expected) => {
    expect(found).toEqual(expected)
  })

  test('credentials in a URL are shown on neither side', () => {
    const url = aPlatform({
      services: {dataIndex: {persistence: {postgresql: jdbc('jdbc:postgresql://me:hush@db:5432/x?currentSchema=y')}}},
    })
    const view = viewPlatformEffective(facts(url, {deployments: [deployed(url)]}))
    expect(JSON.stringify(view.settings.map(({value, live}) => [value, live]))).not.toContain('hush')
  })

  test('an autoscaler decides about replicas, and that is no drift', () => {
    const scaler = anObject('HorizontalPodAutoscaler', 'more', {
      spec: {scaleTargetRef: {kind: 'Deployment', name: 'p-data-index-service'}},
    })
    const deployments = [deployed(platform, 'dataIndex', {replicas: 4, ready: 4})]
    expect(drifted(platform, {deployments, autoscalers: [scaler]})).toEqual([])
  })

  test('an image of an operator whose tag is not known differs by more than its tag', () => {
    const deployments = [deployed(platform)]
    expect(drifted(platform, {deployments, operator: 'forbidden'})).toEqual([])
  })
})

test('links of an operator of Nov 2024 are judged by what that makes', () => {
  const platform = aPlatform({services: both, eventing: {broker: brokerTo('events')}})
  const old = {served: true, migrationStrategy: false, migrateOnStartUp: true, disruptionBudget: false, spec: undefined}
  const trigger = (name: string): KubeObject => ({
    apiVersion: 'eventing.knative.dev/v1',
    kind: 'Trigger',
    metadata: {name, namespace: 'shop'},
    spec: {broker: 'events', filter: {attributes: {type: 'ProcessInstanceSLADataEvent'}}},
  })
  const sla = trigger(`data-index-process-sla-${platform.uid ?? ''}`)
  const codes = (schema: PlatformDescribeFacts['schema']): string[] =>
    told(
      liveFindingsOf(facts(platform, {schema, brokers: {'shop/events': aReadyBroker('events')}, triggers: [sla]}), 0),
    )
      .filter((text) => text.includes('stale'))
      .map((text) => text.slice(0, 15))
  expect(codes(old)).toEqual([])
  expect(codes({...old, migrationStrategy: true})).toEqual(['warning SFL-E06'])
})

test('the log of a migration keeps its secrets', () => {
  const {lines} = migrationLog(
    'pod',
    'url jdbc:postgresql://me:hush@db/x?password=hush\nquarkus.datasource.password=hush\n',
  )
  expect(lines.join('\n')).not.toContain('hush')
  expect(lines).toHaveLength(2)
})
