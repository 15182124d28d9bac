import {describe, expect, test} from 'vitest'
import {createStreams, type StreamSource} from '../../src/terminal/streams.js'

interface Terminals {
  stdin?: boolean
  stdout?: boolean
  stderr?: boolean
}

const opened = ({stdin, stdout, stderr}: Terminals, env: Record<string, string> = {}, columns?: number) => {
  const written: string[] = []
  const tty = (isTTY: boolean | undefined) => (isTTY === undefined ? {} : {isTTY})
  const source: StreamSource = {
    stdin: tty(stdin),
    stdout: {
      ...tty(stdout),
      write: (text) => written.push(`out ${text}`) > 0,
    },
    stderr: {
      ...tty(stderr),
      ...(columns === undefined ? {} : {columns}),
      write: (text) => written.push(`err ${text}`) > 0,
    },
    env,
  }
  return {streams: createStreams(source, 'auto'), written}
}

describe('streams', () => {
  test('results go to stdout and everything else to stderr, as they are', () => {
    const {streams, written} = opened({})
    streams.out('a\n')
    streams.err('b')
    expect(written).toEqual(['out a\n', 'err b'])
  })

  test.each([
    ['both at a terminal', {stdout: true, stderr: true}, true, true],
    ['stderr thrown away', {stdout: true, stderr: false}, true, false],
    ['stdout in a pipe', {stdout: false, stderr: true}, false, true],
    ['in a log', {}, false, false],
  ])('each stream is coloured for itself: %s', (_what, terminals, out, err) => {
    const {streams} = opened(terminals)
    const isPainted = (text: string): boolean => text !== 'x'
    expect([isPainted(streams.outPalette.red('x')), isPainted(streams.errPalette.red('x'))]).toEqual([out, err])
  })

  test.each([
    [{stdin: true, stderr: true}, true],
    [{stdin: true, stdout: true, stderr: true}, true],
    [{stdin: true, stdout: true}, false],
    [{stdin: false, stderr: true}, false],
    [{stderr: true}, false],
  ])('a question can be asked where stdin and stderr are terminals: %j', (terminals, expected) => {
    expect(opened(terminals).streams.interactive).toBe(expected)
  })

  test('a dumb terminal redraws no lines', () => {
    expect(opened({stderr: true}).streams.errIsTerminal).toBe(true)
    expect(opened({stderr: true}, {TERM: 'dumb'}).streams.errIsTerminal).toBe(false)
  })

  test('a stream without a width has 80 columns', () => {
    expect(opened({}).streams.columns).toBe(80)
    expect(opened({}, {}, 132).streams.columns).toBe(132)
  })
})
