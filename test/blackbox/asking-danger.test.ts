import {describe, expect, test} from 'vitest'
import {PLATFORM} from '../../src/domain/sonataflow/names.js'
import {BACKSPACE, CTRL_C, CTRL_D, ENTER, matchesScreens, play, type ScreenOptions} from './support/screen.js'
import {hasScript, onRealCluster, theatre, type Stage} from './support/stage.js'

const {stage} = theatre()

/** A platform that a workflow depends on. */
const aUsedPlatform = async (): Promise<Stage> => {
  const scene = await stage()
  await scene.prepare('kubectl sfl platform create shop')
  await scene.given({
    apiVersion: 'sonataflow.org/v1alpha08',
    kind: 'SonataFlow',
    metadata: {name: 'checkout', namespace: scene.namespace},
    spec: {flow: {start: 'end', states: [{name: 'end', type: 'inject', data: {}, end: true}]}},
  })
  return scene
}

const LOOKS: ReadonlyArray<readonly [string, ScreenOptions]> = [
  ['80', {columns: 80}],
  ['40-colour', {columns: 40, rows: 60, colour: true}],
]

describe.skipIf(!hasScript)('a platform that workflows depend on', () => {
  const DELETE = 'kubectl sfl platform delete shop'

  test.each(LOOKS)('goes only when its name is typed, %s', {timeout: 120_000}, async (name, look) => {
    const scene = await aUsedPlatform()
    const played = await play(
      scene,
      DELETE,
      [
        {see: /Type its name/, keys: `y${ENTER}`, keep: 'what is affected'},
        {see: /that is not "shop"/, keys: `${BACKSPACE}shop${ENTER}`, keep: 'another name'},
      ],
      look,
    )
    expect(played.code, played.scrolled).toBe(0)
    expect(Object.keys(await scene.state(PLATFORM))).not.toContain('SonataFlowPlatform shop')
    await matchesScreens(`platform-delete-${name}`, played)
  })

  test.each([
    ['nothing', ENTER],
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('stays with %s', {timeout: 60_000}, async (_name, keys) => {
    const scene = await aUsedPlatform()
    const before = await scene.state(PLATFORM)
    const {code, scrolled} = await play(scene, DELETE, [{see: /Type its name/, keys}])
    await scene.settle()
    expect(code).toBe(130)
    expect(scrolled).toMatch(/error: cancelled, nothing was changed$/)
    expect(await scene.state(PLATFORM)).toEqual(before)
  })

  test(
    'goes in a script by --confirm with its name; --yes and other names are not enough',
    {timeout: 60_000},
    async () => {
      const scene = await aUsedPlatform()
      const before = await scene.state(PLATFORM)
      const codes: number[] = []
      for (const flags of ['', '--yes', '--yes --confirm other']) {
        const {err, code} = await scene.start(`${DELETE} ${flags}`).ended
        codes.push(code)
        expect(err).toMatch(/^hint: .*--confirm shop/m)
      }
      expect(codes).toEqual([2, 2, 2])
      expect(await scene.state(PLATFORM)).toEqual(before)
      await scene.prepare(`${DELETE} --confirm shop`)
      expect(Object.keys(await scene.state(PLATFORM))).not.toContain('SonataFlowPlatform shop')
    },
  )
})

describe.skipIf(!hasScript || onRealCluster)('a default of the whole cluster', () => {
  const {stage: ownStage} = theatre({own: true})
  const DEFAULTS = {apiVersion: 'v1', kind: 'ConfigMap', namespace: 'knative-eventing', name: 'config-br-defaults'}
  const SET = 'kubectl sfl broker class set'

  test.each(LOOKS)('is chosen, shown and confirmed by name, %s', {timeout: 120_000}, async (name, look) => {
    const scene = await ownStage()
    const played = await play(
      scene,
      SET,
      [
        {see: /❯ MTChannelBasedBroker/, keys: `Kafka`},
        {see: /❯ Kafka\b/, keys: ENTER, keep: 'the class'},
        {see: /Type its name/, keys: `kafka${ENTER}`, keep: 'what is affected'},
        {see: /that is not "Kafka"/, keys: `${BACKSPACE.repeat(5)}Kafka${ENTER}`, keep: 'another name'},
      ],
      look,
    )
    expect(played.code, played.scrolled).toBe(0)
    expect(JSON.stringify(await scene.api.get(DEFAULTS))).toContain('brokerClass: Kafka')
    await matchesScreens(`class-set-${name}`, played)
  })

  test.each([
    ['nothing', ENTER],
    ['Ctrl-C', CTRL_C],
    ['Ctrl-D', CTRL_D],
  ])('stays with %s', {timeout: 60_000}, async (_name, keys) => {
    const scene = await ownStage()
    const before = await scene.api.get(DEFAULTS)
    const {code} = await play(scene, `${SET} Kafka`, [{see: /Type its name/, keys}])
    expect(code).toBe(130)
    expect(await scene.api.get(DEFAULTS)).toEqual(before)
  })
})
