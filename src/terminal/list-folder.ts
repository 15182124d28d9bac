import {readdir} from 'node:fs/promises'

/** What is in a folder, links to folders being no folders; `undefined` when it is none, or is not there: reading it says why. */
export const listFolder = async (
  path: string,
): Promise<ReadonlyArray<{name: string; isFolder: boolean}> | undefined> => {
  try {
    const entries = await readdir(path, {withFileTypes: true})
    return entries.map((entry) => ({name: entry.name, isFolder: entry.isDirectory()}))
  } catch {
    return undefined
  }
}
