import {describe, expect, test} from 'vitest'
import type {Sandbox} from '../../../src/sandbox/sandbox.js'
import {aConfigMap} from '../../support/eventing.js'
import {aHealthyBroker, aHealthyCluster, aHealthyTrigger, destination} from '../../support/healthy.js'
import {aSandbox, run, writes} from '../../support/run.js'
import {aSession, type Session} from '../../support/session.js'

const home = 'team-0'

/** A broker that fails because its Secret is missing, triggers that wait for it, and two things that could be lost. */
const broken = (): Sandbox => {
  const sandbox = aSandbox()
  const missing = {
    reason: 'Failed to get broker auth secret',
    message: 'failed to get secret team-0/login: secrets "login" not found',
  }
  sandbox.load([
    ...aHealthyCluster(1),
    aConfigMap(
      'own',
      {
        'bootstrap.servers': 'kafka.example.com:9092',
        'default.topic.partitions': '10',
        'default.topic.replication.factor': '1',
        'auth.secret.ref.name': 'login',
      },
      home,
    ),
    aHealthyBroker('orders-0', home, {
      spec: {
        config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'own', namespace: home},
        delivery: {retry: 10, backoffPolicy: 'exponential', backoffDelay: 'PT0.2S'},
      },
      status: {
        conditions: [
          {type: 'Ready', status: 'False', ...missing},
          {type: 'TopicReady', status: 'False', ...missing},
        ],
      },
    }),
    ...[0, 1, 2, 3, 4].map((index) =>
      aHealthyTrigger(`orders-0-${index}`, 'orders-0', home, {
        status: {
          conditions: [
            {type: 'Ready', status: 'False', ...missing},
            {type: 'BrokerReady', status: 'False', ...missing},
          ],
        },
      }),
    ),
    aHealthyTrigger('lost', 'order-0', home, {
      status: {
        conditions: [
          {type: 'Ready', status: 'False', reason: 'BrokerDoesNotExist', message: 'Broker "order-0" does not exist'},
        ],
      },
    }),
  ])
  return sandbox
}

const session = (sandbox: Sandbox): Session => aSession({sandbox, namespace: home})

describe('check', () => {
  test('a namespace in which nothing is wrong: every question with its answer', async () => {
    const sandbox = aSandbox()
    sandbox.load(aHealthyCluster(1))
    const shown = session(sandbox)
    await shown.type('kubectl sfl check')
    await shown.matches('check/healthy')
  })

  test('one missing Secret is one error, with the broker and the triggers that fail because of it', async () => {
    const shown = session(broken())
    await shown.type('kubectl sfl check')
    await shown.type('kubectl sfl check -A kafka brokers')
    await shown.type('kubectl sfl check triggers -o short')
    await shown.matches('check/broken')
    expect(shown.writes()).toEqual([])
  })

  test('reports for machines: JSON, YAML, JUnit and SARIF', async () => {
    const shown = session(broken())
    for (const format of ['json', 'yaml', 'junit', 'sarif'])
      await shown.type(`kubectl sfl check kafka brokers -o ${format}`)
    await shown.matches('check/formats')
  })

  test('findings can be ignored, for all objects or for some, and warnings can count', async () => {
    const shown = session(broken())
    await shown.type(
      'kubectl sfl check -o short --ignore SFL-K03 --ignore T02=team-0/* --ignore SFL-D09=team-0/orders-0',
    )
    await shown.type('kubectl sfl check -o short --ignore SFL-K03 --ignore T02 --fail-on warning')
    await shown.type('kubectl sfl check brokers --ignore H05 --ignore K03 --ignore D09')
    await shown.matches('check/ignored')
  })

  test('what cannot be read (no permission) is not verified, and never passes for healthy', async () => {
    const sandbox = broken()
    const shown = aSession({sandbox, namespace: home, user: 'alice'})
    await shown.type('kubectl sfl check')
    await shown.type('kubectl sfl status')
    await shown.type('kubectl sfl status --exit-code')
    await shown.matches('check/forbidden')
  })

  test('a developer of one namespace, who may not look at the system namespace', async () => {
    const sandbox = aSandbox({access: (_user, {namespace}) => namespace === home})
    sandbox.load(aHealthyCluster(1))
    const shown = aSession({sandbox, namespace: home, user: 'dora'})
    await shown.type('kubectl sfl check')
    await shown.matches('check/developer')
  })

  test('with --fail-on not-verified what could not be looked at fails as findings do', async () => {
    const sandbox = aSandbox({access: (_user, {namespace}) => namespace === home})
    sandbox.load(aHealthyCluster(1))
    const shown = aSession({sandbox, namespace: home, user: 'dora'})
    await shown.type('kubectl sfl check cluster --fail-on not-verified')
    await shown.type('kubectl sfl check cluster --fail-on not-verified -o junit')
    await shown.type('kubectl sfl check cluster --fail-on warning -o junit')
    await shown.type('kubectl sfl check cluster --fail-on not-verified --wait --wait-timeout 0s')
    await shown.matches('check/not-verified')
    const {err} = await run('check cluster --fail-on not-verified --context prod -o short', {
      sandbox,
      namespace: home,
      user: 'dora',
    })
    expect(err).toContain('What you may read: kubectl --context prod auth can-i --list -n team-0.')
    const {code} = await run('check --fail-on not-verified', {sandbox, namespace: home, user: 'admin'})
    expect(code).toBe(0)
  })

  test('everything that is wrong with the command line is said at once, before any request', async () => {
    const shown = session(aSandbox())
    await shown.type(
      'kubectl sfl check brokres --fail-on never -o table --ignore SFL-X1 --ignore K03=a/b/c --offline --fix',
    )
    await shown.type('kubectl sfl check --wait --fix -f a.yaml -o json')
    expect(shown.requests()).toEqual([])
    await shown.matches('check/usage')
  })

  test('a namespace that does not exist is a mistake, and no healthy one', async () => {
    const sandbox = aSandbox()
    sandbox.load(aHealthyCluster(1))
    expect(await run('check -n taem-0', {sandbox})).toEqual({
      out: '',
      err: `error: namespace taem-0 does not exist - did you mean "team-0"?\nhint: 'kubectl get namespaces' lists them.\n`,
      code: 3,
    })
  })

  test('with --wait it looks again until nothing is wrong any more', async () => {
    const sandbox = broken()
    let looks = 0
    const repaired = (): void => {
      looks += 1
      if (looks === 1) sandbox.load(aHealthyCluster(1))
    }
    const ran = await run('check brokers -n team-0 --wait --wait-timeout 1m -o short', {
      sandbox,
      onErr: (text) => {
        if (text.startsWith('waiting for')) repaired()
      },
    })
    expect(ran).toEqual({
      out: '',
      err: 'waiting for 1 error and 1 warning to go away\n',
      code: 0,
    })
  })

  test('with --wait and no success it prints the last report, and the exit code says that time is over', async () => {
    const {out, err, code} = await run('check brokers -n team-0 --wait --wait-timeout 1ms -o short', {
      sandbox: broken(),
    })
    expect(out).toMatch(/^error SFL-K03/)
    expect(err).toContain('error: timed out, and there are still 1 error and 1 warning\n')
    expect(code).toBe(4)
  })
})

