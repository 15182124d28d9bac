/** MD5 (RFC 1321) as hex digits, for the names that Knative's kmeta derives from it. No security depends on it. */

const shifts: readonly number[] = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
const sines: readonly number[] = Array.from({length: 64}, (_, index) =>
  Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32),
)

type Digest = readonly [number, number, number, number]

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits))

/** Which word of the block a step reads, and how it mixes the state. */
const mix = (step: number, b: number, c: number, d: number): {word: number; mixed: number} => {
  if (step < 16) return {word: step, mixed: (b & c) | (~b & d)}
  if (step < 32) return {word: (5 * step + 1) % 16, mixed: (d & b) | (~d & c)}
  if (step < 48) return {word: (3 * step + 5) % 16, mixed: b ^ c ^ d}
  return {word: (7 * step) % 16, mixed: c ^ (b | ~d)}
}

const digestBlock = ([a0, b0, c0, d0]: Digest, words: readonly number[]): Digest => {
  let [a, b, c, d] = [a0, b0, c0, d0]
  for (let step = 0; step < 64; step++) {
    const {word, mixed} = mix(step, b, c, d)
    const sum = (a + mixed + sines[step]! + words[word]!) | 0
    const shift = shifts[Math.floor(step / 16) * 4 + (step % 4)]!
    ;[a, b, c, d] = [d, (b + rotate(sum, shift)) | 0, b, c]
  }
  return [(a0 + a) | 0, (b0 + b) | 0, (c0 + c) | 0, (d0 + d) | 0]
}

/** The text's bytes in UTF-8, a one bit, zeros, and the length in bits. */
const padded = (text: string): Uint8Array => {
  const bytes = new TextEncoder().encode(text)
  const whole = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64)
  whole.set(bytes)
  whole[bytes.length] = 0x80
  new DataView(whole.buffer).setUint32(whole.length - 8, bytes.length * 8, true)
  return whole
}

export const md5 = (text: string): string => {
  const bytes = padded(text)
  const view = new DataView(bytes.buffer)
  let digest: Digest = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476]
  for (let offset = 0; offset < bytes.length; offset += 64)
    digest = digestBlock(
      digest,
      Array.from({length: 16}, (_, word) => view.getUint32(offset + word * 4, true)),
    )
  return digest
    .flatMap((word) => [0, 8, 16, 24].map((bits) => ((word >>> bits) & 0xff).toString(16).padStart(2, '0')))
    .join('')
}
