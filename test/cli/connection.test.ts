import {expect, test} from 'vitest'
import {callerOf} from '../../src/cli/connection.js'
import {callerText, kubectl, printCommands, sfl} from '../../src/domain/core/commands.js'
import {aSandbox, run} from '../support/run.js'

test.each([
  ['kubectl sfl', ['orders'], 'kubectl sfl'],
  ['kubectl sfl', ['--context', 'prod', 'orders', '-n', 'shop'], 'kubectl sfl --context prod'],
  [
    'kn sfl',
    ['--kubeconfig=/a b', '--as', 'x', '--as-group=g', '--as-group', 'h'],
    "kn sfl --kubeconfig '/a b' --as x --as-group g --as-group h",
  ],
  [
    'kubectl sfl',
    ['--token', 'abc', '--client-key=k', '--insecure-skip-tls-verify'],
    'kubectl sfl --insecure-skip-tls-verify',
  ],
  ['kubectl sfl', ['--', '--context', 'prod'], 'kubectl sfl'],
])('%s %j is spoken of as %s', (program, argv, spoken) => {
  expect(callerText(callerOf(program, argv))).toBe(spoken)
})

test('a flag to which the command gives its own meaning is not repeated', () => {
  expect(callerOf('kubectl sfl', ['--user', 'orders', '--context', 'prod'], ['user']).connection).toEqual([
    '--context',
    'prod',
  ])
})

test.each([
  [[sfl('broker list')], 'kn sfl', [], 'kn sfl broker list'],
  [[sfl('broker list')], 'kubectl sfl', ['--context', 'prod'], 'kubectl sfl --context prod broker list'],
  [[kubectl('-n', 'shop', 'get', 'pods')], 'kn sfl', ['--as', 'x'], 'kubectl --as x -n shop get pods'],
  [
    [kubectl('get', 'a'), sfl('check')],
    'kubectl sfl',
    ['--context', '$&'],
    "kubectl --context '$&' get a\nkubectl sfl --context '$&' check",
  ],
  [
    [sfl('broker describe', 'x; rm -rf ~', '-n', "it's")],
    'kubectl sfl',
    ['--context', 'two\nlines'],
    "kubectl sfl --context 'two\nlines' broker describe 'x; rm -rf ~' -n 'it'\\''s'",
  ],
])('%j under %s %j is %j', (commands, name, connection, text) => {
  expect(printCommands(commands, {name, connection})).toBe(text)
})

test('a recommended command leads to the cluster that the finding is about', async () => {
  const {err} = await run('broker describe nothing --context prod', {sandbox: aSandbox()})
  expect(err).toContain('kubectl sfl --context prod broker list -n default')
})
