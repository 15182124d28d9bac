import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {aSession, type Session} from '../../support/session.js'

const inDemo = (apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject => ({
  apiVersion,
  kind,
  metadata: {name, namespace: 'demo'},
  ...rest,
})

/** A namespace with something of every kind that can be a sink. */
const aRichNamespace = async (): Promise<Session> => {
  const session = aSession()
  await session.given(
    inDemo('serving.knative.dev/v1', 'Service', 'billing', {spec: {template: {spec: {containers: [{image: 'x'}]}}}}),
    inDemo('serving.knative.dev/v1', 'Service', 'audit', {spec: {template: {spec: {containers: [{image: 'x'}]}}}}),
    inDemo('v1', 'Service', 'plain', {spec: {ports: [{port: 80}]}}),
  )
  await session.prepare(
    'kubectl sfl broker create orders --class MTChannelBasedBroker',
    'kubectl sfl broker create invoices --class MTChannelBasedBroker',
    'kubectl sfl channel create pipe --type imc',
  )
  return session
}

describe('what is missing on the command line is asked for at a terminal', () => {
  test('names: one of those that exist, or a valid new one', async () => {
    const session = await aRichNamespace()
    await session.type('kubectl sfl broker describe --no-extras', {replies: ['orders']})
    await session.type('kubectl sfl broker update --retry 3', {replies: ['inv']})
    await session.type('kubectl sfl broker wait --timeout 0', {replies: ['']})
    await session.type('kubectl sfl channel create --type imc', {replies: ['Not a name', 'later']})
    await session.type('kubectl sfl broker delete', {replies: ['orders', 'y']})
    await session.type('kubectl sfl subscription delete', {replies: []})
    await session.matches('ask-names')
    expect(session.writes()).toEqual([
      'patch eventing.knative.dev/v1 Broker demo/invoices',
      'create messaging.knative.dev/v1 Channel demo/later',
      'delete eventing.knative.dev/v1 Broker demo/orders',
    ])
  })

  test('a trigger needs a name and a sink; the broker is asked about on the way', async () => {
    const session = await aRichNamespace()
    await session.type('kubectl sfl trigger create --filter type=dev.order', {replies: ['t1', 'invoices', 'ksvc:bil']})
    await session.type('kubectl sfl trigger create t2', {
      replies: ['', 'something', 'nonsense:x', 'http://example.com'],
    })
    await session.type('kubectl sfl subscription create', {
      replies: ['s1', 'another', 'imc:pipe', '<', '', '', 'plain'],
    })
    await session.matches('ask-flow')
  })

  test('a broker without arguments is a short form, with what each class means here', async () => {
    const session = await aRichNamespace()
    await session.type('kubectl sfl broker create', {replies: ['new', '?', 'Kafka', 'svc:plain']})
    await session.type('kubectl sfl broker create', {replies: ['other', '<', 'another', '', '']})
    await session.type('kubectl sfl broker create named --class Kafka', {replies: []})
    await session.matches('ask-broker')
  })

  test('settings of Kafka, parts and credentials', async () => {
    const session = aSession({layout: 'openshift', files: {'ca.pem': 'x'}})
    await session.type('kubectl sfl kafka config create', {replies: ['my-kafka', 'nowhere', 'kafka:9092', '', '']})
    await session.type('kubectl sfl kafka config describe', {replies: ['']})
    await session.type('kubectl sfl kafka enable --dry-run=client', {replies: ['sink']})
    await session.matches('ask-kafka')
  })

  test('credentials: how to log in, files, and a password that is not shown', async () => {
    const session = aSession({layout: 'openshift'})
    await session.type('kubectl sfl secret create-kafka-auth', {
      replies: ['kafka-auth', '512', '', 'orders', '', 'yes', 's3cret', 'other', 's3cret'],
    })
    await session.type('kubectl sfl secret create-kafka-auth open', {replies: ['not at all', '']})
    await session.type('kubectl sfl secret create-kafka-auth by-name --mechanism PLAIN', {
      replies: ['orders', 's3cret', 's3cret'],
    })
    const {err} = await session.type('kubectl sfl secret create-postgres-auth', {
      replies: ['postgres-auth', 'sonataflow', 's3cret', 's3cret'],
    })
    expect(err).not.toContain('s3cret')
    await session.matches('ask-secret')
  })

  test('Ctrl-C leaves everything as it was, whatever the question', async () => {
    const session = await aRichNamespace()
    for (const replies of [['^C'], ['t', '^C'], ['t', 'orders', '^C']]) {
      const {code, err} = await session.type('kubectl sfl trigger create', {replies})
      expect(code).toBe(130)
      expect(err).toMatch(/error: cancelled, nothing was changed\n$/)
    }
    expect(session.writes()).toEqual([])
  })
})

test.each([
  ['no terminal', {}, ''],
  ['--no-input', {replies: []}, ' --no-input'],
  ['CI', {replies: [], env: {CI: 'true'}}, ''],
  ['-o json', {replies: []}, ' -o json'],
])('%s: nothing is asked, and one error names all that is missing', async (_name, scenario, flags) => {
  const session = aSession(scenario)
  const trigger = await session.type(`kubectl sfl trigger create${flags}`)
  const config = await session.type(`kubectl sfl kafka config create --partitions 3${flags}`)
  expect([trigger.code, config.code]).toEqual([2, 2])
  expect(trigger.err).toContain("'kubectl sfl trigger create' requires the trigger name and --sink")
  expect(config.err).toContain('requires the kafka config name, --bootstrap-servers and --replication-factor')
  expect(session.requests()).toEqual([])
})

test('a token is not repeated in the command line that is shown', async () => {
  const session = await aRichNamespace()
  const {err} = await session.type('kubectl sfl broker describe --token s3cret --no-extras', {replies: ['orders']})
  expect(err).toContain('note: the same in one line:\n  kubectl sfl broker describe orders --no-extras\n')
  expect(err).not.toContain('s3cret')
})
