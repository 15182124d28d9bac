import {stripVTControlCharacters} from 'node:util'
import {describe, expect, test} from 'vitest'
import {faultServer} from '../support/connection.js'
import {hang} from '../support/fault-server.js'
import {kubeconfigOf} from './support/credentials.js'
import {aKafkaBroker} from './support/objects.js'
import {hasKubectl, hasScript, type Stage, theatre} from './support/stage.js'

const {stage} = theatre({kubectl: true})

/** A namespace with brokers, and the helper beside the program. */
const aScene = async (...brokers: string[]): Promise<Stage> => {
  const scene = await stage()
  await scene.given(...brokers.map((name) => aKafkaBroker(scene, name)))
  await scene.prepare('kubectl-sfl completion install')
  return scene
}

const values = (out: string): string[] =>
  out
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('_activeHelp_ '))
    .map((line) => line.split('\t')[0] ?? '')

describe.skipIf(!hasKubectl)("through kubectl's own completion", () => {
  test.each([
    ['broker describe ord', ['orders', 'orders-eu', ':4']],
    ['broker describe orders pay', ['payments', ':4']],
    ['trigger create t --sink broker:orders-', ['broker:orders-eu', ':4']],
    ['broker list -o na', ['name', ':36']],
    ['broker list --output=na', ['name', ':36']],
    ['broker wa', ['wait', ':36']],
    ['broker list --kubeconfig ""', [':0']],
    ['nothing ""', [':4']],
  ])('kubectl sfl %s', async (line, expected) => {
    const scene = await aScene('orders', 'orders-eu', 'payments')
    const {out, code} = await scene.start(`kubectl __complete sfl ${line}`).ended
    expect([values(out), code]).toEqual([expected, 0])
  })

  test('descriptions and hints arrive, and hints can be turned off', async () => {
    const scene = await aScene('orders')
    const ask = async (line: string, env = {}): Promise<string> =>
      (await scene.start(`kubectl __complete sfl ${line}`, {env}).ended).out
    expect(await ask('broker describe ""')).toMatch(/^orders\tKafka, (not )?ready/)
    expect(await ask('broker create ""')).toBe('_activeHelp_ a name that none of the brokers has yet\n:4\n')
    expect(await ask('broker create ""', {KUBECTL_ACTIVE_HELP: '0'})).toBe(':4\n')
    expect((await scene.start('kubectl __completeNoDesc sfl broker li').ended).out).toBe('list\n:36\n')
  })
})

describe('nothing but candidates', () => {
  const withCluster = async (cluster: object, user: object = {token: 'x'}) => {
    const scene = await aScene()
    const path = await scene.file('other', kubeconfigOf({other: {cluster: {...cluster}, user: {...user}}}))
    return {scene, env: {KUBECONFIG: path}}
  }
  const unreachable = 'brokers are not known: the cluster cannot be reached (ConnectionRefused)'
  const late = 'brokers are not known: the cluster did not answer within 1.5 s'
  const ask = 'kubectl_complete-sfl broker describe ""'

  test('a cluster that is not there, or forbids, is told in a hint', async () => {
    const {scene, env} = await withCluster({server: 'http://127.0.0.1:9'})
    expect(await scene.start(ask, {env}).ended).toEqual({out: `_activeHelp_ ${unreachable}\n:4\n`, err: '', code: 0})
    const forbidden = await scene.start('kubectl_complete-sfl --context alice broker describe ""').ended
    expect(forbidden).toEqual({
      out: `_activeHelp_ brokers are not known: you have no permission to list them in namespace "${scene.namespace}"\n:4\n`,
      err: '',
      code: 0,
    })
  })

  test('a cluster that is silent is given up, and the second TAB does not wait for it', async () => {
    const server = await faultServer({plain: true})
    server.script(hang, hang)
    const {scene, env} = await withCluster({server: server.url})
    const answer = {out: `_activeHelp_ ${late}\n:4\n`, err: '', code: 0}
    expect(await scene.start(ask, {env}).ended).toEqual(answer)
    expect(await scene.start(ask, {env}).ended).toEqual(answer)
    expect(server.received).toHaveLength(1)
  })

  test('a log-in program that does not end is left behind, and what it says goes nowhere', async () => {
    const {scene, env} = await withCluster(
      {server: 'http://127.0.0.1:9'},
      {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'sh',
          args: ['-c', 'trap "" TERM; echo "enter the code 1234" >&2; sleep 20; sleep 20'],
          interactiveMode: 'IfAvailable',
        },
      },
    )
    const {err, code, out} = await scene.start(ask, {env, timeout: 15_000}).ended
    expect({err, code, out}).toEqual({out: `_activeHelp_ ${late}\n:4\n`, err: '', code: 0})
  })

  test('a kubeconfig that cannot be read is told in a hint', async () => {
    const scene = await aScene()
    const path = await scene.file('broken', 'contexts: [')
    const {out, err, code} = await scene.start(ask, {env: {KUBECONFIG: path}}).ended
    expect(out).toMatch(/^_activeHelp_ brokers are not known: kubeconfig \S+broken, line 1: .*\n:4\n$/)
    expect({err, code}).toEqual({err: '', code: 0})
  })

  test('what happened can be read in a file, as for all programs made with cobra', async () => {
    const scene = await aScene()
    const {out} = await scene.start(`${ask}; cat debug.log`, {env: {BASH_COMP_DEBUG_FILE: 'debug.log'}}).ended
    expect(out).toMatch(/\[kubectl-sfl\] answered in \d+ ms:\n_activeHelp_ no brokers/)
  })
})

