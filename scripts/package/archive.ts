import {crc32, deflateRawSync, gunzipSync, gzipSync} from 'node:zlib'

/** One file of an archive. */
export interface Entry {
  name: string
  content: Buffer
  executable?: boolean
}

// All dates are one date, so that the same files make the same archive: midnight UTC of 1 January 2000.
const SECONDS = 946_684_800
const DOS_DATE = ((2000 - 1980) << 9) | (1 << 5) | 1

const BLOCK = 512

/** A .tar.gz (ustar), owned by root. */
export const tarball = (entries: readonly Entry[]): Buffer => {
  const parts = entries.flatMap((entry) => [tarHeader(entry), entry.content, padding(entry.content.length)])
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]), {level: 9})
}

const padding = (length: number): Buffer => Buffer.alloc((BLOCK - (length % BLOCK)) % BLOCK)

const tarHeader = ({name, content, executable = false}: Entry): Buffer => {
  if (name.length > 100) throw new Error(`too long a name for an archive: ${name}`)
  const header = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, width: number): void =>
    void header.write(`${value.toString(8).padStart(width - 1, '0')}\0`, at, 'latin1')
  header.write(name, 0, 'latin1')
  octal(executable ? 0o755 : 0o644, 100, 8)
  octal(0, 108, 8)
  octal(0, 116, 8)
  octal(content.length, 124, 12)
  octal(SECONDS, 136, 12)
  header.write('        0', 148, 'latin1')
  header.write('ustar\x0000root', 257, 'latin1')
  header.write('root', 297, 'latin1')
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\0 `,
    148,
    'latin1',
  )
  return header
}

/** The files of a .tar.gz by name. */
export const readTarball = (archive: Buffer): Map<string, Buffer> => {
  const tar = gunzipSync(archive)
  const files = new Map<string, Buffer>()
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0;) {
    const field = (from: number, to: number): string =>
      tar.toString('latin1', at + from, at + to).replace(/\0[^]*$/, '')
    const size = parseInt(field(124, 136), 8)
    const start = at + BLOCK
    if (/^0?$/.test(field(156, 157))) files.set(field(0, 100), tar.subarray(start, start + size))
    at = start + Math.ceil(size / BLOCK) * BLOCK
  }
  return files
}

/** A .zip; modes are kept for those who look. */
export const zip = (entries: readonly Entry[]): Buffer => {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const {name, content, executable = false} of entries) {
    const packed = deflateRawSync(content, {level: 9})
    // Version, flags, method, time, date, CRC, sizes, length of the name, none of the extra field.
    const shared = Buffer.alloc(26)
    ;[20, 0, 8, 0, DOS_DATE].forEach((value, index) => shared.writeUInt16LE(value, index * 2))
    ;[crc32(content), packed.length, content.length].forEach((value, index) =>
      shared.writeUInt32LE(value, 10 + index * 4),
    )
    shared.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(((executable ? 0o100755 : 0o100644) << 16) >>> 0, 6)
    rest.writeUInt32LE(offset, 10)
    // "Made by" is Unix: the upper half of the attributes is a mode.
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), shared, rest, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, index, end])
}
