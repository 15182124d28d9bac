const marks: ReadonlyArray<readonly [encoding: string, bytes: readonly number[]]> = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
]

/**
 * The text of a file. A byte order mark tells of UTF-16, which PowerShell's `>` writes, and is no part of the text, as
 * kubectl has it; without one it is UTF-8.
 */
export const decodedText = (bytes: Uint8Array): string => {
  const [encoding = 'utf-8'] = marks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte)) ?? []
  // Decoders take the mark away.
  return new TextDecoder(encoding).decode(bytes)
}
