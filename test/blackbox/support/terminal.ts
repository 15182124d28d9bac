import {stripVTControlCharacters} from 'node:util'
import {type Stage} from './stage.js'

/** What stood on a terminal in the end. */
export interface Screen {
  /** Without colours and carriage returns. */
  screen: string
  raw: string
  code: number
}

/** Runs a line at a terminal of its own, and types each answer when its question is there. */
export const atTerminal = async (
  scene: Stage,
  line: string,
  answers: readonly {to: RegExp; keys: string}[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Screen> => {
  const running = scene.start(`exec script -qec ${JSON.stringify(line)} /dev/null`, {stdin: 'open', env})
  for (const {to, keys} of answers) {
    await running.until(to)
    running.type(keys)
  }
  const {out, code} = await running.ended
  return {screen: stripVTControlCharacters(out).replaceAll('\r', ''), raw: out, code}
}
