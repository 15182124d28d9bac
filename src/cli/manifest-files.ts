import {type KubeObject} from '../domain/core/object.js'
import {collectFaults} from '../domain/core/option-faults.js'
import {invalid} from '../domain/core/errors.js'
import {parseManifests} from '../output/yaml.js'
import type {Runtime} from './runtime.js'

/** A manifest, and the file that it came from; `-` is standard input. */
export interface FoundManifest {
  manifest: KubeObject
  file: string
}

/** What kubectl takes for manifests in a folder. */
const isManifest = (name: string): boolean => /\.(ya?ml|json)$/.test(name)

const filesOf = async ({listFolder}: Runtime, path: string): Promise<string[]> => {
  if (path === '-') return [path]
  const names = await listFolder(path)
  if (names === undefined) return [path]
  const files = names.filter(isManifest).sort()
  if (files.length === 0) throw invalid(`${path}: no .yaml, .yml or .json in this folder`)
  return files.map((name) => `${path.replace(/\/+$/, '')}/${name}`)
}

/** Reads files and folders (not what is below them). Throws InvalidArgument for all that cannot be read. */
export const findManifests = async (runtime: Runtime, paths: readonly string[]): Promise<FoundManifest[]> => {
  const {attempt, check} = collectFaults()
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
  const listed = await Promise.all(paths.map((path) => settled(filesOf(runtime, path))))
  const files = [...new Set(listed.flatMap((list) => attempt(list) ?? []))]
  const texts = await Promise.all(files.map(async (file) => ({file, text: await settled(runtime.readFile(file))})))
  const found = texts.flatMap(({file, text}) => {
    const read = attempt(() => parseManifests(text(), file === '-' ? 'standard input' : file)) ?? []
    return read.map((manifest) => ({manifest, file}))
  })
  check()
  if (paths.length > 0 && found.length === 0)
    throw invalid(`there are no objects in ${paths.map((path) => (path === '-' ? 'standard input' : path)).join(', ')}`)
  return found
}
