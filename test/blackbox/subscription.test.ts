import {expect, test} from 'vitest'
import {SUBSCRIPTION} from '../../src/domain/eventing/names.js'
import {aService} from './support/objects.js'
import {theatre} from './support/stage.js'

const {stage} = theatre()

test('a subscription is created, looked at, waited for, and deleted out of its channel', async () => {
  const scene = await stage()
  await scene.given(aService(scene, 'audit'), aService(scene, 'answers'), aService(scene, 'dead-letters'))
  await scene.prepare('kubectl sfl channel create pipe --type imc --wait')
  await scene.sh(
    'kubectl sfl subscription create audit --channel pipe --sink ksvc:audit --sink-reply ksvc:answers --sink-dead-letter ksvc:dead-letters --retry 3 --backoff-policy linear --backoff-delay PT2S --wait',
  )
  await scene.sh('kubectl sfl subscription create copy --channel imc:pipe --sink http://example.com/')
  await scene.sh('kubectl sfl subscription list')
  await scene.sh('kubectl sfl subscription list -o wide')
  await scene.sh('kubectl sfl subscription describe audit')
  await scene.sh('kubectl sfl channel describe pipe --no-show-events')
  await scene.sh('kubectl sfl subscription apply copy --channel imc:pipe --sink http://example.com/ --dry-run=server')
  await scene.sh('kubectl sfl subscription wait audit --timeout 2m')
  await scene.sh('kubectl sfl subscription delete audit')
  await scene.sh('kubectl sfl subscription delete audit copy --yes')
  await scene.sh('kubectl sfl subscription list')
  await scene.matches('subscription')
  expect(await scene.state(SUBSCRIPTION)).toEqual({})
})

test('update changes what the flags name: one delivery setting leaves the others as they are', async () => {
  const scene = await stage()
  await scene.given(aService(scene, 'audit'), aService(scene, 'dead-letters'))
  await scene.prepare('kubectl sfl channel create pipe --type imc --wait')
  await scene.prepare('kubectl sfl subscription create audit --channel pipe --sink ksvc:audit --retry 3')
  const show = "kubectl sfl subscription describe audit -o jsonpath='{.spec.delivery}'"
  await scene.sh('kubectl sfl subscription update audit --backoff-policy exponential --backoff-delay 500ms')
  await scene.sh('kubectl sfl subscription update audit --dl-sink ksvc:dead-letters')
  await scene.sh(show)
  await scene.sh(
    'kubectl sfl subscription update audit --unset retry --sink http://example.com/ --dry-run=server --diff',
  )
  await scene.sh('kubectl sfl subscription update audit --unset backoff-delay')
  await scene.sh(show)
  await scene.sh('kubectl sfl subscription update audit --channel other')
  await scene.matches('subscription-update')
})

test('a subscription that could never become ready is refused with the reason and the repair', async () => {
  const scene = await stage()
  await scene.given(aService(scene, 'audit'))
  await scene.prepare('kubectl sfl channel create pipe --type imc --wait')
  await scene.sh('kubectl sfl subscription create x --channel pip --sink ksvc:audit')
  await scene.sh('kubectl sfl subscription create x --channel pipe --sink ksvc:audti --sink-reply ksvc:nowhere')
  await scene.sh('kubectl sfl subscription create x --channel pipe')
  expect(await scene.state(SUBSCRIPTION)).toEqual({})
  await scene.sh('kubectl sfl subscription create x --channel pip --sink ksvc:audit --force')
  await scene.sh('kubectl sfl subscription wait x --timeout 1s')
  await scene.matches('subscription-refused')
})
