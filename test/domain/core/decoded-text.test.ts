import {expect, test} from 'vitest'
import {decodedText} from '../../../src/domain/core/decoded-text.js'

const text = 'name: Größe 🙂\n'
const big = (little: Buffer): Buffer => Buffer.from(little).swap16()

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${text}`)],
  ['UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 with the larger byte first', big(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
])('a file in %s is read, and the mark is no part of it', (_encoding, bytes) => {
  expect(decodedText(bytes)).toBe(text)
})

test('an empty file is empty', () => {
  expect(decodedText(new Uint8Array())).toBe('')
})
