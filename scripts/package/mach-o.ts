/** Load commands of Mach-O (loader.h). */
const SEGMENT_64 = 0x19
const CODE_SIGNATURE = 0x1d

const HEADER = 32

/**
 * A macOS program without its code signature, as `codesign --remove-signature` leaves it. Bun signs anew what it makes
 * for arm64, where nothing runs unsigned; for x64 it leaves its own signature in place, which no longer fits, and a program
 * with a wrong signature may be stopped where one with none runs.
 */
export const withoutSignature = (program: Buffer): Buffer => {
  if (program.readUInt32LE(0) !== 0xfeedfacf) throw new Error('not a 64-bit Mach-O program')
  const copy = Buffer.from(program)
  const [count, size] = [copy.readUInt32LE(16), copy.readUInt32LE(20)]
  const commands: Array<{at: number; kind: number; length: number}> = []
  for (let at = HEADER; commands.length < count; at += copy.readUInt32LE(at + 4))
    commands.push({at, kind: copy.readUInt32LE(at), length: copy.readUInt32LE(at + 4)})
  const signature = commands.find(({kind}) => kind === CODE_SIGNATURE)
  if (signature === undefined) return copy
  const [start, length] = [copy.readUInt32LE(signature.at + 8), copy.readUInt32LE(signature.at + 12)]
  if (start + length !== copy.length) throw new Error('the signature is not at the end of the program')
  // The segment that reaches to the end of the file ends where the signature began.
  const linkedit = commands.find(
    ({at, kind}) => kind === SEGMENT_64 && copy.toString('latin1', at + 8, at + 24).startsWith('__LINKEDIT\0'),
  )
  if (linkedit === undefined) throw new Error('the program has no segment __LINKEDIT')
  const segmentStart = copy.readBigUInt64LE(linkedit.at + 40)
  copy.writeBigUInt64LE(BigInt(start) - segmentStart, linkedit.at + 48)
  // The commands after it move up.
  const end = HEADER + size
  copy.copy(copy, signature.at, signature.at + signature.length, end)
  copy.fill(0, end - signature.length, end)
  copy.writeUInt32LE(count - 1, 16)
  copy.writeUInt32LE(size - signature.length, 20)
  return copy.subarray(0, start)
}
