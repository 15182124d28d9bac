import {describe, expect, test} from 'vitest'
import {normalise, peek, route, type FlagShapes} from '../../src/cli/argv.js'

const ids = [
  'broker:create',
  'broker:list',
  'broker:describe',
  'broker:class:show',
  'sandbox:run',
  'version',
  'options',
]
const shapes: FlagShapes = {
  namespace: {type: 'option', char: 'n'},
  context: {type: 'option'},
  output: {type: 'option', char: 'o'},
  'all-namespaces': {type: 'boolean', char: 'A'},
  wait: {type: 'boolean', allowNo: true},
  diff: {type: 'boolean'},
}

describe('route', () => {
  test.each([
    ['the words of a command, then its arguments', 'broker list -A', {kind: 'run', id: 'broker:list', argv: ['-A']}],
    [
      'flags before the words, as kn hands them over',
      '--context c broker list',
      {kind: 'run', id: 'broker:list', argv: ['--context', 'c']},
    ],
    [
      'a short flag with its value before the words',
      '-n demo broker describe orders',
      {kind: 'run', id: 'broker:describe', argv: ['-n', 'demo', 'orders']},
    ],
    ['a switch before the words takes no value', '-A broker list', {kind: 'run', id: 'broker:list', argv: ['-A']}],
    ['a flag between the words', 'broker -n demo list', {kind: 'run', id: 'broker:list', argv: ['-n', 'demo']}],
    [
      'a value that is glued to its flag',
      '-ndemo --output=json broker list',
      {kind: 'run', id: 'broker:list', argv: ['-ndemo', '--output=json']},
    ],
    ['a name that is also a noun', '-n broker broker list', {kind: 'run', id: 'broker:list', argv: ['-n', 'broker']}],
    ['ls and the plural', 'brokers ls', {kind: 'run', id: 'broker:list', argv: []}],
    ['a third word', 'broker class show', {kind: 'run', id: 'broker:class:show', argv: []}],
    [
      'everything behind -- is left alone',
      'sandbox run -- kubectl get --help',
      {kind: 'run', id: 'sandbox:run', argv: ['--', 'kubectl', 'get', '--help']},
    ],
    ['--version alone', '--version', {kind: 'run', id: 'version', argv: []}],
    ['nothing at all', '', {kind: 'help', words: []}],
    ['a noun alone', 'broker', {kind: 'help', words: ['broker']}],
    ['--help behind a command', 'broker create x --help', {kind: 'help', words: ['broker', 'create']}],
    ['-h before a command', '-h broker create', {kind: 'help', words: ['broker', 'create']}],
    ['help with words', 'help broker list', {kind: 'help', words: ['broker', 'list']}],
    ['a flag that nothing knows, and no command', '--nope', {kind: 'strange flag', flag: '--nope', words: []}],
    ['the same behind a noun', 'broker --nope', {kind: 'strange flag', flag: '--nope', words: ['broker']}],
    ['known flags and no command', '-n demo --no-wait', {kind: 'help', words: []}],
    ['a word that is no command', 'broker lst', {kind: 'unknown', words: ['broker', 'lst'], argv: ['broker', 'lst']}],
  ])('understands %s', (_what, line, expected) => {
    expect(route(line.split(' ').filter(Boolean), ids, shapes)).toEqual(expected)
  })
})

describe('normalise', () => {
  test.each([
    ['--wait=true', ['--wait']],
    ['--wait=false', ['--no-wait']],
    ['--diff=false', []],
    ['-- --wait=false', ['--', '--wait=false']],
    ['-v 6', ['-v', '6']],
    ['--dry-run client', ['--dry-run', 'client']],
    ['--dry-run=server', ['--dry-run=server']],
    ['--output=true', ['--output=true']],
    ['--wait --wait', ['--wait', '--wait']],
    ['--no-wait --wait=false', ['--no-wait', '--no-wait']],
    ['--context --wait --no-wait', ['--context', '--wait', '--no-wait']],
  ])('takes %s as kubectl and kn do', (line, expected) => {
    expect(normalise(line.split(' '), shapes)).toEqual(expected)
  })

  test("takes kn's bare -v where a command has --verbose", () => {
    expect(normalise(['x', '-v'], {...shapes, verbose: {type: 'boolean'}})).toEqual(['x', '--verbose'])
  })

  test.each([
    [['-v', 'x'], '-v needs a level from 0 to 9'],
    [['--dry-run'], '--dry-run needs a kind'],
    [['--dry-run', 'orders'], '--dry-run needs a kind'],
    [['--wait', '--no-wait'], '--wait and --no-wait contradict each other'],
    [['--wait=false', 'x', '--wait'], '--wait=false and --wait contradict each other'],
    [['--no-wait', '--wait=true'], '--no-wait and --wait=true contradict each other'],
  ])('refuses %j with what to write instead', (argv, message) => {
    expect(() => normalise(argv, shapes)).toThrow(message)
  })
})

describe('peek', () => {
  test.each([
    ['broker list -o json', 'json'],
    ['broker list -ojson', 'json'],
    ['broker list -o=json', 'json'],
    ['broker list --output=json', 'json'],
    ['broker list --output json', 'json'],
    ['sandbox run -- kubectl get -o json', undefined],
    ['broker list', undefined],
  ])('finds the output format of a broken command line: %s', (line, expected) => {
    expect(peek(line.split(' '), 'output', 'o')).toBe(expected)
  })
})
