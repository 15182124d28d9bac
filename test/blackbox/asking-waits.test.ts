import {describe, expect, test} from 'vitest'
import {aKafkaBroker} from './support/objects.js'
import {CTRL_C, framed, matchesScreens, openScreen} from './support/screen.js'
import {hasScript, onRealCluster, theatre, type Stage} from './support/stage.js'

const {stage} = theatre()

/** A broker that never gets ready: its config is not there. */
const aFailingBroker = async (): Promise<Stage> => {
  const scene = await stage()
  const config = {apiVersion: 'v1', kind: 'ConfigMap', name: 'nowhere', namespace: scene.namespace}
  await scene.given(aKafkaBroker(scene, 'orders', {spec: {config}}))
  return scene
}

const WAIT = 'kubectl sfl broker wait orders'

/** What is seen on terminals of these widths; they wait at the same time. */
const onWidths = (
  widths: readonly number[],
  seen: (columns: number) => Promise<string[]>,
): Promise<Array<{columns: number; screens: string[]}>> =>
  Promise.all(widths.map(async (columns) => ({columns, screens: await seen(columns)})))

describe.skipIf(!hasScript)('a wait at a terminal', () => {
  test('is one line that never wraps, on any width, and ends with the reason', {timeout: 60_000}, async () => {
    const line = `${WAIT} --timeout 5s`
    const seen = async (columns: number): Promise<string[]> => {
      const terminal = await openScreen(await aFailingBroker(), line, {columns, rows: 40})
      await terminal.until(/⠋ .*\(Ns\)$/)
      const waiting = terminal.screen()
      expect(waiting.split('\n')).toHaveLength(1)
      expect(waiting.length).toBeLessThan(columns)
      expect(await terminal.ended).toBe(4)
      return [framed('waiting', waiting, columns), framed('exit 4', terminal.screen(), columns)]
    }
    for (const {columns, screens} of await onWidths([80, 40, 20], seen))
      await matchesScreens(`wait-${columns}`, `$ ${line}`, ...screens)
  })

  test('has colour where there is some', {timeout: 60_000}, async () => {
    const scene = await aFailingBroker()
    const terminal = await openScreen(scene, `${WAIT} --timeout 1s`, {colour: true})
    expect(await terminal.ended).toBe(4)
    await matchesScreens('wait-colour', framed('exit 4', terminal.screen(), 80))
  })

  test(
    'fits the window after it was made narrower or wider, and what stands above is kept',
    {timeout: 60_000},
    async () => {
      const scene = await aFailingBroker()
      const terminal = await openScreen(scene, `echo before; ${WAIT} --timeout 1m`)
      await terminal.until(/^before\n⠋ .*\(Ns\)$/)
      for (const columns of [40, 25, 60, 80]) {
        await terminal.resize(columns)
        // What was on its way when the window changed may have left a piece of itself.
        await terminal.until(new RegExp(`^before\n([^]*\n)?⠋ [^\n]{${columns - 12},${columns - 3}}$`))
      }
      terminal.type(CTRL_C)
      expect(await terminal.ended).toBe(130)
      expect(terminal.screen()).toMatch(/^before\n([^]*\n)?error: interrupted$/)
    },
  )
})

test('without a terminal a wait is a line for every state', {timeout: 60_000}, async () => {
  const scene = await aFailingBroker()
  const {out, err, code} = await scene.start(`${WAIT} --timeout 1s`).ended
  expect(code).toBe(4)
  expect(out).toBe('')
  const [first = '', ...rest] = scene.normal(err).trimEnd().split('\n')
  expect(first).toMatch(/^waiting for broker\.eventing\.knative\.dev\/orders to become ready: \S/)
  expect(rest.join('\n')).toMatch(/^error: timed out after 1s waiting for .*orders to become ready: \S[^]*\nhint: /m)
  expect(err).not.toMatch(/[\u001B\r⠋]/)
})

describe.skipIf(!hasScript || onRealCluster)('a platform that does not get ready', () => {
  test('names the pod that cannot start, on any width', {timeout: 60_000}, async () => {
    const line =
      'kubectl sfl platform services configure --image registry.invalid/data-index data-index --wait --wait-timeout 4s'
    const seen = async (columns: number): Promise<string[]> => {
      const scene = await stage()
      await scene.prepare('kubectl sfl platform create shop --services data-index --wait')
      const terminal = await openScreen(scene, line, {columns, rows: 60})
      expect(await terminal.ended).toBe(4)
      expect(terminal.screen().replace(/\s+/g, '')).toContain('ImagePullBackOff')
      return [framed('exit 4', terminal.screen(), columns)]
    }
    for (const {columns, screens} of await onWidths([80, 40], seen))
      await matchesScreens(`platform-wait-${columns}`, `$ ${line}`, ...screens)
  })
})
