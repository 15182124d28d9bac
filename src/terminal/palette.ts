import {Ansis} from 'ansis'

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

export const colourPalette = (): Palette => {
  const ansis = new Ansis(1)
  return {
    red: (text) => ansis.red(text),
    green: (text) => ansis.green(text),
    yellow: (text) => ansis.yellow(text),
    cyan: (text) => ansis.cyan(text),
    bold: (text) => ansis.bold(text),
    dim: (text) => ansis.dim(text),
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
