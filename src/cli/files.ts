import type {Runtime} from './runtime.js'

/** Reads the file of `-o jsonpath-file=F` or `custom-columns-file=F` up front, because formats themselves know no files. */
export const templateReader = async (
  runtime: Runtime,
  output: string | undefined,
): Promise<(path: string) => string> => {
  const match = /^(?:jsonpath-file|custom-columns-file)=(.+)$/i.exec(output ?? '')
  const text = match === null ? '' : await runtime.readFile(match[1]!)
  return () => text
}
