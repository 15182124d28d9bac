import {TemplateError} from './nodes.js'

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|(.))|\\$/gsu

/** Undoes the quotes of a Go string in double or single quotes (`quoted` includes them). */
export const unquote = (quoted: string): string => {
  const quote = quoted[0]
  return quoted.slice(1, -1).replace(ESCAPE, (_, x?: string, u?: string, U?: string, octal?: string, char?: string) => {
    const hex = x ?? u ?? U
    const code = hex === undefined ? parseInt(octal ?? '', 8) : parseInt(hex, 16)
    if (code <= 0x10ffff) return String.fromCodePoint(code)
    if (char !== undefined && char === quote) return char
    const simple = char === undefined ? undefined : SIMPLE[char]
    if (simple === undefined) throw new TemplateError(`unquote string ${quoted} error invalid syntax`)
    return simple
  })
}
