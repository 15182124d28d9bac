import {describe, expect, test} from 'vitest'
import {aService, aTrigger} from './support/objects.js'
import {hasKubectl, theatre} from './support/stage.js'

const {stage} = theatre({kubectl: true})

/** The life of a broker, from one command line to the next, as a person types them. */
const life = async (program: string): Promise<void> => {
  const scene = await stage()
  await scene.given(aService(scene, 'dead-letters'), aTrigger(scene, 'billing', 'orders'))
  const type = async (words: string): Promise<void> => {
    const ran = await scene.start(`${program} ${words}`).ended
    await scene.settle()
    scene.record(`kubectl sfl ${words}`, ran)
  }
  await type(
    'broker create orders --class Kafka --dl-sink ksvc:dead-letters --retry 5 --backoff-policy exponential --backoff-delay PT1S',
  )
  await type('broker list')
  await type('broker list -o wide')
  await type('broker describe orders')
  await type("broker describe orders -o jsonpath='{.status.address.url}'")
  await type('broker describe orders -o url')
  await type('broker update orders --retry 3 --unset dl-sink')
  await type('broker apply orders --class Kafka --retry 3')
  await type('broker apply orders --class Kafka --retry 3')
  await type('broker wait orders --for ready --timeout 2m')
  await type('broker delete orders --yes')
  await type('broker list')
  // Both ways of calling are held against the same text.
  await scene.matches('lifecycle')
  expect(Object.keys(await scene.state())).toEqual(['Trigger billing'])
}

describe.skipIf(!hasKubectl)('through kubectl', () => {
  test('a broker is created, looked at, changed, waited for and deleted with "kubectl sfl"', () => life('kubectl sfl'))
})

describe('without kubectl', () => {
  test('the plugin called by its own name does and says the same', () => life('kubectl-sfl'))
})
