import {stripVTControlCharacters} from 'node:util'
import {describe, expect, test} from 'vitest'
import {PLATFORM} from '../../src/domain/sonataflow/names.js'
import {hasKubectl, hasScript, onRealCluster, theatre, type Stage} from './support/stage.js'

const {stage} = theatre()

/** A terminal of its own, of so many columns: keys are typed as soon as the question for them is on the screen. */
const atTerminal = async (scene: Stage, line: string, keys: ReadonlyArray<readonly [RegExp, string]>, columns = 80) => {
  const running = scene.start(`exec script -qec ${JSON.stringify(`stty cols ${columns}; ${line}`)} /dev/null`, {
    stdin: 'open',
    env: {NO_COLOR: '1'},
    timeout: 60_000,
  })
  for (const [question, typed] of keys) {
    await running.until(question)
    running.type(typed)
  }
  const {out, code} = await running.ended
  return {screen: stripVTControlCharacters(out).replaceAll('\r', ''), code}
}

const ENTER = '\r'
const CTRL_C = '\u0003'

/** From the first question to the last one, for a platform for development. */
const KEYS = [
  [/❯ \S+[^]*tell me more/, ENTER],
  [/Name of the platform:/, `shop${ENTER}`],
  [/Job Service only/, ENTER],
  [/❯ nowhere/, ENTER],
  [/directly, over/, 'dir'],
  [/❯ directly/, ENTER],
  [/❯ no, only/, ENTER],
  [/\(y\/N\)/, `y${ENTER}`],
] as const

describe.skipIf(!hasScript || onRealCluster)('platform setup at a terminal', () => {
  test.each([80, 40])('makes what was answered, on %i columns', {timeout: 120_000}, async (columns) => {
    const scene = await stage()
    const {screen, code} = await atTerminal(scene, 'kubectl sfl platform setup', KEYS, columns)
    expect(code, screen).toBe(0)
    expect(screen).toContain('sonataflowplatform.sonataflow.org/shop created')
    await scene.settle()
    expect(Object.keys(await scene.state(PLATFORM))).toEqual(['SonataFlowPlatform shop'])
  })

  test('Ctrl-C leaves nothing done', {timeout: 120_000}, async () => {
    const scene = await stage()
    for (const length of [0, 4, 7]) {
      const [question = /never/] = KEYS[length] ?? []
      const {code} = await atTerminal(scene, 'kubectl sfl platform setup', [
        ...KEYS.slice(0, length),
        [question, CTRL_C],
      ])
      expect(code).toBe(130)
    }
    expect(await scene.state(PLATFORM)).toEqual({})
  })

  test('a name is found by typing a part of it', {timeout: 60_000}, async () => {
    const scene = await stage()
    await scene.prepare('kubectl sfl channel create pipe --type imc')
    await scene.prepare('kubectl sfl channel create other --type imc')
    const {screen, code} = await atTerminal(scene, 'kubectl sfl channel delete', [
      [/❯ other/, 'pi'],
      [/❯ pipe/, ENTER],
      [/Delete channel "pipe"[^]*\(y\/N\)/, `y${ENTER}`],
    ])
    expect(code, screen).toBe(0)
    expect(screen).toContain('channel.messaging.knative.dev/pipe deleted')
  })
})

describe.skipIf(onRealCluster)('the saved runbook', () => {
  test('makes the platform without a terminal, and once more without harm', {timeout: 120_000}, async () => {
    const scene = await stage()
    const metadata = {name: 'postgres', namespace: scene.namespace}
    await scene.given(
      {apiVersion: 'v1', kind: 'Service', metadata, spec: {ports: [{port: 5432}]}},
      {
        apiVersion: 'v1',
        kind: 'Endpoints',
        metadata,
        subsets: [{addresses: [{ip: '10.0.0.1'}], ports: [{port: 5432}]}],
      },
    )
    const answers = [
      'name: shop',
      'eventing: kafka',
      'broker: events',
      'persistence: postgresql',
      'databaseService: postgres',
      'databaseSecret: postgres-auth',
      'databaseUser: sonataflow',
      'databasePasswordFile: unused.txt',
    ]
    await scene.file('answers.yaml', `${answers.join('\n')}\n`)
    await scene.file('unused.txt', 's3cret')
    const dry = 'kubectl sfl platform setup --answers answers.yaml --dry-run=client --save-runbook setup.sh'
    await scene.prepare(dry)
    expect(await scene.state(PLATFORM)).toEqual({})
    const script = hasKubectl ? 'sh ./setup.sh' : "sed 's/kubectl sfl/kubectl-sfl/' setup.sh > run.sh; sh ./run.sh"
    for (const [time, outcome] of [
      ['first', 'created'],
      ['second', 'unchanged'],
    ]) {
      const {out, err, code} = await scene.start(script, {timeout: 60_000}).ended
      expect(code, `${time}: ${out}${err}`).toBe(0)
      expect(out).toContain(`secret/postgres-auth ${outcome}`)
      expect(out).toContain(`broker.eventing.knative.dev/events ${outcome}`)
    }
    expect(Object.keys(await scene.state(PLATFORM))).toEqual(['SonataFlowPlatform shop'])
  })
})
