import {sfl} from '../../src/domain/core/commands.js'
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest'
import {runPlan, type Task, type WriteFlagValues} from '../../src/cli/run-plan.js'
import type {Cluster, Runtime} from '../../src/cli/runtime.js'
import type {Finding} from '../../src/domain/findings/finding.js'
import type {WaitStep} from '../../src/domain/core/plan.js'
import {startProgress} from '../../src/terminal/progress.js'
import {scriptedPrompts} from '../support/scripted-prompts.js'
import {streamsTo} from '../support/streams.js'

const wait: WaitStep = {
  verb: 'wait',
  ref: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop', namespace: 'demo'},
  until: 'available',
  timeoutMs: 60_000,
}

const flags: WriteFlagValues = {
  'dry-run': 'none',
  diff: false,
  'field-manager': 'kubectl-sfl',
  'show-managed-fields': false,
  yes: true,
}

const fault: Finding = {
  code: 'SFL-L02',
  level: 'error',
  message: 'pod shop-1: ImagePullBackOff',
  repair: [sfl('platform describe', 'shop', '-n', 'demo')],
}

/** Waits for 25 seconds, and writes down what was said with the second in which it was. */
const waited = async (task: Partial<Task>, {terminal = false, output = ''} = {}): Promise<string[]> => {
  const begun = Date.now()
  const said: string[] = []
  const write = (text: string): void => {
    const plain = text.replace(/\u001B\[G\u001B\[K\S? ?(waiting.*)?/g, '').trim()
    if (plain !== '') said.push(`${Math.round((Date.now() - begun) / 1000)} ${plain}`)
  }
  const streams = streamsTo(
    {out: write, err: write},
    {interactive: terminal, errIsTerminal: terminal, outIsTerminal: terminal},
  )
  const unused = (): never => {
    throw new Error('nobody needs this here')
  }
  const runtime: Runtime = {
    program: 'kubectl sfl',
    caller: {name: 'kubectl sfl', connection: ['--context', 'prod']},
    version: '1',
    streams,
    env: {},
    now: () => new Date(),
    signal: new AbortController().signal,
    prompts: scriptedPrompts({}, write),
    startProgress: () => startProgress(streams),
    connect: unused,
    translate: unused,
    reportError: unused,
    readFile: unused,
    writeFile: unused,
    listFolder: unused,
    readUrl: unused,
    outputOf: unused,
    runProgram: unused,
    externalDiff: unused,
  }
  const cluster: Pick<Cluster, 'carryOut'> = {
    async carryOut(_plan, {onNote, onDone, giveUp}) {
      onNote?.('waiting for deployment.apps/shop: 0 of 1 pods are ready')
      await new Promise((resolve) => {
        setTimeout(resolve, 25_000)
        giveUp?.addEventListener('abort', resolve)
      })
      const done = {step: wait, outcome: 'condition met'} as const
      onDone?.(done)
      return {done: [done], left: []}
    },
  }
  const whole: Cluster = {
    client: new Proxy({} as Cluster['client'], {get: unused}),
    namespace: 'demo',
    server: 'https://cluster',
    waitFor: unused,
    close: () => {},
    ...cluster,
  }
  const given = output === '' ? flags : {...flags, output}
  const running = runPlan(runtime, whole, [{plan: {steps: [wait], findings: []}, ...task}], given)
  await vi.advanceTimersByTimeAsync(30_000)
  await running
  return said
}

describe('while something is waited for', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('a reason that will not pass is said as soon as it is found, once, for the same cluster', async () => {
    expect(await waited({reasons: async () => [fault], logWaits: true})).toEqual([
      '0 waiting for deployment.apps/shop: 0 of 1 pods are ready',
      '10 error[SFL-L02]: pod shop-1: ImagePullBackOff\n  repair: kubectl sfl --context prod platform describe shop -n demo',
      '25 ✔ deployment.apps/shop pods ready after 25 s',
    ])
  })

  test('what will never come is not waited for any longer', async () => {
    const hopeless = new Set([fault.code])
    const said = await waited({reasons: async () => [fault], fatalCodes: hopeless, logWaits: true})
    expect(said.at(-1)).toBe('10 ✔ deployment.apps/shop pods ready after 10 s')
  })

  test('at a terminal every command says in the end how long it took; in a log only those that tell a story', async () => {
    expect(await waited({}, {terminal: true})).toEqual(['25 ✔ deployment.apps/shop pods ready after 25 s'])
    expect(await waited({})).toEqual(['0 waiting for deployment.apps/shop: 0 of 1 pods are ready'])
  })

  test('scripts that read JSON are left alone', async () => {
    expect(await waited({reasons: async () => [fault], logWaits: true}, {output: 'json'})).toEqual([])
  })
})
