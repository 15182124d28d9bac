import {readdir} from 'node:fs/promises'

/** Names of the files in a folder; `undefined` when it is none, or is not there: reading it says why. */
export const listFolder = async (path: string): Promise<readonly string[] | undefined> => {
  try {
    const entries = await readdir(path, {withFileTypes: true})
    return entries.filter((entry) => !entry.isDirectory()).map(({name}) => name)
  } catch {
    return undefined
  }
}
