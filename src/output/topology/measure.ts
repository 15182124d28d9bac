/** Estimated widths of letters, in parts of the font's size: nobody here knows the font, so they are rather too wide. */
const NARROW = /[ijl.,:;'|!/\\()[\]tfrI -]/
const WIDE = /[mwMW@%…]/
const letter = (one: string): number => {
  if (one.codePointAt(0)! > 0x2e7f) return 1.05
  if (WIDE.test(one)) return 0.95
  return NARROW.test(one) ? 0.42 : /[A-Z0-9_#&$]/.test(one) ? 0.72 : 0.62
}

/** Pixels that a text takes at most, or nearly so. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, one) => sum + letter(one) * size, 0)

/** Cut to a width in pixels; the rest stands in what is shown on request. */
export const fitted = (text: string, width: number, size: number): string => {
  if (widthOf(text, size) <= width) return text
  let left = width - widthOf('…', size)
  let kept = ''
  for (const one of text) {
    left -= letter(one) * size
    if (left < 0) break
    kept += one
  }
  return `${kept.trimEnd()}…`
}
