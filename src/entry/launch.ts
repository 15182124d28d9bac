import {readFileSync} from 'node:fs'
import {createRequire} from 'node:module'
import {dirname, join} from 'node:path'
import {Script} from 'node:vm'

/**
 * Loads the bundle with V8's code cache, which the build has recorded: a third of the start-up time of a short command
 * is compiling. The bundle's chunks require nothing but one another and Node's own modules, so this is all the loader
 * it takes. V8 checks the cache itself and refuses that of another version; then the sources are compiled as always.
 */
export interface Recorder {
  /** Called at exit with every chunk that was loaded. */
  record(chunks: ReadonlyMap<string, Script>): void
}

type Load = (name: string) => unknown

const isStarter = (value: unknown): value is {start(root: string, invokedAs?: string): Promise<void>} =>
  typeof value === 'object' && value !== null && 'start' in value && typeof value.start === 'function'

/** Starts the program of the bundle in `folder`. */
export const launch = async (folder: string, invokedAs?: string, recorder?: Recorder): Promise<void> => {
  const [cached, scripts] = [readCodeCache(join(folder, 'code-cache.bin')), new Map<string, Script>()]
  const requireOfNode = createRequire(join(folder, 'launch.js'))
  const modules = new Map<string, {exports: unknown}>()
  const load: Load = (name) => {
    const known = modules.get(name)
    if (known !== undefined) return known.exports
    const module = {exports: {}}
    modules.set(name, module)
    const filename = join(folder, name)
    const source = `(function(exports,require,module,__filename,__dirname){${readFileSync(filename, 'latin1')}\n})`
    const cachedData = cached.get(name)
    const script = new Script(source, {filename, ...(cachedData === undefined ? {} : {cachedData})})
    if (recorder !== undefined) scripts.set(name, script)
    const requireOfChunk = (id: string): unknown => (id.startsWith('./') ? load(id.slice(2)) : requireOfNode(id))
    const run: unknown = script.runInThisContext()
    if (typeof run !== 'function') throw new Error(`${filename} is damaged`)
    Reflect.apply(run, module.exports, [module.exports, requireOfChunk, module, filename, dirname(filename)])
    return module.exports
  }
  if (recorder !== undefined) process.once('exit', () => recorder.record(scripts))
  const program = load('start.js')
  if (!isStarter(program)) throw new Error(`${folder} is not a build of this program`)
  await program.start(dirname(folder), invokedAs)
}

/** One file for all chunks: the length of a JSON index, the index, the caches one after the other. */
export const readCodeCache = (path: string): ReadonlyMap<string, Buffer> => {
  try {
    const file = readFileSync(path)
    const start = 4 + file.readUInt32LE(0)
    const index: unknown = JSON.parse(file.toString('utf8', 4, start))
    const entries = Array.isArray(index) ? index : []
    return new Map(
      entries.map(([name, from, to]: [string, number, number]) => [name, file.subarray(start + from, start + to)]),
    )
  } catch {
    // A quicker start is all that is lost.
    return new Map()
  }
}
