import {describe, expect, test} from 'vitest'
import {KNATIVE_EVENTING, KNATIVE_KAFKA} from '../../../src/domain/eventing/names.js'
import {demo} from '../manifests.js'

const off = {channel: {enabled: false}, source: {enabled: false}}
const kafka = (spec: Record<string, unknown> = off, name = 'knative-kafka', namespace = 'knative-eventing') => ({
  ...KNATIVE_KAFKA,
  metadata: {name, namespace},
  spec,
})
const denied = (plural: string, reason: string) =>
  `admission webhook "validating.${plural}.operator.serverless.openshift.io" denied the request: ${reason}`
const channel = (fields: Record<string, unknown>) => ({
  ...off,
  channel: {enabled: true, bootstrapServers: 'a:1', ...fields},
})

describe('OpenShift Serverless refuses', () => {
  test.each<[string, ReturnType<typeof kafka>, string]>([
    ['in another namespace', kafka(off, 'k', 'demo'), 'KnativeKafka may only be created in knative-eventing namespace'],
    [
      'with a channel that has no servers',
      kafka(channel({bootstrapServers: ''})),
      'spec.channel.bootStrapServers is a required detail when spec.channel.enabled is true',
    ],
    [
      'with a secret of no namespace',
      kafka(channel({authSecretName: 's'})),
      'spec.channel.authSecretNamespace is required when spec.channel.authSecretName is defined',
    ],
    [
      'with the namespace of no secret',
      kafka(channel({authSecretNamespace: 's'})),
      'spec.channel.authSecretName is required when spec.channel.authSecretNamespace is defined',
    ],
  ])('a KnativeKafka %s', async (_, manifest, reason) => {
    const client = demo({layout: 'openshift', install: {kafka: false}}).client()
    await expect(client.create(manifest)).rejects.toMatchObject({
      reason: 'Forbidden',
      message: denied('knativekafkas', reason),
    })
  })

  test('a second KnativeKafka, and a second KnativeEventing', async () => {
    const client = demo({layout: 'openshift'}).client()
    await expect(client.create(kafka(off, 'other'))).rejects.toThrow(
      denied('knativekafkas', 'Only one KnativeKafka allowed per namespace'),
    )
    await expect(
      client.create({...KNATIVE_EVENTING, metadata: {name: 'other', namespace: 'knative-eventing'}}),
    ).rejects.toThrow(denied('knativeeventings', 'Only one KnativeEventing allowed per namespace'))
  })

  test('a KnativeKafka before KnativeEventing', async () => {
    const sandbox = demo({layout: 'openshift', install: {kafka: false}})
    const client = sandbox.client()
    await client.delete({...KNATIVE_EVENTING, namespace: 'knative-eventing', name: 'knative-eventing'})
    await sandbox.settle()
    await expect(client.create(kafka())).rejects.toThrow(
      denied('knativekafkas', 'KnativeEventing instance must be installed before KnativeKafka'),
    )
  })

  test('a KnativeKafka without channel and source, which are required', async () => {
    const client = demo({layout: 'openshift', install: {kafka: false}}).client()
    await expect(client.create(kafka({broker: {enabled: true}}))).rejects.toMatchObject({
      reason: 'Invalid',
      message: expect.stringContaining('spec.channel: Required value') as unknown,
    })
  })

  test('numbers where the settings are texts', async () => {
    const client = demo({layout: 'openshift'}).client()
    const ref = {...KNATIVE_EVENTING, namespace: 'knative-eventing', name: 'knative-eventing'}
    await expect(client.patch(ref, {spec: {config: {sugar: {a: 1}}}})).rejects.toThrow(
      'spec.config.sugar.a in body must be of type string',
    )
  })
})

test('upstream, KnativeEventing may be anywhere', async () => {
  const client = demo({layout: 'operator'}).client()
  await client.create({...KNATIVE_EVENTING, metadata: {name: 'other', namespace: 'demo'}, spec: {}})
})
