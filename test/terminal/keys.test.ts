import {EventEmitter} from 'node:events'
import {describe, expect, test} from 'vitest'
import {keysOf, type Keys} from '../../src/terminal/keys.js'

/** A keyboard: what it sends, and what became of the terminal. */
class Keyboard extends EventEmitter {
  readonly raw: boolean[] = []
  flowing = false
  setRawMode(raw: boolean): void {
    this.raw.push(raw)
  }
  resume(): void {
    this.flowing = true
  }
  pause(): void {
    this.flowing = false
  }
  /** Sends keys at once, as a terminal does with what is pasted. */
  press(...chunks: readonly string[]): void {
    for (const chunk of chunks) this.emit('data', Buffer.from(chunk))
  }
}

/** What was sent has arrived: the loop of events has gone round often enough. */
const drained = async (): Promise<void> => {
  for (let round = 0; round < 50; round += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Reads as a question does, one piece after the other. */
const listen = async ({input}: Keys): Promise<string[]> => {
  const heard: string[] = []
  input.on('data', (piece: Buffer) => void heard.push(piece.toString()))
  await drained()
  return heard
}

describe('the keys for a question', () => {
  test.each([
    ['a text and Enter', ['orders\r'], ['orders', '\r']],
    ['arrows, each a key', ['\u001B[B\u001B[A\r'], ['\u001B[B', '\u001B[A', '\r']],
    ['a text and an arrow', ['or\u001B[B'], ['or', '\u001B[B']],
    ['keys with numbers and letters in their sequence', ['\u001B[3~\u001BOP'], ['\u001B[3~', '\u001BOP']],
    ['letters of other scripts', ['größe 漢\r'], ['größe 漢', '\r']],
    ['a letter in two halves', ['ab', 'cd'], ['ab', 'cd']],
    ['only the first of several lines', ['one\rtwo\rthree'], ['one', '\r']],
    ['the next line when it is typed later', ['one\r', 'two'], ['one', '\r', 'two']],
  ])('%s', async (_name, chunks, expected) => {
    const keyboard = new Keyboard()
    const keys = await keysOf(keyboard)
    const heard = await listen(keys)
    keyboard.press(...chunks)
    await drained()
    expect(heard).toEqual(expected)
    expect(keys.gone.aborted).toBe(false)
    keys.close()
  })

  test('do not come from before it', async () => {
    const keyboard = new Keyboard()
    const opening = keysOf(keyboard)
    keyboard.press('y\r')
    const keys = await opening
    keyboard.press('y\r')
    const heard = await listen(keys)
    keyboard.press('n')
    await drained()
    expect(heard).toEqual(['n'])
    expect(keys.gone.aborted).toBe(false)
  })

  test.each([
    ['Ctrl-C before it', async (keyboard: Keyboard) => keyboard.press('y\u0003'), false],
    ['the end of the terminal', async (keyboard: Keyboard) => keyboard.emit('end'), true],
    // Readline pauses its input when it has read Ctrl-D.
    ['Ctrl-D', async (_keyboard: Keyboard, {input}: Keys) => input.pause(), true],
  ])('are over with %s', async (_name, end, begun) => {
    const keyboard = new Keyboard()
    const keys = await keysOf(keyboard)
    if (begun) await listen(keys)
    await end(keyboard, keys)
    await drained()
    expect(keys.gone.aborted).toBe(true)
  })

  test('leave the terminal as it was', async () => {
    const keyboard = new Keyboard()
    const keys = await keysOf(keyboard)
    expect({raw: keyboard.raw, flowing: keyboard.flowing}).toEqual({raw: [true], flowing: true})
    const heard = await listen(keys)
    keys.close()
    keyboard.press('late')
    keys.input.pause()
    await drained()
    expect({raw: keyboard.raw, flowing: keyboard.flowing, heard}).toEqual({
      raw: [true, false],
      flowing: false,
      heard: [],
    })
    expect(keyboard.eventNames()).toEqual([])
    expect(keys.gone.aborted).toBe(false)
  })
})
