import {describe, expect, test} from 'vitest'
import type {KubeClient} from '../../src/kube/client.js'
import {aTrigger} from '../support/eventing.js'
import {aSandbox, run} from '../support/run.js'

/** Everything that happened, in order: questions, what was printed, and what was written to the cluster. */
const observed = (client: KubeClient) => {
  const events: string[] = []
  const noting =
    <A extends unknown[], R>(verb: string, nameOf: (...args: A) => string, ask: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> => {
      events.push(`${verb} ${nameOf(...args)}`)
      return ask(...args)
    }
  const watched: KubeClient = {
    ...client,
    create: noting(
      'create',
      (object, options) => `${object.metadata.name}${options?.dryRun ? ' dry' : ''}`,
      client.create,
    ),
    patch: noting('patch', (ref, _patch, options) => `${ref.name}${options?.dryRun ? ' dry' : ''}`, client.patch),
    delete: noting('delete', (ref, options) => `${ref.name}${options?.dryRun ? ' dry' : ''}`, client.delete),
  }
  return {
    events,
    client: watched,
    onOut: (text: string) => void events.push(`out ${text.trim()}`),
    onErr: (text: string) => void events.push(`err ${text.trim().split('\n')[0]}`),
  }
}

describe('a command that changes the cluster', () => {
  test('judges all, asks about all, and only then writes', async () => {
    const sandbox = aSandbox()
    for (const name of ['one', 'two']) await run(`broker create ${name}`, {sandbox})
    const {events, ...listening} = observed(sandbox.client())
    await sandbox.client().create({...aTrigger('audit', 'two'), metadata: {name: 'audit', namespace: 'default'}})
    const {code} = await run('broker delete one two', {sandbox, answers: [true, true], ...listening})
    expect(code).toBe(0)
    expect(events).toEqual([
      'err warning[SFL-B12]: broker.eventing.knative.dev/two in namespace default: trigger audit loses its broker and delivers nothing any more',
      'err ? Delete broker "one" in namespace "default"?',
      'err ? Delete broker "two" in namespace "default"?',
      'delete one',
      'out broker.eventing.knative.dev/one deleted',
      'delete two',
      'out broker.eventing.knative.dev/two deleted',
    ])
  })

  test('tries on the server first what --diff is to show, then asks, then writes', async () => {
    const sandbox = aSandbox()
    const {events, ...listening} = observed(sandbox.client())
    await run('broker create one two --diff', {sandbox, answers: [true], ...listening})
    expect(events).toEqual([
      'create one dry',
      'create two dry',
      'err --- /dev/null',
      'err ? Carry this out?',
      'create one',
      'out broker.eventing.knative.dev/one created',
      'create two',
      'out broker.eventing.knative.dev/two created',
    ])
  })

  test('asks nothing under --dry-run and --yes', async () => {
    const sandbox = aSandbox()
    await run('broker create one', {sandbox})
    for (const flag of ['--dry-run=client', '--dry-run=server', '--yes']) {
      const {err, code} = await run(`broker delete one --diff ${flag}`, {sandbox})
      expect({err: err.includes('?'), code}).toEqual({err: false, code: 0})
    }
  })

  test('goes on with the others when one fails half-way, and says what was done', async () => {
    const sandbox = aSandbox()
    const {events, client, ...listening} = observed(sandbox.client())
    const failing: KubeClient = {
      ...client,
      create: (object, options) =>
        object.metadata.name === 'two' ? Promise.reject(new Error('broken')) : client.create(object, options),
    }
    const {code} = await run('broker create one two three', {sandbox, client: failing, ...listening})
    expect(code).toBe(1)
    expect(events).toEqual([
      'create one',
      'out broker.eventing.knative.dev/one created',
      'create three',
      'out broker.eventing.knative.dev/three created',
      'err error: this is a bug in kubectl sfl: broken',
      expect.stringMatching(/^err hint: Please report it/),
      'err error: 1 of 3 failed',
    ])
  })

  test("shows the difference with the user's own program", async () => {
    const sandbox = aSandbox()
    await run('broker create one --retry 5', {sandbox})
    const shown: string[] = []
    await run('broker update one --retry 3 --diff --yes', {
      sandbox,
      env: {KUBECTL_EXTERNAL_DIFF: 'my-diff -u'},
      world: {
        externalDiff: async (command, before, after) => {
          for (const [sign, texts] of [
            ['-', before],
            ['+', after],
          ] as const)
            for (const {name, text} of texts) shown.push(`${command} ${sign} ${name} ${/retry: \d/.exec(text)?.[0]}`)
          return 1
        },
      },
    })
    expect(shown).toEqual([
      'my-diff -u - eventing.knative.dev.v1.Broker.default.one retry: 5',
      'my-diff -u + eventing.knative.dev.v1.Broker.default.one retry: 3',
    ])
  })

  test('says in a whole sentence that nothing was changed when there is not even a first step', async () => {
    const {err, code} = await run('broker injection enable', {
      sandbox: aSandbox({access: () => false}),
      user: 'alice',
    })
    expect({said: err.trimEnd().split('\n').at(-1), code}).toEqual({
      said: 'error: nothing was changed (SFL-I09)',
      code: 1,
    })
  })

  test('stops between two names when it is interrupted', async () => {
    const sandbox = aSandbox()
    let first = (): void => {}
    const interruption = new Promise<'SIGTERM'>((resolve) => (first = () => resolve('SIGTERM')))
    const {out, err, code} = await run('broker create one two three --wait', {
      sandbox,
      interruption,
      onOut: () => first(),
    })
    expect({out, err: err.replace(/^waiting.*\n/gm, ''), code}).toEqual({
      out: 'broker.eventing.knative.dev/one created\n',
      err: [
        'error: terminated',
        '  done: broker.eventing.knative.dev/one created',
        '  not begun: broker.eventing.knative.dev/two, broker.eventing.knative.dev/three',
        'hint: Go on waiting with: kubectl sfl broker wait one -n default --for ready',
        '',
      ].join('\n'),
      code: 143,
    })
  })
})
