/** Colours are decided once, at the terminal, and handed in: each function wraps a text or leaves it as it is. */
export interface Palette {
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
  bold(text: string): string
  dim(text: string): string
}

const asIs = (text: string): string => text

/** No colour at all: pipes, files, `NO_COLOR`. */
export const plain: Palette = {red: asIs, green: asIs, yellow: asIs, cyan: asIs, bold: asIs, dim: asIs}
