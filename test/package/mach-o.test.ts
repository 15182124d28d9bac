import {expect, test} from 'vitest'
import {withoutSignature} from '../../scripts/package/mach-o.js'

/** A program of two segments and a signature at its end, as far as its load commands go. */
const signed = (): Buffer => {
  const segment = (name: string, from: number, length: number): Buffer => {
    const command = Buffer.alloc(72)
    command.writeUInt32LE(0x19, 0)
    command.writeUInt32LE(72, 4)
    command.write(name, 8, 'latin1')
    command.writeBigUInt64LE(BigInt(from), 40)
    command.writeBigUInt64LE(BigInt(length), 48)
    return command
  }
  const signature = Buffer.alloc(16)
  ;[0x1d, 16, 700, 100].forEach((value, index) => signature.writeUInt32LE(value, index * 4))
  const other = Buffer.alloc(16, 7)
  ;[0x2a, 16].forEach((value, index) => other.writeUInt32LE(value, index * 4))
  const commands = Buffer.concat([segment('__TEXT', 0, 600), segment('__LINKEDIT', 600, 200), signature, other])
  const header = Buffer.alloc(32)
  header.writeUInt32LE(0xfeedfacf, 0)
  header.writeUInt32LE(4, 16)
  header.writeUInt32LE(commands.length, 20)
  return Buffer.concat([header, commands, Buffer.alloc(800 - 32 - commands.length, 1)])
}

test('a macOS program loses its signature, and nothing else', () => {
  const before = signed()
  const after = withoutSignature(before)
  expect(after).toHaveLength(700)
  expect(after.readUInt32LE(16)).toBe(3)
  expect(after.readUInt32LE(20)).toBe(72 + 72 + 16)
  // __LINKEDIT ends with the file now.
  expect(after.readBigUInt64LE(32 + 72 + 48)).toBe(100n)
  // What came after the signature's command is still there, in its place.
  expect(after.subarray(32 + 144, 32 + 160)).toEqual(before.subarray(32 + 160, 32 + 176))
  expect(after.subarray(32 + 160, 32 + 176)).toEqual(Buffer.alloc(16))
  expect(after.subarray(208)).toEqual(before.subarray(208, 700))
})

test('a program without a signature stays as it is', () => {
  const once = withoutSignature(signed())
  expect(withoutSignature(once)).toEqual(once)
})

test('what is no macOS program is refused', () => {
  expect(() => withoutSignature(Buffer.alloc(64))).toThrow('not a 64-bit Mach-O program')
})
