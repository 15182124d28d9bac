import {expect, test} from 'vitest'
import {aKafkaBroker} from './support/objects.js'
import {theatre} from './support/stage.js'

const {stage} = theatre()

/** Command lines that could never be right. Each gets one clear error and exit code 2, and writes nothing. */
const usage: Readonly<Record<string, readonly string[]>> = {
  words: [
    'broker lsit',
    'brokr list',
    'create broker orders',
    'broker frobnicate orders',
    'broker create',
    'broker list --namespce demo',
    'broker create new --retries 3',
    'broker create new --nonsense',
    'broker create new --retry',
    'broker create new --retry 3 --retry 4',
  ],
  values: [
    'broker create New_Broker --class Kafka',
    'broker create new --backoff-delay 1X',
    'broker create new --backoff-delay=-PT1S',
    'broker create new --retry many',
    'broker create new --retry=-1',
    'broker create new --backoff-policy quadratic',
    'broker create new --dl-sink pigeon:dead-letters',
    'broker create new --dl-sink ksvc:',
    "broker create new --label 'team=not allowed'",
    'broker create new --label team',
    "broker create new --annotation 'not allowed=x'",
    'broker create new --wait-timeout soon',
    'broker create new --dry-run',
    'broker create new --dry-run=maybe',
    'broker update orders --unset class',
    'broker wait orders --for lunch',
    'broker list --request-timeout soon',
    'broker list -v 99',
  ],
  formats: [
    'broker list -o foo',
    'broker list -o go-template={{.metadata.name}}',
    "broker list -o jsonpath='{.items[*'",
    'broker list -o custom-columns=NAME',
    'broker list -o jsonpath-file=/nowhere/at/all',
    "broker list --sort-by='{.a['",
    'broker create new -o url',
  ],
  contradictions: [
    'broker update orders',
    'broker update orders --dl-sink ksvc:x --unset dl-sink',
    'broker update orders --label team=a --label team-',
    'broker list orders -l team=shop',
    'broker list orders -A',
    'broker list -w --sort-by=.metadata.name',
  ],
}

test.each(Object.keys(usage))(
  'wrong %s are usage errors that name the fault, and nothing is written',
  async (group) => {
    const scene = await stage()
    await scene.given(aKafkaBroker(scene, 'orders'))
    const before = await scene.state()
    for (const line of usage[group] ?? []) {
      const {code, out} = await scene.sh(`kubectl sfl ${line}`)
      expect({line, out, code}).toEqual({line, out: '', code: 2})
    }
    await scene.matches(`bad-${group}`)
    expect(await scene.state()).toEqual(before)
  },
)

test('a selector that the server does not understand is its refusal', async () => {
  const scene = await stage()
  const label = await scene.start("kubectl sfl broker list -l 'a b'").ended
  // What the server expected instead is listed in another order by each of its releases.
  expect(label).toEqual({
    out: '',
    err: expect.stringMatching(/^error: invalid selector: unable to parse requirement: found 'b', expected: .*\n$/),
    code: 2,
  })
  await scene.sh("kubectl sfl broker list --field-selector 'spec.class=Kafka'")
  await scene.matches('bad-selectors')
})

test('under -o json an error is a Status on stderr, and stdout is empty', async () => {
  const scene = await stage()
  const lines = [
    'broker list --nonsense -o json',
    'broker create New_Broker -o json',
    'broker create x --class Kafka --broker-config nowhere -o json',
    'broker delete x --yes -o json',
    'broker list -o json --context nobody',
    'broker describe x -ojson',
  ]
  for (const line of lines) {
    const {out, err, code} = await scene.sh(`kubectl sfl ${line}`)
    const status: unknown = JSON.parse(err.slice(err.indexOf('{')))
    expect({line, out, status}).toEqual({
      line,
      out: '',
      status: expect.objectContaining({kind: 'Status', exitCode: code}),
    })
  }
  await scene.matches('json-errors')
})
