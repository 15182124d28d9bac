import {run, type Scenario} from '../support/run.js'

export interface Completed {
  /** What could be typed. */
  values: string[]
  descriptions: Readonly<Record<string, string>>
  hints: string[]
  directive: string
}

/**
 * Presses TAB behind a line: `kubectl sfl ` is left out, `·` stands for a blank at its end. stderr must stay empty and the
 * exit code 0, whatever happens.
 */
export const tab = async (line: string, scenario: Scenario = {}): Promise<Completed> => {
  const words = line.split(' ').map((word) => (word === '·' ? '' : word))
  const {out, err, code} = await run(['__complete', ...words], scenario)
  if (err !== '' || code !== 0) throw new Error(`on the line that is being typed: ${code} ${err}`)
  const lines = out.split('\n').filter((text) => text !== '')
  const candidates = lines.slice(0, -1).filter((text) => !text.startsWith('_activeHelp_ '))
  const pairs = candidates.map((text) => text.split('\t')).map(([value = '', about = '']) => [value, about] as const)
  return {
    values: pairs.map(([value]) => value),
    descriptions: Object.fromEntries(pairs),
    hints: lines.filter((text) => text.startsWith('_activeHelp_ ')).map((text) => text.slice('_activeHelp_ '.length)),
    directive: lines.at(-1) ?? '',
  }
}
