import {expect, test} from 'vitest'
import {CHANNEL} from '../../src/domain/eventing/names.js'
import {aService} from './support/objects.js'
import {theatre} from './support/stage.js'

const {stage} = theatre()

test('channels are created of every type, listed, described, waited for and deleted', async () => {
  const scene = await stage()
  await scene.given(aService(scene, 'dead-letters'))
  await scene.sh('kubectl sfl channel list-types')
  await scene.sh('kubectl sfl channel create pipe --type imc --dl-sink ksvc:dead-letters --retry 3 --wait')
  await scene.sh(
    'kubectl sfl channel create log --type kafka --partitions 6 --replication-factor 3 --retention P7D --label team=shop',
  )
  await scene.sh('kubectl sfl channel create plain --dry-run=client -o yaml')
  await scene.sh('kubectl sfl channel apply plain')
  await scene.sh('kubectl sfl channel create pipe --type imc')
  await scene.sh('kubectl sfl channel list -o wide')
  await scene.sh('kubectl sfl channel describe pipe')
  await scene.sh('kubectl sfl channel describe log')
  await scene.sh('kubectl sfl channel describe log -o url')
  await scene.sh('kubectl sfl channel wait log --for ready --timeout 2m')
  await scene.sh('kubectl sfl channel delete log')
  await scene.sh('kubectl sfl channel delete log pipe --yes')
  await scene.sh('kubectl sfl channel list -o name')
  await scene.matches('channel')
  expect(Object.keys(await scene.state(CHANNEL))).toEqual(['Channel plain'])
})

test('what is wrong with a channel, or cannot be changed in it, is explained, and nothing is sent', async () => {
  const scene = await stage()
  await scene.prepare('kubectl sfl channel create pipe --type imc')
  const before = await scene.state(CHANNEL)
  await scene.sh('kubectl sfl channel create x --type kafak')
  await scene.sh('kubectl sfl channel create x --type imc --partitions 3')
  await scene.sh('kubectl sfl channel create x --dl-sink ksvc:nowhere')
  await scene.sh('kubectl sfl channel update pipe --retry 5 --backoff-policy linear')
  await scene.sh('kubectl sfl channel update pipe --type kafka')
  expect(await scene.state(CHANNEL)).toEqual(before)
  await scene.sh('kubectl sfl channel update pipe --label team=shop')
  await scene.matches('channel-refused')
})
