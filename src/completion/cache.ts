import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs'
import {join} from 'node:path'
import {isRecord, listAt, numberAt, textAt} from '../domain/core/read.js'
import type {Listing} from './sources.js'
import type {Candidate} from './protocol.js'

/** Names that were read a moment ago, so that a second TAB does not ask the cluster again. */
export interface Cache {
  read(key: string): Listing | undefined
  /** Silent when it cannot be kept. */
  write(key: string, listing: Listing): void
}

/** Milliseconds for which what was read counts. */
const LIFETIME = 5000
/** Milliseconds after which a file that nobody has read any more is removed. */
const OBLIVION = 3_600_000

const noCache: Cache = {read: () => undefined, write: () => {}}

/** The user's folder for such things; undefined where there is none. */
export const cacheFolder = (
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): string | undefined => {
  const {XDG_CACHE_HOME, HOME, LOCALAPPDATA} = env
  const [base, ...below] =
    XDG_CACHE_HOME !== undefined && XDG_CACHE_HOME !== ''
      ? [XDG_CACHE_HOME]
      : platform === 'win32'
        ? [LOCALAPPDATA]
        : [HOME, ...(platform === 'darwin' ? ['Library', 'Caches'] : ['.cache'])]
  return base === undefined || base === '' ? undefined : join(base, ...below, 'kubectl-sfl', 'complete')
}

/** A cache of files that only the user may read, one for each key. */
export const fileCache = (folder: string | undefined, now: () => number): Cache =>
  folder === undefined ? noCache : new FileCache(folder, now)

class FileCache implements Cache {
  constructor(
    private readonly folder: string,
    private readonly now: () => number,
  ) {}

  read(key: string): Listing | undefined {
    try {
      const kept: unknown = JSON.parse(readFileSync(this.path(key), 'utf8'))
      const age = this.now() - (numberAt(kept, 'at') ?? 0)
      return textAt(kept, 'key') === key && age >= 0 && age < LIFETIME ? listingIn(kept) : undefined
    } catch {
      return undefined
    }
  }

  write(key: string, {names, fault}: Listing): void {
    try {
      mkdirSync(this.folder, {recursive: true, mode: 0o700})
      const path = this.path(key)
      const passing = `${path}.${process.pid}`
      writeFileSync(passing, JSON.stringify({key, at: this.now(), fault, names}), {mode: 0o600, flag: 'wx'})
      renameSync(passing, path)
      this.forget()
    } catch {
      // The next TAB asks the cluster again, that is all.
    }
  }

  private forget(): void {
    for (const name of readdirSync(this.folder)) {
      const path = join(this.folder, name)
      if (this.now() - statSync(path).mtimeMs > OBLIVION) rmSync(path, {force: true})
    }
  }

  private path(key: string): string {
    return join(this.folder, `${hash(key)}.json`)
  }
}

/** FNV-1a over two halves; the key itself is in the file, so a collision costs one request and nothing else. */
const hash = (text: string): string => {
  let [one, two] = [0x811c9dc5, 0x01000193]
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    one = Math.imul(one ^ code, 0x01000193)
    two = Math.imul(two ^ code, 0x85ebca6b)
  }
  return [one, two].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}

const listingIn = (kept: unknown): Listing => {
  const fault = textAt(kept, 'fault')
  const names = listAt(kept, 'names').flatMap((entry): Candidate[] => {
    const [value, description] = [textAt(entry, 'value'), textAt(entry, 'description')]
    if (!isRecord(entry) || value === undefined) return []
    return [description === undefined ? {value} : {value, description}]
  })
  return {names, ...(fault === undefined ? {} : {fault})}
}
