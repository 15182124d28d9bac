import {readFileSync} from 'node:fs'
import {delimiter, dirname, isAbsolute, join, resolve} from 'node:path'
import {ExitCode, SflError} from '../../domain/core/errors.js'
import {isRecord, textAt} from '../../domain/core/read.js'
import {type Kubeconfig, readEntries} from './entries.js'
import {readYamlSubset} from './yaml-subset.js'

export type Env = Readonly<Record<string, string | undefined>>

/** Which files make up the kubeconfig, and why these. */
export interface Sources {
  files: readonly string[]
  named: 'flag' | 'environment' | 'home'
}

/**
 * `--kubeconfig` names exactly one file; else `KUBECONFIG` lists files; else `~/.kube/config`
 * (client-go tools/clientcmd/loader.go).
 */
export const sourcesOf = (flag: string | undefined, env: Env): Sources => {
  if (flag !== undefined && flag !== '') return {files: [flag], named: 'flag'}
  const listed = (env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '')
  if (listed.length > 0) return {files: [...new Set(listed)], named: 'environment'}
  // As client-go util/homedir has it; without a home directory the path is relative.
  return {files: [join(env['HOME'] || env['USERPROFILE'] || '', '.kube', 'config')], named: 'home'}
}

/**
 * Reads and unites the files. Of every entry and of `current-context` the first file to have it wins, entries are never
 * mixed; files that do not exist are passed over, unless the flag named it. `undefined`: there is nothing in any file.
 * Throws `SflError` (Unreachable) for a file that cannot be read or understood.
 */
export const readFiles = async ({files, named}: Sources): Promise<Kubeconfig | undefined> => {
  const contexts: Kubeconfig['contexts'][] = []
  const clusters: Kubeconfig['clusters'][] = []
  const users: Kubeconfig['users'][] = []
  let currentContext: string | undefined
  for (const file of files) {
    const text = readIfThere(file, named === 'flag')
    if (text === undefined) continue
    const content = await parse(text, file)
    if (content === null) continue
    const folder = resolve(dirname(file))
    const entries = readEntries(content, (path) => (isAbsolute(path) ? path : join(folder, path)))
    contexts.push(entries.contexts)
    clusters.push(entries.clusters)
    users.push(entries.users)
    currentContext ??= entries.currentContext
  }
  const united = {contexts: unite(contexts), clusters: unite(clusters), users: unite(users)}
  const empty = currentContext === undefined && Object.values(united).every(({size}) => size === 0)
  return empty ? undefined : {...united, ...(currentContext === undefined ? {} : {currentContext})}
}

/** The first map to have a key wins. */
const unite = <T>(maps: readonly ReadonlyMap<string, T>[]): Map<string, T> =>
  new Map(maps.toReversed().flatMap((entries) => [...entries]))

const readIfThere = (file: string, mustExist: boolean): string | undefined => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = textAt(error, 'code')
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      if (!mustExist) return undefined
      throw new SflError('KubeconfigNotFound', missing(file), ExitCode.Unreachable, {
        hint: file.includes(delimiter)
          ? '--kubeconfig names one file; to use several, list them in the environment variable KUBECONFIG'
          : 'check the path given with --kubeconfig',
      })
    }
    const why = code === 'EACCES' ? 'permission denied' : code === 'EISDIR' ? 'it is a directory' : String(error)
    throw new SflError('KubeconfigUnreadable', `kubeconfig ${file} cannot be read: ${why}`, ExitCode.Unreachable, {
      cause: error,
    })
  }
}

const missing = (file: string): string => `kubeconfig ${file} does not exist`

const parse = async (text: string, file: string): Promise<unknown> => {
  const quick = readJson(text) ?? readYamlSubset(text)
  const content = quick === undefined ? await readSlowly(text, file) : quick.value
  if (content === null || isRecord(content)) return content
  throw malformed(file, 'it does not hold a Config object')
}

/** A kubeconfig in JSON is valid YAML, too. */
const readJson = (text: string): {value: unknown} | undefined => {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const value: unknown = JSON.parse(text)
    return {value}
  } catch {
    return undefined
  }
}

const readSlowly = async (text: string, file: string): Promise<unknown> => {
  const {MalformedYaml, readYaml} = await import('./yaml-full.js')
  try {
    return readYaml(text)
  } catch (error) {
    if (!(error instanceof MalformedYaml)) throw malformed(file, String(error))
    throw malformed(error.line === undefined ? file : `${file}, line ${error.line}`, error.message)
  }
}

const malformed = (where: string, why: string): SflError =>
  new SflError(
    'KubeconfigMalformed',
    `kubeconfig ${where}: ${why.replace(/ at line \d+, column \d+:?$/, '')}`,
    ExitCode.Unreachable,
    {
      hint: 'kubectl config view shows what kubectl makes of it',
    },
  )
