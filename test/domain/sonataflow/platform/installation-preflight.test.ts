import {expect, test} from 'vitest'
import {leftoverFindings, runningWorkflowFindings} from '../../../../src/domain/sonataflow/services/preflight.js'
import {told} from '../facts.js'
import {aPlatform, aWorkflow, brokerTo} from '../platforms.js'
import {
  both,
  withBroker,
  own,
  duplicated,
  nov2024,
  shared,
  job,
  fine,
  stored,
  saidBy,
  type JudgedCase,
} from '../judging.js'

const cases: readonly JudgedCase[] = [
  ['SFL-P01', 'error', 'is not installed', {spec: withBroker, facts: {schema: 'absent'}}, fine],
  ['SFL-P01', 'error', 'of another version', {spec: withBroker, facts: {schema: {...nov2024, served: false}}}, fine],
  [
    'SFL-P02',
    'error',
    'platform q is active in namespace shop',
    {spec: withBroker, facts: {platforms: [aPlatform({}, {name: 'q'})]}},
    {spec: withBroker, facts: {platforms: [aPlatform({}, {name: 'q', status: duplicated})]}},
  ],
  [
    'SFL-P02',
    'error',
    'the operator created that one for a workflow',
    {spec: withBroker, facts: {platforms: [aPlatform({}, {name: 'sonataflow-platform'})]}},
    {spec: withBroker, facts: {platforms: [aPlatform()]}},
  ],
  [
    'SFL-P03',
    'warning',
    'no SonataFlow operator was found running',
    {spec: withBroker, facts: {operator: 'absent'}},
    fine,
  ],
  [
    'SFL-P03',
    'warning',
    'has not reported about platform p yet',
    {spec: withBroker, options: {before: stored()}},
    {spec: withBroker, options: {before: aPlatform(withBroker)}},
  ],
  ['SFL-P04', 'error', 'more than 44', {spec: withBroker, name: 'p'.repeat(45)}, fine],
  [
    'SFL-P04',
    'error',
    'more than 27',
    {spec: own(job), name: 'p'.repeat(28)},
    {spec: withBroker, name: 'p'.repeat(28)},
  ],
  [
    'SFL-P05',
    'error',
    'spec.services.dataIndex.persistence.dbMigrationStrategy is no field of a platform; this cluster has OpenShift Serverless Logic 1.35 or older',
    {spec: own(job), facts: {schema: nov2024}},
    {spec: own(job)},
  ],
  [
    'SFL-P05',
    'error',
    'it belongs under spec.services',
    {spec: {...both, persistence: {dataIndex: {}}}, facts: {schema: nov2024}},
    {spec: both, facts: {schema: nov2024}},
  ],
  ['SFL-P06', 'note', 'could not be read', {spec: withBroker, facts: {brokers: {'shop/events': 'forbidden'}}}, fine],
  [
    'SFL-W01',
    'warning',
    'timers and timeouts of workflows never fire, as they should in greet',
    {
      spec: {services: {dataIndex: {enabled: true}}},
      facts: {workflows: [aWorkflow({flow: {states: [{timeouts: {}}]}})]},
    },
    fine,
  ],
  [
    'SFL-W01',
    'warning',
    'Data Index is disabled',
    {spec: {services: {dataIndex: {enabled: false}, jobService: {enabled: true}}}},
    {spec: {}},
  ],
  ['SFL-W02', 'warning', 'the operator will write true', {spec: {services: {dataIndex: {}}}}, fine],
  [
    'SFL-W03',
    'warning',
    'does not get Data Index and Job Service of cluster platform c',
    {spec: {services: {}}, facts: shared},
    {spec: {}, facts: shared},
  ],
  [
    'SFL-W04',
    'warning',
    'send their events to broker services/hub of the cluster platform',
    {spec: both, facts: shared},
    {spec: withBroker, facts: shared},
  ],
  [
    'SFL-W05',
    'warning',
    'Data Index listens to broker shop/mine, but workflows send to broker shop/events',
    {
      spec: {
        ...withBroker,
        services: {dataIndex: {enabled: true, source: brokerTo('mine')}, jobService: {enabled: true}},
      },
    },
    fine,
  ],
  [
    'SFL-W05',
    'warning',
    'workflows greet send to broker shop/own',
    {spec: withBroker, facts: {workflows: [aWorkflow({sink: brokerTo('own')})]}},
    {spec: withBroker, facts: {workflows: [aWorkflow({sink: brokerTo('events')})]}},
  ],
]

test.each(cases)('%s, %s: %s', (code, level, words, fires, silent) => {
  expect(saidBy(code, level, fires).join('\n')).toContain(words)
  expect(saidBy(code, level, silent).filter((message) => message.includes(words))).toEqual([])
})

test('workflows that run keep the old settings, those of profile dev have none', () => {
  const status = {platform: {name: 'p', namespace: 'shop'}}
  const dev = aWorkflow({}, {name: 'd', status, annotations: {'sonataflow.org/profile': 'dev'}})
  expect(told(runningWorkflowFindings(aPlatform(), {workflows: [aWorkflow({}, {status}), dev]}, 'database'))).toEqual([
    'warning SFL-W06 workflow greet keeps its database until redeployed → kubectl -n shop rollout restart deployment/greet',
  ])
  expect(runningWorkflowFindings(aPlatform(), {workflows: [dev, aWorkflow()]}, 'database')).toEqual([])
})

test('what a removed service leaves behind is named', () => {
  expect(told(leftoverFindings(aPlatform(both), ['dataIndex']))).toEqual([
    'warning SFL-W07 the operator deletes nothing of Data Index; these stay: Deployment shop/p-data-index-service, Service shop/p-data-index-service and ConfigMap shop/p-data-index-service-props → kubectl sfl platform services remove data-index --prune -n shop',
  ])
  expect(leftoverFindings(aPlatform(both), ['dataIndex'], [])).toEqual([])
})
