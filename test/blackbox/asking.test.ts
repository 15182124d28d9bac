import {describe, expect, test} from 'vitest'
import {textsAt} from '../../src/domain/core/read.js'
import {aBroker, aKafkaBroker, aService} from './support/objects.js'
import {
  BACKSPACE,
  CTRL_C,
  CTRL_D,
  DOWN,
  ENTER,
  matchesScreens,
  openScreen,
  play,
  type Move,
  type ScreenOptions,
} from './support/screen.js'
import {hasScript, theatre, type Stage} from './support/stage.js'

const {stage} = theatre()

const LOOKS: ReadonlyArray<readonly [string, ScreenOptions]> = [
  ['80', {columns: 80}],
  ['80-colour', {columns: 80, colour: true}],
  ['40', {columns: 40, rows: 40}],
  ['40-colour', {columns: 40, rows: 40, colour: true}],
]

const BROKER_FORM: readonly Move[] = [
  {see: /Name of the new broker:/, keys: `No name${ENTER}`, keep: 'a name'},
  {see: /invalid broker name/, keys: `${BACKSPACE.repeat(7)}orders${ENTER}`, keep: 'a bad name'},
  {see: /❯ MTChannelBasedBroker/, keys: DOWN, keep: 'the class'},
  {see: /❯ Kafka/, keys: ENTER, keep: 'another class'},
  {see: /❯ nowhere/, keys: 'sh', keep: 'the dead letter sink'},
  {see: /❯ ksvc:shop/, keys: ENTER, keep: 'narrowed by what is typed'},
]

const PASSWORD = 'sw0rdfish'

const SECRET_FORM: readonly Move[] = [
  {see: /Name of the new Secret:/, keys: `kafka-auth${ENTER}`},
  {see: /❯ user and password, SASL SCRAM-SHA-512/, keys: ENTER, keep: 'how to log in'},
  {see: /User:/, keys: `orders${ENTER}`, keep: 'the user'},
  {see: /CA certificate/, keys: ENTER, keep: 'a file'},
  {see: /❯ no, only create the Secret/, keys: ENTER, keep: 'a choice'},
  {see: /Password of orders:/, keys: `${PASSWORD}${ENTER}`, keep: 'what is hidden'},
  {see: /The same again:/, keys: `other${ENTER}`, keep: 'once more'},
  {see: /that was another one/, keys: `${BACKSPACE.repeat(5)}${PASSWORD}${ENTER}`, keep: 'not the same'},
]

describe.skipIf(!hasScript)('a short form at a terminal', () => {
  test.each(LOOKS)('broker create, %s', {timeout: 120_000}, async (name, look) => {
    const scene = await stage()
    await scene.given(aService(scene, 'shop'), aService(scene, 'billing'))
    const played = await play(scene, 'kubectl sfl broker create', BROKER_FORM, look)
    expect(played.code, played.scrolled).toBe(0)
    expect(Object.keys(await scene.state())).toEqual(['Broker orders'])
    await matchesScreens(`broker-create-${name}`, played)
  })

  test.each(LOOKS)('secret create-kafka-auth, %s', {timeout: 120_000}, async (name, look) => {
    const scene = await stage()
    const line = `kubectl sfl secret create-kafka-auth -n ${scene.namespace}`
    const played = await play(scene, line, SECRET_FORM, look)
    expect(played.code, played.scrolled).toBe(0)
    expect(`${played.screens}${played.scrolled}`).not.toContain(PASSWORD)
    const secret = await scene.api.get({
      apiVersion: 'v1',
      kind: 'Secret',
      namespace: scene.namespace,
      name: 'kafka-auth',
    })
    expect(Buffer.from(textsAt(secret, 'data')['password'] ?? '', 'base64').toString()).toBe(PASSWORD)
    await matchesScreens(`create-kafka-auth-${name}`, played)
  })

  test('sinks are those of the namespace, and what is typed narrows them', {timeout: 120_000}, async () => {
    const scene = await stage()
    await scene.given(aService(scene, 'shop'), aService(scene, 'billing'), aKafkaBroker(scene, 'orders'), {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {name: 'plain', namespace: scene.namespace},
      spec: {ports: [{port: 80}]},
    })
    const played = await play(scene, 'kubectl sfl trigger create', [
      {see: /Name of the new trigger/, keys: `all${ENTER}`},
      {see: /❯ orders/, keys: ENTER, keep: 'brokers'},
      {see: /❯ ksvc:billing/, keys: 'svc:', keep: 'sinks'},
      {see: /svc:plain(?![^]*broker:orders)/, keys: ' pl', keep: 'those with svc:'},
      {see: /❯ svc:plain/, keys: 'x', keep: 'one of them'},
      {see: /❯ something else/, keys: `${BACKSPACE}${ENTER}`, keep: 'none of them'},
    ])
    expect(played.code, played.scrolled).toBe(0)
    await matchesScreens('sinks', played)
  })
})

/** Brokers of two names, to choose from. */
const twoBrokers = async (): Promise<Stage> => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'), aKafkaBroker(scene, 'payments'))
  return scene
}

