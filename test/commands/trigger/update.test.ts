import {describe, expect, test} from 'vitest'
import type {KubeClient} from '../../../src/kube/client.js'
import {KubeError} from '../../../src/kube/errors.js'
import {beatenTo} from '../../support/clients.js'
import {aKnativeService, aTrigger} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

/** Trigger billing of broker orders (Kafka, with delivery settings); broker default. */
const withTrigger = async (flags = '--filter type=a --label team=shop'): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('billing'), aKnativeService('other'), aKnativeService('dead'))
  await session.prepare(
    'kubectl sfl broker create default',
    'kubectl sfl broker create orders --class Kafka --dl-sink ksvc:dead --retry 5 --backoff-delay PT1S --wait',
    `kubectl sfl trigger create billing --broker orders --sink ksvc:billing ${flags}`,
  )
  await session.sandbox.settle()
  return session
}

const SHOW = 'kubectl sfl trigger list billing -o jsonpath=\'{.spec.filter}{.spec.filters}{.spec.delivery}{"\\n"}\''
const PATCH = 'patch eventing.knative.dev/v1 Trigger demo/billing'

describe('trigger update', () => {
  test('changes the sink, merges filters, and removes what is taken back', async () => {
    const session = await withTrigger()
    await session.type('kubectl sfl trigger update billing --sink ksvc:other --filter source=/x --filter type-')
    await session.type('kubectl sfl trigger update billing --sink ksvc:other --filter source=/x --filter type-')
    await session.type('kubectl sfl trigger update billing --sink http://billing.example.com')
    await session.type('kubectl sfl trigger list billing -o jsonpath=\'{.spec}{"\\n"}\'')
    await session.type('kubectl sfl trigger update billing --unset filter:source')
    await session.type(SHOW)
    await session.matches('trigger-update')
    expect(session.writes()).toEqual([PATCH, PATCH, PATCH])
  })

  test('filters of other dialects take the exact ones along, because spec.filters overrides spec.filter', async () => {
    const session = await withTrigger('--filter type=a --filter owner=')
    const change = async (flags: string): Promise<void> => {
      await session.type(`kubectl sfl trigger update billing ${flags}`)
      await session.type(SHOW)
    }
    await change('--filter-prefix source=/x')
    await change('--filter-prefix source=/y --filter type=b --filter-suffix subject=.png')
    await change('--filter-cesql "TRUE" --filter-prefix source-')
    await change('--filter-cesql "FALSE" --filter-suffix subject-')
    await change('--filter type=b')
    await change('--unset filters --filter type=c')
    await session.type('kubectl sfl trigger update billing --filters-file f.yaml', {
      files: {'f.yaml': '- not: {exact: {type: x}}'},
    })
    await session.type(SHOW)
    await change('--unset filters')
    await session.matches('trigger-update-filters')
  })

  test('delivery: what the broker loses is said, and --merge-delivery writes the whole', async () => {
    const session = await withTrigger()
    await session.type('kubectl sfl trigger update billing --retry 2')
    await session.type(SHOW)
    await session.type('kubectl sfl trigger update billing --merge-delivery')
    await session.type(SHOW)
    await session.type('kubectl sfl trigger update billing --merge-delivery')
    await session.type('kubectl sfl trigger update billing --unset retry --unset dl-sink --unset backoff-delay')
    await session.type(SHOW)
    await session.type('kubectl sfl trigger update billing --retry 1 --dl-sink ksvc:dead')
    await session.type('kubectl sfl trigger update billing --unset delivery')
    await session.type(SHOW)
    await session.matches('trigger-update-delivery')
  })

  test('order, labels and annotations', async () => {
    const session = await withTrigger()
    await session.type('kubectl sfl trigger update billing --order ordered --label team- --label tier=1')
    await session.type(
      'kubectl sfl trigger update billing --annotation kafka.eventing.knative.dev/delivery.order=UNORDERED',
    )
    await session.type("kubectl sfl trigger list billing -o jsonpath='{.metadata.labels} {.metadata.annotations}'")
    await session.type('kubectl sfl trigger update billing --unset order')
    await session.type('kubectl sfl trigger update billing --unset order')
    await session.matches('trigger-update-metadata')
    expect(session.writes()).toEqual([PATCH, PATCH, PATCH])
  })

  test('the broker cannot be changed: that is explained, and nothing is sent', async () => {
    const session = await withTrigger()
    await session.type('kubectl sfl trigger update billing --broker default')
    await session.type('kubectl sfl trigger update billing --broker default --force')
    await session.type('kubectl sfl trigger update billing --broker orders')
    await session.type('kubectl sfl trigger update billing --broker orders --recreate')
    await session.type('kubectl sfl trigger update billing --recreate')
    await session.type('kubectl sfl trigger update billing --broker default --recreate')
    await session.type('kubectl sfl trigger update billing --broker nowhere --recreate --yes')
    await session.matches('trigger-update-broker')
    expect(session.writes()).toEqual([])
  })

  test('--recreate deletes, creates and waits, and keeps everything else', async () => {
    const session = await withTrigger('--filter type=a --label team=shop --order ordered')
    await session.type(
      'kubectl sfl trigger update billing --broker default --recreate --retry 3 --dry-run=server --diff',
    )
    await session.type('kubectl sfl trigger update billing --broker default --recreate --retry 3', {answers: [true]})
    await session.type('kubectl sfl trigger list billing -o jsonpath=\'{.metadata.labels} {.spec}{"\\n"}\'')
    await session.type('kubectl sfl trigger update billing --broker default --recreate --retry 3 --yes')
    await session.matches('trigger-update-recreate')
    expect(session.writes().filter((write) => !write.endsWith('dryRun'))).toEqual([
      'delete eventing.knative.dev/v1 Trigger demo/billing',
      'create eventing.knative.dev/v1 Trigger demo/billing',
    ])
  })

  test('a re-creation that fails half-way says how to get the trigger back', async () => {
    const session = await withTrigger()
    const client: KubeClient = {
      ...session.sandbox.client(),
      create: () =>
        Promise.reject(
          new KubeError('InternalError', 'failed calling webhook: connection refused', {
            code: 500,
            request: {verb: 'create', resource: 'triggers.eventing.knative.dev', namespace: 'demo'},
          }),
        ),
    }
    await session.type('kubectl sfl trigger update billing --broker default --recreate --yes', {client})
    await session.matches('trigger-update-recreate-failed')
  })

  test('without the right to create, nothing is deleted', async () => {
    const sandbox = aSandbox({access: (_user, {verb}) => verb !== 'create'})
    const session = aSession({sandbox})
    await session.prepare('kubectl sfl broker create default', 'kubectl sfl broker create orders')
    await session.given(aTrigger('billing', 'orders'))
    await session.type('kubectl sfl trigger update billing --broker default --recreate --yes', {user: 'alice'})
    await session.matches('trigger-update-recreate-forbidden')
    expect(session.writes()).toEqual([])
  })

  test('says what is wrong with the line before the first request', async () => {
    const session = await withTrigger()
    for (const flags of [
      '',
      '--sink "" --order x --filter Type- --unset dl-sik --broker B',
      '--retry 1 --unset retry',
      '--order ordered --unset order',
      '--unset filtrs',
    ])
      await session.type(`kubectl sfl trigger update billing ${flags}`)
    await session.type('kubectl sfl trigger update')
    await session.matches('trigger-update-usage')
    expect(session.requests()).toEqual([])
  })

  test('sinks are looked up, and what is gone is said', async () => {
    const session = await withTrigger()
    await session.type('kubectl sfl trigger update billing --sink ksvc:nowhere')
    await session.type('kubectl sfl trigger update billing --dl-sink ksvc:nowhere')
    await session.type('kubectl sfl trigger update biling --sink ksvc:other')
    await session.matches('trigger-update-refused')
    expect(session.writes()).toEqual([])
  })

  test('somebody else may write in between, as long as it is about something else', async () => {
    const session = await withTrigger()
    const admin = session.sandbox.client()
    const ref = {apiVersion: 'eventing.knative.dev/v1', kind: 'Trigger', name: 'billing', namespace: 'demo'}
    const label = beatenTo(admin, () => admin.patch(ref, {metadata: {labels: {tier: '1'}}}))
    await session.type('kubectl sfl trigger update billing --retry 3 --merge-delivery', {client: label})
    const retry = beatenTo(admin, () => admin.patch(ref, {spec: {delivery: {retry: 9}}}))
    await session.type('kubectl sfl trigger update billing --retry 4', {client: retry})
    await session.matches('trigger-update-conflict')
  })
})
