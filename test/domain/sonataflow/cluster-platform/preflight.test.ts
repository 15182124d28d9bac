import {expect, test} from 'vitest'
import {clusterPlatformPreflight} from '../../../../src/domain/sonataflow/cluster-platform/preflight.js'
import {type ClusterFacts} from '../../../../src/domain/sonataflow/platform/facts.js'
import {type KubeObject} from '../../../../src/domain/core/object.js'
import {clusterFacts, told} from '../facts.js'
import {aClusterPlatform, aPlatform, aWorkflow} from '../platforms.js'
import {both, duplicated} from '../judging.js'

const aPolicy = (name: string, policyTypes: readonly string[]): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: {name, namespace: 'services'},
  spec: {podSelector: {}, policyTypes},
})

const clusterCases: ReadonlyArray<[string, string, Partial<ClusterFacts>, object]> = [
  ['SFL-CP01', 'platform main does not exist in namespace services', {referenced: 'absent'}, {}],
  ['SFL-CP01', 'is a duplicate', {referenced: aPlatform(both, {status: duplicated})}, {}],
  ['SFL-CP01', 'is not ready', {referenced: aPlatform(both, {status: {}})}, {}],
  ['SFL-CP02', 'cluster platform other is active', {clusterPlatforms: [aClusterPlatform({}, {name: 'other'})]}, {}],
  ['SFL-CP03', 'does not have Job Service enabled', {referenced: aPlatform({services: {dataIndex: {}}})}, {}],
  ['SFL-CP03', 'keep the data of all namespaces in an embedded database', {referenced: aPlatform(both)}, {}],
  ['SFL-CP04', 'namespace shop has spec.services', {platforms: [aPlatform(both)]}, {}],
  [
    'SFL-CP05',
    'workflow greet exists in namespaces shop and home',
    {workflows: [aWorkflow(), aWorkflow({}, {namespace: 'home'})]},
    {},
  ],
  [
    'SFL-CP10',
    'NetworkPolicy closed of namespace services limits who may reach its pods',
    {networkPolicies: [aPolicy('closed', ['Ingress']), aPolicy('outward', ['Egress'])]},
    {},
  ],
  ['SFL-CP06', 'lacks the capability services', {}, {capabilities: {workflows: []}}],
]

test.each(clusterCases)('%s: %s', (code, words, changes, spec) => {
  const found = clusterPlatformPreflight(aClusterPlatform(spec, {status: {}}), clusterFacts(changes))
  expect(
    found
      .filter((one) => one.code === code)
      .map(({message}) => message)
      .join('\n'),
  ).toContain(words)
})

test('nothing is said of a cluster platform that is as it should be', () => {
  const elsewhere = aWorkflow({}, {namespace: 'home'})
  const found = clusterPlatformPreflight(
    aClusterPlatform({}, {status: {}}),
    clusterFacts({
      networkPolicies: [aPolicy('outward', ['Egress'])],
      platforms: [aPlatform({})],
      workflows: [aWorkflow({}, {name: 'other'}), elsewhere],
    }),
  )
  expect(told(found)).toEqual([])
})
