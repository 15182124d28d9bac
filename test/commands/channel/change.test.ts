import {describe, expect, test} from 'vitest'
import {aSession, type Session} from '../../support/session.js'

const withPipe = async (): Promise<Session> => {
  const session = aSession()
  await session.prepare(
    'kubectl sfl channel create pipe --type imc --retry 2 --backoff-policy linear --backoff-delay PT2S',
    'kubectl sfl channel create orders --type kafka --partitions 6',
  )
  return session
}

describe('channel update', () => {
  test('changes labels and annotations, and nothing when there is nothing to change', async () => {
    const session = await withPipe()
    await session.type('kubectl sfl channel update pipe --label team=shop --annotation owner=ann')
    await session.type('kubectl sfl channel update pipe --label team=shop')
    await session.type('kubectl sfl channel update pipe orders --label team- --unset annotation:owner')
    await session.type('kubectl sfl channel update pipe --label a=b --dry-run=server --diff')
    await session.type('kubectl sfl channel list --show-labels')
    await session.matches('channel-update')
    expect(session.writes().filter((write) => !write.endsWith('dryRun'))).toEqual([
      'patch messaging.knative.dev/v1 Channel demo/pipe',
      'patch messaging.knative.dev/v1 Channel demo/pipe',
    ])
  })

  test('explains that the spec is fixed, with the commands that do it another way', async () => {
    const session = await withPipe()
    await session.type('kubectl sfl channel update pipe --retry 5')
    await session.type('kubectl sfl channel update orders --partitions 12')
    await session.type('kubectl sfl channel update pipe --type kafka')
    await session.type('kubectl sfl channel update pipe --retry 2 --type imc')
    await session.prepare(
      'kubectl sfl subscription create audit --channel pipe --sink http://audit.example.com',
      'kubectl sfl subscription create bill --channel imc:pipe --sink http://bill.example.com',
    )
    await session.type(
      'kubectl sfl channel update pipe --retry 5 --dl-sink http://dead.example.com --label a=b --force',
    )
    await session.type('kn sfl channel update pipe --unset delivery')
    await session.matches('channel-update-immutable')
    expect(session.writes()).toEqual([])
  })

  test('what makes no sense is refused before the first request', async () => {
    const session = aSession()
    await session.type('kubectl sfl channel update')
    await session.type('kubectl sfl channel update pipe')
    await session.type('kubectl sfl channel update pipe --label a=b --unset label:a')
    await session.type('kubectl sfl channel update pipe --unset retries')
    await session.matches('channel-update-usage')
    expect(session.requests()).toEqual([])
  })

  test('one that does not exist is named, with the nearest', async () => {
    const session = await withPipe()
    await session.type('kubectl sfl channel update pip --label a=b')
    await session.matches('channel-update-absent')
  })
})

describe('channel apply', () => {
  test('creates, changes and leaves alone; twice is the same as once', async () => {
    const session = aSession()
    const line = 'kubectl sfl channel apply pipe --type imc --retry 2 --label team=shop'
    await session.type(line)
    await session.type(line)
    await session.type('kubectl sfl channel apply pipe --label team=store')
    await session.type('kubectl sfl channel apply pipe --label team=store')
    await session.type('kubectl sfl channel list pipe -o yaml')
    await session.matches('channel-apply')
  })

  test('refuses another spec and sends nothing', async () => {
    const session = await withPipe()
    await session.type('kubectl sfl channel apply pipe --retry 3')
    await session.type('kubectl sfl channel apply orders --type kafka --partitions 7 --replication-factor 3')
    await session.type(
      'kubectl sfl channel apply pipe --type imc --retry 2 --backoff-policy linear --backoff-delay PT2S',
    )
    await session.matches('channel-apply-immutable')
    expect(session.writes()).toEqual(['apply messaging.knative.dev/v1 Channel demo/pipe'])
  })
})

describe('channel delete', () => {
  test('asks, says who suffers and what is lost, and waits until it is gone', async () => {
    const session = await withPipe()
    await session.prepare(
      'kubectl sfl subscription create audit --channel pipe --sink http://audit.example.com',
      'kubectl sfl subscription create bill --channel pipe --sink http://bill.example.com',
    )
    await session.type('kubectl sfl channel delete pipe', {answers: [false]})
    await session.type('kubectl sfl channel delete pipe', {answers: [true]})
    await session.type('kubectl sfl channel delete orders')
    await session.type('kubectl sfl channel delete orders pipe --yes')
    await session.type('kubectl sfl channel delete orders pipe --yes --ignore-not-found')
    await session.type('kubectl sfl subscription list')
    await session.matches('channel-delete')
  })

  test('names the finalizer that holds it when waiting takes too long', async () => {
    const session = await withPipe()
    await session.sandbox
      .client()
      .patch(
        {apiVersion: 'messaging.knative.dev/v1', kind: 'Channel', name: 'pipe', namespace: 'demo'},
        {metadata: {finalizers: ['example.com/keep']}},
      )
    await session.type('kubectl sfl channel delete pipe --yes --timeout 1s')
    await session.type('kubectl sfl channel describe pipe --no-show-events')
    await session.type('kubectl sfl channel update pipe --label a=b')
    await session.type('kubectl sfl channel create pipe --type imc')
    await session.matches('channel-delete-held')
  })
})

describe('channel wait', () => {
  test('until it is ready, exists or is gone', async () => {
    const session = await withPipe()
    await session.type('kubectl sfl channel wait pipe orders')
    await session.type('kubectl sfl channel wait pipe --for condition=BackingChannelReady --timeout 0')
    await session.type('kubectl sfl channel wait gone --for delete')
    await session.type('kubectl sfl channel wait gone --timeout 0')
    await session.matches('channel-wait')
  })
})
