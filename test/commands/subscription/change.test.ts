import {describe, expect, test} from 'vitest'
import {aKnativeService, withSystemConfig} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const withChannels = async (): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('audit'), aKnativeService('dead-letters'))
  await session.prepare(
    'kubectl sfl channel create pipe --type imc --retry 2 --backoff-policy linear --backoff-delay PT2S',
    'kubectl sfl channel create orders --type kafka --retry 4 --dl-sink ksvc:dead-letters',
    'kubectl sfl broker create default',
  )
  return session
}
const SUBSCRIPTION = {apiVersion: 'messaging.knative.dev/v1', kind: 'Subscription', namespace: 'demo'}

describe('subscription create', () => {
  test('delivers the events of a channel to a sink, with every setting', async () => {
    const session = await withChannels()
    await session.type('kubectl sfl subscription create audit --channel pipe --sink ksvc:audit')
    await session.type(
      'kn sfl subscription create bill --channel kafka:orders -s http://bill.example.com --sink-reply broker:default --sink-dead-letter ksvc:dead-letters --retry 3 --backoff-policy linear --backoff-delay 2s --timeout PT5S --label team=shop',
    )
    await session.type('kubectl sfl subscription list bill -o yaml')
    await session.matches('subscription-create')
    expect(session.writes()).toEqual([
      'create messaging.knative.dev/v1 Subscription demo/audit',
      'create messaging.knative.dev/v1 Subscription demo/bill',
    ])
  })

  test('twice: refused, or accepted with --if-not-exists and with what differs', async () => {
    const session = await withChannels()
    const line = 'kubectl sfl subscription create audit --channel pipe --sink ksvc:audit'
    await session.type(line)
    await session.type(line)
    await session.type(`${line} --if-not-exists --wait`)
    await session.type(`${line} --retry 5 --if-not-exists`)
    await session.matches('subscription-create-twice')
  })

  test('what could never become ready is refused, and --force goes on', async () => {
    const session = await withChannels()
    await session.type('kubectl sfl subscription create s --channel pip --sink ksvc:nobody --sink-reply svc:nobody')
    await session.type('kubectl sfl subscription create s --channel acme.dev:v1:NatsChannel:x --sink ksvc:audit')
    await session.type('kubectl sfl subscription create s --channel pipe --sink ksvc:audit --sink-reply channel:pipe')
    await session.type(
      'kubectl sfl subscription create s --channel imc:nowhere --sink kafkasink:nobody --dl-sink broker:nobody --force',
    )
    await session.type('kubectl sfl subscription describe s')
    await session.matches('subscription-create-refused')
  })

  test('a channel that is not ready, half a back-off, and settings that replace those of the channel', async () => {
    const session = await withChannels()
    await session.prepare('kubectl sfl channel create dead --type imc --dl-sink ksvc:nobody --force')
    await session.type('kubectl sfl subscription create a --channel dead --sink ksvc:audit')
    await session.type(
      'kubectl sfl subscription create b --channel pipe --sink ksvc:audit --retry 3 --backoff-delay PT1S --delivery-format json',
    )
    await session.type('kubectl sfl subscription create c --channel orders --sink ksvc:audit --backoff-policy linear')
    await session.matches('subscription-create-warned')
  })

  test('values that could never be valid are refused before the first request', async () => {
    const session = aSession()
    await session.type('kubectl sfl subscription create')
    await session.type('kubectl sfl subscription create s')
    await session.type('kubectl sfl subscription create s --channel pipe')
    await session.type("kubectl sfl subscription create S --channel a:b:c --sink ftp://x --sink-reply '' --retry x")
    await session.type('kubectl sfl subscription create s --channel q:x --sink ksvc:a')
    await session.type(
      'kubectl sfl subscription create s --channel p --sink ksvc:a --dl-sink svc:a --sink-dead-letter svc:b',
    )
    await session.matches('subscription-create-usage')
    expect(session.requests()).toEqual([])
  })

  test('without rights, without Knative', async () => {
    const session = await withChannels()
    await session.type('kubectl sfl subscription create s --channel pipe --sink ksvc:audit', {user: 'alice'})
    await session.type('kubectl sfl subscription create s --channel pipe --sink http://x.example.com', {
      sandbox: aSandbox({install: {knative: false}}),
    })
    await session.matches('subscription-create-no-rights')
  })
})

