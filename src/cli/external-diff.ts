import {mkdtemp, rm, writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import type {NamedText} from './runtime.js'

/** Puts two sets of texts into two folders, as `kubectl diff` does for KUBECTL_EXTERNAL_DIFF, and removes them after. */
export const withFolders = async (
  before: readonly NamedText[],
  after: readonly NamedText[],
  show: (left: string, right: string) => Promise<number>,
): Promise<number> => {
  const folders = await Promise.all(['LIVE-', 'PLANNED-'].map((prefix) => mkdtemp(join(tmpdir(), prefix))))
  const [left = '', right = ''] = folders
  try {
    await Promise.all([...writeAll(left, before), ...writeAll(right, after)])
    return await show(left, right)
  } finally {
    await Promise.all(folders.map((folder) => rm(folder, {recursive: true, force: true})))
  }
}

const writeAll = (folder: string, texts: readonly NamedText[]): Array<Promise<void>> =>
  texts.map(({name, text}) => writeFile(join(folder, name), text, {mode: 0o600}))
