import {printable} from '../domain/core/printable.js'
import {own} from './own-codes.js'
import type {Streams} from './streams.js'
import {every, type Timer} from '../process/timer.js'

/** One line about what is being waited for. */
export interface Progress {
  /** Shows the newest state; on a log (no terminal) one line for each change. */
  update(text: string): void
  /** A line that stays, above the one that moves. */
  say(line: string): void
  /** Takes the line away. */
  done(): void
}

/**
 * Takes the line away. One row, even where the window has become narrower than the line: some terminals break it into
 * several then and others cut it off, and what stands above must not be lost.
 */
const AWAY = own('G') + own('K')

/** Seconds from which on the time is shown: before that it only flickers. */
const SHOWN_AFTER = 3

/** Columns that stay free: a terminal writes ^C there, and some begin a new line when the last one is written. */
const SPARE = 3

/** The spinner, one frame after the other. */
export const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']

/** Columns of a terminal: two for what East Asian scripts and emoji are written in, none for what is put over other letters. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + (/\p{M}/u.test(one) ? 0 : WIDE.test(one) ? 2 : 1), 0)

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}/u

/** The beginning of a text that is too wide, with an ellipsis. */
const cut = (text: string, width: number): string => {
  if (widthOf(text) <= width) return text
  let kept = ''
  for (const one of text) {
    if (widthOf(`${kept}${one}…`) > width) break
    kept += one
  }
  return `${kept}…`
}

/**
 * At a terminal a single redrawn line with a spinner, elsewhere one line per change: a log must tell the story without
 * control characters.
 */
export const startProgress = (streams: Streams): Progress => {
  let shown: string | undefined
  if (!streams.errIsTerminal) {
    return {
      update(state) {
        const text = printable(state)
        if (text === shown) return
        shown = text
        streams.err(`${text}\n`)
      },
      say(line) {
        streams.err(`${line}\n`)
      },
      done() {},
    }
  }
  let frame = 0
  let since = performance.now()
  const draw = (): void => {
    if (shown === undefined) return
    const seconds = Math.floor((performance.now() - since) / 1000)
    const spent = seconds < SHOWN_AFTER ? '' : ` (${seconds}s)`
    const room = Math.max(1, streams.columns - SPARE)
    const text = `${FRAMES[frame++ % FRAMES.length]} ${shown.replace(/\s+/g, ' ')}`
    const line = cut(text, Math.max(0, room - spent.length)) + (spent.length < room ? spent : '')
    streams.err(`${AWAY}${line}`)
  }
  let timer: Pick<Timer, 'cancel'> | undefined
  return {
    update(state) {
      const text = printable(state)
      if (shown === undefined) {
        since = performance.now()
        // One progress serves several waits: each starts to move anew.
        timer = every(100, draw, {background: true})
      }
      shown = text
      draw()
    },
    say(line) {
      streams.err(`${shown === undefined ? '' : AWAY}${line}\n`)
      draw()
    },
    done() {
      timer?.cancel()
      if (shown !== undefined) streams.err(AWAY)
      shown = undefined
    },
  }
}
