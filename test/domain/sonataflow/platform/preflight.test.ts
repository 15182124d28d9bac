import {expect, test} from 'vitest'
import {judgePlatform} from '../../../../src/domain/sonataflow/platform/preflight.js'
import {facts, told} from '../facts.js'
import {aPlatform} from '../platforms.js'
import {withBroker, triggersOf} from '../judging.js'

test('nothing is said of a platform that is as it should be', () => {
  const found = judgePlatform(aPlatform(withBroker), facts(triggersOf(withBroker, 'events')), {
    before: aPlatform(withBroker),
    links: true,
  })
  expect(told(found)).toEqual([
    'note SFL-DB12 Data Index uses schema p-data-index-service',
    'note SFL-DB12 Job Service uses schema p-jobs-service',
  ])
})

test('what cannot be read (no permission) is said once, and nothing crashes', () => {
  const blind = facts({
    schema: 'forbidden',
    platforms: 'forbidden',
    operator: 'forbidden',
    clusterPlatform: 'forbidden',
    clusterwide: 'forbidden',
    workflows: 'forbidden',
    secrets: {'shop/pg-secret': 'forbidden'},
    services: {'shop/pg': 'forbidden'},
    jobs: 'forbidden',
    deployments: 'forbidden',
    brokers: {'shop/events': 'forbidden'},
    triggers: 'forbidden',
    sinkBinding: 'forbidden',
    autoscalers: 'forbidden',
  })
  const found = judgePlatform(aPlatform(withBroker), blind, {links: true})
  expect(found.filter(({level}) => level === 'error')).toEqual([])
  expect(told(found.filter(({code}) => code === 'SFL-P06'))).toEqual([
    'note SFL-P06 the version of the CRDs was not checked: CustomResourceDefinition sonataflowplatforms.sonataflow.org could not be read',
    'note SFL-P06 whether namespace shop has another platform was not checked: SonataFlowPlatforms of namespace shop could not be listed',
    'note SFL-P06 the database of Data Index was not checked: Service shop/pg could not be read',
    'note SFL-P06 the database of Job Service was not checked: Service shop/pg could not be read',
    'note SFL-P06 broker events was not checked: Broker shop/events could not be read',
    'note SFL-P06 whether an autoscaler decides about the replicas was not checked: HorizontalPodAutoscalers of namespace shop could not be listed',
  ])
})
