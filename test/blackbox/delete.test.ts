import {expect, test} from 'vitest'
import {aBroker, aKafkaBroker, aTrigger} from './support/objects.js'
import {theatre} from './support/stage.js'

const {stage} = theatre()

test('the triggers that lose their broker are named; without a terminal --yes is needed', async () => {
  const scene = await stage()
  await scene.given(
    aKafkaBroker(scene, 'orders'),
    aTrigger(scene, 'billing', 'orders'),
    aTrigger(scene, 'shipping', 'orders'),
  )
  const before = await scene.state()
  await scene.sh('kubectl sfl broker delete orders')
  await scene.sh('kubectl sfl broker delete orders --no-input')
  await scene.sh('kubectl sfl broker delete orders --yes --dry-run=server')
  await scene.sh('kubectl sfl broker delete orders --dry-run=client')
  expect(await scene.state()).toEqual(before)
  await scene.sh('kubectl sfl broker delete orders --yes')
  await scene.matches('delete-triggers')
  expect(Object.keys(await scene.state())).toEqual(['Trigger billing', 'Trigger shipping'])
})

test('several names are deleted although one of them is missing; --ignore-not-found makes that no error', async () => {
  const scene = await stage()
  const names = ['a', 'b', 'c']
  await scene.given(...names.map((name) => aKafkaBroker(scene, name)))
  await scene.sh('kubectl sfl broker delete a nowhere b --yes')
  await scene.sh('kubectl sfl broker delete nowhere neither --yes -o json')
  await scene.sh('kubectl sfl broker delete nowhere --yes')
  await scene.sh('kubectl sfl broker delete nowhere --yes --ignore-not-found')
  await scene.sh('kubectl sfl broker delete nowhere c --yes --ignore-not-found')
  await scene.matches('delete-several')
  expect(await scene.state()).toEqual({})
})

test('a broker that injection would bring back is not deleted', async () => {
  const scene = await stage()
  await scene.given(aBroker(scene, 'default'))
  await scene.api.patch(
    {apiVersion: 'v1', kind: 'Namespace', name: scene.namespace},
    {metadata: {labels: {'eventing.knative.dev/injection': 'enabled'}}},
  )
  await scene.settle()
  const before = await scene.state()
  await scene.sh('kubectl sfl broker delete default --yes')
  expect(await scene.state()).toEqual(before)
  await scene.sh('kubectl sfl broker delete default --yes --force')
  await scene.matches('delete-injected')
})

test('a broker that a finalizer holds is named with that finalizer when the time is over', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'held', {finalizers: ['example.com/backup']}))
  await scene.sh('kubectl sfl broker delete held --yes --timeout 1s')
  await scene.sh('kubectl sfl broker delete held --yes --no-wait')
  await scene.matches('delete-held')
  await scene.api.patch(
    {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'held', namespace: scene.namespace},
    {metadata: {finalizers: null}},
  )
  expect(await scene.state()).toEqual({})
})
