/**
 * Text that anyone may have written (conditions, annotations, errors of a server, names in a kubeconfig) made harmless for
 * a terminal: no character of it can move the cursor, colour, hide or reorder what stands around it.
 */

/** C0, DEL, C1, the two line ends of Unicode, and what overrides, embeds or isolates the direction of writing. */
const UNSAFE = '\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069'
/** The same without line feed and tab. */
const UNSAFE_IN_LINES = UNSAFE.replace('\\u001f', '\\u0008\\u000b-\\u001f')

/** What no XML may hold, and no encoding can: the last two of the first plane, halves of surrogate pairs. */
const NO_CHARACTER = '[\\ufffe\\uffff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]'

const SOME = new RegExp(`[${UNSAFE}]|${NO_CHARACTER}`)
const EACH = new RegExp(`\\r\\n|[${UNSAFE}]|${NO_CHARACTER}`, 'g')
const SOME_IN_LINES = new RegExp(`[${UNSAFE_IN_LINES}]`)
const EACH_IN_LINES = new RegExp(`\\r\\n|[${UNSAFE_IN_LINES}]`, 'g')

/** `^[` for an escape character, as in kubectl (cli-runtime pkg/printers/terminal.go); `<U+009B>` for what has no such name. */
const shown = (found: string): string => {
  const code = found.charCodeAt(0)
  if (code < 0x20) return `^${String.fromCharCode(code + 0x40)}`
  return code === 0x7f ? '^?' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}

const isLineEnd = (found: string): boolean => /[\r\n\t\v\f\u0085\u2028\u2029]/.test(found)

/** One line: line ends and tabs become blanks, other control characters and what is no character are shown. */
export const printable = (text: string): string =>
  SOME.test(text) ? text.replace(EACH, (found) => (isLineEnd(found) ? ' ' : shown(found))) : text

/** Several lines: line ends and tabs stay. */
export const printableLines = (text: string): string =>
  SOME_IN_LINES.test(text) ? text.replace(EACH_IN_LINES, (found) => (found === '\r\n' ? '\n' : shown(found))) : text
