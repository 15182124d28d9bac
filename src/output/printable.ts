const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/
const EACH_CONTROL = /\r\n|[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g

const replacement = (found: string): string => {
  if (/[\r\n\t\v\f\u0085\u2028\u2029]/.test(found)) return ' '
  const code = found.charCodeAt(0)
  return code < 0x20 ? `^${String.fromCharCode(code + 0x40)}` : code === 0x7f ? '^?' : ' '
}

/**
 * One line of text that cannot move the cursor: line ends and tabs become blanks, an escape character becomes `^[` as
 * in kubectl (cli-runtime pkg/printers/terminal.go). Condition messages and annotations are written by anyone.
 */
export const printable = (text: string): string => (CONTROL.test(text) ? text.replace(EACH_CONTROL, replacement) : text)
