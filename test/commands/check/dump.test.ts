import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {listAt, recordAt, textAt} from '../../../src/domain/core/read.js'
import {installedKinds} from '../../../src/sandbox/kinds/all.js'
import {storageVersion} from '../../../src/sandbox/kinds/kind.js'
import type {Sandbox} from '../../../src/sandbox/sandbox.js'
import {giveHealthyEstate} from '../../support/healthy-estate.js'
import {aSandbox, run} from '../../support/run.js'

/** What `kubectl get -A -o json` of every kind gives, but for those that only controllers and installers write. */
const dumpOf = async (sandbox: Sandbox): Promise<string> => {
  const items: KubeObject[] = []
  for (const kind of installedKinds({}))
    if (!['Event', 'Pod', 'EndpointSlice', 'CustomResourceDefinition'].includes(kind.kind))
      for await (const page of sandbox.client().list({apiVersion: storageVersion(kind), kind: kind.kind}))
        items.push(...page.items)
  return JSON.stringify({apiVersion: 'v1', kind: 'List', items})
}

/** Level, code, object and words of every finding, and nothing of who else suffers. */
const findingsOf = (out: string): string[] =>
  listAt(JSON.parse(out), 'checks')
    .flatMap((check) => listAt(check, 'findings'))
    .map((one) => {
      const ref = recordAt(one, 'object')
      const words = ['level', 'code', 'message'].map((field) => textAt(one, field))
      return [...words, textAt(ref, 'kind'), textAt(ref, 'namespace'), textAt(ref, 'name')].join(' | ')
    })
    .sort()

describe('a cluster in which nothing is wrong', () => {
  test('its dump is judged as it is itself', async () => {
    const sandbox = aSandbox()
    await giveHealthyEstate(sandbox)
    const files = {'dump.json': await dumpOf(sandbox)}
    const live = findingsOf((await run('check -A -o json', {sandbox})).out)
    const beside = findingsOf((await run('check -A -f dump.json -o json', {sandbox, files})).out)
    const alone = findingsOf((await run('check -A -f dump.json --offline -o json', {sandbox, files})).out)
    expect({beside, alone}).toEqual({beside: live, alone: live})
  })
})
