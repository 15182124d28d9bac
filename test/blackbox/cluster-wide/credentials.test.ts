import {beforeAll, describe, expect, test} from 'vitest'
import {KNATIVE_KAFKA} from '../../../src/domain/eventing/names.js'
import {at, textAt} from '../../../src/domain/core/read.js'
import {hiddenTexts, keyFiles, withKeyFiles} from '../support/key-files.js'
import {aKafkaBroker} from '../support/objects.js'
import {type Stage, theatre} from '../support/stage.js'

let files: Readonly<Record<string, string>> = {}
beforeAll(async () => {
  files = await keyFiles()
})

const SYSTEM = {namespace: 'knative-eventing'}
const SASL = '--mechanism SCRAM-SHA-512 --user orders --password-file pw.txt --ca-cert ca.pem'

/** The name of the Secret that the brokers of the cluster log in with. */
const attached = async ({api}: Stage): Promise<string | undefined> =>
  textAt(
    await api.get({apiVersion: 'v1', kind: 'ConfigMap', ...SYSTEM, name: 'kafka-broker-config'}),
    'data',
    'auth.secret.ref.name',
  )

describe('where nobody but users writes the ConfigMaps', {timeout: 120_000}, () => {
  const {stage} = theatre({own: true})

  test('credentials go where the brokers look for them, and --attach makes them known there, as one plan', async () => {
    const scene = await stage()
    await withKeyFiles(scene, files)
    await scene.given(aKafkaBroker(scene, 'orders'))
    await scene.sh(`kubectl sfl secret create-kafka-auth kafka-auth ${SASL}`)
    await scene.sh(`kubectl sfl secret create-kafka-auth kafka-auth ${SASL} --attach --diff`)
    expect(await attached(scene)).toBeUndefined()
    await scene.sh(`kubectl sfl secret create-kafka-auth kafka-auth ${SASL} --attach`)
    expect(await attached(scene)).toBe('kafka-auth')
    await scene.sh(`kubectl sfl secret create-kafka-auth kafka-auth ${SASL} --attach`)
    await scene.sh('kubectl sfl secret list -n knative-eventing')
    await scene.sh('kubectl sfl kafka config describe kafka-broker-config -n knative-eventing')
    await scene.sh('kubectl sfl kafka config update kafka-broker-config -n knative-eventing --unset auth-secret')
    await scene.matches('secret-attach')
    expect(await attached(scene)).toBeUndefined()
  })
})

describe('on OpenShift', {timeout: 120_000}, () => {
  const {stage} = theatre({layout: 'openshift', own: true})

  test('--attach puts the name into KnativeKafka and waits for its operator; nothing of it shows a value', async () => {
    const scene = await stage()
    await withKeyFiles(scene, files)
    const create =
      'kubectl sfl secret create-kafka-auth kafka-auth --ca-cert ca.pem --client-cert user.pem --client-key user.key'
    await scene.sh(`${create} --attach --via config-map --yes`)
    await scene.sh(`${create} --attach --diff`)
    await scene.sh(`${create} --attach --yes --wait`)
    await scene.sh(`${create} --attach --yes --wait`)
    await scene.sh('kubectl sfl secret describe kafka-auth -n knative-eventing')
    await scene.matches('secret-attach-openshift')
    expect(await attached(scene)).toBe('kafka-auth')
    const resource = await scene.api.get({...KNATIVE_KAFKA, ...SYSTEM, name: 'knative-kafka'})
    expect(at(resource, 'spec', 'broker', 'defaultConfig', 'authSecretName')).toBe('kafka-auth')
    const {out, err} = await scene.start(`${create} --attach --yes --replace -v 9`).ended
    expect(hiddenTexts(files).some((text) => out.includes(text) || err.includes(text))).toBe(false)
  })
})
