import {Ansis} from 'ansis'
import {own} from './own-codes.js'

type Paint = (text: string) => string

/** Colours by meaning of the output room; every paint is the identity where colour is off. */
export interface Palette {
  red: Paint
  green: Paint
  yellow: Paint
  cyan: Paint
  bold: Paint
  dim: Paint
}

const same: Paint = (text) => text

export const plainPalette: Palette = {red: same, green: same, yellow: same, cyan: same, bold: same, dim: same}

/** Codes of a colour as the streams know them for ours; begun anew where another one ends inside, and on every line. */
const painted = ({open, close}: {open: string; close: string}): Paint => {
  const [begin, end] = [signed(open), signed(close)]
  return (text) =>
    text === '' ? '' : `${begin}${text.replaceAll(end, begin).replaceAll('\n', `${end}\n${begin}`)}${end}`
}

const signed = (code: string): string => own(code.slice('\u001b['.length))

export const colourPalette = (): Palette => {
  const {red, green, yellow, cyan, bold, dim} = new Ansis(1)
  return {
    red: painted(red),
    green: painted(green),
    yellow: painted(yellow),
    cyan: painted(cyan),
    bold: painted(bold),
    dim: painted(dim),
  }
}

export type ColourChoice = 'auto' | 'always' | 'never'

type Env = Readonly<Record<string, string | undefined>>

/**
 * Whether one stream gets colour. Decided for each stream by itself, so that `2>/dev/null` does not take the colour
 * from stdout. `--color` wins, then NO_COLOR (no-color.org), FORCE_COLOR (as Node and most of npm read it: 0 and false
 * mean no color), CLICOLOR_FORCE (bixense.com/clicolors), TERM=dumb, and being a terminal. Empty ones count as not set.
 */
export const wantsColour = (isTerminal: boolean, env: Env, choice: ColourChoice = 'auto'): boolean => {
  if (choice !== 'auto') return choice === 'always'
  if (env['NO_COLOR']) return false
  if (env['FORCE_COLOR']) return !['0', 'false'].includes(env['FORCE_COLOR'])
  if (env['CLICOLOR_FORCE'] && env['CLICOLOR_FORCE'] !== '0') return true
  return isTerminal && env['TERM'] !== 'dumb'
}