describe('check --fix', () => {
  const fixable = (): Sandbox => {
    const sandbox = aSandbox()
    sandbox.load([
      ...aHealthyCluster(1),
      aHealthyBroker('orders-0', home, {
        spec: {
          delivery: {
            deadLetterSink: destination('dead-letters'),
            retry: 3,
            backoffPolicy: 'linear',
            backoffDelay: 'PT3600S',
          },
        },
      }),
      aHealthyTrigger('orders-0-1', 'orders-0', home, {
        metadata: {annotations: {'kafka.eventing.knative.dev/delivery.order': 'sorted'}},
      }),
      aConfigMap(
        'own',
        {
          'bootstrap.servers': 'kafka.example.com:9092',
          'default.topic.partitions': '10',
          'default.topic.replication.factor': '3',
          'auth.secret.ref.name': 'old',
        },
        home,
      ),
      {
        ...aHealthyBroker('secure', home, {
          spec: {config: {apiVersion: 'v1', kind: 'ConfigMap', name: 'own', namespace: home}},
        }),
      },
      {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: {name: 'old', namespace: home},
        type: 'Opaque',
        data: Object.fromEntries(
          Object.entries({user: 'app', password: 'hunter2', 'tls.enabled': 'true', saslType: 'SCRAM-SHA-512'}).map(
            ([key, value]) => [key, Buffer.from(value).toString('base64')],
          ),
        ),
      },
    ])
    return sandbox
  }

  test('shows one plan, asks, carries it out, and what is left decides about the exit code', async () => {
    const shown = session(fixable())
    await shown.type('kubectl sfl check --fix', {answers: [true]})
    await shown.type('kubectl sfl check --fix')
    await shown.matches('check/fix')
    expect(shown.writes()).toEqual([
      'patch v1 Secret team-0/old',
      'patch eventing.knative.dev/v1 Broker team-0/orders-0',
      'patch eventing.knative.dev/v1 Trigger team-0/orders-0-1',
    ])
  })

  test('asks for --yes where nobody can be asked, and leaves everything alone when the answer is no', async () => {
    const sandbox = fixable()
    const unasked = await run('check -n team-0 --fix', {sandbox})
    const declined = await run('check -n team-0 --fix', {sandbox, answers: [false]})
    const tried = await run('check -n team-0 --fix --dry-run=server', {sandbox})
    expect({unasked: unasked.code, declined: declined.code, tried: tried.code}).toEqual({
      unasked: 2,
      declined: 130,
      tried: 5,
    })
    expect(unasked.err).toContain('Repeat the command with --yes')
    expect(writes(sandbox).filter((one) => !one.endsWith('dryRun'))).toEqual([])
    expect([unasked, declined, tried].map(({out, err}) => out + err).join('')).not.toContain('hunter2')
  })
})
