import {describe, expect, test} from 'vitest'
import {recordAt} from '../../../src/domain/core/read.js'
import {CLUSTER_PLATFORM} from '../../../src/domain/sonataflow/names.js'
import {type Sandbox} from '../../../src/sandbox/sandbox.js'
import {demo} from '../manifests.js'
import {clusterPlatform, conditionsOf, platform, platformRef, settled} from '../sonataflow.js'

const ref = (name: string) => ({...CLUSTER_PLATFORM, name})
const withTeam = (): Sandbox => {
  const sandbox = demo()
  sandbox.load([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'team'}, status: {phase: 'Active'}}])
  return sandbox
}
const reference = async (sandbox: Sandbox, name: string, namespace: string) =>
  recordAt(await sandbox.client().get(platformRef(name, namespace)), 'status', 'clusterPlatformRef')
const services = {dataIndex: {}, jobService: {enabled: false}}

describe('a cluster platform', () => {
  test('gives the services that are on to namespaces without services of their own', async () => {
    const sandbox = withTeam()
    await settled(sandbox, platform('p', {services}))
    await settled(sandbox, platform('plain', {}, 'team'))
    const found = await settled(sandbox, clusterPlatform('c', 'p'))
    expect(conditionsOf(found)).toEqual(["Succeed | True | Referenced SonataFlowPlatform 'demo/p' is ready"])
    expect(recordAt(found, 'spec', 'capabilities')).toEqual({workflows: ['services']})
    const named = {name: 'c', platformRef: {name: 'p', namespace: 'demo'}}
    expect(await reference(sandbox, 'plain', 'team')).toEqual({
      ...named,
      services: {dataIndexRef: {url: 'http://p-data-index-service.demo'}},
    })
    expect(await reference(sandbox, 'p', 'demo')).toEqual(named)
  })

  test('gives nothing to a namespace with any services, or when it has no capabilities', async () => {
    const sandbox = withTeam()
    await settled(sandbox, platform('p', {services}))
    await settled(sandbox, platform('own', {services: {}}, 'team'))
    await settled(sandbox, clusterPlatform('c', 'p'))
    expect(await reference(sandbox, 'own', 'team')).not.toHaveProperty('services')
    const client = sandbox.client()
    await client.patch(platformRef('own', 'team'), {spec: {services: null}})
    await sandbox.settle()
    expect(await reference(sandbox, 'own', 'team')).toHaveProperty('services')
    await client.patch(ref('c'), {spec: {capabilities: {workflows: []}}})
    await sandbox.settle()
    expect(await reference(sandbox, 'own', 'team')).toEqual({name: 'c', platformRef: {name: 'p', namespace: 'demo'}})
    await client.delete(ref('c'))
    await sandbox.settle()
    expect(await reference(sandbox, 'own', 'team')).toEqual({})
  })

  test('waits for its platform, and says why', async () => {
    const sandbox = demo()
    expect(conditionsOf(await settled(sandbox, clusterPlatform('c', 'p')))).toEqual([
      'Succeed | False | PlatformNotFound | p platform does not exist in demo namespace.',
    ])
    await settled(sandbox, platform('p'))
    expect(conditionsOf(await sandbox.client().get(ref('c')))).toEqual([
      "Succeed | True | Referenced SonataFlowPlatform 'demo/p' is ready",
    ])
  })

  test('of a platform that is a duplicate is not ready', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p'))
    await settled(sandbox, platform('q'))
    expect(conditionsOf(await settled(sandbox, clusterPlatform('c', 'q')))).toEqual([
      "Succeed | False | Failure | Referenced SonataFlowPlatform 'demo/q' not ready",
    ])
  })

  test('beside another one is a duplicate, and takes over when that goes', async () => {
    const sandbox = demo()
    await settled(sandbox, platform('p'))
    await settled(sandbox, clusterPlatform('c', 'p'))
    expect(conditionsOf(await settled(sandbox, clusterPlatform('d', 'p')))).toEqual(['Succeed | False | Duplicated'])
    await sandbox.client().delete(ref('c'))
    await sandbox.settle()
    expect(conditionsOf(await sandbox.client().get(ref('d')))).toEqual([
      "Succeed | True | Referenced SonataFlowPlatform 'demo/p' is ready",
    ])
  })
})
