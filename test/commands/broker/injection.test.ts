import {describe, expect, test} from 'vitest'
import type {KubeObject} from '../../../src/domain/core/object.js'
import type {KubeClient} from '../../../src/kube/client.js'
import {aKnativeService, aTrigger, withSystemConfig} from '../../support/eventing.js'
import {aSandbox} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const KEY = 'eventing.knative.dev/injection'
const mark = {[KEY]: 'enabled'}
const BROKER = {apiVersion: 'eventing.knative.dev/v1', kind: 'Broker', name: 'default', namespace: 'demo'}

/** Namespace demo is marked, and so are trigger maker (as it should be) and trigger old (as the documents say). */
const injected = async (): Promise<Session> => {
  const session = aSession()
  await session.given(aKnativeService('billing'))
  await session.prepare('kubectl sfl broker injection enable --wait')
  await session.given(
    aTrigger('maker', 'default', {metadata: {labels: mark, annotations: mark}}),
    aTrigger('old', 'default', {metadata: {annotations: mark}}),
    aTrigger('plain', 'default'),
  )
  return session
}

const everything = () =>
  withSystemConfig(aSandbox(), 'config-sugar', {'namespace-selector': '{}', 'trigger-selector': ''})

describe('broker injection enable', () => {
  test('marks the namespace, and its broker comes', async () => {
    const session = aSession()
    await session.type('kubectl sfl broker injection enable --dry-run=server --diff')
    await session.type('kubectl sfl broker injection enable --wait')
    await session.type('kubectl sfl broker injection enable')
    await session.type('kubectl sfl broker list')
    await session.matches('injection-enable')
    expect(session.writes()).toEqual([
      'patch v1 Namespace demo dryRun',
      'patch v1 Namespace demo dryRun',
      'patch v1 Namespace demo',
    ])
  })

  test('marks triggers with the label, and for broker default with the annotation too', async () => {
    const session = aSession()
    await session.given(aTrigger('one', 'default'), aTrigger('two', 'own'))
    await session.type('kubectl sfl broker injection enable --trigger one --trigger two --wait')
    await session.type('kubectl sfl broker injection enable --trigger one')
    await session.type(
      'kubectl sfl trigger list -o jsonpath=\'{range .items[*]}{.metadata.labels} {.metadata.annotations}{"\\n"}{end}\'',
    )
    await session.type('kubectl sfl broker list -o name')
    await session.type('kubectl sfl broker injection enable --trigger oen --trigger two')
    await session.matches('injection-enable-triggers')
  })

  test('says that it would do nothing, and where to switch it on', async () => {
    const session = aSession({sandbox: await withSystemConfig(aSandbox(), 'config-sugar', {_example: ''})})
    await session.given(aTrigger('one', 'default'))
    await session.type('kubectl sfl broker injection enable')
    await session.type('kubectl sfl broker injection enable --trigger one')
    await session.matches('injection-enable-off')
    expect(session.writes()).toEqual([])
    await session.type('kubectl sfl broker injection enable --force')
    expect(session.writes()).toEqual(['patch v1 Namespace demo'])
  })

  test('rights are looked at first: who may not label namespaces is told what else there is', async () => {
    const sandbox = aSandbox({
      access: (_user, {verb, resource}) =>
        ['get', 'list', 'watch'].includes(verb) || resource === 'selfsubjectaccessreviews',
    })
    const session = aSession({sandbox})
    await session.given(aTrigger('one', 'default'))
    await session.type('kubectl sfl broker injection enable', {user: 'alice'})
    await session.type('kubectl sfl broker injection enable --force', {user: 'alice'})
    await session.type('kubectl sfl broker injection enable --trigger one', {user: 'alice'})
    await session.matches('injection-enable-forbidden')
    expect(session.writes().filter((line) => !line.includes('SelfSubject'))).toEqual([])
  })
})

describe('broker injection show', () => {
  test('evaluates config-sugar for the namespace and each trigger', async () => {
    const session = await injected()
    await session.given(aTrigger('elsewhere', 'missing', {metadata: {labels: {[KEY]: 'disabled'}}}))
    await session.type('kubectl sfl broker injection show')
    await session.type('kubectl sfl broker injection show -o json')
    await session.type('kubectl sfl broker injection show -o yaml')
    await session.type('kubectl sfl broker injection show -o name')
    await session.matches('injection-show')
    expect(session.writes()).toEqual([])
  })

  test('whatever config-sugar says: off, everything, nonsense, nothing at all, forbidden', async () => {
    const configs: ReadonlyArray<Readonly<Record<string, string>> | undefined> = [
      {},
      {'namespace-selector': '{}', 'trigger-selector': '{}'},
      {'namespace-selector': '{', 'trigger-selector': 'x'},
      undefined,
    ]
    const texts: string[] = []
    for (const data of configs) {
      const session = aSession({sandbox: await withSystemConfig(aSandbox(), 'config-sugar', data)})
      session.sandbox.load([{...aTrigger('old', 'default', {metadata: {annotations: mark}}), status: {}}])
      const {out, err} = await session.type('kubectl sfl broker injection show')
      texts.push(out + err)
    }
    const blind = aSession({sandbox: aSandbox({access: () => false}), user: 'alice'})
    const {out, err} = await blind.type('kubectl sfl broker injection show')
    texts.push(out + err)
    await expect(texts.join('\n')).toMatchFileSnapshot('../../golden/commands/injection-show-sugar.txt')
  })
})

