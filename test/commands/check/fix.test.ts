import {describe, expect, test} from 'vitest'
import {fixableCodes} from '../../../src/domain/check/engine/fixes.js'
import type {KubeObject} from '../../../src/domain/core/object.js'
import {at, recordAt, textsAt} from '../../../src/domain/core/read.js'
import type {Sandbox} from '../../../src/sandbox/sandbox.js'
import {aHealthyBroker, aHealthyCluster, destination} from '../../support/healthy.js'
import {aSandbox, run, writes, type Scenario} from '../../support/run.js'
import {allScenes} from './scenes/all.js'
import {
  aSecret,
  aTrigger,
  codesOf,
  home,
  kafkaConfig,
  prepared,
  system,
  withConfig,
  type Scene,
} from './scenes/scene.js'

const fix = (sandbox: Sandbox, more = '', scenario: Scenario = {}) =>
  run(`check -n ${home} --fix ${more}`.trim().replace(/ +/g, ' '), {sandbox, ...scenario})

const given = (...objects: readonly KubeObject[]): Sandbox => {
  const sandbox = aSandbox()
  sandbox.load([...aHealthyCluster(1), ...objects])
  return sandbox
}

const decoded = (object: KubeObject): Record<string, string> =>
  Object.fromEntries(
    Object.entries(textsAt(object, 'data')).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
  )

const slow = (delivery: object): KubeObject =>
  aHealthyBroker('orders-0', home, {
    spec: {delivery: {deadLetterSink: destination('dead-letters'), retry: 3, backoffPolicy: 'linear', ...delivery}},
  })

const secured = (values: Record<string, string>): KubeObject[] => [
  kafkaConfig('own', {'auth.secret.ref.name': 'login'}),
  withConfig('own'),
  aSecret('login', values),
]

interface Repair {
  code: string
  shows: string
  objects: readonly KubeObject[]
  layout?: 'operator'
  /** The line of the plan. */
  plan: string
  writes: string
  /** What is stored afterwards. */
  after(sandbox: Sandbox): Promise<unknown>
  is: unknown
}

const stored = (
  sandbox: Sandbox,
  apiVersion: string,
  kind: string,
  name: string,
  namespace = home,
): Promise<KubeObject> => sandbox.client().get({apiVersion, kind, name, namespace})