const UPDATE = 'kubectl sfl broker update --retry 4'
const unchanged = async (scene: Stage, line: string, moves: readonly Move[], options?: ScreenOptions) => {
  const before = await scene.state()
  const played = await play(scene, line, moves, options)
  await scene.settle()
  expect(await scene.state()).toEqual(before)
  return played
}

describe.skipIf(!hasScript)('keys', () => {
  test.each([
    ['a line that is pasted with its end', `pay${ENTER}`],
    ['arrows and Enter at once', `${DOWN}${ENTER}`],
    ['text, arrow and Enter at once', `ord${BACKSPACE.repeat(3)}${DOWN}${ENTER}`],
    ['two lines that are pasted: the second one answers nothing', `pay${ENTER}orders${ENTER}`],
  ])('%s: the broker is found', {timeout: 60_000}, async (_name, keys) => {
    const scene = await twoBrokers()
    const played = await play(scene, UPDATE, [{see: /❯ orders/, keys}])
    expect(played.code, played.scrolled).toBe(0)
    expect(played.scrolled).toContain('broker.eventing.knative.dev/payments updated\n')
    expect(played.scrolled).toMatch(/in one line:\s+kubectl sfl broker update payments --retry 4$/)
  })

  test('what was typed before a question was there answers nothing', {timeout: 60_000}, async () => {
    const scene = await twoBrokers()
    const terminal = await openScreen(scene, 'kubectl sfl broker delete orders payments')
    terminal.type(`y${ENTER}y${ENTER}y${ENTER}`)
    await terminal.until(/Delete broker "orders"[^]*\(y\/N\)/)
    terminal.type(`y${ENTER}y${ENTER}y`)
    await terminal.until(/Delete broker "payments"[^]*\(y\/N\)$/m)
    terminal.type(CTRL_C)
    expect(await terminal.ended).toBe(130)
    expect(Object.keys(await scene.state())).toEqual(['Broker orders', 'Broker payments'])
  })

  test.each([
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('%s at any question leaves everything as it was', {timeout: 120_000}, async (_name, key) => {
    const scene = await stage()
    for (let length = 0; length < 3; length += 1) {
      const moves = [BROKER_FORM[0], BROKER_FORM[2], BROKER_FORM[4]].slice(0, length + 1).map((move, index) => ({
        see: move?.see ?? /never/,
        keys: index === length ? key : index === 0 ? `orders${ENTER}` : ENTER,
      }))
      const played = await unchanged(scene, 'kubectl sfl broker create', moves)
      expect(played.code).toBe(130)
      expect(played.scrolled).toMatch(/error: cancelled, nothing was changed$/)
      expect(played.scrolled).not.toContain('in one line')
    }
    const hidden = await unchanged(scene, 'kubectl sfl secret create-postgres-auth pg --user me', [
      {see: /Password of me:/, keys: key},
    ])
    expect(hidden.code).toBe(130)
  })
})

describe.skipIf(!hasScript)('nobody is asked', () => {
  const LINES = [
    'kubectl sfl broker create',
    'kubectl sfl trigger create',
    'kubectl sfl secret create-kafka-auth',
    'kubectl sfl platform services enable',
    'kubectl sfl broker class set',
  ]
  const ELSEWHERE: ReadonlyArray<readonly [string, string, Record<string, string>]> = [
    ['stdin is a pipe', 'yes | LINE', {}],
    ['stdin is a file', 'LINE < /dev/null', {}],
    ['stderr is a pipe', 'LINE 2>&1 | cat; exit 2', {}],
    ['--no-input', 'LINE --no-input', {}],
    ['CI', 'LINE', {CI: 'true'}],
    ['-o json', 'LINE -o json', {}],
  ]

  test.each(ELSEWHERE)('%s', {timeout: 120_000}, async (_name, form, env) => {
    const scene = await stage()
    for (const line of LINES) {
      const played = await unchanged(scene, form.replace('LINE', line), [], {env})
      expect(played.code, played.scrolled).toBe(2)
      expect(played.scrolled).toMatch(/requires|is missing/)
      expect(played.scrolled).not.toMatch(/^\? /m)
    }
  })
})

describe.skipIf(!hasScript)('a deletion', () => {
  test.each(LOOKS)('asks y or n, %s', {timeout: 120_000}, async (name, look) => {
    const scene = await stage()
    await scene.given(aBroker(scene, 'orders', {class: 'MTChannelBasedBroker'}))
    await scene.prepare('kubectl sfl trigger create billing --broker orders --sink http://example.com')
    const no = await unchanged(
      scene,
      'kubectl sfl broker delete orders',
      [{see: /\(y\/N\)/, keys: ENTER, keep: 'the question'}],
      look,
    )
    expect(no.code).toBe(130)
    const yes = await play(scene, 'kubectl sfl broker delete orders', [{see: /\(y\/N\)/, keys: `y${ENTER}`}], look)
    expect(yes.code, yes.scrolled).toBe(0)
    await matchesScreens(`delete-${name}`, no, yes)
  })
})