describe('broker injection disable', () => {
  test('takes the marks off in order, deletes the broker, and watches that it stays away', async () => {
    const session = await injected()
    await session.type('kubectl sfl broker injection disable --delete-broker --settle 20ms', {answers: [true]})
    await session.type('kubectl sfl broker injection show')
    await session.type('kubectl sfl broker injection disable --delete-broker --settle 20ms --yes')
    await session.matches('injection-disable')
    expect(session.writes()).toEqual([
      'patch v1 Namespace demo',
      'patch eventing.knative.dev/v1 Trigger demo/maker',
      'patch eventing.knative.dev/v1 Trigger demo/old',
      'delete eventing.knative.dev/v1 Broker demo/default',
    ])
  })

  test('leaves the broker without --delete-broker, asks before it deletes, and can be rehearsed', async () => {
    const session = await injected()
    await session.type('kubectl sfl broker injection disable --delete-broker')
    await session.type('kubectl sfl broker injection disable --delete-broker --dry-run=client')
    await session.type('kubectl sfl broker injection disable --trigger maker')
    await session.type('kubectl sfl broker injection disable --trigger maker --delete-broker --yes')
    await session.type('kubectl sfl broker injection disable')
    await session.type('kubectl sfl broker list -o name')
    await session.matches('injection-disable-keep')
  })

  test('where a selector matches everything no label helps, and that is said before anything is done', async () => {
    const session = aSession({sandbox: await everything()})
    await session.prepare('kubectl sfl broker create default')
    await session.type('kubectl sfl broker injection disable --delete-broker --yes')
    await session.matches('injection-disable-everything')
    expect(session.writes()).toEqual([])
  })

  test('a broker that comes back all the same is an error that says who brought it', async () => {
    const session = aSession({sandbox: await everything()})
    await session.prepare('kubectl sfl broker create default')
    await session.type('kubectl sfl broker injection disable --delete-broker --yes --force --settle 5s', {
      client: settling(session),
    })
    await session.matches('injection-disable-returns')
  })

  test('somebody else may create it again', async () => {
    const session = aSession()
    await session.prepare('kubectl sfl broker create default')
    const admin = session.sandbox.client()
    const client: KubeClient = {
      ...admin,
      async delete(ref, options) {
        await admin.delete(ref, options)
        if (options?.dryRun !== true) await admin.create(aBroker, {fieldManager: 'argocd'})
      },
    }
    await session.type('kubectl sfl broker injection disable --delete-broker --yes --settle 5s', {client})
    await session.matches('injection-disable-foreign')
  })

  test('rights are looked at first', async () => {
    const sandbox = aSandbox({access: (_user, {verb}) => ['get', 'list', 'watch'].includes(verb)})
    const session = aSession({sandbox})
    await session.prepare('kubectl sfl broker injection enable --wait')
    await session.given(aTrigger('maker', 'default', {metadata: {labels: mark}}))
    await session.type('kubectl sfl broker injection disable --delete-broker --yes', {user: 'alice'})
    await session.matches('injection-disable-forbidden')
    expect(session.writes().filter((line) => !line.includes('SelfSubject'))).toEqual([])
  })

  test('says that Knative is not installed', async () => {
    const session = aSession({sandbox: aSandbox({install: {knative: false}})})
    await session.type('kubectl sfl broker injection enable')
    await session.type('kubectl sfl broker injection disable')
    await session.type('kubectl sfl broker injection show')
    await session.matches('injection-no-knative')
  })
})

const aBroker: KubeObject = {
  apiVersion: BROKER.apiVersion,
  kind: BROKER.kind,
  metadata: {name: 'default', namespace: 'demo', labels: {team: 'shop'}},
}

/** The controllers act whenever something was deleted, as they do in a cluster. */
const settling = ({sandbox}: Session): KubeClient => {
  const client = sandbox.client()
  return {
    ...client,
    async delete(ref, options) {
      await client.delete(ref, options)
      await sandbox.settle()
    },
  }
}