describe('subscription update', () => {
  test('one delivery setting leaves the others as they are, whatever kn would do', async () => {
    const session = await withChannels()
    await session.prepare(
      'kubectl sfl subscription create audit --channel pipe --sink ksvc:audit --retry 3 --backoff-policy linear --backoff-delay PT1S',
    )
    await session.type('kubectl sfl subscription update audit --sink-dead-letter ksvc:dead-letters')
    await session.type('kubectl sfl subscription list audit -o jsonpath=\'{.spec.delivery}{"\\n"}\'')
    await session.type('kubectl sfl subscription update audit --sink-dead-letter ksvc:dead-letters')
    await session.type(
      'kubectl sfl subscription update audit --sink http://audit.example.com --sink-reply broker:default',
    )
    await session.type(
      'kubectl sfl subscription update audit --unset reply --unset sink-dead-letter --retry 0 --label a=b --dry-run=server --diff',
    )
    await session.type('kubectl sfl subscription update audit --unset reply --unset delivery --wait')
    await session.type('kubectl sfl subscription list audit -o jsonpath=\'{.spec}{"\\n"}\'')
    await session.matches('subscription-update')
    expect(session.writes().filter((write) => !write.endsWith('dryRun'))).toEqual(
      Array.from({length: 3}, () => 'patch messaging.knative.dev/v1 Subscription demo/audit'),
    )
  })

  test('the channel is fixed: the way to a new subscription, and nothing is sent', async () => {
    const session = await withChannels()
    await session.prepare(
      'kubectl sfl subscription create audit --channel pipe --sink ksvc:audit --sink-reply broker:default --retry 3',
    )
    await session.type('kubectl sfl subscription update audit --channel orders --dl-sink ksvc:dead-letters')
    await session.type('kubectl sfl subscription update audit --channel imc:pipe --force')
    await session.type('kubectl sfl subscription update audit --channel pipe')
    await session.type('kubectl sfl subscription apply audit --channel orders --sink ksvc:audit')
    await session.matches('subscription-update-immutable')
    expect(session.writes()).toEqual([])
  })

  test('what makes no sense is refused before the first request', async () => {
    const session = aSession()
    await session.type('kubectl sfl subscription update s')
    await session.type('kubectl sfl subscription update s --unset sink --unset channel')
    await session.type('kubectl sfl subscription update s --unset reply --sink-reply broker:default')
    await session.type('kubectl sfl subscription update s --unset repl')
    await session.matches('subscription-update-usage')
    expect(session.requests()).toEqual([])
  })

  test('sinks that are not there, and one that does not exist itself', async () => {
    const session = await withChannels()
    await session.prepare('kubectl sfl subscription create audit --channel pipe --sink ksvc:audit')
    await session.type('kubectl sfl subscription update audit --sink ksvc:nobody --dl-sink ksvc:nobody')
    await session.type('kubectl sfl sub update audt --retry 1')
    await session.matches('subscription-update-refused')
  })
})

describe('subscription apply', () => {
  test('creates, changes and leaves alone; what the flags no longer say is removed', async () => {
    const session = await withChannels()
    const line = 'kubectl sfl subscription apply audit --channel pipe --sink ksvc:audit'
    await session.type(`${line} --retry 3 --sink-reply broker:default`)
    await session.type(`${line} --retry 3 --sink-reply broker:default`)
    await session.type(line)
    await session.type(line)
    await session.type('kubectl sfl subscription list audit -o jsonpath=\'{.spec}{"\\n"}\'')
    await session.matches('subscription-apply')
  })
})

describe('subscription delete and wait', () => {
  test('asks, waits until the controller has let it go, and then it is gone', async () => {
    const session = await withChannels()
    await session.prepare('kubectl sfl subscription create audit --channel pipe --sink ksvc:audit')
    await session.type('kubectl sfl subscription wait audit --for condition=AddedToChannel')
    await session.type('kubectl sfl subscription delete audit', {answers: [false]})
    await session.type('kubectl sfl subscription delete audit', {answers: [true]})
    await session.type('kubectl sfl subscription delete audit --yes')
    await session.type('kubectl sfl subscription delete audit --yes --ignore-not-found')
    await session.type('kubectl sfl subscription wait audit --for delete')
    await session.type('kubectl sfl channel list pipe -o jsonpath=\'{.status.subscribers}{"\\n"}\'')
    await session.matches('subscription-delete')
  })

  test('names the finalizer that holds it when waiting takes too long', async () => {
    const session = await withChannels()
    await session.prepare('kubectl sfl subscription create audit --channel pipe --sink ksvc:audit')
    await session.sandbox
      .client()
      .patch({...SUBSCRIPTION, name: 'audit'}, {metadata: {finalizers: ['example.com/keep']}})
    await session.type('kubectl sfl subscription delete audit --yes --timeout 1s')
    await session.type('kubectl sfl subscription describe audit --no-show-events')
    await session.type('kubectl sfl subscription update audit --retry 1')
    await session.matches('subscription-delete-held')
  })
})

