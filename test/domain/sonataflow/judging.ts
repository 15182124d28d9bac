import {type Finding} from '../../../src/domain/findings/finding.js'
import {type PlatformSchema} from '../../../src/domain/sonataflow/generation.js'
import {expectedTriggers, triggerManifest} from '../../../src/domain/sonataflow/eventing/links.js'
import {type Platform} from '../../../src/domain/sonataflow/model.js'
import {type PlatformFacts} from '../../../src/domain/sonataflow/platform/facts.js'
import {judgePlatform, type JudgeOptions} from '../../../src/domain/sonataflow/platform/preflight.js'
import {aReadyBroker, anObject, facts} from './facts.js'
import {aClusterPlatform, aPlatform, brokerTo, postgres} from './platforms.js'

export const both = {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}}
export const withDatabase = {...both, persistence: {postgresql: postgres({databaseName: 'd'})}}
export const withBroker = {...withDatabase, eventing: {broker: brokerTo('events')}}
export const own = (persistence: object, more: object = {}): object => ({
  services: {dataIndex: {enabled: true, persistence, ...more}, jobService: {enabled: true}},
})
export const pod = (podTemplate: object, service = 'dataIndex'): object => ({
  services: {...both.services, [service]: {enabled: true, podTemplate}},
})
export const duplicated = {conditions: [{type: 'Succeed', status: 'False', reason: 'Duplicated'}]}
export const nov2024: PlatformSchema = {
  served: true,
  migrationStrategy: false,
  migrateOnStartUp: true,
  disruptionBudget: false,
  spec: {
    properties: {
      services: {
        properties: {
          dataIndex: {properties: {enabled: {}, persistence: {properties: {postgresql: {}, migrateDBOnStartUp: {}}}}},
          jobService: {},
        },
      },
      persistence: {properties: {postgresql: {}}},
    },
  },
}
export const giver = aPlatform({...both, eventing: {broker: brokerTo('hub')}}, {name: 'main', namespace: 'services'})
export const shared: Partial<PlatformFacts> = {clusterPlatform: aClusterPlatform(), clusterwide: giver}
export const finishedJob = (type: string): Partial<PlatformFacts> => ({
  jobs: [anObject('Job', 'sonataflow-db-migrator-job-52fa09b', {status: {conditions: [{type, status: 'True'}]}})],
})
export const live: Partial<PlatformFacts> = {deployments: [anObject('Deployment', 'p-data-index-service')]}
export const job = {dbMigrationStrategy: 'job', postgresql: postgres({databaseName: 'd'})}
export const autoscaler = (target: string): Partial<PlatformFacts> => ({
  autoscalers: [
    anObject('HorizontalPodAutoscaler', 'h', {
      spec: {minReplicas: 2, scaleTargetRef: {kind: 'Deployment', name: target}},
    }),
  ],
})
export const triggersOf = (spec: object, broker: string): Partial<PlatformFacts> => ({
  triggers: expectedTriggers(aPlatform(spec), {'shop/events': aReadyBroker('events')}).map((one) => ({
    ...triggerManifest({...one, broker}, aPlatform(spec)),
    status: {conditions: [{type: 'Ready', status: 'True'}]},
  })),
  sinkBinding: anObject('SinkBinding', 'p-jobs-service-sb', {
    spec: {sink: brokerTo('events')},
    status: {conditions: ['SinkProvided', 'Ready'].map((type) => ({type, status: 'True'}))},
  }),
})

export interface Case {
  spec: object
  name?: string
  facts?: Partial<PlatformFacts>
  options?: JudgeOptions
}

export const judged = ({spec, name = 'p', facts: changes, options}: Case): Finding[] =>
  judgePlatform(aPlatform(spec, {name}), facts(changes), options)

export const fine: Case = {spec: withBroker}
export const stored = (status: object = {}): Platform => aPlatform(withBroker, {status})

/** code, level, what is in the message, a case where it is said, and one where it is not. */
export type JudgedCase = [string, string, string, Case, Case]

/** What `fires` says under this code and level, and `silent` does not. */
export const saidBy = (code: string, level: string, one: Case): string[] =>
  judged(one)
    .filter((found) => found.code === code && found.level === level)
    .map(({message}) => message)
