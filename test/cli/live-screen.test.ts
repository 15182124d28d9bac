import xterm from '@xterm/headless'
import {describe, expect, test} from 'vitest'
import {liveScreen} from '../../src/cli/live-screen.js'
import {ExitCode, SflError} from '../../src/domain/core/errors.js'
import {colourPalette, plainPalette} from '../../src/terminal/palette.js'
import {streamsTo} from '../support/streams.js'

type Step = string | Error

interface Size {
  columns: number
  rows: number
}

/** Shows these screens one after the other and then ends as with Ctrl-C; `size` may change with each. */
const shown = async (steps: readonly Step[], size?: (step: number) => Size) => {
  const abort = new AbortController()
  const first = size?.(0) ?? {columns: 80, rows: 24}
  const terminal = new xterm.Terminal({cols: first.columns, rows: first.rows, allowProposedApi: true})
  const out: string[] = []
  const err: string[] = []
  const widths: Array<number | undefined> = []
  const after: string[] = []
  let step = 0
  const written = (): Promise<void> => new Promise((resolve) => terminal.write('', resolve))
  const rows = (): string =>
    Array.from({length: terminal.buffer.active.length}, (_, row) =>
      terminal.buffer.active.getLine(row)!.translateToString(true),
    )
      .join('\n')
      .trimEnd()
  terminal.write('$ kubectl sfl status --watch\r\n')
  await liveScreen(
    {
      signal: abort.signal,
      now: () => new Date(2026, 2, 1, 12, 0, step),
      translate: (error) =>
        error instanceof SflError ? error : new SflError('Unreachable', String(error), ExitCode.Unreachable),
      streams: streamsTo(
        {
          out: (text) => {
            out.push(text)
            terminal.write(text.replaceAll('\n', '\r\n'))
          },
          err: (text) => void err.push(text),
        },
        {
          outPalette: size === undefined ? plainPalette : colourPalette(),
          outIsTerminal: size !== undefined,
          get screen() {
            return size?.(step)
          },
        },
      ),
    },
    {
      intervalMs: 1,
      screen: async (columns) => {
        await written()
        if (step > 0) after.push(rows())
        widths.push(columns)
        const now = size?.(step)
        if (now !== undefined) terminal.resize(now.columns, now.rows)
        const next = steps[step++]!
        if (step >= steps.length) abort.abort()
        if (next instanceof Error) throw next
        return next
      },
    },
  )
  await written()
  return {out, err, widths, screens: [...after, rows()]}
}

const lost = new SflError('Unreachable', 'cannot reach https://cluster: connect ECONNREFUSED', ExitCode.Unreachable)
const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join('')

describe('a screen that is drawn again and again', () => {
  test('on a terminal stands in one place, and says when it was seen', async () => {
    const {screens} = await shown([lines('one', 'two', 'three'), lines('four'), lines('five', 'six')], () => ({
      columns: 60,
      rows: 10,
    }))
    expect(screens).toEqual([
      '$ kubectl sfl status --watch\none\ntwo\nthree\n\n12:00:01, every 1ms; Ctrl-C ends',
      '$ kubectl sfl status --watch\nfour\n\n12:00:02, every 1ms; Ctrl-C ends',
      '$ kubectl sfl status --watch\nfive\nsix\n\n12:00:03, every 1ms; Ctrl-C ends',
    ])
  })

  test.each([40, 80])('%i columns: long and coloured lines leave nothing behind', async (columns) => {
    const wide = colourPalette().red('word '.repeat(30))
    const {screens, widths} = await shown([lines(wide, 'end'), lines('short', '語語'.repeat(15))], () => ({
      columns,
      rows: 20,
    }))
    expect(widths).toEqual([columns, columns])
    expect(screens[1]!.replaceAll('\n', ' ')).toBe(
      `$ kubectl sfl status --watch short ${'語語'.repeat(15).slice(0, columns / 2)}${columns < 60 ? ` ${'語'.repeat(10)}` : ''}  12:00:02, every 1ms; Ctrl-C ends`,
    )
  })

  test('what does not fit the window is counted, and the screen still stands in one place', async () => {
    const many = lines(...Array.from({length: 30}, (_, index) => `line ${index}`))
    const {screens} = await shown([many, many, lines('line 0')], () => ({columns: 60, rows: 8}))
    expect(screens[1]).toBe(
      '$ kubectl sfl status --watch\nline 0\nline 1\nline 2\nline 3\n... 26 more lines in a larger window\n\n12:00:02, every 1ms; Ctrl-C ends',
    )
    expect(screens[2]).toBe('$ kubectl sfl status --watch\nline 0\n\n12:00:03, every 1ms; Ctrl-C ends')
  })

  test('a line that ends at the edge keeps its last letter', async () => {
    const {screens} = await shown([lines('x'), lines('0123456789'.repeat(4), 'next')], () => ({columns: 40, rows: 10}))
    expect(screens[1]).toContain('\n0123456789012345678901234567890123456789\nnext\n')
  })

  test('a window that is made narrower gets the next screen in its width', async () => {
    const {widths} = await shown([lines('a'), lines('b')], (step) => ({columns: step === 0 ? 80 : 40, rows: 10}))
    expect(widths).toEqual([80, 40])
  })

  test('when the cluster is lost, what was seen stays, with the reason and since when, until it answers again', async () => {
    const {screens} = await shown([lines('all is well'), lost, lost, lines('back')], () => ({columns: 90, rows: 10}))
    expect(screens).toEqual([
      '$ kubectl sfl status --watch\nall is well\n\n12:00:01, every 1ms; Ctrl-C ends',
      '$ kubectl sfl status --watch\nall is well\n\nnot seen since 12:00:02, trying again every 1ms: cannot reach https://cluster: connect ECO\nNNREFUSED',
      '$ kubectl sfl status --watch\nall is well\n\nnot seen since 12:00:02, trying again every 1ms: cannot reach https://cluster: connect ECO\nNNREFUSED',
      '$ kubectl sfl status --watch\nback\n\n12:00:04, every 1ms; Ctrl-C ends',
    ])
  })

  test('elsewhere only what has changed is printed, and trouble goes to stderr, once', async () => {
    const {out, err} = await shown([lines('one'), lines('one'), lost, lost, lines('one'), lines('two')])
    expect(out.join('')).toBe('one\n\ntwo\n')
    expect(err.join('')).toBe(
      'warning: cannot reach https://cluster: connect ECONNREFUSED; trying again\nnote: the cluster answers again\n',
    )
  })

  test('a cluster that does not answer the first time is an error', async () => {
    await expect(shown([lost, lines('never')])).rejects.toBe(lost)
  })

  test('what Ctrl-C breaks off is no loss', async () => {
    const {err, out} = await shown([lines('one'), lost])
    expect([out.join(''), err.join('')]).toEqual(['one\n', ''])
  })
})
