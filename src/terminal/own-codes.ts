import {printableLines} from '../domain/core/printable.js'

/**
 * The terminal's codes (colours, cursor) that this program writes, told from those that stand in what others wrote. Ours
 * carry four numbers that are drawn anew for every process, in the place of parameters, so that whoever measures a text
 * passes over them like over any code. Where a text goes to a stream the numbers are taken out again, and every code
 * without them is made visible instead of obeyed.
 */

const drawn = (): number => 1000 + Math.floor(Math.random() * 9000)
const SIGNATURE = Array.from({length: 4}, drawn).join(';')

/** Splits a text at our codes, what stands behind their numbers in between. */
const OURS = new RegExp(`\\u001b\\[${SIGNATURE};([0-9;]*[A-Za-z])`)

/** `own('31m')`: the code that begins red letters, `own('K')`: the one that erases to the end of the line. */
export const own = (code: string): string => `\u001b[${SIGNATURE};${code}`

const harmless = (text: string, ours: (code: string) => string): string =>
  text.includes('\u001b')
    ? text
        .split(OURS)
        .map((part, index) => (index % 2 === 1 ? ours(part) : printableLines(part)))
        .join('')
    : printableLines(text)

/** A text as it goes to a stream: our codes as the terminal knows them, everything else harmless. */
export const forStream = (text: string): string => harmless(text, (code) => `\u001b[${code}`)

/** The same text before it goes there, for who has to know how wide it will be. */
export const withoutForeign = (text: string): string => harmless(text, own)
