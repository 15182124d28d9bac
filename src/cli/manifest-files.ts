import {invalid} from '../domain/core/errors.js'
import {groupOf, type KubeObject} from '../domain/core/object.js'
import {collectFaults} from '../domain/core/option-faults.js'
import {readFoundManifests, readManifests, type ParsedManifest} from '../output/manifests.js'
import {globbed} from './glob.js'
import type {Runtime} from './runtime.js'

/** A manifest, and the file that it came from; `-` is standard input. */
export interface FoundManifest {
  manifest: KubeObject
  file: string
  /** The server will make up its name. */
  generated?: true
  /** Keys that stand twice in it, with their lines. */
  repeated: readonly string[]
}

/** What of a command line names manifests: `-f`, `-R` and `-k`, as kubectl has them. */
export interface ManifestFlags {
  filename?: readonly string[] | undefined
  recursive?: boolean | undefined
  kustomize?: string | undefined
}

/** The manifests, and what there is to say of files that were passed over. */
export interface FoundManifests {
  found: readonly FoundManifest[]
  notes: readonly string[]
}

/** What kubectl takes for manifests in a folder. */
const isManifest = (name: string): boolean => /\.(ya?ml|json)$/.test(name)

const isUrl = (path: string): boolean => /^https?:\/\//.test(path)

/** `a,b` are two, as kubectl's `-f` has it; a path with a comma stands in double quotes. */
const split = (path: string): string[] => {
  const parts = [...path.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  )
  return parts.filter((part) => part !== '')
}

const joined = (folder: string, name: string): string => `${folder.replace(/\/+$/, '')}/${name}`

interface FoundFile {
  path: string
  /** Nobody has named it: it was in a folder. */
  fromFolder: boolean
}

const filesIn = async (runtime: Runtime, folder: string, recursive: boolean): Promise<FoundFile[]> => {
  const entries = (await runtime.listFolder(folder)) ?? []
  const sorted = [...entries].sort((one, other) => (one.name < other.name ? -1 : 1))
  const found = await Promise.all(
    sorted.map(async ({name, isFolder}): Promise<FoundFile[]> => {
      const path = joined(folder, name)
      if (isFolder) return recursive ? filesIn(runtime, path, recursive) : []
      return isManifest(name) ? [{path, fromFolder: true}] : []
    }),
  )
  return found.flat()
}

const filesOf = async (runtime: Runtime, path: string, recursive: boolean): Promise<FoundFile[]> => {
  if (path === '-' || isUrl(path)) return [{path, fromFolder: false}]
  const matches = await globbed(path, runtime.listFolder)
  if (matches.length === 0) throw invalid(`the path "${path}" does not exist`)
  const found = await Promise.all(
    matches.map(async (match): Promise<FoundFile[]> => {
      if ((await runtime.listFolder(match)) === undefined) return [{path: match, fromFolder: false}]
      const files = await filesIn(runtime, match, recursive)
      if (files.length === 0)
        throw invalid(
          `${match}: no .yaml, .yml or .json in this folder`,
          recursive ? undefined : 'folders below it are looked into with -R',
        )
      return files
    }),
  )
  return found.flat()
}

const titleOf = (path: string): string => (path === '-' ? 'standard input' : path)

const isKustomization = ({apiVersion}: KubeObject): boolean => groupOf(apiVersion) === 'kustomize.config.k8s.io'

/** What is kustomize's own is no object of a cluster. */
const KUSTOMIZATION = /(^|\/)kustomization\.ya?ml$/

interface Read {
  manifests: readonly ParsedManifest[]
  passedOver?: 'kustomization' | 'strange'
}

const readOne = (text: string, {path, fromFolder}: FoundFile): Read => {
  if (fromFolder && KUSTOMIZATION.test(path)) return {manifests: [], passedOver: 'kustomization'}
  const read = fromFolder ? readFoundManifests(text, titleOf(path)) : readManifests(text, titleOf(path))
  if (read === 'strange') return {manifests: [], passedOver: 'strange'}
  const objects = read.filter(({manifest}) => !isKustomization(manifest))
  if (objects.length === read.length) return {manifests: read}
  if (fromFolder) return {manifests: objects, passedOver: 'kustomization'}
  throw invalid(`${titleOf(path)} is for kustomize and holds no object of a cluster`, `-k builds its folder`)
}

const notesOf = (files: ReadonlyArray<{path: string; passedOver?: Read['passedOver']}>): string[] => {
  const of = (why: Read['passedOver']): string[] =>
    files.filter(({passedOver}) => passedOver === why).map(({path}) => path)
  const [kustomize, strange] = [of('kustomization'), of('strange')]
  return [
    ...kustomize.map(
      (path) => `passed over ${path}, which is for kustomize; -k ${path.replace(/\/?[^/]*$/, '') || '.'} builds it`,
    ),
    ...(strange.length === 0 ? [] : [`passed over, as there is no Kubernetes object in: ${strange.join(', ')}`]),
  ]
}

/** Whether a failure is to be told with others, and the value otherwise. */
const settled = async <T>(pending: Promise<T>): Promise<() => T> => {
  try {
    const value = await pending
    return () => value
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** What kubectl makes of a folder with a kustomization: its own version of kustomize counts. */
const kustomized = async (runtime: Runtime, folder: string): Promise<FoundManifest[]> => {
  const {code, out} = await runtime.outputOf(['kubectl', 'kustomize', folder])
  if (code !== 0) throw invalid(`kubectl kustomize ${folder} failed with exit code ${code}`)
  return unique(readManifests(out, `kustomize of ${folder}`).map((one) => ({...one, file: folder})))
}

/** Objects with generated names are as many as they are, even when their names begin alike. */
const unique = (found: readonly FoundManifest[]): FoundManifest[] => {
  const counts = new Map<string, number>()
  return found.map((one) => {
    if (one.generated !== true) return one
    const {name} = one.manifest.metadata
    const count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    if (count === 1) return one
    const metadata = {...one.manifest.metadata, name: `${name.slice(0, -String(count).length)}${count}`}
    return {...one, manifest: {...one.manifest, metadata}}
  })
}

/**
 * Reads files, folders, URLs and kustomizations as kubectl does. Throws InvalidArgument for all that cannot be read; several
 * faults come as one error.
 */
export const findManifests = async (runtime: Runtime, flags: ManifestFlags): Promise<FoundManifests> => {
  const {recursive = false, kustomize} = flags
  const paths = (flags.filename ?? []).flatMap(split)
  if (kustomize !== undefined) {
    if (paths.length > 0) throw invalid('only one of -f or -k can be specified')
    return {found: await kustomized(runtime, kustomize), notes: []}
  }
  const {attempt, check} = collectFaults()
  const listed = await Promise.all(paths.map((path) => settled(filesOf(runtime, path, recursive))))
  const files = [
    ...new Map(listed.flatMap((list) => attempt(list) ?? []).map((file) => [file.path, file] as const)).values(),
  ]
  const texts = await Promise.all(
    files.map(async (file) => ({
      file,
      text: await settled(isUrl(file.path) ? runtime.readUrl(file.path) : runtime.readFile(file.path)),
    })),
  )
  const read = texts.flatMap(({file, text}) => {
    const one = attempt(() => readOne(text(), file))
    return one === undefined ? [] : [{...one, path: file.path}]
  })
  check()
  const found = unique(read.flatMap(({manifests, path}) => manifests.map((one) => ({...one, file: path}))))
  if (paths.length > 0 && found.length === 0) throw invalid(`there are no objects in ${paths.map(titleOf).join(', ')}`)
  return {found, notes: notesOf(read)}
}