const repairs: readonly Repair[] = [
  {
    code: 'SFL-D10',
    shows: 'durations are written in units that the Kafka controller reads',
    objects: [slow({backoffDelay: 'PT3600S', timeout: 'PT90M'})],
    plan: '  broker.eventing.knative.dev/orders-0 in namespace team-0: writes backoffDelay as PT1H: the same time in units that the Kafka controller reads',
    writes: 'patch eventing.knative.dev/v1 Broker team-0/orders-0',
    after: async (sandbox) =>
      at(await stored(sandbox, 'eventing.knative.dev/v1', 'Broker', 'orders-0'), 'spec', 'delivery'),
    is: {
      deadLetterSink: {ref: {...destination('dead-letters').ref, namespace: home}},
      retry: 3,
      backoffPolicy: 'linear',
      backoffDelay: 'PT1H',
      timeout: 'PT90M',
    },
  },
  {
    code: 'SFL-T23',
    shows: 'an order that does not exist becomes none',
    objects: [
      aTrigger({metadata: {annotations: {'kafka.eventing.knative.dev/delivery.order': 'sorted', mine: 'too'}}}),
    ],
    plan: '  trigger.eventing.knative.dev/orders-0-0 in namespace team-0: sets the order to what it is without an order',
    writes: 'patch eventing.knative.dev/v1 Trigger team-0/orders-0-0',
    after: async (sandbox) =>
      (await stored(sandbox, 'eventing.knative.dev/v1', 'Trigger', 'orders-0-0')).metadata.annotations,
    is: expect.objectContaining({'kafka.eventing.knative.dev/delivery.order': 'unordered', mine: 'too'}) as unknown,
  },
  {
    code: 'SFL-K04',
    shows: 'a Secret in the old format gets the keys of the new one beside what it has',
    objects: secured({user: 'app', password: 'hunter2', 'tls.enabled': 'true', saslType: 'SCRAM-SHA-512'}),
    plan: '  secret/login in namespace team-0: sets protocol and sasl.mechanism (SFL-K04); the credentials stay as they are',
    writes: 'patch v1 Secret team-0/login',
    after: async (sandbox) => decoded(await stored(sandbox, 'v1', 'Secret', 'login')),
    is: {
      user: 'app',
      password: 'hunter2',
      'tls.enabled': 'true',
      saslType: 'SCRAM-SHA-512',
      protocol: 'SASL_SSL',
      'sasl.mechanism': 'SCRAM-SHA-512',
    },
  },
  {
    code: 'SFL-K05',
    shows: 'a mechanism that is written wrongly is corrected',
    objects: secured({
      protocol: 'SASL_SSL',
      'sasl.mechanism': 'scram-sha-512',
      user: 'app',
      password: 'hunter2',
    }),
    plan: '  secret/login in namespace team-0: sets sasl.mechanism (SFL-K05); the credentials stay as they are',
    writes: 'patch v1 Secret team-0/login',
    after: async (sandbox) => decoded(await stored(sandbox, 'v1', 'Secret', 'login'))['sasl.mechanism'],
    is: 'SCRAM-SHA-512',
  },
  {
    code: 'SFL-F05',
    shows: 'a spelling that the operator ignores anyway goes away, and nothing changes for anyone',
    layout: 'operator',
    objects: [
      system('KnativeEventing', 'operator.knative.dev/v1beta1', 'knative-eventing', {
        spec: {
          config: {
            'config-br-defaults': {
              'default-br-config':
                'clusterDefault:\n  brokerClass: MTChannelBasedBroker\n  apiVersion: v1\n  kind: ConfigMap\n  name: config-br-default-channel\n  namespace: knative-eventing\n',
            },
            'br-defaults': {'default-br-config': 'clusterDefault: {}'},
            sugar: {'trigger-selector': ''},
          },
        },
        status: {conditions: [{type: 'Ready', status: 'True'}]},
      }),
    ],
    plan: '  knativeeventing.operator.knative.dev/knative-eventing in namespace knative-eventing: removes spec.config.br-defaults, which the operator ignores for config-br-defaults',
    writes: 'patch operator.knative.dev/v1beta1 KnativeEventing knative-eventing/knative-eventing',
    after: async (sandbox) => {
      const resource = await stored(
        sandbox,
        'operator.knative.dev/v1beta1',
        'KnativeEventing',
        'knative-eventing',
        'knative-eventing',
      )
      return Object.keys(recordAt(resource, 'spec', 'config')).sort()
    },
    is: ['config-br-defaults', 'sugar'],
  },
]

const sandboxOf = ({layout, objects}: Repair): Sandbox => {
  const sandbox = aSandbox(layout === undefined ? {} : {layout})
  sandbox.load([...aHealthyCluster(1), ...objects])
  return sandbox
}

