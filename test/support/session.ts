import {join} from 'node:path'
import {expect} from 'vitest'
import type {KubeObject} from '../../src/domain/core/object.js'
import type {Sandbox} from '../../src/sandbox/sandbox.js'
import {aSandbox, run, writes, type Ran, type Scenario} from './run.js'

/** A sandbox, what is typed into it, and a record of what came. */
export interface Session {
  sandbox: Sandbox
  /** Types one line, `kubectl sfl` or `kn sfl` first, and records it. */
  type(line: string, more?: Scenario): Promise<Ran>
  /** The same without recording it: preparations, which must end with 0. */
  prepare(...lines: readonly string[]): Promise<void>
  /** Objects as a user would create them, namespaces first. */
  given(...objects: readonly KubeObject[]): Promise<void>
  /** What changed the cluster, or would have, since the preparations. */
  writes(): string[]
  /** Every request since the preparations. */
  requests(): string[]
  /** Compares everything recorded with `test/golden/commands/NAME.txt`; `tidy` takes out what no two runs share. */
  matches(golden: string, tidy?: (text: string) => string): Promise<void>
}

/** Opens a session in namespace `demo`, with whatever the scenario says for every line. */
export const aSession = (scenario: Scenario = {}): Session => {
  const sandbox = scenario.sandbox ?? aSandbox(scenario.layout === undefined ? {} : {layout: scenario.layout})
  const common: Scenario = {namespace: 'demo', ...scenario, sandbox}
  sandbox.load([{apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'demo'}, status: {phase: 'Active'}}])
  const transcript: string[] = []
  let prepared = sandbox.requests.length
  const perform = (line: string, more: Scenario = {}): Promise<Ran> =>
    run(line.replace(/^(kubectl|kn) sfl ?/, ''), {
      ...(line.startsWith('kn ') ? {invokedAs: '/usr/local/bin/kn-sfl'} : {}),
      ...common,
      ...more,
    })
  return {
    sandbox,
    async type(line, more) {
      const ran = await perform(line, more)
      transcript.push(entry(line, ran))
      return ran
    },
    async prepare(...lines) {
      for (const line of lines) {
        const {out, err, code} = await perform(line)
        if (code !== 0) throw new Error(`could not prepare: ${line}\n${out}${err}`)
      }
      prepared = sandbox.requests.length
    },
    async given(...objects) {
      const admin = sandbox.client()
      for (const object of objects) await admin.create(object)
      await sandbox.settle()
      prepared = sandbox.requests.length
    },
    writes: () => writes({requests: sandbox.requests.slice(prepared)}),
    requests: () => sandbox.requests.slice(prepared),
    async matches(golden, tidy = (text) => text) {
      const path = join(import.meta.dirname, '../golden/commands', `${golden}.txt`)
      await expect(tidy(withoutIds(transcript.join('\n')))).toMatchFileSnapshot(path)
    },
  }
}

const entry = (line: string, {out, err, code}: Ran): string => {
  const parts = [`$ ${line}\n`, out, err === '' ? '' : `--- stderr\n${err}`, `--- exit ${code}\n`]
  return parts.map((text) => (text === '' || text.endsWith('\n') ? text : `${text}\n`)).join('')
}

/** Takes out what no two runs share, the uids that the API gives, and what every new object of the seed would change. */
const withoutIds = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID')
    // Names that Knative makes of uids.
    .replace(/[0-9a-f]{32,37}\b/g, 'HASH')
    .replace(/(resourceVersion"?: )"\d+"/g, '$1"VERSION"')