const OFF = {'delivery-timeout': 'disabled'}

describe('what the webhook would refuse is caught before anything is written', () => {
  test.each<[refusal: string, line: string, features?: Record<string, string>]>([
    ['invalid value: -1: spec.delivery.retry', 'channel create c --type imc --retry -1'],
    ['invalid value: Linear: spec.delivery.backoffPolicy', 'subscription update s --backoff-policy Linear'],
    ['invalid value: x: spec.delivery.backoffDelay', 'channel create c --type imc --backoff-delay x'],
    ['invalid value: PT0S: spec.delivery.timeout', 'subscription update s --timeout PT0S'],
    ['must not set the field(s): spec.delivery.timeout', 'subscription update s --timeout PT5S --force', OFF],
    ['must not set the field(s): spec.delivery.timeout', 'channel create c --type imc --timeout PT5S --force', OFF],
    ['must not set the field(s): spec.delivery.retryAfterMax', 'subscription update s --retry-after-max PT5S --force'],
    [
      'must not set the field(s): spec.delivery.retryAfterMax',
      'channel apply c --type imc --retry-after-max PT5S --force',
    ],
    ['invalid value: -PT1S: spec.delivery.retryAfterMax', 'subscription update s --retry-after-max=-PT1S'],
    ['invalid value: xml: spec.delivery.format', 'channel create c --type imc --delivery-format xml'],
    [
      'expected at least one, got none: spec.delivery.deadLetterSink.ref, …',
      "channel create c --type imc --dl-sink ''",
    ],
    [
      'Relative URI is not allowed …: spec.delivery.deadLetterSink.uri',
      'channel create c --type imc --dl-sink http:foo --force',
    ],
    [
      'Relative URI is not allowed …: spec.delivery.deadLetterSink.uri',
      'subscription update s --dl-sink http:foo --force',
    ],
    [
      'Relative URI is not allowed …: spec.subscriber.uri',
      'subscription create n --channel pipe --sink http:foo --force',
    ],
    [
      'Relative URI is not allowed …: spec.reply.uri',
      'subscription apply n --channel pipe --sink ksvc:audit --sink-reply https:foo --force',
    ],
    ['missing field(s): spec.channelTemplate.kind', 'channel create c --type messaging.knative.dev:v1:'],
    ['Immutable fields changed (-old +new): spec', 'channel update pipe --retry 9 --force'],
    ['Immutable fields changed (-old +new): spec', 'channel apply pipe --type kafka --force'],
    ['missing field(s): spec.channel', 'subscription create n --sink ksvc:audit'],
    ['missing field(s): spec.subscriber', 'subscription create n --channel pipe --sink-reply ksvc:audit'],
    ['Immutable fields changed (-old +new): spec', 'subscription update s --channel orders --force'],
    ['Immutable fields changed (-old +new): spec', 'subscription apply s --channel orders --sink ksvc:audit --force'],
    ['invalid value: 0: spec.numPartitions', 'channel create c --type kafka --partitions 0'],
    ['invalid value: -1: spec.replicationFactor', 'channel create c --type kafka --replication-factor -1'],
    ['invalid value: x: spec.retentionDuration', 'channel create c --type kafka --retention x'],
  ])('%s: %s', async (_refusal, line, features) => {
    const session = await withChannels()
    await session.prepare('kubectl sfl subscription create s --channel pipe --sink ksvc:audit')
    if (features !== undefined) await withSystemConfig(session.sandbox, 'config-features', features)
    const before = session.writes().length
    const {code} = await session.type(`kubectl sfl ${line}`)
    expect([1, 2]).toContain(code)
    expect(session.writes().slice(before)).toEqual([])
  })
})
