import {chmod, mkdir, writeFile} from 'node:fs/promises'
import {dirname} from 'node:path'

/** Writes a file anew, or over the one that is there, with this mode; missing folders are made. */
export const writeText = async (path: string, text: string, mode = 0o644): Promise<void> => {
  await mkdir(dirname(path), {recursive: true})
  await writeFile(path, text, {mode})
  // The mode of a file that was there already is not changed by writing to it.
  await chmod(path, mode)
}
