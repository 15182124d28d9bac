import {expect, test} from 'vitest'
import {aKafkaBroker} from './support/objects.js'
import {theatre} from './support/stage.js'

const {stage} = theatre()

test("kn's argument order: its global flags may stand in front, and every text says kn sfl", async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  await scene.sh('kn-sfl --context admin broker list')
  await scene.sh(`kn-sfl -n ${scene.namespace} broker describe orders --no-extras`)
  await scene.sh(`kn-sfl --kubeconfig ${scene.folder}/kubeconfig --namespace=${scene.namespace} broker ls`)
  await scene.sh('kn-sfl --log-http=false --as admin --as-group system:masters broker describe orders -o url')
  await scene.sh('kn-sfl --config /nowhere/config.yaml --cluster admin --user admin brokers list -o name')
  await scene.sh('kn-sfl broker create payments --wait --wait-timeout 60')
  await scene.sh('kn-sfl broker describe paymnets')
  await scene.sh('kn-sfl broker delete payments')
  await scene.sh('kn-sfl broker list --outptu json')
  await scene.sh('kn-sfl brker list')
  await scene.sh('kn-sfl manifest')
  await scene.matches('kn')
  expect(Object.keys(await scene.state())).toEqual(['Broker orders', 'Broker payments'])
})

test('kn hands the words over behind "sfl" and the rest as it stood', async () => {
  const scene = await stage()
  await scene.given(aKafkaBroker(scene, 'orders'))
  // kn finds its plugin, takes the plugin's own word out of the line and passes everything else on.
  const kn = await scene.file(
    'kn',
    '#!/bin/sh\nfor word; do shift; [ "$word" = sfl ] || set -- "$@" "$word"; done\nexec kn-sfl "$@"\n',
  )
  await scene.prepare(`chmod +x ${kn}`)
  await scene.sh('./kn --context admin sfl broker list -o name')
  await scene.sh(`./kn sfl -n ${scene.namespace} broker describe orders -o url`)
  await scene.sh('./kn sfl --help | head -n 3')
  await scene.matches('kn-host')
})
