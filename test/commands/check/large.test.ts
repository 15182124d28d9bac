import {beforeAll, describe, expect, test} from 'vitest'
import {allChecks} from '../../../src/domain/check/engine/report.js'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {listAt, numberAt, textAt} from '../../../src/domain/core/read.js'
import {aHealthyCluster, aNamespace} from '../../support/healthy.js'
import {giveHealthyEstate} from '../../support/healthy-estate.js'
import {aSandbox, run} from '../../support/run.js'
import {platform, workflow} from '../../sandbox/sonataflow.js'

const pages = (requests: readonly string[]): string[] => [...new Set(requests)].sort()

/** What each command asks of a cluster with these objects. */
const asked = async (
  line: string,
  objects: readonly KubeObject[],
): Promise<{requests: readonly string[]; out: string; code: number}> => {
  const sandbox = aSandbox()
  sandbox.load(objects)
  const before = sandbox.requests.length
  const {out, code} = await run(line, {sandbox})
  return {requests: sandbox.requests.slice(before), out, code}
}

const commands = ['check -A', 'status -A', 'topology -A -o json']

test.each(commands)(
  '%s reads 1 000 brokers and 5 000 triggers with one list per kind, as it does ten brokers',
  async (line) => {
    const small = await asked(line, aHealthyCluster(10))
    const large = await asked(line, aHealthyCluster(1000))
    expect(pages(large.requests)).toEqual(pages(small.requests))
    // Lists come in pages of 500; nothing is asked for one by one.
    expect(large.requests.filter((one) => one.startsWith('get '))).toEqual(
      small.requests.filter((one) => one.startsWith('get ')),
    )
    const repeated = large.requests.length - small.requests.length
    const furtherPages = 1 + 9 + 0
    expect(repeated).toBeLessThanOrEqual(furtherPages + 2)
    expect(large.code).toBe(0)
  },
  120_000,
)

/** Platforms in namespaces of their own, each with a broker in another one, a database in a third, and workflows. */
const platforms = (count: number): KubeObject[] =>
  Array.from({length: count}, (_, index) => {
    const [home, hub] = [`flows-${index}`, `hub-${index}`]
    const ref = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'events', namespace: hub}
    const persistence = {
      postgresql: {secretRef: {name: 'login'}, serviceRef: {name: 'postgres', namespace: `data-${index}`}},
    }
    return [
      aNamespace(home),
      platform(
        'flows',
        {services: {dataIndex: {enabled: true}, jobService: {enabled: true}}, eventing: {broker: {ref}}, persistence},
        home,
      ),
      workflow('greet', {sink: {ref}}, {namespace: home}),
    ]
  }).flat()

test.each(commands)('%s asks for nothing by platform, workflow, database or broker either', async (line) => {
  const small = await asked(line, platforms(2))
  const large = await asked(line, platforms(40))
  expect([...large.requests].sort()).toEqual([...small.requests].sort())
})

describe('a large cluster with one of everything, in which nothing is wrong', () => {
  let report: unknown
  let ended: number

  beforeAll(async () => {
    const sandbox = aSandbox()
    sandbox.load(aHealthyCluster(1000))
    await giveHealthyEstate(sandbox)
    const {out, code} = await run('check -A -o json', {sandbox})
    report = JSON.parse(out)
    ended = code
  }, 120_000)

  test('has no findings at all', () => {
    expect(listAt(report, 'checks').flatMap((check) => listAt(check, 'findings'))).toEqual([])
    expect(report).toMatchObject({success: true, totals: {errors: 0, warnings: 0, notVerified: 0, ignored: 0}})
    expect(ended).toBe(0)
  })

  test('and every question is asked about it, but those about manifests and about what is being deleted', () => {
    const others = allChecks
      .map(({id}) => id)
      .filter((id) => !id.endsWith('-accepted') && !['manifests', 'broker-return'].includes(id))
    const checks = listAt(report, 'checks')
    expect(checks.map((check) => textAt(check, 'id') ?? '').sort()).toEqual(others.sort())
    const counts = Object.fromEntries(checks.map((check) => [textAt(check, 'id') ?? '', numberAt(check, 'count') ?? 0]))
    expect(counts).toMatchObject({
      'broker-ready': 1001,
      'channel-ready': 1,
      'subscription-ready': 1,
      'source-ready': 7,
      platforms: 2,
      'cluster-platforms': 1,
      workflows: 2,
    })
    expect(counts['trigger-ready']).toBeGreaterThan(5000)
  })
})
