import {expect, test} from 'vitest'
import {aHealthyCluster} from '../../support/healthy.js'
import {aSandbox, run} from '../../support/run.js'

const pages = (requests: readonly string[]): string[] => [...new Set(requests)].sort()

/** What each command asks of a cluster of this size. */
const asked = async (
  line: string,
  brokers: number,
): Promise<{requests: readonly string[]; out: string; code: number}> => {
  const sandbox = aSandbox()
  sandbox.load(aHealthyCluster(brokers))
  const before = sandbox.requests.length
  const {out, code} = await run(line, {sandbox})
  return {requests: sandbox.requests.slice(before), out, code}
}

test.each(['check -A', 'status -A', 'topology -A -o json'])(
  '%s reads 1 000 brokers and 5 000 triggers with one list per kind, as it does ten brokers',
  async (line) => {
    const small = await asked(line, 10)
    const large = await asked(line, 1000)
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

test('a large cluster in which nothing is wrong has no findings at all', async () => {
  const {out, code} = await asked('check -A -o json', 1000)
  const report = JSON.parse(out) as {
    success: boolean
    totals: object
    checks: Array<{findings: unknown[]; outcome: string}>
  }
  expect(report.checks.flatMap(({findings}) => findings)).toEqual([])
  expect(report.totals).toMatchObject({errors: 0, warnings: 0, notVerified: 0, ignored: 0})
  expect({success: report.success, code}).toEqual({success: true, code: 0})
}, 120_000)
