/** Breaks a text at blanks into lines of at most `width` characters; a word that is longer keeps a line of its own. */
export const wrapped = (text: string, width: number): string[] => {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line === '') lines[lines.length - 1] = word
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`
    else lines.push(word)
  }
  return lines
}

const COLOURS = /\u001b\[[0-9;]*m/g

/** Commands are copied: a line end in them would be copied as well. */
const COMMAND = /^ *(\S+:)? *(kubectl|oc|kn) /

/**
 * Breaks the lines of a text at blanks so that they fit a terminal; what is left of a line stands a little to the right. Lines
 * with commands stay as they are, and so do words that are too long.
 */
export const folded = (text: string, columns: number): string =>
  text
    .split('\n')
    .map((line) => {
      const bare = line.replace(COLOURS, '')
      if (bare.length <= columns || COMMAND.test(bare)) return line
      const [before = ''] = /^ */.exec(bare) ?? []
      const after = `${before}    `
      const lines = [before]
      for (const word of line.slice(before.length).split(' ')) {
        const last = lines.at(-1)!
        const room = columns - last.replace(COLOURS, '').length - word.replace(COLOURS, '').length
        const isFirst = last === before || last === after
        if (isFirst) lines[lines.length - 1] = `${last}${word}`
        else if (room >= 1) lines[lines.length - 1] = `${last} ${word}`
        else lines.push(`${after}${word}`)
      }
      return lines.join('\n')
    })
    .join('\n')
