import {describe, expect, test} from 'vitest'
import {tab} from './support.js'

describe('what needs no cluster', () => {
  test.each([
    ['the nouns that begin like this', 'br', ['broker']],
    ['the verbs of a noun, and the nouns below it', 'broker d', ['delete', 'describe']],
    ['below a noun of two words', 'broker injection ·', ['disable', 'enable', 'show']],
    ['a plural noun is the noun', 'triggers w', ['wait']],
    ['another spelling is offered where nothing else begins like that', 'broker ls', ['ls']],
    ['and is not where something does', 'broker l', ['list']],
    ['commands behind global flags, as kn hands them over', '--context prod broker de', ['delete', 'describe']],
    ['nothing behind a word that nobody knows', 'brker ·', []],
    ['hidden commands stay hidden', 'man', []],
    ['help goes on with commands', 'help broker des', ['describe']],
    ['help goes on with topics', 'help exit', ['exit-codes']],
    ['and has no flags or names', 'help broker describe ·', []],
  ])('%s: %s', async (_what, line, values) => {
    expect((await tab(line)).values).toEqual(values)
  })

  test.each([
    ['flags by their beginning', 'broker list --no-h', ['--no-headers']],
    ['what turns a switch off', 'broker create x --no-w', ['--no-wait']],
    ['a flag that was given is not offered again', 'broker list --watch --wat', []],
    ['not even by its letter', 'broker list -w --wat', []],
    ['but one that may be repeated is', 'broker create x --label a=b --lab', ['--label']],
    ['letters where one has begun to type one', 'broker list -A', ['-A']],
    ['hidden flags stay hidden', 'broker list --plugins', []],
    ['flags of all commands behind those of the command', 'broker list --insecure', ['--insecure-skip-tls-verify']],
    ['no flags behind --', 'sandbox run -- --no', []],
  ])('%s: %s', async (_what, line, values) => {
    expect((await tab(line)).values).toEqual(values)
  })

  test.each([
    ['broker create x --dry-run ·', ['none', 'client', 'server']],
    ['broker create x --dry-run=s', ['server']],
    ['broker create x --backoff-policy l', ['linear']],
    ['broker list --color ·', ['auto', 'always', 'never']],
    ['broker list -o ya', ['yaml']],
    ['broker list -o=ya', ['yaml']],
    ['broker list -oya', ['-oyaml']],
    ['broker list --output=jsonpath', ['jsonpath=', 'jsonpath-as-json=', 'jsonpath-file=']],
    ['broker describe x -o u', ['url']],
    ['broker create x -o u', []],
    ['trigger create x --order ·', ['ordered', 'unordered']],
    ['trigger create x --filter so', ['source=']],
    ['trigger update x --unset fil', ['filters', 'filter:']],
    ['broker update x --unset re', ['retry', 'retry-after-max']],
    ['broker wait x --for c', ['create', 'condition=']],
    ['channel create x --type k', ['kafka']],
    ['secret create-kafka-auth s --mechanism S', ['SCRAM-SHA-256', 'SCRAM-SHA-512']],
    ['platform services enable ·', ['data-index', 'job-service']],
    ['platform services enable job-service ·', ['data-index']],
    ['platform create p --services data-index,', ['data-index,job-service']],
    ['platform create p --migration data-index=', ['data-index=service', 'data-index=job', 'data-index=none']],
    ['kafka enable broker s', ['source', 'sink']],
    ['broker backing-channel set ·', ['InMemoryChannel', 'KafkaChannel']],
    ['completion script ·', ['bash', 'zsh', 'fish', 'powershell']],
    ['explain SFL-B0', expect.arrayContaining(['SFL-B01', 'SFL-B02'])],
  ])('words to choose from: %s', async (line, values) => {
    expect((await tab(line)).values).toEqual(values)
  })

  test('nouns, commands, flags and codes are described', async () => {
    const nouns = await tab('br')
    const verbs = await tab('broker li')
    const flags = await tab('broker list --watch')
    const codes = await tab('explain SFL-B01')
    expect([nouns, verbs, flags, codes].map(({descriptions}) => Object.values(descriptions)[0])).toEqual([
      'Brokers: receive events and deliver them to triggers',
      'List brokers.',
      'Watch for changes.',
      'The broker exists already',
    ])
  })

  test("a command's own flags come before those of all commands, and the shell keeps that order", async () => {
    const {values, directive} = await tab('broker list --')
    expect(values.indexOf('--watch')).toBeLessThan(values.indexOf('--as'))
    expect(directive).toBe(':36')
  })

  test.each([
    ['files for a file', 'broker list --kubeconfig ·', ':0'],
    ['files behind the equals sign too', 'trigger create x --filters-file=fil', ':0'],
    ['folders for a folder', 'completion install --dir ·', ':16'],
    ["another program's words behind --", 'sandbox run -- ·', ':0'],
    ['no files where names are wanted', 'broker create ·', ':4'],
    ['no files for a value that can be anything', 'broker create x --retry ·', ':4'],
    ['no blank where more has to be typed', 'broker list -o jsonpath', ':38'],
    ['a blank where one of several is complete', 'broker list -o json', ':36'],
  ])('%s: %s', async (_what, line, directive) => {
    expect((await tab(line)).directive).toBe(directive)
  })

  test.each([
    ['broker create x --retry ·', '--retry N: Number of retries after a failed delivery.'],
    ['broker create ·', 'a name that none of the brokers has yet'],
    ['version ·', 'nothing more is needed here; flags begin with -'],
    ['trigger create x --sink http:', 'a URL that takes events, such as http://receiver.demo.svc/'],
  ])('what cannot be listed is explained: %s', async (line, hint) => {
    expect(await tab(line)).toMatchObject({values: [], hints: [hint]})
  })

  test("kn's bare -v of describe takes no value, the level of requests does", async () => {
    expect((await tab('version -v ·')).hints[0]).toMatch(/^--v LEVEL: /)
    expect((await tab('broker describe -v ·')).hints[0]).not.toMatch(/LEVEL/)
  })

  test.each(['COBRA_ACTIVE_HELP', 'KUBECTL_ACTIVE_HELP'])('%s=0 turns hints off', async (name) => {
    expect((await tab('broker create ·')).hints).toHaveLength(1)
    expect((await tab('broker create ·', {env: {[name]: '0'}})).hints).toEqual([])
  })
})