describe('check --fix', () => {
  test('every repair that it can make is tried below', () => {
    expect([...new Set(repairs.map(({code}) => code))].sort()).toEqual([...fixableCodes])
  })

  test.each(repairs)('$code: $shows', async (repair) => {
    const sandbox = sandboxOf(repair)
    const before = codesOf((await run(`check -n ${home} -o short`, {sandbox})).out)
    expect(before).toContain(repair.code)
    const {out, err, code} = await fix(sandbox, '', {answers: [true]})
    expect(err).toContain(`${repair.plan}\n`)
    expect(err).toContain('? Carry out this repair?')
    expect(writes(sandbox)).toEqual([repair.writes])
    expect(await repair.after(sandbox)).toEqual(repair.is)
    expect(out + err).not.toMatch(/hunter2|aHVudGVyMg/)
    // What is left decides: nothing of the level of an error.
    expect(code).toBe(0)
    const again = await fix(sandbox, '--yes')
    expect(again.code).toBe(0)
    expect(writes(sandbox)).toEqual([repair.writes])
  })

  test('a script says --yes, and is asked for it before anything is written', async () => {
    const sandbox = given(slow({backoffDelay: 'PT3600S'}))
    const unasked = await fix(sandbox)
    expect({code: unasked.code, writes: writes(sandbox)}).toEqual({code: 2, writes: []})
    expect(unasked.err).toContain('Repeat the command with --yes')
    expect((await fix(sandbox, '--yes')).code).toBe(0)
    expect(writes(sandbox)).toEqual(['patch eventing.knative.dev/v1 Broker team-0/orders-0'])
  })

  test('a no leaves everything as it is, and so does a dry run, whose exit code is that of what was found', async () => {
    const sandbox = given(slow({backoffDelay: 'PT3600S'}))
    expect((await fix(sandbox, '', {answers: [false]})).code).toBe(130)
    for (const dry of ['client', 'server']) {
      const {err, code} = await fix(sandbox, `--dry-run=${dry}`)
      expect({code, err}).toMatchObject({code: 5, err: expect.stringContaining('error: found 1 error\n') as unknown})
    }
    expect(writes(sandbox).filter((one) => !one.endsWith('dryRun'))).toEqual([])
  })

  test('it looks again afterwards, and what is left decides about the exit code', async () => {
    const sandbox = given(
      slow({backoffDelay: 'PT3600S'}),
      aTrigger({spec: {subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 'gone'}}}}),
    )
    const {err, code} = await fix(sandbox, '--yes')
    expect(err).toContain('1 finding can be repaired, 1 cannot be repaired safely without you:\n')
    expect(err).toContain('error: 1 error left\n')
    expect(code).toBe(5)
  })

  test('a warning that is left counts with --fail-on warning only', async () => {
    const unsafe = aHealthyBroker('orders-0', home, {
      spec: {delivery: {retry: 3, backoffPolicy: 'linear', backoffDelay: 'PT3600S'}},
    })
    const objects = [unsafe]
    expect((await fix(given(...objects), '--yes')).code).toBe(0)
    const strict = await fix(given(...objects), '--yes --fail-on warning')
    expect(strict.err).toContain('error: 1 warning left\n')
    expect(strict.code).toBe(5)
  })

  test('a repair that the server refuses is no repair', async () => {
    const sandbox = aSandbox({access: (_user, {verb}) => verb !== 'patch'})
    sandbox.load([...aHealthyCluster(1), slow({backoffDelay: 'PT3600S'})])
    const {err, code} = await fix(sandbox, '--yes', {user: 'bob'})
    expect(err).toMatch(/forbidden/i)
    expect(code).toBe(1)
  })

  test('with nothing that is safe to repair it says so, and writes nothing', async () => {
    const sandbox = given(aTrigger({spec: {subscriber: {ref: {apiVersion: 'v1', kind: 'Service', name: 'gone'}}}}))
    const {err, code} = await fix(sandbox, '--yes')
    expect(err).toContain('note: nothing that was found can be repaired safely without you\n')
    expect({code, writes: writes(sandbox)}).toEqual({code: 5, writes: []})
  })

  test('what may be repaired may be left out with --ignore', async () => {
    const sandbox = given(slow({backoffDelay: 'PT3600S'}))
    const {err, code} = await fix(sandbox, `--yes --ignore D10=${home}/orders-0`)
    expect({err, code, writes: writes(sandbox)}).toEqual({
      err: 'note: there is nothing to repair\n',
      code: 0,
      writes: [],
    })
  })

  test('flags of repairs without --fix are refused', async () => {
    const {err, code} = await run('check --yes --dry-run=client')
    expect(err).toBe('error: --dry-run and --yes are for --fix: nothing else changes anything\n')
    expect(code).toBe(2)
  })
})

const scenes = [...(await allScenes()).values()].flat()

describe('whatever is wrong, --fix', () => {
  const play = async (scene: Scene): Promise<{shows: string; wrote: string[]}> => {
    const sandbox = await prepared(scene)
    const before = sandbox.requests.length
    const place = /-A|-n \S+/.exec(scene.args ?? `-n ${home}`)?.[0] ?? ''
    await run(`check ${place} --fix --yes`, {sandbox, ...(scene.user === undefined ? {} : {user: scene.user})})
    return {shows: scene.shows, wrote: writes({requests: sandbox.requests.slice(before)})}
  }
  const stored = scenes.filter(({files}) => files === undefined)

  test('patches only what its repairs are for, and never creates or deletes anything', async () => {
    for (const scene of stored) {
      const {shows, wrote} = await play(scene)
      const may = scene.codes.some((code) => fixableCodes.includes(code))
      expect({shows, wrote: wrote.filter((one) => !may || !one.startsWith('patch '))}).toEqual({shows, wrote: []})
    }
  }, 120_000)
})