/** The part of the package bash-completion that kubectl's script cannot do without. */
const BASH_COMPLETION = `
_init_completion() { COMPREPLY=(); words=("\${COMP_WORDS[@]}"); cword=$COMP_CWORD; cur=\${words[cword]}; prev=\${words[cword-1]}; }
__ltrim_colon_completions() { :; }
`

/** Types into an interactive bash at a terminal and answers all that it shows. */
const inBash = async (scene: Stage, keys: string, ...setUp: string[]): Promise<string> => {
  const rc = await scene.file('bashrc', [...setUp, "PS1='ready> '", 'bind "set bell-style none"', ''].join('\n'))
  const running = scene.start(`exec script -qec "bash --noprofile --rcfile ${rc} -i" /dev/null`, {stdin: 'open'})
  await running.until(/ready> /)
  running.type(keys)
  running.type('exit\r')
  return stripVTControlCharacters((await running.ended).out).replaceAll('\r', '')
}

describe.skipIf(!hasScript)('in a bash at a terminal', () => {
  const OURS = 'source <(kubectl-sfl completion script bash)'

  test.each([
    ['a name', 'kubectl-sfl broker describe orders-\t-o name\r', 'broker.eventing.knative.dev/orders-eu'],
    ['words and names in turn', 'kubectl-sfl bro\tdescr\tpay\t-o na\t\r', 'broker.eventing.knative.dev/payments'],
    ['behind an equals sign', 'kubectl-sfl broker list --output=na\t\r', 'broker.eventing.knative.dev/orders-eu'],
    [
      'behind a colon',
      'kubectl-sfl trigger create t --broker orders-\t--sink broker:pay\t--dry-run=cl\t-o "jsonpath={.spec.subscriber.ref.name}{.spec.broker}"\r',
      'paymentsorders-eu',
    ],
    [
      'with a variable on the line',
      'K=$KUBECONFIG; kubectl-sfl --kubeconfig $K broker describe pa\t-o name\r',
      '/payments',
    ],
  ])('%s is completed, and the line runs', async (_what, keys, seen) => {
    const scene = await aScene('orders', 'orders-eu', 'payments')
    expect(await inBash(scene, keys, OURS)).toContain(seen)
  })

  test('the second TAB lists candidates with descriptions, and hints', async () => {
    const scene = await aScene('orders', 'orders-eu')
    expect(await inBash(scene, 'kubectl-sfl broker describe orders\t\t\u0015', OURS)).toMatch(
      /orders +\(Kafka, .*\n?orders-eu +\(Kafka, /,
    )
    expect(await inBash(scene, 'kubectl-sfl broker create \t\t\u0015', OURS)).toContain(
      '\na name that none of the brokers has yet\n',
    )
  })

  test('nothing that was typed or answered is run', async () => {
    const scene = await aScene('orders')
    const entry = {cluster: {server: 'http://127.0.0.1:9'}, user: {}}
    const path = await scene.file('evil', kubeconfigOf({'$(touch answered)x': entry}))
    await inBash(scene, 'kubectl-sfl -n $(touch typed) --context \t\u0015', `export KUBECONFIG=${path}`, OURS)
    expect((await scene.start('ls typed answered 2>/dev/null').ended).out).toBe('')
  })

  test.skipIf(!hasKubectl)("kubectl's own script completes what follows kubectl sfl", async () => {
    const scene = await aScene('orders', 'orders-eu', 'payments')
    const setUp = [BASH_COMPLETION, 'source <(kubectl completion bash)']
    const seen = await inBash(scene, 'kubectl sfl bro\tdescr\tpay\t-o na\t\r', ...setUp)
    expect(seen).toContain('broker.eventing.knative.dev/payments')
  })
})
