import {expect, test} from 'vitest'
import {aTrigger} from './support/objects.js'
import {theatre} from './support/stage.js'

const {stage} = theatre()

test('injection for a namespace: enabled, shown, and disabled together with the broker that it made', async () => {
  const scene = await stage()
  await scene.sh('kubectl sfl broker injection show')
  await scene.sh('kubectl sfl broker injection enable --dry-run=server')
  await scene.sh('kubectl sfl broker injection enable --wait')
  await scene.sh('kubectl sfl broker injection enable')
  await scene.given(aTrigger(scene, 'billing', 'default'))
  await scene.sh('kubectl sfl broker injection show')
  await scene.sh('kubectl sfl broker injection disable --delete-broker --settle 1s')
  await scene.sh('kubectl sfl broker injection disable --delete-broker --settle 1s --yes')
  await scene.sh('kubectl sfl broker list')
  await scene.matches('injection')
  expect(Object.keys(await scene.state())).toEqual(['Trigger billing'])
})

test('injection for one trigger: its broker is made, and only its marks are taken off', async () => {
  const scene = await stage()
  await scene.given(aTrigger(scene, 'billing', 'orders'), aTrigger(scene, 'shipping', 'other'))
  await scene.sh('kubectl sfl broker injection enable --trigger billing --wait')
  await scene.sh('kubectl sfl broker injection show')
  await scene.sh('kubectl sfl trigger list')
  await scene.sh('kubectl sfl broker injection disable --trigger billing --settle 1s')
  await scene.sh('kubectl sfl broker list -o name')
  await scene.matches('injection-trigger')
  expect(Object.keys(await scene.state())).toEqual(['Broker orders', 'Trigger billing', 'Trigger shipping'])
})
